"""The contested register: every dispute, open or settled, with both sides."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Text, and_, func, or_, select, type_coerce
from sqlalchemy.orm import Session, aliased

from claims.models import Article, Claim, Contest, ContestEvidence, Figure
from claims.status import VerificationStatus
from claims.vocabulary import Bearing, ContestOutcome, ContestReason, Side
from sources.base import now
from sources.columns import Words

PAGE = 50
MOST_WORDS = 8
Stated = aliased(Figure)


class State(StrEnum):
    """Whether a dispute still runs."""

    OPEN = "open"
    SETTLED = "settled"
    ALL = "all"


class Order(StrEnum):
    """What comes first."""

    RAISED = "raised"
    DUE = "due"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What the register is narrowed to, and its order.

    ``words`` are looked for in the dispute, its party, the claim, and the claim's figures with
    their subjects and measures; ``older`` wants disputes raised at least so many days ago.
    """

    today: dt.date = field(default_factory=lambda: now().date())
    state: State = State.OPEN
    reason: ContestReason | None = None
    side: Side | None = None
    blocking: bool = False
    overdue: bool = False
    older: int | None = None
    words: str = ""
    order: Order = Order.RAISED


@dataclass(frozen=True)
class RegisterRow:
    """One dispute. ``figures`` is the disputed figure as printed, or all of the claim's."""

    id: uuid.UUID
    number: int
    claim_id: uuid.UUID
    claim_number: int
    article_key: str
    article_title: Words
    language: str
    """The article's own language, in which its figures are printed."""
    claim: Words
    status: VerificationStatus
    reason: ContestReason
    side: Side
    party: Words | None
    statement: Words
    blocking: bool
    raised_at: dt.datetime
    raised_by: str
    due_on: dt.date | None
    evidence_for: int
    evidence_against: int
    outcome: ContestOutcome | None
    settlement: Words | None
    settled_by: str | None
    settled_at: dt.datetime | None
    figure: str | None
    figures: Sequence[str] = ()


def register(
    session: Session, filters: Filters, *, after: uuid.UUID | None = None, size: int = PAGE
) -> tuple[list[RegisterRow], bool]:
    """Return a page of the register, and whether more follow.

    Two or three statements whatever the depth. Who has waited longest comes first, or what is due
    first; a dispute without a day is due last.
    """
    statement = _statement(filters).limit(size + 1)
    if after is not None:
        statement = statement.where(_behind(session, filters.order, after))
    found = [RegisterRow(**row) for row in session.execute(statement).mappings()]
    return _with_figures(session, found[:size]), len(found) > size


def whole_register(session: Session, filters: Filters, size: int = 500) -> Iterator[RegisterRow]:
    """Every row that meets the filters, read a page at a time."""
    after, more = None, True
    while more:
        rows, more = register(session, filters, after=after, size=size)
        yield from rows
        after = rows[-1].id if rows else None


due_day = func.coalesce(Contest.due_on, dt.date.max)


def _behind(session: Session, order: Order, after: uuid.UUID) -> Any:
    """What comes after a contest in an order."""
    if order is Order.RAISED:
        return Contest.id > after
    day = session.scalar(select(Contest.due_on).where(Contest.id == after)) or dt.date.max
    return or_(due_day > day, and_(due_day == day, Contest.id > after))


def _saying(words: str) -> Iterator[Any]:
    """Conditions on what is disputed: each word stands in some text of the dispute."""
    for word in words.split()[:MOST_WORDS]:
        held = [
            type_coerce(column, Text).icontains(word, autoescape=True)
            for column in (Contest.statement, Contest.party, Claim.statement)
        ]
        named = [
            type_coerce(column, Text).icontains(word, autoescape=True)
            for column in (Stated.stated_text, Stated.subject, Stated.measure)
        ]
        stated = select(Stated.id).where(
            Stated.claim_id == Claim.id, Stated.removed_by.is_(None), or_(*named)
        )
        yield or_(*held, stated.exists())


def _statement(filters: Filters) -> Any:
    conditions: list[Any] = [*_saying(filters.words)]
    if filters.overdue:
        conditions += [Contest.outcome.is_(None), Contest.due_on < filters.today]
    if filters.older is not None:
        latest = filters.today - dt.timedelta(days=filters.older)
        midnight = dt.datetime.combine(latest, dt.time.max, dt.UTC)
        conditions.append(Contest.created_at <= midnight)
    if filters.state is State.OPEN:
        conditions.append(Contest.outcome.is_(None))
    if filters.state is State.SETTLED:
        conditions.append(Contest.outcome.is_not(None))
    if filters.reason is not None:
        conditions.append(Contest.reason == filters.reason)
    if filters.side is not None:
        conditions.append(Contest.side == filters.side)
    if filters.blocking:
        conditions.append(Contest.blocking)
    return (
        select(*_columns())
        .join(Claim, Claim.id == Contest.claim_id)
        .join(Article, Article.id == Claim.article_id)
        .outerjoin(Figure, Figure.id == Contest.figure_id)
        .where(*conditions)
        .order_by(*([due_day] if filters.order is Order.DUE else []), Contest.id)
    )


def _columns() -> tuple[Any, ...]:
    """What a row of the register is read from, under the names of :class:`RegisterRow`."""
    return (
        Contest.id,
        Contest.number,
        Contest.claim_id,
        Claim.number.label("claim_number"),
        Article.key.label("article_key"),
        Article.title.label("article_title"),
        Article.language,
        Claim.statement.label("claim"),
        Claim.verification_status.label("status"),
        Contest.reason,
        Contest.side,
        Contest.party,
        Contest.statement,
        Contest.blocking,
        Contest.created_at.label("raised_at"),
        Contest.created_by.label("raised_by"),
        Contest.due_on,
        _named(Bearing.FOR).label("evidence_for"),
        _named(Bearing.AGAINST).label("evidence_against"),
        Contest.outcome,
        Contest.settlement,
        Contest.settled_by,
        Contest.settled_at,
        Figure.stated_text.label("figure"),
    )


def _named(bearing: Bearing) -> Any:
    """How many evidence items the contest names for, or against, itself."""
    return (
        select(func.count(ContestEvidence.id))
        .where(ContestEvidence.contest_id == Contest.id, ContestEvidence.bearing == bearing)
        .correlate(Contest)
        .scalar_subquery()
    )


def _with_figures(session: Session, rows: Sequence[RegisterRow]) -> list[RegisterRow]:
    """Add the figures of the claims whose contest is about the whole claim."""
    whole = {row.claim_id for row in rows if row.figure is None}
    printed: dict[uuid.UUID | None, list[str]] = defaultdict(list)
    if whole:
        found = session.execute(
            select(Figure.claim_id, Figure.stated_text)
            .where(Figure.claim_id.in_(whole), Figure.material, Figure.removed_by.is_(None))
            .order_by(Figure.claim_id, Figure.low.is_(None) & Figure.high.is_(None), Figure.number)
        )
        for claim_id, stated in found:
            printed[claim_id].append(stated)
    return [
        replace(row, figures=[row.figure] if row.figure is not None else printed[row.claim_id])
        for row in rows
    ]
