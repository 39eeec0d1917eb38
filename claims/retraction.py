"""When a claim may be taken back as if it had never been made: while nothing rests on it."""

import uuid
from collections.abc import Iterable, Iterator

from sqlalchemy import Select, and_, delete, not_, select
from sqlalchemy.orm import Session

from claims.errors import Conflict
from claims.models import (
    Assessment,
    Citation,
    Claim,
    Comment,
    Contest,
    Evidence,
    FigureRelation,
    Finding,
    FormulaCheck,
    InvitedClaim,
    SignOff,
)
from claims.vocabulary import Stage
from sources.batches import batched

RESTING = (
    Evidence,
    Assessment,
    SignOff,
    Contest,
    Comment,
    Citation,
    FigureRelation,
    FormulaCheck,
    InvitedClaim,
)
"""What a person adds to a claim; what a rule found counts only where a person waived it."""


def worked_on(session: Session, claims: Iterable[uuid.UUID]) -> uuid.UUID | None:
    """Return the first claim that anything rests on: it can be dropped, no longer retracted."""
    for some in batched(claims):
        busy = {key for query in _resting(some) for key in session.scalars(query)}
        first = next((key for key in some if key in busy), None)
        if first is not None:
            return first
    return None


def _resting(claims: list[uuid.UUID]) -> Iterator[Select[uuid.UUID]]:
    """Yield the queries that find the claims among these on which work has begun."""
    untouched = and_(
        Claim.stage == Stage.OPEN, Claim.assignee.is_(None), Claim.disposition.is_(None)
    )
    yield select(Claim.id).where(Claim.id.in_(claims), not_(untouched))
    yield select(Finding.claim_id).where(
        Finding.claim_id.in_(claims), Finding.waived_by.is_not(None)
    )
    for model in RESTING:
        yield select(model.claim_id).where(model.claim_id.in_(claims))


def clear_findings(session: Session, claims: Iterable[uuid.UUID]) -> None:
    """Delete what rules found about claims that are being taken back."""
    for some in batched(claims):
        session.execute(
            delete(Finding).where(Finding.claim_id.in_(some), Finding.waived_by.is_(None))
        )


def overtaken(session: Session, claim_id: uuid.UUID) -> Conflict:
    """Return the refusal for a claim that is being checked already."""
    number = session.get_one(Claim, claim_id).number
    return Conflict(
        "claim_in_work",
        {
            "zh": f"论断 C-{number} 已经有人在核查，不能再收回；可以在论断页上标为不再涉及。",
            "en": f"Work on claim C-{number} has begun, so it cannot be taken back; "
            "drop it on its own page.",
        },
    )
