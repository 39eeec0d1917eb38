"""Remembering how two figures of the house stand to each other, with who said so and why."""

from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.models import Figure, Reconciliation
from claims.vocabulary import Reconciled
from claims.workflow import needed_reason


def reconcile(
    session: Session, figure: Figure, other: Figure, outcome: Reconciled, *, by: str, note: str
) -> Reconciliation:
    """Remember how two figures of the house stand to each other.

    Raises Refused without a reason, or where the two are one figure or no figures of claims.
    """
    if figure.id == other.id or figure.claim_id is None or other.claim_id is None:
        raise Refused(
            "not_a_pair",
            {
                "zh": "只能对照两条论断各自的数据。",
                "en": "Only figures of two claims are set apart.",
            },
            "other",
        )
    first, second = sorted((figure.id, other.id), key=str)
    row = Reconciliation(
        figure_id=first,
        other_id=second,
        outcome=outcome,
        note=needed_reason(note),
        created_by=by,
    )
    session.add(row)
    session.flush()
    return row
