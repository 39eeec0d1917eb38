"""Sealing: every captured event gets its place, its leaf and its MAC."""

import hmac
from typing import NamedTuple

from sqlalchemy import Connection

from app.ledger.context import token
from app.ledger.leaf import COLUMNS, Event, leaf, seal_mac
from app.ledger.tables import driver

APP = "app"
FOREIGN = "foreign"
SEALER_LOCK = 0x4465736B
"""The advisory lock of the one sealer per PostgreSQL database ("Desk" in ASCII)."""
BATCH = 5000
"""Events sealed in one PostgreSQL transaction at most, which bounds its memory and duration."""

SQLITE_LAST = "SELECT seq, eid FROM ledger_leaf ORDER BY seq DESC LIMIT 1"
SQLITE_PENDING = f"SELECT {COLUMNS} FROM ledger_event WHERE eid > ? ORDER BY eid"
SQLITE_WRITE = "INSERT INTO ledger_leaf(seq, eid, via, leaf, mac) VALUES (?, ?, ?, ?, ?)"

POSTGRESQL_TAKE = f"""
WITH taken AS (
  DELETE FROM ledger.ledger_outbox
  WHERE eid IN (SELECT eid FROM ledger.ledger_outbox ORDER BY eid LIMIT {BATCH})
  RETURNING eid
)
SELECT {COLUMNS}, token FROM taken JOIN ledger.ledger_event USING (eid) ORDER BY eid
"""
POSTGRESQL_NEXT = "SELECT coalesce(max(seq) + 1, 0) FROM ledger.ledger_leaf"
POSTGRESQL_WRITE = """
INSERT INTO ledger.ledger_leaf(seq, eid, via, leaf, mac)
SELECT * FROM unnest(%s::bigint[], %s::bigint[], %s::text[], %s::bytea[], %s::bytea[])
"""


def seal_in_transaction(connection: Connection, key: bytes, via: str) -> int:
    """Seal on SQLite what this write transaction sees unsealed; the answer is how many.

    One writer at a time makes the order of ``eid`` the order of the commits.
    """
    before = last_place(connection)
    return seal_after(before, connection, key, via).seq - before.seq


class Place(NamedTuple):
    """The last leaf: its number, and that of its event."""

    seq: int
    eid: int


def last_place(connection: Connection) -> Place:
    """The last leaf of an SQLite database."""
    return Place(*driver(connection).execute(SQLITE_LAST).fetchone() or (-1, 0))


def seal_after(last: Place, connection: Connection, key: bytes, via: str) -> Place:
    """Seal on SQLite all events behind a leaf that is the last one; the answer is the new last."""
    ours = driver(connection)
    leaves = []
    seq, eid = last
    for row in ours.execute(SQLITE_PENDING, (eid,)).fetchall():
        seq, eid = seq + 1, row[0]
        digest = leaf(Event(*row), via)
        leaves.append((seq, eid, via, digest, seal_mac(key, seq, digest)))
    if leaves:
        ours.executemany(SQLITE_WRITE, leaves)
    return Place(seq, eid)


def seal_batch(connection: Connection, key: bytes) -> int:
    """Seal on PostgreSQL one batch of committed events; the answer is how many.

    The outbox holds what no sealer took yet. A transaction that commits late is taken by a later
    batch, whatever its numbers, so a long transaction elsewhere holds nothing up. Within one row
    the order stands: its second writer waits for the first one's commit before it is captured.
    """
    connection.exec_driver_sql("SELECT pg_advisory_xact_lock(%s)", (SEALER_LOCK,))
    rows = connection.exec_driver_sql(POSTGRESQL_TAKE).all()
    if not rows:
        return 0
    start = connection.exec_driver_sql(POSTGRESQL_NEXT).scalar_one()
    leaves: list[tuple[int, int, str, bytes, bytes]] = []
    for number, row in enumerate(rows, start=start):
        event = Event(*row[:-1])
        via = origin(event, row[-1], key)
        digest = leaf(event, via)
        leaves.append((number, event.eid, via, digest, seal_mac(key, number, digest)))
    connection.exec_driver_sql(
        POSTGRESQL_WRITE, tuple(list(column) for column in zip(*leaves, strict=True))
    )
    return len(rows)


def origin(event: Event, carried: str | None, key: bytes) -> str:
    """``app`` when the event's transaction was opened by the application, else ``foreign``."""
    expected = token(key, event.xid, event.actor, event.req)
    return APP if hmac.compare_digest(carried or "", expected) else FOREIGN
