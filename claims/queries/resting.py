"""The evidence that rests on a copy, in the order of the places where its passages stand."""

import uuid
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager, joinedload

from claims.models import Claim, Evidence

MOST = 200
"""Items of one copy that are listed and marked."""


def resting_on(session: Session, snapshot_id: uuid.UUID) -> Sequence[Evidence]:
    """Return the items of evidence with their claims, articles and figures, in one statement."""
    return session.scalars(
        select(Evidence)
        .join(Evidence.claim)
        .join(Claim.article)
        .where(Evidence.snapshot_id == snapshot_id)
        .options(
            contains_eager(Evidence.claim).contains_eager(Claim.article),
            joinedload(Evidence.figure),
        )
        .order_by(Evidence.quote_start.is_(None), Evidence.quote_start, Evidence.id)
        .limit(MOST)
    ).all()
