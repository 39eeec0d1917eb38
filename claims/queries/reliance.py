"""Reliance: which claims rest on a source, so that its trouble becomes theirs."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, null, select, union, union_all
from sqlalchemy.orm import Session, aliased

from claims.models import Article, Citation, Claim, Evidence, Figure
from claims.status import VerificationStatus
from claims.vocabulary import Stance
from sources.columns import Words
from sources.models import Source

MOST = 200
"""Claims listed on a source's page."""


@dataclass(frozen=True)
class Reliance:
    """One use of a source: as evidence (with a stance), or as what the article itself cites."""

    claim_id: uuid.UUID
    claim_number: int
    article_key: str
    article_title: Words
    statement: Words
    status: VerificationStatus
    stance: Stance | None
    """None where the article cites the source."""
    evidence_number: int | None
    figure: str | None
    """The figure the source gives, as printed there."""
    withdrawn: bool


def reliances() -> Any:
    """Which claims rest on which sources: by evidence that stands, or because the article says."""
    return union(
        select(Evidence.claim_id, Evidence.source_id).where(
            Evidence.withdrawn_by.is_(None), Evidence.source_id.is_not(None)
        ),
        select(Citation.claim_id, Citation.source_id),
    ).subquery("resting")


def relying_on(session: Session, source_id: uuid.UUID) -> list[Reliance]:
    """Return the claims that rest on a source, in one statement."""
    given = aliased(Figure)
    attached = (
        select(
            Evidence.claim_id,
            Evidence.stance.label("stance"),
            Evidence.number.label("evidence_number"),
            given.stated_text.label("figure"),
            Evidence.withdrawn_by.label("withdrawn_by"),
        )
        .outerjoin(given, given.evidence_id == Evidence.id)
        .where(Evidence.source_id == source_id)
    )
    cited = select(Citation.claim_id, null(), null(), null(), null()).where(
        Citation.source_id == source_id
    )
    uses = union_all(attached, cited).subquery()
    rows = session.execute(
        select(
            Claim.id.label("claim_id"),
            Claim.number.label("claim_number"),
            Article.key.label("article_key"),
            Article.title.label("article_title"),
            Claim.statement,
            Claim.verification_status.label("status"),
            uses.c.stance,
            uses.c.evidence_number,
            uses.c.figure,
            uses.c.withdrawn_by.is_not(None).label("withdrawn"),
        )
        .join(uses, uses.c.claim_id == Claim.id)
        .join(Article, Article.id == Claim.article_id)
        .order_by(Claim.id, uses.c.evidence_number)
        .limit(MOST)
    )
    return [Reliance(**row) for row in rows.mappings()]


def sources_of(session: Session, article_id: uuid.UUID) -> list[Source]:
    """Return the sources an article's claims cite or rest on, in the order they were entered."""
    attached = select(Evidence.source_id).join(Claim, Claim.id == Evidence.claim_id)
    cited = select(Citation.source_id).join(Claim, Claim.id == Citation.claim_id)
    used = union_all(
        attached.where(Claim.article_id == article_id, Evidence.withdrawn_by.is_(None)),
        cited.where(Claim.article_id == article_id),
    )
    return list(session.scalars(select(Source).where(Source.id.in_(used)).order_by(Source.id)))


def counts(session: Session, sources: Collection[uuid.UUID]) -> dict[uuid.UUID, int]:
    """How many evidence items and citations rest on each of a page's sources; one statement."""
    uses = union_all(
        select(Evidence.source_id).where(
            Evidence.source_id.in_(list(sources)), Evidence.withdrawn_by.is_(None)
        ),
        select(Citation.source_id).where(Citation.source_id.in_(list(sources))),
    ).subquery()
    rows = session.execute(select(uses.c.source_id, func.count()).group_by(uses.c.source_id))
    return {source_id: count for source_id, count in rows if source_id is not None}
