"""The orders of the queue, and the place of a page in one: a row's keys, so that paging is stable.

A page begins behind the keys of the last row shown. What changed meanwhile, or went, moves no
other row, and the depth of a page costs nothing that its order did not cost already.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    bindparam,
    case,
    func,
    literal,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.types import TypeEngine

from claims.models import Assessment, Claim, Contest, Evidence, SignOff
from claims.queries.flags import sign_off_void
from claims.queries.queue_filters import deadline
from claims.queries.risk import RISKS, risk
from claims.status import SERIOUSNESS, VerificationStatus
from claims.vocabulary import CLOSED
from sources.columns import Identifier, Moment

FAR = dt.datetime(9999, 1, 1, tzinfo=dt.UTC)
"""Where rows stand that have no moment: behind all others."""
SEPARATOR = "|"


class Order(StrEnum):
    """What comes first: the oldest entry, what is worst, what is due, what has waited longest."""

    ENTERED = "entered"
    RISK = "risk"
    DEADLINE = "deadline"
    WAITING = "waiting"
    ARTICLE = "article"
    STATUS = "status"


class Direction(StrEnum):
    """Which side of a row a page lies on."""

    AFTER = "after"
    BEFORE = "before"


@dataclass(frozen=True)
class Sorting:
    """An order, forwards or backwards."""

    order: Order = Order.ENTERED
    reverse: bool = False

    def __str__(self) -> str:
        """As an address says it."""
        return f"-{self.order}" if self.reverse else self.order.value


@dataclass(frozen=True)
class Place:
    """Where a page begins: beside the row with these keys and this id, on this side."""

    direction: Direction
    keys: Sequence[Any]
    at: uuid.UUID

    @property
    def text(self) -> str:
        """The keys and the id as the text of a cursor."""
        written = [
            key.isoformat() if isinstance(key, dt.datetime) else str(key) for key in self.keys
        ]
        return SEPARATOR.join([*written, str(self.at)])


def place_of(order: Order, direction: str, text: str) -> Place:
    """Read a place back from the text of a cursor; raise ValueError for any other text."""
    *keys, at = text.split(SEPARATOR)
    kinds = [key.read for key in keys_of(order)]
    read = [kind(key) for kind, key in zip(kinds, keys, strict=True)]
    return Place(Direction(direction), read, uuid.UUID(at))


@dataclass(frozen=True)
class Key:
    """One value rows are ordered by: how it is computed, and how a cursor's text becomes it."""

    what: Callable[[], Any]
    kind: TypeEngine[Any]
    read: Callable[[str], Any]


def last_act() -> ColumnElement[Any]:
    """When something was last added to a claim, or the claim itself."""
    acts = [select(Claim.created_at.label("at")).correlate(Claim)]
    for model in (Assessment, SignOff, Evidence, Contest):
        added = select(func.max(model.created_at)).where(model.claim_id == Claim.id)
        acts.append(added.correlate(Claim))
    moments = union_all(*acts).subquery()
    return select(func.max(moments.c.at, type_=Moment())).scalar_subquery()


def _open(value: ColumnElement[Any], otherwise: Any) -> ColumnElement[Any]:
    """A value of the claims that are still worked on; the others stand behind."""
    return case((Claim.stage.in_(CLOSED), otherwise), else_=value)


def _moment(value: ColumnElement[Any]) -> ColumnElement[Any]:
    far = literal(FAR, Moment())
    return func.coalesce(_open(value, far), far, type_=Moment())


def _seriousness() -> ColumnElement[int]:
    """Unchecked first, because it is work; then from the gravest to the best."""
    rest = [status for status in SERIOUSNESS if status is not VerificationStatus.UNCHECKED]
    places = {status: at for at, status in enumerate(rest, start=1)}
    return case(places, value=Claim.verification_status, else_=0)


INTEGER, MOMENT, KEY = Integer(), Moment(), Identifier()
KEYS: dict[Order, tuple[Key, ...]] = {
    Order.ENTERED: (),
    Order.RISK: (Key(lambda: _open(risk(sign_off_void()), len(RISKS)), INTEGER, int),),
    Order.DEADLINE: (Key(lambda: _moment(deadline()), MOMENT, dt.datetime.fromisoformat),),
    Order.WAITING: (Key(lambda: _moment(last_act()), MOMENT, dt.datetime.fromisoformat),),
    Order.ARTICLE: (
        Key(lambda: Claim.article_id, KEY, uuid.UUID),
        Key(lambda: Claim.number, INTEGER, int),
    ),
    Order.STATUS: (Key(_seriousness, INTEGER, int),),
}


def keys_of(order: Order) -> tuple[Key, ...]:
    """The values an order goes by, before the id that decides between equals."""
    return KEYS[order]


def beside(columns: Sequence[Any], order: Order, *, upwards: bool) -> ColumnElement[bool]:
    """Whether a row lies on one side of a place (binds ``key0`` … and ``place``)."""
    kinds = [key.kind for key in keys_of(order)]
    bound = [bindparam(f"key{at}", type_=kind) for at, kind in enumerate(kinds)]
    mine, other = tuple_(*columns), tuple_(*bound, bindparam("place", type_=KEY))
    return mine > other if upwards else mine < other
