"""The blast radius of a source: every claim, article and issued appendix that rests on it."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select, union
from sqlalchemy.orm import Session, selectinload

from claims.models import Appendix, Article, Citation, Claim, Evidence
from claims.vocabulary import Stage
from sources.models import Source


@dataclass(frozen=True, slots=True)
class BlastRadius:
    """What has to be looked at again when a source turns out wrong.

    ``repeats`` are the sources that derive from it; what rests on one of them rests on it too.
    ``appendices`` are those that were issued of the articles, the newest first.
    """

    source: Source
    repeats: list[Source]
    claims: list[Claim]
    articles: list[Article]
    appendices: list[Appendix]


def blast_radius(session: Session, source: Source) -> BlastRadius:
    """Return everything that rests on a source, directly or through what repeats it."""
    repeats = _repeats(session, source)
    claims = _claims(session, [source.id, *(row.id for row in repeats)])
    articles = {claim.article_id: claim.article for claim in claims}
    return BlastRadius(
        source=source,
        repeats=repeats,
        claims=claims,
        articles=sorted(articles.values(), key=lambda article: article.key),
        appendices=_appendices(session, articles),
    )


def _repeats(session: Session, source: Source) -> list[Source]:
    """Everything below a source in the tree of origins; UNION ends the walk in a circle too."""
    below = select(Source.id).where(Source.derived_from_id == source.id).cte(recursive=True)
    below = below.union(select(Source.id).where(Source.derived_from_id == below.c.id))
    query = select(Source).where(
        Source.id.in_(select(below.c.id)), Source.id != source.id, Source.merged_into_id.is_(None)
    )
    return list(session.scalars(query.order_by(Source.key)))


def _claims(session: Session, sources: Collection[uuid.UUID]) -> list[Claim]:
    """Claims that use one of the sources as evidence that stands, or whose article cites it."""
    uses = union(
        select(Evidence.claim_id).where(
            Evidence.source_id.in_(sources), Evidence.withdrawn_by.is_(None)
        ),
        select(Citation.claim_id).where(Citation.source_id.in_(sources)),
    ).subquery()
    return list(
        session.scalars(
            select(Claim)
            .where(Claim.id.in_(select(uses.c.claim_id)), Claim.stage != Stage.DROPPED)
            .options(selectinload(Claim.article), selectinload(Claim.findings))
            .order_by(Claim.article_id, Claim.number)
        )
    )


def _appendices(session: Session, articles: Collection[uuid.UUID]) -> list[Appendix]:
    return list(
        session.scalars(
            select(Appendix)
            .where(Appendix.article_id.in_(list(articles)))
            .options(selectinload(Appendix.article))
            .order_by(Appendix.created_at.desc())
        )
    )
