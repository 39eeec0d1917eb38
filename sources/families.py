"""Entries that were merged: the one that stands for all, and all that it stands for."""

import uuid
from collections.abc import Collection

from sqlalchemy import CTE, ColumnElement, Select, select
from sqlalchemy.orm import Session

from sources.models import Source


def survivor(source: Source) -> Source:
    """Follow a tombstone to the entry that stands for it."""
    seen = {source.id}
    while source.merged_into_id is not None and source.merged_into_id not in seen:
        seen.add(source.merged_into_id)
        source = source.merged_into or source
    return source


def stands_for(named: ColumnElement[bool]) -> Select[uuid.UUID]:
    """Select the entry that stands for the one meant, if neither it nor one between is secret."""
    up = select(Source.id, Source.merged_into_id.label("into"))
    known = up.where(named, ~Source.confidential).cte("led_from", recursive=True)
    on = Source.id == known.c.into
    known = known.union(up.join(known, on).where(~Source.confidential))
    return select(known.c.id).where(known.c.into.is_(None))


def family(session: Session, source_id: uuid.UUID) -> list[uuid.UUID]:
    """Return an entry with everything that was merged into it; one statement."""
    below = select(Source.id).where(Source.id == source_id).cte("merged", recursive=True)
    below = below.union(select(Source.id).where(Source.merged_into_id == below.c.id))
    return list(session.scalars(select(below.c.id)))


def members(of: Collection[uuid.UUID] | None = None) -> CTE:
    """Every entry that stands, or each of some, with each entry it stands for and itself."""
    stands = select(Source.id.label("stands"), Source.id.label("member"))
    chosen = Source.merged_into_id.is_(None) if of is None else Source.id.in_(of)
    found = stands.where(chosen).cte("members", recursive=True)
    below = select(found.c.stands, Source.id).join(found, Source.merged_into_id == found.c.member)
    return found.union(below)


def merged_into(session: Session, source: Source) -> list[Source]:
    """The tombstones of the entries that were merged into one."""
    keys = [key for key in family(session, source.id) if key != source.id]
    query = select(Source).where(Source.id.in_(keys)).order_by(Source.id)
    return list(session.scalars(query)) if keys else []
