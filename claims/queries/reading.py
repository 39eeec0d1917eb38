"""Moving through the claims of an article: which are shown, which come next, which are open."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.models import Claim
from claims.queries.articles import ArticlePage, MarkedClaim
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


def showing(page: ArticlePage, only: str | None) -> list[MarkedClaim]:
    """Return the claims with a status, or those with an open contest; all for any other word."""
    if only == CONTESTED:
        return [marked for marked in page.claims if marked.contests]
    if only in set(VerificationStatus):
        return [marked for marked in page.claims if marked.status == only]
    return page.claims


def beside(numbers: Sequence[int], at: int) -> tuple[int, int]:
    """Return the numbers before and after a claim in a circle, whether or not it is among them."""
    before = [number for number in numbers if number < at] or numbers or [at]
    after = [number for number in numbers if number > at] or numbers or [at]
    return before[-1], after[0]


def still_open(claims: Iterable[Step], at: int) -> list[int]:
    """Return the numbers of the other claims to be judged: those without any status first of all.

    Where every claim has a status, those are open that nobody has handed over yet.
    """
    others = [claim for claim in claims if claim.number != at and claim.stage in WORKED_ON]
    unjudged = [one for one in others if one.status is VerificationStatus.UNCHECKED]
    return [claim.number for claim in unjudged or others]


def open_beside(page: ArticlePage, at: int) -> tuple[int, int]:
    """Return the numbers of the open claims before and after one; its own where there is none."""
    steps = (Step(one.number, one.status, one.claim.stage) for one in page.claims)
    return beside(still_open(steps, at), at)


def next_open(session: Session, claim: Claim) -> int:
    """Return the number of the open claim after one in its article; its own where none is left."""
    rows = session.execute(
        select(Claim.number, Claim.verification_status, Claim.stage)
        .where(Claim.article_id == claim.article_id)
        .order_by(Claim.number)
    )
    return beside(still_open((Step(*row) for row in rows), claim.number), claim.number)[1]
