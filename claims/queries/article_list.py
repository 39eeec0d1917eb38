"""The list of articles: searched, ordered, a page at a time, in a constant number of statements."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Text, func, select, type_coerce
from sqlalchemy.orm import Session, raiseload

from claims.mentions import Coverage, is_accounted
from claims.models import Article, ArticleVersion, Claim, Contest, Proposal, QuantityMention
from claims.queries.articles import Counts, ordered
from claims.queries.queue_filters import RoleTurn
from claims.status import VerificationStatus
from claims.triage_vocabulary import ProposalState
from claims.vocabulary import Stage

NO_NUMBERS = Coverage(0, 0)
PAGE = 50
"""Articles on one page of the list."""
MOST_WORDS = 8


class ArticleOrder(StrEnum):
    """What comes first: what came in last, or what is due first."""

    NEWEST = "newest"
    DEADLINE = "deadline"


@dataclass(frozen=True)
class ArticleFilters:
    """The words looked for in title, key and byline, the order, and the page, from 1."""

    words: str = ""
    order: ArticleOrder = ArticleOrder.NEWEST
    page: int = 1


@dataclass(slots=True)
class Counted:
    """How many of an article's claims there are of each kind."""

    statuses: Counter[VerificationStatus] = field(default_factory=Counter)
    stages: Counter[Stage] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedArticle:
    """One row of the list of articles."""

    article: Article
    version: int
    counts: Counts = field(default_factory=dict)
    contested: int = 0
    coverage: Coverage = NO_NUMBERS
    turns: Counter[RoleTurn] = field(default_factory=Counter)
    """How many claims wait for a checker, and how many for a signature."""
    closed: int = 0
    """How many claims are signed off."""
    undecided: int = 0
    """Proposals of the newest version that nobody has kept or left out yet."""

    @property
    def claims(self) -> int:
        """How many claims the article has."""
        return sum(self.counts.values())


def listing(session: Session, filters: ArticleFilters) -> tuple[Sequence[Article], bool]:
    """Return the articles of a page, and whether more follow; over articles alone."""
    statement = select(Article).where(*_saying(filters.words)).options(raiseload("*"))
    if filters.order is ArticleOrder.DEADLINE:
        statement = statement.order_by(Article.deadline.is_(None), Article.deadline)
    statement = statement.order_by(Article.id.desc())
    page = statement.offset((filters.page - 1) * PAGE).limit(PAGE + 1)
    found = session.scalars(page).all()
    return found[:PAGE], len(found) > PAGE


def article_list(
    session: Session, filters: ArticleFilters | None = None
) -> tuple[list[ListedArticle], bool]:
    """Return one page of articles, and whether more follow."""
    articles, more = listing(session, filters or ArticleFilters())
    ids = [article.id for article in articles]
    versions = _newest_versions(session, ids)
    counted = _counted(session, ids)
    contested = _contested_counts(session, ids)
    newest = [version for version, _ in versions.values()]
    accounted, undecided = _coverages(session, newest), _undecided(session, newest)
    rows = [
        ListedArticle(
            article=article,
            version=versions[article.id][1],
            counts=ordered(counted[article.id].statuses),
            contested=contested.get(article.id, 0),
            coverage=accounted.get(versions[article.id][0], NO_NUMBERS),
            turns=_turns(counted[article.id].stages),
            closed=counted[article.id].stages[Stage.SIGNED_OFF],
            undecided=undecided.get(versions[article.id][0], 0),
        )
        for article in articles
    ]
    return rows, more


def _saying(words: str) -> list[Any]:
    """Conditions on an article: each word stands in its title, key or byline."""
    held = (type_coerce(Article.title, Text), Article.key, Article.byline)
    return [
        func.coalesce(held[0], "").icontains(word, autoescape=True)
        | held[1].icontains(word, autoescape=True)
        | func.coalesce(held[2], "").icontains(word, autoescape=True)
        for word in words.split()[:MOST_WORDS]
    ]


def _turns(stages: Counter[Stage]) -> Counter[RoleTurn]:
    waiting = Counter(
        {
            RoleTurn.CHECKER: stages[Stage.OPEN] + stages[Stage.CHECKING],
            RoleTurn.REVIEWER: stages[Stage.SUBMITTED],
        }
    )
    return +waiting


def _newest_versions(
    session: Session, articles: list[uuid.UUID]
) -> dict[uuid.UUID, tuple[uuid.UUID, int]]:
    rows = session.execute(
        select(ArticleVersion.article_id, ArticleVersion.id, ArticleVersion.number)
        .where(ArticleVersion.article_id.in_(articles))
        .order_by(ArticleVersion.number)
    )
    return {row.article_id: (row.id, row.number) for row in rows}


def _counted(session: Session, articles: list[uuid.UUID]) -> dict[uuid.UUID, "Counted"]:
    rows = session.execute(
        select(Claim.article_id, Claim.verification_status, Claim.stage, func.count())
        .where(Claim.article_id.in_(articles), Claim.stage != Stage.DROPPED)
        .group_by(Claim.article_id, Claim.verification_status, Claim.stage)
    )
    found: dict[uuid.UUID, Counted] = defaultdict(Counted)
    for article, status, stage, number in rows:
        found[article].statuses[status] += number
        found[article].stages[stage] += number
    return found


def _contested_counts(session: Session, articles: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(Claim.article_id, func.count(Claim.id.distinct()))
        .join(Contest, Contest.claim_id == Claim.id)
        .where(
            Claim.article_id.in_(articles), Contest.outcome.is_(None), Claim.stage != Stage.DROPPED
        )
        .group_by(Claim.article_id)
    )
    return {row[0]: row[1] for row in rows}


def _coverages(session: Session, versions: list[uuid.UUID]) -> dict[uuid.UUID, Coverage]:
    rows = session.execute(
        select(QuantityMention.version_id, func.count().filter(is_accounted()), func.count())
        .where(QuantityMention.version_id.in_(versions))
        .group_by(QuantityMention.version_id)
    )
    return {version: Coverage(accounted, total) for version, accounted, total in rows}


def _undecided(session: Session, versions: list[uuid.UUID]) -> dict[uuid.UUID, int]:
    rows = session.execute(
        select(Proposal.version_id, func.count())
        .where(Proposal.version_id.in_(versions), Proposal.state == ProposalState.PENDING)
        .group_by(Proposal.version_id)
    )
    return {row[0]: row[1] for row in rows}


def article_coverages(session: Session, articles: Sequence[uuid.UUID]) -> dict[uuid.UUID, Coverage]:
    """The numbers of each article's newest version that are accounted for; one statement."""
    newest = (
        select(ArticleVersion.article_id, func.max(ArticleVersion.number).label("number"))
        .where(ArticleVersion.article_id.in_(list(articles)))
        .group_by(ArticleVersion.article_id)
        .subquery()
    )
    rows = session.execute(
        select(ArticleVersion.article_id, func.count().filter(is_accounted()), func.count())
        .join(QuantityMention, QuantityMention.version_id == ArticleVersion.id)
        .join(
            newest,
            (newest.c.article_id == ArticleVersion.article_id)
            & (newest.c.number == ArticleVersion.number),
        )
        .group_by(ArticleVersion.article_id)
    )
    return {article: Coverage(accounted, total) for article, accounted, total in rows}
