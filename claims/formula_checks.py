"""Equations over a claim's figures that a checker keeps with it: whether they hold, and why not."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims.errors import Conflict, DeskError
from claims.formulas import Formula, read_equation
from claims.handles import figures_by_handle, measured_by_handle
from claims.measured import Measured, dimension_of, in_unit, joint, named
from claims.models import Claim, FormulaCheck
from claims.policy import Policy, current_policy
from claims.units import Unit, unit
from claims.versions import expect_version
from claims.wording import interval_words
from sources.columns import Words


@dataclass(frozen=True, slots=True)
class Reckoned:
    """An equation with what either side comes to; ``figure`` is the number of the stated one."""

    left: Words
    right: Words
    holds: bool
    figure: int | None


@dataclass(frozen=True, slots=True)
class Checked:
    """A kept equation and what it comes to now, or why it comes to nothing."""

    row: FormulaCheck
    reckoned: Reckoned | None
    problem: Words | None


def reckon(claim: Claim, text: str, policy: Policy) -> Reckoned:
    """Calculate both sides of an equation; raise Refused, field ``formula``, where none can be.

    It holds where at least one value is allowed on both sides: honest rounding never breaks it.
    """
    left, right = read_equation(text)
    known = measured_by_handle(claim, policy)
    one, other = left.measured(known), right.measured(known)
    shared = joint(one, other)
    written = _unit(claim, (right, left), shared)
    stated = right.alone or left.alone or ""
    return Reckoned(
        _words(one, shared, written),
        _words(other, shared, written),
        one.interval.overlaps(other.interval),
        int(stated[1:]) if stated.startswith("F") else None,
    )


def _unit(claim: Claim, sides: tuple[Formula, ...], shared: object) -> Unit | None:
    """The unit in which both sides are told: that of a figure which is measured like them."""
    rows = figures_by_handle(claim)
    for name in (name for side in sides for name in side.handles):
        found = unit(rows[name].unit) if name in rows else None
        if found is not None and shared is not None and dimension_of(found) == shared:
            return found
    return None


def _words(side: Measured, shared: object, written: Unit | None) -> Words:
    if written is not None:
        return interval_words(in_unit(side, written), written.symbol)
    words = interval_words(side.interval)
    if side.dimension and shared:
        return {tongue: f"{said} {named(side.dimension)}" for tongue, said in words.items()}
    return words


def checked(claim: Claim, policy: Policy) -> list[Checked]:
    """Return every equation that is kept with a claim, and what it comes to."""
    found = []
    for row in claim.checks:
        try:
            found.append(Checked(row, reckon(claim, row.formula, policy), None))
        except DeskError as problem:
            found.append(Checked(row, None, problem.message))
    return found


def standing(row: FormulaCheck, seen_version: int | None) -> None:
    """Raise Conflict for an equation that is stale or was withdrawn."""
    expect_version(row, seen_version)
    if row.withdrawn_by is not None:
        raise Conflict(
            "withdrawn",
            {"zh": "这条算式已经撤回。", "en": "This formula has been withdrawn already."},
        )


def written_check(session: Session, claim: Claim, text: str, note: Words | None, by: str) -> None:
    """Keep an equation that can be calculated; raise Refused for one that cannot."""
    reckon(claim, text, current_policy())
    number = 1 + max((row.number for row in claim.checks), default=0)
    row = FormulaCheck(number=number, formula=text.strip(), note=note, created_by=by)
    claim.checks.append(row)
    session.add(row)
    session.flush()
