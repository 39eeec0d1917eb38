"""Reading the register of sources: its list, one source with its snapshots, its tree of origin."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import ColumnElement, Select, false, or_, select
from sqlalchemy.orm import Session, defer

from sources.families import family
from sources.models import Snapshot, Source
from sources.origins import root_among
from sources.publishers import publishers
from sources.publishing import of_publisher
from sources.veil import withheld
from sources.vocabulary import Reliability, SourceKind, Tier

PAGE = 50
LARGEST_TREE = 200
"""How many members of one origin are shown; more is a wire report, and a list serves better."""


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; ``text`` is how title, publisher or key begin.

    ``publisher`` is a key of the table of publishers.
    """

    kind: SourceKind | None = None
    tier: Tier | None = None
    language: str | None = None
    publisher: str | None = None
    reliability: Reliability | None = None
    credibility: int | None = None
    text: str | None = None


@dataclass
class Branch:
    """A source in its tree of origin, with the sources that repeat it."""

    source: Source
    repeats: list["Branch"] = field(default_factory=list)


def listing(
    session: Session, filters: Filters, *, after: uuid.UUID | None = None, size: int = PAGE
) -> tuple[list[Source], bool]:
    """Return a page of sources in the order they were entered, and whether more follow."""
    query = _filtered(session, filters).order_by(Source.id).limit(size + 1)
    if after is not None:
        query = query.where(Source.id > after)
    found = list(session.scalars(query))
    return found[:size], len(found) > size


def all_of(session: Session, filters: Filters) -> list[Source]:
    """Return every source the filters leave, in the order they were entered."""
    return list(session.scalars(_filtered(session, filters).order_by(Source.id)))


def _filtered(session: Session, filters: Filters) -> Select[Source]:
    """Select the sources the filters leave; an entry that was merged is no longer one."""
    query = select(Source).where(*_conditions(filters), Source.merged_into_id.is_(None))
    if filters.publisher:
        publisher = publishers().get(filters.publisher)
        query = query.where(of_publisher(session, publisher) if publisher else false())
    if filters.text or filters.language:
        # What the person may not know is not found by what it says.
        query = query.where(Source.id.not_in(withheld(session)))
    return query


def languages(session: Session) -> list[str]:
    """The languages sources are in, for the filter."""
    known = Source.language.is_not(None), Source.id.not_in(withheld(session))
    query = select(Source.language).where(*known).distinct().limit(PAGE)
    return sorted(tag for tag in session.scalars(query) if tag)


def snapshots_of(session: Session, source: Source) -> Sequence[Snapshot]:
    """The snapshots of a source, the newest first, without their texts.

    Those of entries that were merged into it are its own: it is the same document.
    """
    return session.scalars(
        select(Snapshot)
        .where(Snapshot.source_id.in_(family(session, source.id)))
        .order_by(Snapshot.id.desc())
        .options(defer(Snapshot.extracted_text), defer(Snapshot.places))
    ).all()


def tree_of(session: Session, source: Source) -> Branch:
    """Return the whole tree a source belongs to, from its origin down, in two statements."""
    root_id = _root(session, source)
    below = select(Source.id).where(Source.id == root_id).cte("below", recursive=True)
    below = below.union(select(Source.id).where(Source.derived_from_id == below.c.id))
    members = session.scalars(
        select(Source)
        .where(Source.id.in_(select(below.c.id)))
        .where(or_(Source.id == root_id, Source.merged_into_id.is_(None)))
        .order_by(Source.id)
        .limit(LARGEST_TREE)
    ).all()
    branches = {member.id: Branch(member) for member in members}
    children: dict[uuid.UUID | None, list[Branch]] = defaultdict(list)
    for member in members:
        if member.id != root_id:
            children[member.derived_from_id].append(branches[member.id])
    for key, branch in branches.items():
        branch.repeats = children[key]
    return branches.get(root_id, Branch(source))


def _root(session: Session, source: Source) -> uuid.UUID:
    """The key of the source at the end of ``derived_from``; one statement, cycle-proof."""
    above = (
        select(Source.id, Source.derived_from_id)
        .where(Source.id == source.id)
        .cte("above", recursive=True)
    )
    above = above.union(
        select(Source.id, Source.derived_from_id).where(Source.id == above.c.derived_from_id)
    )
    parents = {row.id: row.derived_from_id for row in session.execute(select(above))}
    return root_among(parents, source.id)


def _conditions(filters: Filters) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if filters.kind is not None:
        conditions.append(Source.kind == filters.kind)
    if filters.tier is not None:
        conditions.append(Source.tier == filters.tier)
    if filters.language:
        conditions.append(Source.language == filters.language)
    if filters.reliability is not None:
        conditions.append(Source.reliability == filters.reliability)
    if filters.credibility is not None:
        conditions.append(Source.credibility == filters.credibility)
    if filters.text:
        named = (Source.title, Source.publisher, Source.key)
        conditions.append(
            or_(*(column.istartswith(filters.text, autoescape=True) for column in named))
        )
    return conditions
