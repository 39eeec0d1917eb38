"""The source list of an appendix: what its claims rest on, numbered, and where that comes from."""

import datetime as dt
import uuid
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from sqlalchemy import CompoundSelect, func, select, union
from sqlalchemy.orm import Session

from claims.appendix.content import SourceIdentity, SourcePart
from claims.models import Article, Citation, Claim, Evidence
from sources.batches import batched
from sources.citation_styles import Style
from sources.citing.citations import accessed_days, cite, made
from sources.models import Source
from sources.origins import parents_of, root_among


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of an article by their identifier, each with its number in the list."""

    rows: Mapping[uuid.UUID, Source]
    numbers: Mapping[uuid.UUID, int]
    roots: Mapping[uuid.UUID, uuid.UUID]
    used: dict[uuid.UUID, set[int]] = field(default_factory=dict)

    def number(self, source_id: uuid.UUID | None) -> int | None:
        """The number of a source in the list."""
        return self.numbers.get(source_id) if source_id is not None else None

    def is_confidential(self, source_id: uuid.UUID | None) -> bool:
        """Whether a source is confidential."""
        return source_id is not None and self.rows[source_id].confidential

    def use(self, source_id: uuid.UUID | None, claim: int) -> None:
        """Note that a claim's evidence rests on a source."""
        if source_id is not None:
            self.used.setdefault(source_id, set()).add(claim)

    @property
    def guarded(self) -> dict[int, uuid.UUID]:
        """The confidential sources by their numbers."""
        return {self.numbers[key]: key for key, row in self.rows.items() if row.confidential}


def sources_of(
    session: Session, article: Article, claims: Collection[uuid.UUID] | None = None
) -> Sources:
    """Load what an article's claims rest on or cite, and what that was derived from.

    ``claims`` are the identifiers of some of them, where not all are told of.
    """
    named = _named(article, claims)
    wanted = {key for key in session.scalars(named) if key is not None}
    parents: dict[uuid.UUID, uuid.UUID | None] = {}
    for keys in batched(sorted(wanted)):
        parents |= parents_of(session, keys)
    rows: dict[uuid.UUID, Source] = {}
    for keys in batched(sorted(parents)):
        rows |= {row.id: row for row in session.scalars(select(Source).where(Source.id.in_(keys)))}
    ordered = sorted(rows.values(), key=_place)
    return Sources(
        rows=rows,
        numbers={row.id: number for number, row in enumerate(ordered, start=1)},
        roots={key: root_among(parents, key) for key in rows},
    )


def count_sources(session: Session, article: Article) -> int:
    """Count what :func:`sources_of` would list of a whole article, without loading it."""
    named = _named(article, None).subquery()
    chain = (
        select(Source.id, Source.derived_from_id)
        .where(Source.id.in_(select(named.c.source_id)))
        .cte("named_chain", recursive=True)
    )
    chain = chain.union(
        select(Source.id, Source.derived_from_id).where(Source.id == chain.c.derived_from_id)
    )
    return session.scalar(select(func.count(chain.c.id.distinct()))) or 0


def _named(
    article: Article, claims: Collection[uuid.UUID] | None
) -> CompoundSelect[uuid.UUID | None]:
    """The sources that claims of an article name."""
    wanted = select(Claim.id).where(Claim.article_id == article.id)
    if claims is not None:
        wanted = wanted.where(Claim.id.in_(claims))
    return union(
        *(
            select(model.source_id).where(model.claim_id.in_(wanted), model.source_id.is_not(None))
            for model in (Evidence, Citation)
        )
    )


def _place(source: Source) -> tuple[bool, str]:
    """A confidential source stands behind the others: its place must not tell its key."""
    return source.confidential, str(source.id) if source.confidential else source.key


def listed(session: Session, sources: Sources, style: Style) -> list[SourcePart]:
    """Return the list in the order of its numbers, each entry cited in a style."""
    days = accessed_days(session, sources.rows.values())
    ordered = sorted(sources.rows.values(), key=lambda row: sources.numbers[row.id])
    return [
        SourcePart(
            number=sources.numbers[row.id],
            kind=row.kind,
            tier=row.tier,
            lineage=row.lineage,
            confidential=row.confidential,
            derived_from=sources.number(row.derived_from_id),
            reliability=row.reliability,
            credibility=row.credibility,
            used_by=sorted(sources.used.get(row.id, ())),
            identity=_identity(row, style, days.get(row.id)),
        )
        for row in ordered
    ]


def _identity(row: Source, style: Style, day: dt.date | None) -> SourceIdentity:
    # The citation of a confidential source stands in no cache that a page could be served from.
    citation = made(row, style, day) if row.confidential else cite(row, style, day)
    return SourceIdentity(
        key=row.key,
        title=row.title,
        authors=row.authors,
        publisher=row.publisher,
        original_publisher=row.original_publisher,
        url=row.url,
        issued=row.issued,
        language=row.language,
        retrieval=row.retrieval,
        retrieved=day.isoformat() if day else None,
        citation=citation.text,
        citation_html=citation.html,
    )
