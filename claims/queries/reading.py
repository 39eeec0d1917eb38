"""Moving through the claims of an article: which are shown, which come next, which are open."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, raiseload, selectinload

from claims.models import Article, Claim, Contest
from claims.queries.articles import ArticlePage, no_such_article
from claims.status import VerificationStatus
from claims.vocabulary import Stage

WORKED_ON = frozenset({Stage.OPEN, Stage.CHECKING})
CONTESTED = "contested"
"""Beside the statuses, what the claims shown can be narrowed to."""


class Step(NamedTuple):
    """A claim as far as moving past it goes."""

    number: int
    status: VerificationStatus
    stage: Stage
    contested: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One claim of an article and the others as steps: all that its card needs of them.

    The claim comes with its figures and contests; an article without claims has none.
    """

    article: Article
    steps: Sequence[Step]
    claim: Claim | None


def place(session: Session, key: str, number: int | None) -> Place:
    """Load one claim's place in its article, the first where none is asked for or known.

    Three statements and the claim, however many claims there are.
    """
    article = session.scalar(select(Article).where(Article.key == key).options(raiseload("*")))
    if article is None:
        raise no_such_article()
    steps = _steps(session, article)
    known = [step.number for step in steps]
    at = number if number in known else next(iter(known), None)
    query = select(Claim).where(Claim.article_id == article.id, Claim.number == at)
    loaded = selectinload(Claim.figures), selectinload(Claim.contests), raiseload("*")
    claim = session.scalars(query.options(*loaded)).one_or_none()
    return Place(article=article, steps=steps, claim=claim)


def _steps(session: Session, article: Article) -> list[Step]:
    disputed = exists().where(Contest.claim_id == Claim.id, Contest.outcome.is_(None))
    rows = session.execute(
        select(Claim.number, Claim.verification_status, Claim.stage, disputed)
        .where(Claim.article_id == article.id, Claim.stage != Stage.DROPPED)
        .order_by(Claim.number)
    )
    return [Step(*row) for row in rows]


def steps_of(page: ArticlePage) -> list[Step]:
    """Return the claims of a page that is loaded already as steps."""
    return [Step(one.number, one.status, one.claim.stage, one.contests > 0) for one in page.claims]


def narrows(only: str | None) -> bool:
    """Tell whether a word narrows the claims shown: a status, or "contested"."""
    return only == CONTESTED or only in set(VerificationStatus)


def showing(steps: Iterable[Step], only: str | None) -> list[int]:
    """Return the claims with a status, or those with an open contest; all for any other word."""
    return [
        step.number
        for step in steps
        if not narrows(only) or step.status == only or (only == CONTESTED and step.contested)
    ]


def beside(numbers: Sequence[int], at: int) -> tuple[int, int]:
    """Return the numbers before and after a claim in a circle, whether or not it is among them."""
    before = [number for number in numbers if number < at] or numbers or [at]
    after = [number for number in numbers if number > at] or numbers or [at]
    return before[-1], after[0]


def open_beside(steps: Iterable[Step], at: int) -> tuple[int, int]:
    """Return the numbers of the open claims before and after one; its own where there is none.

    The claims without a status come first of all; where every one has a status, those are open
    that nobody has handed over yet.
    """
    others = [step for step in steps if step.number != at and step.stage in WORKED_ON]
    unjudged = [one for one in others if one.status is VerificationStatus.UNCHECKED]
    return beside([step.number for step in unjudged or others], at)


def next_open(session: Session, claim: Claim) -> int:
    """Return the number of the open claim after one in its article; its own where none is left."""
    return open_beside(_steps(session, claim.article), claim.number)[1]
