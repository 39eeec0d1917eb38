"""The figures of a claim and of its evidence under the names by which formulas call them."""

from claims.measured import Measured, measured
from claims.models import Claim, Figure
from claims.policy import Policy


def figures_by_handle(claim: Claim, before: int | None = None) -> dict[str, Figure]:
    """Return the figures of the claim (F1 …) and those its evidence gives (E1 …).

    ``before`` leaves out evidence from that number on: a calculation rests on earlier items only,
    so none rests on itself.
    """
    found = {f"F{row.number}": row for row in claim.figures}
    for item in claim.evidence:
        earlier = before is None or item.number < before
        if item.figure is not None and item.stands and earlier:
            found[f"E{item.number}"] = item.figure
    return found


def measured_by_handle(
    claim: Claim, policy: Policy, before: int | None = None
) -> dict[str, Measured]:
    """Return what each of these figures allows, in its units; those without a number are left."""
    read = {name: measured(row, policy) for name, row in figures_by_handle(claim, before).items()}
    return {name: value for name, value in read.items() if value is not None}
