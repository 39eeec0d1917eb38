"""The queue: claims as one long list, read a page at a time at any depth for the same price."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import BindParameter, ColumnElement, Row, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from claims.models import (
    Article,
    Assessment,
    Claim,
    Contest,
    Evidence,
    Figure,
    SignOff,
)
from claims.queries.flags import Flag, flagged, signable
from claims.status import VerificationStatus
from claims.vocabulary import Stage
from sources.columns import Words

Line: TypeAlias = Row[*tuple[Any, ...]]
PAGE = 50
ARTICLES = 20
"""How many articles, the newest first, are offered as a filter."""
CLOSED = (Stage.SIGNED_OFF, Stage.DROPPED)


class View(StrEnum):
    """Whose claims: everybody's, those I took, those waiting for my signature, nobody's yet."""

    ALL = "all"
    MINE = "mine"
    SIGNATURE = "signature"
    UNASSIGNED = "unassigned"


class Direction(StrEnum):
    """Which side of a row a page lies on."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True)
class Place:
    """Where a page begins: beside this row, on this side."""

    direction: Direction
    at: uuid.UUID


def place_of(direction: str, at: str) -> Place:
    """Read a place back from the text of a cursor; raise ValueError for any other text."""
    return Place(Direction(direction), uuid.UUID(at))


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; ``me`` is the actor the views are about."""

    me: str
    view: View = View.ALL
    article: str | None = None
    status: VerificationStatus | None = None
    stage: Stage | None = None
    contested: bool = False
    flag: Flag | None = None

    @property
    def active(self) -> frozenset[str]:
        """The names of the conditions this list needs; they choose the statement."""
        named = {
            "article": self.article,
            "status": self.status,
            "stage": self.stage,
            "contested": self.contested,
            f"flag {self.flag}": self.flag,
        }
        return frozenset({name for name, value in named.items() if value} | {self.view.value})


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue. ``since`` is the last act on the claim: nothing happened after it."""

    id: uuid.UUID
    number: int
    article_key: str
    article_title: Words
    language: str
    """The article's own language, in which its figures are printed."""
    statement: Words
    status: VerificationStatus
    stage: Stage
    contests: int
    blocking: bool
    assignee: str | None
    due_at: dt.datetime | None
    since: dt.datetime
    figures: Sequence[str] = ()
    """The claim's material figures as printed, those with a number first."""


@dataclass(frozen=True)
class Page:
    """A page of the queue and the places of its neighbours."""

    rows: Sequence[QueueRow] = field(default_factory=tuple)
    previous: Place | None = None
    next: Place | None = None


def page(session: Session, filters: Filters, place: Place | None = None, size: int = PAGE) -> Page:
    """Return one page in two statements, whatever its depth; nothing is counted."""
    statement = _statement(filters.active, place.direction if place else None)
    known = {
        "me": filters.me,
        "article": filters.article,
        "status": filters.status,
        "stage": filters.stage,
        "place": place.at if place else None,
        "size": size + 1,
    }
    found = session.execute(statement, known)
    return _page(session, found.all(), place, size)


def articles(session: Session) -> list[tuple[str, Words]]:
    """The newest articles, key and title, for the filter; one statement."""
    newest = select(Article.key, Article.title).order_by(Article.id.desc()).limit(ARTICLES)
    return [(key, title) for key, title in session.execute(newest)]


def _page(session: Session, found: Sequence[Line], place: Place | None, size: int) -> Page:
    more = len(found) > size
    kept = list(found[:size])
    backwards = place is not None and place.direction is Direction.BEFORE
    if backwards:
        kept.reverse()
    if not kept:
        return Page()
    printed = _figures(session, [row.id for row in kept])
    before = more if backwards else place is not None
    after = True if backwards else more
    return Page(
        [_row(row, printed[row.id]) for row in kept],
        Place(Direction.BEFORE, kept[0].id) if before else None,
        Place(Direction.AFTER, kept[-1].id) if after else None,
    )


def _row(row: Line, figures: Sequence[str]) -> QueueRow:
    acts = (row.created_at, row.assessed, row.decided, row.attached, row.disputed)
    return QueueRow(
        id=row.id,
        number=row.number,
        article_key=row.article_key,
        article_title=row.article_title,
        language=row.language,
        statement=row.statement,
        status=row.verification_status,
        stage=row.stage,
        contests=row.contests,
        blocking=bool(row.blocking),
        assignee=row.assignee,
        due_at=row.due_at,
        since=max(moment for moment in acts if moment is not None),
        figures=figures,
    )


def _figures(session: Session, claims: Iterable[uuid.UUID]) -> dict[uuid.UUID, list[str]]:
    """The printed figures of a page's claims, those with a number first, in one statement."""
    printed: dict[uuid.UUID, list[str]] = defaultdict(list)
    rows = session.execute(
        select(Figure.claim_id, Figure.stated_text)
        .where(Figure.claim_id.in_(list(claims)), Figure.material, Figure.removed_by.is_(None))
        .order_by(Figure.claim_id, Figure.low.is_(None) & Figure.high.is_(None), Figure.number)
    )
    for claim_id, stated in rows:
        if claim_id is not None:
            printed[claim_id].append(stated)
    return printed


def _latest(model: Any) -> Any:
    """When a row of this kind was last added to the claim; an index look-up per line."""
    return (
        select(func.max(model.created_at))
        .where(model.claim_id == Claim.id)
        .correlate(Claim)
        .scalar_subquery()
    )


def _open_contests(column: Any) -> Any:
    return (
        select(column)
        .where(Contest.claim_id == Claim.id, Contest.outcome.is_(None))
        .correlate(Claim)
    )


@lru_cache(maxsize=256)
def _statement(active: frozenset[str], direction: Direction | None) -> Select[*tuple[Any, ...]]:
    """Build the statement of a combination of filters once per process."""
    blocking = _open_contests(Contest.id).where(Contest.blocking)
    statement = (
        select(
            Claim.id,
            Claim.number,
            Article.key.label("article_key"),
            Article.title.label("article_title"),
            Article.language,
            Claim.statement,
            Claim.verification_status,
            Claim.stage,
            Claim.assignee,
            Claim.due_at,
            Claim.created_at,
            _open_contests(func.count(Contest.id)).scalar_subquery().label("contests"),
            exists(blocking).label("blocking"),
            _latest(Assessment).label("assessed"),
            _latest(SignOff).label("decided"),
            _latest(Evidence).label("attached"),
            _latest(Contest).label("disputed"),
        )
        .join(Article, Article.id == Claim.article_id)
        .where(*(_conditions()[name] for name in sorted(active) if name in _conditions()))
        .limit(bindparam("size"))
    )
    if direction is Direction.BEFORE:
        return statement.where(Claim.id < bindparam("place")).order_by(Claim.id.desc())
    if direction is Direction.AFTER:
        statement = statement.where(Claim.id > bindparam("place"))
    return statement.order_by(Claim.id)


@lru_cache(maxsize=1)
def _conditions() -> dict[str, ColumnElement[bool]]:
    """What each filter asks of a claim."""
    mine: BindParameter[str] = bindparam("me")
    disputed = select(Contest.claim_id).where(Contest.outcome.is_(None))
    return {
        "article": Article.key == bindparam("article"),
        "status": Claim.verification_status == bindparam("status"),
        "stage": Claim.stage == bindparam("stage"),
        "contested": Claim.id.in_(disputed),
        **{f"flag {flag}": Claim.id.in_(flagged(flag)) for flag in Flag},
        View.MINE.value: (Claim.assignee == mine) & Claim.stage.not_in(CLOSED),
        View.SIGNATURE.value: signable(mine),
        View.UNASSIGNED.value: Claim.assignee.is_(None) & Claim.stage.not_in(CLOSED),
    }
