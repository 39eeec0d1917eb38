"""What others changed on a claim or an article since somebody opened its page.

A page carries the place in the ledger at which it was made. The question is asked every few
seconds by everybody who has a page open, so it is answered by one look at the newest entries, and
by a second only where there are any.
"""

import re
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import ColumnElement, Text, and_, cast, func, or_, select, text
from sqlalchemy.orm import Session

from app.ledger.acts import ROW
from app.ledger.tables import EVENT, dialect, options
from app.past.scope import Scope

Marked = TypeVar("Marked", bound=Callable[..., Any])
MARK = re.compile(r"[0-9]{1,18}(~[0-9]{1,20}:[0-9]{1,20}:[0-9,]{0,2000})?")
OPEN = 1000
"""Entries before the newest that a transaction may still have held back when a page was made."""


class News(NamedTuple):
    """How many saves of others there were, and whose, the newest first."""

    saves: int
    actors: list[str]


def mark(session: Session) -> str:
    """Return the place in the ledger at which a page is made.

    On PostgreSQL entries become visible in another order than they are numbered in, so the place
    says as well which transactions the page has seen.
    """
    newest = select(func.coalesce(func.max(EVENT.c.eid), 0))
    number = session.execute(newest, execution_options=options(session)).scalar_one()
    if dialect(session) != "postgresql":
        return str(number)
    seen = session.scalar(text("SELECT cast(pg_current_snapshot() AS text)"))
    return f"{number}~{seen}"


def news(session: Session, scope: Scope, since: str, *, but: str) -> News:
    """Return what others than ``but`` saved in a scope after a place; nothing for no place."""
    if not MARK.fullmatch(since):
        return News(0, [])
    who = func.coalesce(EVENT.c.actor, "")
    later = and_(_later(since), EVENT.c.kind == ROW, who != but)
    newest = select(EVENT.c.eid).where(later).limit(1)
    if session.execute(newest, execution_options=options(session)).first() is None:
        return News(0, [])
    ours = [
        and_(EVENT.c.tbl == table, EVENT.c.pk.in_(keys))
        for table, keys in scope.keys.items()
        if keys is not None
    ]
    save = func.coalesce(func.nullif(EVENT.c.req, ""), EVENT.c.xid, cast(EVENT.c.eid, Text))
    query = (
        select(who, func.count(save.distinct()))
        .where(later, or_(*ours))
        .group_by(who)
        .order_by(func.max(EVENT.c.eid).desc())
    )
    found = session.execute(query, execution_options=options(session)).all()
    return News(sum(count for _, count in found), [actor for actor, _ in found])


def _later(since: str) -> ColumnElement[bool]:
    """What a page made at a place has not seen."""
    number, _tilde, seen = since.partition("~")
    if not seen:
        return EVENT.c.eid > int(number)
    unseen = text("NOT pg_visible_in_snapshot(CAST(xid AS xid8), CAST(:seen AS pg_snapshot))")
    return and_(EVENT.c.eid > int(number) - OPEN, unseen.bindparams(seen=seen))


def watched(view: Marked) -> Marked:
    """Let a page carry the place in the ledger at which it is made, taken before it reads."""
    view.at_first = mark  # type: ignore[attr-defined]
    return view
