"""Keeping the search's index in step with the rows: what the ledger recorded is indexed anew.

No save waits for the index and no path around the application is missed, because the ledger's
triggers have recorded every change anyhow. Whoever searches first lets the index catch up.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text
from sqlalchemy.orm import Session

from app.db import Database
from app.ledger.acts import ROW
from app.ledger.tables import EVENT, LEAF, options
from claims.queries.search import KINDS, MARKS, Kind, columns, said
from claims.search_words import index_words

BATCH = 2000
"""Changed rows that are indexed in one transaction, so that writers wait for a moment only."""
PATIENCE = 3
"""Batches a search waits for; what is left it does not find yet."""
NEVER = -1

FORGET = {
    "sqlite": (
        (
            "DELETE FROM search_words WHERE rowid IN (SELECT id FROM search_entry"
            " WHERE kind = :kind AND row_id = :row_id)"
        ),
        "DELETE FROM search_entry WHERE kind = :kind AND row_id = :row_id",
    ),
    "postgresql": ("DELETE FROM search_entry WHERE kind = :kind AND row_id = :row_id",),
}
KEEP = {
    "sqlite": (
        "INSERT INTO search_entry (kind, row_id) VALUES (:kind, :row_id)",
        (
            "INSERT INTO search_words (rowid, words) SELECT id, :words FROM search_entry"
            " WHERE kind = :kind AND row_id = :row_id"
        ),
    ),
    "postgresql": (
        (
            "INSERT INTO search_entry (kind, row_id, words)"
            " VALUES (:kind, :row_id, array_to_tsvector(string_to_array(:words, ' ')))"
        ),
    ),
}
EMPTY = {
    "sqlite": ("DELETE FROM search_words", "DELETE FROM search_entry"),
    "postgresql": ("DELETE FROM search_entry",),
}


@dataclass(frozen=True)
class Caught:
    """How far the index is: rows indexed just now, and ledger entries it does not know yet."""

    rows: int
    behind: int


def catch_up(database: Database, batches: int = PATIENCE) -> Caught:
    """Index what changed since the last time; return how far that got.

    What was saved a moment ago may have no place in the ledger yet: it is sealed first, for whoever
    looks for what they just saved has to find it.
    """
    with database.reading() as session:
        waiting = _waits(session)
        if not waiting and not _behind(session):
            return Caught(0, 0)
    if waiting:
        database.seal()
    rows = 0
    for _ in range(batches):
        with database.keeping() as connection, Session(connection) as session:
            done, finished = _one_batch(session)
        rows += done
        if finished:
            return Caught(rows, 0)
    with database.reading() as session:
        return Caught(rows, _behind(session))


def rebuild(database: Database) -> int:
    """Make the index anew from the rows as they are; return how many have an entry."""
    with database.keeping() as connection, Session(connection) as session:
        _execute(session, EMPTY)
        _settle(session, NEVER)
    rows = 0
    while (caught := catch_up(database, 1)).behind:
        rows += caught.rows
    return rows + caught.rows


def _behind(session: Session) -> int:
    """How many entries of the ledger the index does not know."""
    return max(_sealed(session) - _position(session), 0)


def _waits(session: Session) -> bool:
    """Whether something is committed that is not sealed, as it may be on PostgreSQL."""
    query = text("SELECT EXISTS (SELECT 1 FROM ledger.ledger_outbox)")
    return not _sqlite(session) and bool(session.scalar(query))


def _sealed(session: Session) -> int:
    query = select(func.coalesce(func.max(LEAF.c.seq), NEVER))
    return session.scalar(query, execution_options=options(session)) or 0


def _position(session: Session) -> int:
    return session.scalar(text("SELECT position FROM search_state")) or 0


def _settle(session: Session, position: int) -> None:
    session.execute(text("UPDATE search_state SET position = :at"), {"at": position})


def _one_batch(session: Session) -> tuple[int, bool]:
    """Index the rows of the next entries; whether that was all of them."""
    # Writing the row as it is keeps a second indexer waiting.
    lock = text("UPDATE search_state SET position = position RETURNING position")
    position, sealed = session.scalar(lock) or 0, _sealed(session)
    query = (
        select(LEAF.c.seq, EVENT.c.tbl, EVENT.c.pk)
        .join(EVENT, EVENT.c.eid == LEAF.c.eid)
        .where(
            LEAF.c.seq > position,
            LEAF.c.seq <= sealed,
            EVENT.c.kind == ROW,
            EVENT.c.tbl.in_([kind.value for kind in Kind]),
        )
        .order_by(LEAF.c.seq)
        .limit(BATCH)
    )
    found = session.execute(query, execution_options=options(session)).all()
    changed = dict.fromkeys((Kind(row.tbl), row.pk) for row in found)
    for kind in Kind:
        _index(session, kind, [pk for known, pk in changed if known is kind])
    finished = len(found) < BATCH
    _settle(session, sealed if finished else found[-1].seq)
    return len(changed), finished


def _index(session: Session, kind: Kind, keys: Sequence[str]) -> None:
    """Forget the entries of these rows and make those anew that are still to be found."""
    if not keys:
        return
    model, _ = KINDS[kind]
    rows = session.execute(columns(kind).where(model.id.in_(keys)).order_by(model.id)).all()
    _execute(session, FORGET, [{"kind": kind.value, "row_id": key} for key in keys])
    _execute(session, KEEP, [_entry(kind, row) for row in rows])


def _entry(kind: Kind, row: Any) -> dict[str, str]:
    words = [MARKS[kind], *index_words(said(kind, row))]
    return {"kind": kind.value, "row_id": str(row.id), "words": " ".join(words)}


def _execute(
    session: Session,
    statements: dict[str, tuple[str, ...]],
    rows: Iterable[dict[str, str]] | None = None,
) -> None:
    for statement in statements["sqlite" if _sqlite(session) else "postgresql"]:
        if rows is None:
            session.execute(text(statement))
        elif rows:
            session.execute(text(statement), list(rows))


def _sqlite(session: Session) -> bool:
    bind: Connection = session.connection()
    return bind.dialect.name == "sqlite"
