"""How the desk stands: open articles and their progress, what waits, what happened lately."""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import BindParameter, Select, bindparam, func, select
from sqlalchemy.orm import Session

from claims.mentions import Coverage
from claims.models import (
    Article,
    ArticleVersion,
    Assessment,
    Claim,
    Contest,
    Proposal,
    SignOff,
)
from claims.queries.article_list import NO_NUMBERS, article_coverages
from claims.queries.articles import Counts, ordered
from claims.queries.flags import Flag, flagged
from claims.triage_vocabulary import ProposalState
from claims.vocabulary import CLOSED, SignOffDecision, Stage
from sources.columns import Words

if TYPE_CHECKING:
    from claims.status import VerificationStatus

LISTED = 8
"""Articles on the page, those with the nearest deadline first."""
PEOPLE = 12
"""People on the page, those with the most claims in hand first."""
SORTED = 5
"""Articles with undecided proposals on the page."""


@dataclass(frozen=True)
class Progress:
    """How far an article is: its claims, and how many of them are signed off."""

    key: str
    title: Words
    deadline: dt.datetime | None
    claims: int
    closed: int
    coverage: Coverage = NO_NUMBERS
    """The numbers of its newest version, and how many of them are accounted for."""

    @property
    def open(self) -> int:
        """How many claims are not signed off yet."""
        return self.claims - self.closed


@dataclass(frozen=True)
class OpenArticles:
    """The articles with open claims: the statuses of all, and those whose deadline comes first."""

    counts: Counts
    articles: Sequence[Progress]
    number: int


@dataclass(frozen=True)
class Load:
    """What one person has in hand: open claims, and those of them that are overdue."""

    actor: str
    claims: int
    overdue: int


@dataclass(frozen=True)
class Unsorted:
    """An article with proposals nobody has decided about."""

    key: str
    title: Words
    proposals: int


@dataclass(frozen=True)
class Tallies:
    """Counts of what waits, and of what was done since a moment.

    ``articles`` is 0 only where no article was ever taken in; otherwise it says no more than that.
    """

    unassigned: int
    void: int
    single_origin: int
    fallen_due: int
    source_changed: int
    source_gone: int
    decided: int
    signed: int
    raised: int
    articles: int


def open_articles(session: Session) -> OpenArticles:
    """Return how all open articles stand, and the first of them; three statements."""
    counts: Counter[VerificationStatus] = Counter()
    claims: Counter[uuid.UUID] = Counter()
    closed: Counter[uuid.UUID] = Counter()
    for article, status, number, done in session.execute(_STANDINGS):
        counts[status] += number
        claims[article] += number
        closed[article] += done
    rows = session.execute(_FIRST, {"size": LISTED}).all() if claims else []
    accounted = article_coverages(session, [row.id for row in rows])
    listed = [
        Progress(
            row.key,
            row.title,
            row.deadline,
            claims[row.id],
            closed[row.id],
            accounted.get(row.id, NO_NUMBERS),
        )
        for row in rows
    ]
    return OpenArticles(ordered(counts), listed, len(claims))


def team_load(session: Session, moment: dt.datetime) -> Sequence[Load]:
    """Return who has how many open claims in hand, the fullest hands first; one statement."""
    rows = session.execute(_LOADS, {"now": moment, "size": PEOPLE})
    return [Load(actor or "", claims, late) for actor, claims, late in rows]


def unsorted(session: Session) -> Sequence[Unsorted]:
    """Return the articles with undecided proposals, the fullest first; one statement."""
    return [Unsorted(*row) for row in session.execute(_UNSORTED, {"size": SORTED})]


def tallies(session: Session, since: dt.datetime) -> Tallies:
    """Return the counts of the desk in one statement; every one is bounded by an index."""
    row = session.execute(_TALLIES, {"since": since}).mappings().one()
    return Tallies(**row)


_OPEN = select(Claim.article_id).where(Claim.stage.not_in(CLOSED))
_STANDINGS = (
    select(
        Claim.article_id,
        Claim.verification_status,
        func.count(),
        func.count().filter(Claim.stage == Stage.SIGNED_OFF),
    )
    .where(Claim.stage != Stage.DROPPED, Claim.article_id.in_(_OPEN))
    .group_by(Claim.article_id, Claim.verification_status)
)
_FIRST = (
    select(Article.id, Article.key, Article.title, Article.deadline)
    .where(Article.id.in_(_OPEN))
    .order_by(Article.deadline.is_(None), Article.deadline, Article.id.desc())
    .limit(bindparam("size"))
)
_LATE = func.coalesce(Claim.due_at, Article.deadline) < bindparam("now")
_LOADS = (
    select(Claim.assignee, func.count(), func.count().filter(_LATE))
    .join(Article, Article.id == Claim.article_id)
    .where(Claim.assignee.is_not(None), Claim.stage.not_in(CLOSED))
    .group_by(Claim.assignee)
    .order_by(func.count().desc(), Claim.assignee)
    .limit(bindparam("size"))
)
_UNSORTED = (
    select(Article.key, Article.title, func.count(Proposal.id))
    .join(ArticleVersion, ArticleVersion.id == Proposal.version_id)
    .join(Article, Article.id == ArticleVersion.article_id)
    .where(
        Proposal.state == ProposalState.PENDING,
        ArticleVersion.number
        == select(func.max(ArticleVersion.number))
        .where(ArticleVersion.article_id == Article.id)
        .correlate(Article)
        .scalar_subquery(),
    )
    .group_by(Article.id, Article.key, Article.title)
    .order_by(func.count(Proposal.id).desc(), Article.key)
    .limit(bindparam("size"))
)


def _number(chosen: Select[uuid.UUID]) -> Select[int]:
    return select(func.count()).select_from(chosen.subquery())


_SINCE: BindParameter[dt.datetime] = bindparam("since")
_TALLIES = select(
    _number(select(Claim.id).where(Claim.assignee.is_(None), Claim.stage.not_in(CLOSED)))
    .scalar_subquery()
    .label("unassigned"),
    _number(flagged(Flag.VOID)).scalar_subquery().label("void"),
    _number(flagged(Flag.SINGLE_ORIGIN)).scalar_subquery().label("single_origin"),
    _number(flagged(Flag.FALLEN_DUE)).scalar_subquery().label("fallen_due"),
    _number(flagged(Flag.SOURCE_CHANGED)).scalar_subquery().label("source_changed"),
    _number(flagged(Flag.SOURCE_GONE)).scalar_subquery().label("source_gone"),
    select(func.count(Assessment.claim_id.distinct()))
    .where(Assessment.created_at >= _SINCE)
    .scalar_subquery()
    .label("decided"),
    select(func.count(SignOff.claim_id.distinct()))
    .where(SignOff.created_at >= _SINCE, SignOff.decision == SignOffDecision.SIGNED)
    .scalar_subquery()
    .label("signed"),
    select(func.count(Contest.id))
    .where(Contest.created_at >= _SINCE)
    .scalar_subquery()
    .label("raised"),
    _number(select(Article.id).limit(1)).scalar_subquery().label("articles"),
)
