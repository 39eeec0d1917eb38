"""What the list of articles and the reading view show, in a constant number of statements."""

import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from claims.errors import Missing
from claims.mentions import Coverage, coverage
from claims.models import (
    Article,
    ArticleVersion,
    Claim,
    ClaimAnchor,
    Proposal,
    QuantityMention,
)
from claims.status import VerificationStatus
from claims.triage_vocabulary import ProposalState
from claims.vocabulary import Stage

Counts = dict[VerificationStatus, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedClaim:
    """A claim with the place where it stands in the version shown, and its open contests."""

    claim: Claim
    anchor: ClaimAnchor | None
    contests: int
    blocking: bool

    @property
    def number(self) -> int:
        """The claim's number in its article."""
        return self.claim.number

    @property
    def status(self) -> VerificationStatus:
        """What the evidence says."""
        return self.claim.verification_status


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedNumber:
    """A number of the text, and whether a figure of a claim accounts for it."""

    mention: QuantityMention
    claimed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """Everything the reading view shows beside the card of the selected claim."""

    article: Article
    version: ArticleVersion
    claims: list[MarkedClaim]
    numbers: list[MarkedNumber]
    coverage: Coverage
    proposals_left: int = 0

    @property
    def first_open(self) -> int:
        """Where the first number stands that nothing accounts for."""
        places = (
            number.mention.start
            for number in self.numbers
            if not number.claimed and number.mention.dismissed_as is None
        )
        return next(places, 0)

    @property
    def counts(self) -> Counts:
        """How many claims have each status, the statuses in their usual order."""
        return ordered(Counter(marked.status for marked in self.claims))

    @property
    def contested(self) -> int:
        """How many claims have an open contest."""
        return sum(marked.contests > 0 for marked in self.claims)

    def at(self, number: int | None) -> MarkedClaim | None:
        """The claim with this number; the first one where none is asked for or known."""
        found = (marked for marked in self.claims if marked.number == number)
        return next(found, self.claims[0] if self.claims else None)


def ordered(counts: Counter[VerificationStatus]) -> Counts:
    """Return the counts in the order of the statuses, without zeros."""
    return {status: counts[status] for status in VerificationStatus if counts[status]}


def article_id(session: Session, key: str) -> uuid.UUID:
    """Return the identifier of the article with this key; raise Missing for an unknown one."""
    found = session.scalar(select(Article.id).where(Article.key == key))
    if found is None:
        raise no_such_article()
    return found


def no_such_article() -> Missing:
    """The refusal of a key no article has."""
    return Missing("no_such_article", {"zh": "没有这篇文章。", "en": "There is no such article."})


def article_page(session: Session, key: str) -> ArticlePage:
    """Load the newest version of an article with its claims; raise Missing for an unknown key."""
    article, version = newest(session, key)
    claims = _claims(session, article.id, version.id)
    return ArticlePage(
        article=article,
        version=version,
        claims=[_marked(claim) for claim in claims],
        numbers=_numbers(session, version.id, claims),
        coverage=coverage(session, version),
        proposals_left=_proposals_left(session, version),
    )


def _proposals_left(session: Session, version: ArticleVersion) -> int:
    query = select(func.count()).where(
        Proposal.version_id == version.id, Proposal.state == ProposalState.PENDING
    )
    return session.scalar(query) or 0


def newest(session: Session, key: str) -> tuple[Article, ArticleVersion]:
    """Return an article and its newest version; raise Missing where there is none of them."""
    article = session.scalar(select(Article).where(Article.key == key).options(raiseload("*")))
    if article is None:
        raise no_such_article()
    version = session.scalars(
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article.id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
        .options(raiseload("*"))
    ).one_or_none()
    if version is None:
        raise no_text_yet()
    return article, version


def no_text_yet() -> Missing:
    """The refusal of an article without a version."""
    return Missing(
        "no_version", {"zh": "这篇文章还没有正文。", "en": "This article has no text yet."}
    )


def version_of(session: Session, key: str) -> ArticleVersion:
    """Return an article's newest version, for an act on it; raise Missing for an unknown key."""
    _, version = newest(session, key)
    session.expunge(version)
    return session.scalars(
        select(ArticleVersion)
        .where(ArticleVersion.id == version.id)
        .options(joinedload(ArticleVersion.article))
    ).one()


def _claims(session: Session, article: uuid.UUID, version: uuid.UUID) -> list[Claim]:
    here = Claim.anchors.and_(ClaimAnchor.version_id == version)
    return list(
        session.scalars(
            select(Claim)
            .where(Claim.article_id == article, Claim.stage != Stage.DROPPED)
            .order_by(Claim.number)
            .options(
                selectinload(here),
                selectinload(Claim.figures),
                selectinload(Claim.contests),
                raiseload("*"),
            )
        )
    )


def _marked(claim: Claim) -> MarkedClaim:
    disputes = [contest for contest in claim.contests if contest.outcome is None]
    return MarkedClaim(
        claim=claim,
        anchor=claim.anchors[0] if claim.anchors else None,
        contests=len(disputes),
        blocking=any(contest.blocking for contest in disputes),
    )


def _numbers(session: Session, version: uuid.UUID, claims: Iterable[Claim]) -> list[MarkedNumber]:
    figures = [figure for claim in claims for figure in claim.figures]
    claimed = {figure.mention_id for figure in figures}
    claimed |= {figure.period_mention_id for figure in figures}
    mentions = session.scalars(
        select(QuantityMention)
        .where(QuantityMention.version_id == version)
        .order_by(QuantityMention.start)
        .options(raiseload("*"))
    )
    return [MarkedNumber(mention=row, claimed=row.id in claimed) for row in mentions]
