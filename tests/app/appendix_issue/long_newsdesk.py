"""A desk with an article of many claims, entered in bulk, for what must not grow with them."""

import hashlib

from sqlalchemy import func, select

from app.db import Database
from claims.models import Article, Claim, Evidence
from claims.vocabulary import LocatorKind, Stance
from sources.models import Source
from sources.vocabulary import SourceKind, Tier
from tests.app.appendix_issue.newsdesk import BY, Newsdesk
from tests.claims import newsroom


def with_many(database: Database, claims: int) -> Newsdesk:
    """A desk whose article has so many claims, each with its own source."""
    desk = Newsdesk(database, claims=0)
    add(desk, claims)
    return desk


def add(desk: Newsdesk, claims: int) -> None:
    """Enter more claims of the article."""
    with desk.database.writing(BY) as session:
        article = session.scalars(select(Article).where(Article.key == desk.key)).one()
        here = select(func.max(Claim.number)).where(Claim.article_id == article.id)
        first = (session.scalar(here) or 0) + 1
        for number in range(first, first + claims):
            claim = a_claim(article, number)
            session.add_all([claim, newsroom.a_figure(claim), an_item(claim)])


def a_claim(article: Article, number: int) -> Claim:
    return Claim(
        article=article,
        number=number,
        key=f"share-{number}",
        kind="share",
        statement={"zh": f"第 {number} 个份额为 5%。", "en": f"Share {number} was 5 %."},
        created_by=BY,
    )


def an_item(claim: Claim) -> Evidence:
    """An item of evidence from a source of its own, without a copy."""
    key = hashlib.sha256(f"{claim.article.key}:{claim.number}".encode()).hexdigest()[:12]
    source = Source(
        key=f"report-{key}",
        kind=SourceKind.NEWS_REPORT,
        tier=Tier.ESTABLISHED,
        title=f"Report {claim.number}",
        created_by=BY,
    )
    return Evidence(
        claim=claim,
        number=1,
        source=source,
        stance=Stance.SUPPORTS,
        quote="The share was 5 %.",
        locator_kind=LocatorKind.PAGE,
        locator="37",
        created_by=BY,
    )
