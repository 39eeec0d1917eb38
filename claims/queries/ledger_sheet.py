"""What stands in the ledger one ticks off on paper: each claim of an article with its sources."""

import uuid
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, raiseload

from claims.models import Evidence
from claims.vocabulary import Stance
from sources.models import Source

Sources = dict[uuid.UUID, list[Source]]


def sources_of(session: Session, claims: Iterable[uuid.UUID]) -> Sources:
    """Return the sources that speak to each claim, each once, in the order they were attached.

    Evidence that was withdrawn, waits to be accepted or only mentions the claim is left out.
    """
    rows = session.scalars(
        select(Evidence)
        .where(
            Evidence.claim_id.in_(list(claims)),
            Evidence.withdrawn_by.is_(None),
            Evidence.pending.is_(False),
            Evidence.stance != Stance.MENTIONS,
            Evidence.source_id.is_not(None),
        )
        .order_by(Evidence.claim_id, Evidence.number)
        .options(joinedload(Evidence.source).raiseload("*"), raiseload("*"))
    )
    found: Sources = {}
    for row in rows:
        said = found.setdefault(row.claim_id, [])
        if row.source is not None and row.source not in said:
            said.append(row.source)
    return found
