"""What happened to a row since somebody opened a form on it, told by the row's version."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.ledger import history
from app.ledger.history import Entry
from app.ledger.tables import EVENT, LEAF, options

MOST = 50
"""Saves of one row that are looked through; who opened a form before more saves reads it anew."""


def since(session: Session, table: str, pk: str, version: int) -> list[Entry]:
    """The saves of a row after the one that gave it ``version``, newest first."""
    found = []
    for entry in history.entries(session, kind="row", table=table, pk=pk, limit=MOST):
        reached = (entry.new or {}).get("version")
        if isinstance(reached, int) and reached <= version:
            break
        found.append(entry)
    return found


def together(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """The same saves with everything else their requests changed, newest first."""
    requests = {entry.request for entry in entries if entry.request}
    if not requests:
        return list(entries)
    first = min(entry.eid for entry in entries)
    query = (
        history.READ.where(
            EVENT.c.req.in_(requests),
            EVENT.c.kind == "row",
            # One request writes its rows close to each other; the number bounds the search.
            EVENT.c.eid > first - MOST * MOST,
        )
        .order_by(EVENT.c.eid.desc())
        .limit(MOST)
    )
    return history.rows(session, query)


def place_before(session: Session, entries: Sequence[Entry]) -> int:
    """How many entries were sealed before the oldest of these saves, its whole request included."""
    if not entries:
        return history.position(session)
    oldest = entries[-1]
    query = (
        select(func.min(LEAF.c.seq))
        .join(EVENT, EVENT.c.eid == LEAF.c.eid)
        .where(EVENT.c.eid > oldest.eid - MOST * MOST)
        .where(EVENT.c.req == oldest.request if oldest.request else EVENT.c.eid == oldest.eid)
    )
    found: int | None = session.scalar(query, execution_options=options(session))
    return found if found is not None else history.position(session)
