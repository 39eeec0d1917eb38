"""What looks at sources' pages say about evidence, as far as it still holds."""

import uuid
from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from claims.models import Observation
from sources.looks.models import PageState


def newest(session: Session, evidence: Collection[uuid.UUID]) -> dict[uuid.UUID, Observation]:
    """Return the newest observation of each item that has one."""
    ranked = _ranked(Observation.id, Observation.evidence_id, evidence)
    rows = session.scalars(select(Observation).where(Observation.id.in_(ranked)))
    return {row.evidence_id: row for row in rows}


def newest_states(session: Session, sources: Collection[uuid.UUID]) -> dict[uuid.UUID, PageState]:
    """Return how each page answers since that changed; a page without a row always did well."""
    ranked = _ranked(PageState.id, PageState.source_id, sources)
    rows = session.scalars(select(PageState).where(PageState.id.in_(ranked)))
    return {row.source_id: row for row in rows}


def _ranked(key: Any, owner: Any, owners: Collection[uuid.UUID]) -> Select[uuid.UUID]:
    """The newest key of each owner; PostgreSQL has no greatest UUID."""
    place = func.row_number().over(partition_by=owner, order_by=key.desc())
    ranked = select(key, place.label("place")).where(owner.in_(owners)).subquery()
    return select(ranked.c.id).where(ranked.c.place == 1)
