"""Independent origins: many links may repeat one report, so support is counted at the roots."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sources.columns import Words
from sources.errors import Refused
from sources.models import Source
from sources.vocabulary import Lineage, Tier

LOCK: Final = 0x6F726967
"""The advisory lock of PostgreSQL: "orig" in letters."""


@dataclass(frozen=True, slots=True)
class OriginCount:
    """How many links there are, how many origins they come from, how many of those are primary."""

    links: int
    origins: int
    primary: int

    @property
    def said(self) -> Words:
        """The count as an editor reads it: "12 links, 2 origins, 0 primary"."""
        links = "link" if self.links == 1 else "links"
        origins = "origin" if self.origins == 1 else "origins"
        return {
            "zh": f"{self.links} 条链接，{self.origins} 个独立来源，{self.primary} 个一手来源",
            "en": f"{self.links} {links}, {self.origins} {origins}, {self.primary} primary",
        }


def roots_of(session: Session, sources: Collection[uuid.UUID]) -> dict[uuid.UUID, uuid.UUID]:
    """Return the root of ``derived_from`` for each of the sources, in one statement."""
    if not sources:
        return {}
    parents = parents_of(session, sources)
    return {source: root_among(parents, source) for source in sources}


def root_among(parents: Mapping[uuid.UUID, uuid.UUID | None], source: uuid.UUID) -> uuid.UUID:
    """Follow the parents of a source to the end.

    A cycle cannot be made with :func:`derive`; if a foreign hand made one, all its members share
    the smallest identifier as their root, so that a circle of reprints never counts as many.
    """
    seen = [source]
    while (parent := parents.get(seen[-1])) is not None:
        if parent in seen:
            return min(seen[seen.index(parent) :])
        seen.append(parent)
    return seen[-1]


def count_origins(sources: Iterable[Source], roots: Mapping[uuid.UUID, uuid.UUID]) -> OriginCount:
    """Count links, independent origins, and origins cited at their primary source."""
    found = list(sources)
    return OriginCount(
        links=len(found),
        origins=len({roots[source.id] for source in found}),
        primary=len({roots[source.id] for source in found if source.tier is Tier.PRIMARY}),
    )


def descends(session: Session, source: Source, origin: Source) -> bool:
    """Tell whether a source comes from another, however many stand between."""
    return source.id != origin.id and origin.id in parents_of(session, {source.id})


def derive(
    session: Session, source: Source, parent: Source | None, *, basis: str | None = None
) -> None:
    """Note that a source repeats another (None: that it does not).

    Raises Refused, field ``derived_from``, when the parent itself comes from this source.
    """
    if parent is not None:
        _one_at_a_time(session)
        above = parents_of(session, {parent.id})
        if source.id == parent.id or source.id in above:
            raise Refused(
                "origin_cycle",
                {
                    "zh": "不能这样标注：那条来源自己就出自这一条。",
                    "en": "That source itself comes from this one; origins cannot run in a circle.",
                },
                "derived_from",
            )
    source.derived_from = parent
    source.derived_basis = basis
    if parent is not None:
        source.lineage = Lineage.REPRINT
    session.flush()


def _one_at_a_time(session: Session) -> None:
    """Let nobody else say where a source comes from until this transaction ends.

    Two who did at once would not see each other's, and could close a circle between them. On SQLite
    there is one writer anyhow; on PostgreSQL the next statement sees what the other committed.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(select(func.pg_advisory_xact_lock(LOCK)))


def parents_of(
    session: Session, sources: Collection[uuid.UUID]
) -> dict[uuid.UUID, uuid.UUID | None]:
    """Return the parent of each source and of everything above it.

    ``UNION`` keeps each row once, which also ends the walk if the rows hold a cycle.
    """
    chain = (
        select(Source.id, Source.derived_from_id)
        .where(Source.id.in_(sources))
        .cte("chain", recursive=True)
    )
    chain = chain.union(
        select(Source.id, Source.derived_from_id).where(Source.id == chain.c.derived_from_id)
    )
    return {row.id: row.derived_from_id for row in session.execute(select(chain))}
