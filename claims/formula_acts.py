"""Keeping an equation with a claim, and withdrawing it; the rules look at the claim each time."""

from sqlalchemy.orm import Session

from claims.formula_checks import standing, written_check
from claims.models import Claim, FormulaCheck
from claims.rules.engine import refresh
from claims.versions import expect_version
from claims.workflow import needed_reason, refuse_dropped
from sources.base import now
from sources.columns import Words


def add_check(
    session: Session,
    claim: Claim,
    text: str,
    *,
    by: str,
    note: Words | None = None,
    seen_version: int | None = None,
) -> None:
    """Keep an equation with a claim.

    Raises Refused, field ``formula``, for one that cannot be calculated, Conflict when the claim
    is stale or dropped.
    """
    expect_version(claim, seen_version)
    refuse_dropped(claim)
    written_check(session, claim, text, note, by)
    refresh(session, claim, now())


def withdraw_check(
    session: Session, row: FormulaCheck, *, by: str, reason: str, seen_version: int | None = None
) -> None:
    """Let an equation count no more; it stays visible, struck through, with the reason."""
    standing(row, seen_version)
    row.withdrawn_by, row.withdrawal_reason = by, needed_reason(reason)
    session.flush()
    refresh(session, row.claim, now())
