"""The queue: claims as one long list, read a page at a time at any depth for the same price."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Row, Select, bindparam, exists, func, select
from sqlalchemy.orm import Session

from claims.models import Article, Claim, Contest, Figure
from claims.queries.flags import sign_off_void
from claims.queries.queue_filters import Filters, conditions, deadline
from claims.queries.queue_order import Direction, Place, Sorting, beside, keys_of, last_act
from claims.queries.risk import RISKS, Risk, risk
from claims.status import VerificationStatus
from claims.vocabulary import Stage
from sources.columns import Words

Line: TypeAlias = Row[*tuple[Any, ...]]
PAGE = 50
ARTICLES = 20
"""How many articles, the newest first, are offered as a choice elsewhere."""
BY_ENTRY = Sorting()


@dataclass(frozen=True)
class QueueRow:
    """One line of the queue. ``since`` is the last act on the claim: nothing happened after it."""

    id: uuid.UUID
    version: int
    number: int
    article_key: str
    article_title: Words
    language: str
    """The article's own language, in which its figures are printed."""
    statement: Words
    status: VerificationStatus
    stage: Stage
    risk: Risk
    contests: int
    blocking: bool
    assignee: str | None
    due_at: dt.datetime | None
    """The claim's own deadline, or else its article's."""
    since: dt.datetime
    figures: Sequence[str] = ()
    """The claim's material figures as printed, those with a number first."""


@dataclass(frozen=True)
class Page:
    """A page of the queue and the places of its neighbours."""

    rows: Sequence[QueueRow] = field(default_factory=tuple)
    previous: Place | None = None
    next: Place | None = None


def page(
    session: Session,
    filters: Filters,
    place: Place | None = None,
    size: int = PAGE,
    sorting: Sorting = BY_ENTRY,
) -> Page:
    """Return one page in two statements, whatever its depth; nothing is counted."""
    side = place.direction if place else None
    active = frozenset(filters.active.values())
    statement = _statement(active, filters.signs, filters.settles, sorting, side)
    known = filters.known | {"size": size + 1}
    if place is not None:
        known |= {f"key{at}": key for at, key in enumerate(place.keys)} | {"place": place.at}
    return _page(session, session.execute(statement, known).all(), place, size)


def chosen(session: Session, claims: Iterable[uuid.UUID]) -> list[QueueRow]:
    """Return these claims as rows of the queue, in the order they were entered; two statements."""
    statement = _shown(select(Claim.id).where(Claim.id.in_(list(claims))).subquery())
    found = session.execute(statement.order_by(Claim.id)).all()
    printed = _figures(session, [row.id for row in found])
    return [_row(row, printed[row.id]) for row in found]


def articles(session: Session) -> list[tuple[str, Words]]:
    """The newest articles, key and title, for a choice; one statement."""
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
        _place(Direction.BEFORE, kept[0]) if before else None,
        _place(Direction.AFTER, kept[-1]) if after else None,
    )


def _place(direction: Direction, row: Line) -> Place:
    keys = [value for name, value in row._mapping.items() if str(name).startswith("key")]  # noqa: SLF001 - SQLAlchemy's own name
    return Place(direction, keys, row.id)


def _row(row: Line, figures: Sequence[str]) -> QueueRow:
    return QueueRow(
        id=row.id,
        version=row.version,
        number=row.number,
        article_key=row.article_key,
        article_title=row.article_title,
        language=row.language,
        statement=row.statement,
        status=row.verification_status,
        stage=row.stage,
        risk=RISKS[row.risk],
        contests=row.contests,
        blocking=bool(row.blocking),
        assignee=row.assignee,
        due_at=row.due_at,
        since=row.since,
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


@lru_cache(maxsize=256)
def _statement(
    active: frozenset[str],
    signs: bool,  # noqa: FBT001 - a cache key
    settles: bool,  # noqa: FBT001 - a cache key
    sorting: Sorting,
    side: Direction | None,
) -> Select[*tuple[Any, ...]]:
    """Build the statement of a combination of filters and an order once per process.

    The rows of the page are chosen first: what a row shows is looked up for them alone.
    """
    known = conditions(signs, settles)
    keys = [key.what().label(f"key{at}") for at, key in enumerate(keys_of(sorting.order))]
    ahead = side is not Direction.BEFORE
    upwards = ahead is not sorting.reverse
    rows = (
        select(Claim.id, *keys)
        .join(Article, Article.id == Claim.article_id)
        .where(*(known[name] for name in sorted(active)))
    )
    if side is not None:
        columns = [*(key.element for key in keys), Claim.id]
        rows = rows.where(beside(columns, sorting.order, upwards=upwards))
    ordered = [*keys, Claim.id] if upwards else [*(key.desc() for key in keys), Claim.id.desc()]
    kept = rows.order_by(*ordered).limit(bindparam("size")).subquery("kept")
    columns = [*(kept.c[key.name] for key in keys), kept.c.id]
    shown = _shown(kept, *columns[:-1])
    return shown.order_by(*columns if upwards else (column.desc() for column in columns))


def _shown(kept: Any, *keys: Any) -> Select[*tuple[Any, ...]]:
    """What a row of the list shows, for the claims that were chosen."""
    disputes = select(func.count(Contest.id)).where(
        Contest.claim_id == Claim.id, Contest.outcome.is_(None)
    )
    blocking = select(Contest.id).where(
        Contest.claim_id == Claim.id, Contest.outcome.is_(None), Contest.blocking
    )
    return (
        select(
            Claim.id,
            Claim.version,
            Claim.number,
            Article.key.label("article_key"),
            Article.title.label("article_title"),
            Article.language,
            Claim.statement,
            Claim.verification_status,
            Claim.stage,
            Claim.assignee,
            deadline().label("due_at"),
            risk(sign_off_void()).label("risk"),
            disputes.correlate(Claim).scalar_subquery().label("contests"),
            exists(blocking.correlate(Claim)).label("blocking"),
            last_act().label("since"),
            *keys,
        )
        .join(kept, kept.c.id == Claim.id)
        .join(Article, Article.id == Claim.article_id)
    )
