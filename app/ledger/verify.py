"""Verification: is the ledger whole, was nothing in it changed, and do the tables agree with it."""

import hmac
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from enum import StrEnum
from functools import partial
from typing import Protocol

import psycopg
import pysqlite3
from sqlalchemy import Connection, MetaData
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.config import Settings
from app.ledger.audited import Audited, audited
from app.ledger.checkpoint import Heads
from app.ledger.files import check_files
from app.ledger.fold import fold
from app.ledger.history import removals
from app.ledger.leaf import UNREADABLE, Event, leaf, seal_mac
from app.ledger.redaction import permitted, unpermitted
from app.ledger.report import Report
from app.ledger.schema_check import check_revision, check_schema
from app.ledger.signer import Signer
from app.ledger.tables import prefix, run, stream
from app.ledger.tree import Root
from sources.base import Base

PATIENCE = 60
"""Seconds an event of PostgreSQL may wait for its seal before it is a finding."""
EVENT = ", ".join(f"e.{name}" for name in Event._fields)
OFTEN = 1000
"""After so many seals or rows it is told how far the verification is."""


class Stage(StrEnum):
    """The two long parts of a verification."""

    SEALS = "seals"
    ROWS = "rows"


Told = Callable[[Stage, int, int], None]
"""Hears of a stage how much is done, of how much: seals, or tables. What it raises ends it all."""


def untold(_stage: Stage, _done: int, _total: int) -> None:
    """For whoever waits for the result alone."""


ODD_INDEXES = """
SELECT name FROM sqlite_master WHERE type NOT IN ('table', 'index', 'trigger', 'view')
OR name LIKE 'sqlite\\_autoindex%' ESCAPE '\\'
AND NOT (type = 'index' AND sql IS NULL AND name GLOB 'sqlite_autoindex_' || tbl_name || '_*')
"""
"""Indexes that SQLite makes by itself are in no migration's record, and it reads them leniently."""


class Verifiable(Protocol):
    """What verification needs of :class:`app.db.Database`."""

    key: bytes
    signer: Signer
    settings: Settings

    def reading(self, *, steady: bool = False) -> AbstractContextManager[Session]:
        """A session that sees one state; ``steady`` keeps it for several statements."""


def verify(database: Verifiable, metadata: MetaData = Base.metadata, told: Told = untold) -> Report:
    """Check everything in one snapshot of the database, streaming; writers are not held up.

    The models must have been imported (``import app.models``): they say what is watched.
    """
    began = time.monotonic()
    report = Report()
    with database.reading(steady=True) as session:
        connection = session.connection()
        # A database without a ledger is an error to tell apart from a damaged one.
        run(connection, f"SELECT 1 FROM {prefix(connection)}ledger_event LIMIT 1").all()
        for check in checks(connection, metadata, database, told):
            try:
                check(report)
            except UNREADABLE as problem:
                report.add("UNREADABLE", f"{type(problem).__name__}: {problem}")
            except (DBAPIError, pysqlite3.Error, psycopg.Error) as problem:  # type: ignore[attr-defined]
                original = problem.orig if isinstance(problem, DBAPIError) else problem
                report.add("DATABASE", str(original).splitlines()[0])
    report.seconds = time.monotonic() - began
    return report


def checks(
    connection: Connection, metadata: MetaData, database: Verifiable, told: Told = untold
) -> Iterator[Callable[[Report], None]]:
    """Each check, to be run whatever became of those before it."""
    yield partial(check_file, connection)
    yield partial(check_leaves, connection, database.key, database.signer, told)
    for check in (check_numbers, check_unsealed, check_context):
        yield partial(check, connection)
    yield partial(check_schema, connection, metadata)
    yield partial(check_revision, connection, metadata)
    yield partial(check_files, connection, metadata, database.settings.store)
    yield partial(check_tables, connection, metadata, told)


def check_file(connection: Connection, report: Report) -> None:
    """The engine's own look at every page and index; PostgreSQL has checksums for that."""
    if connection.dialect.name == "sqlite":
        for (words,) in run(connection, "PRAGMA integrity_check(10)"):
            if words != "ok":
                report.add("DATABASE", words)
        for (name,) in run(connection, ODD_INDEXES):
            report.add("DATABASE", f"the schema's entry of {name} is damaged")


def check_leaves(
    connection: Connection, key: bytes, signer: Signer, told: Told, report: Report
) -> None:
    """Every leaf in its order: no gap, the right MAC, the event it was made of, the signed roots.

    A gap shifts every later leaf, so that each head behind it is a mismatch too.
    """
    may_erase = permitted(connection)
    heads = Heads(report)
    heads.collect(connection, signer)
    here = prefix(connection)
    query = (
        f"SELECT l.seq, l.eid, l.via, l.leaf, l.mac, {EVENT} FROM {here}ledger_leaf l"
        f" LEFT JOIN {here}ledger_event e ON e.eid = l.eid ORDER BY l.seq"
    )
    ordered = connection.dialect.name == "sqlite"
    total = run(connection, f"SELECT count(*) FROM {here}ledger_leaf").scalar_one()
    expected, last, root = 0, 0, Root()
    heads.compare(0, root.value())
    for seq, eid, via, digest, mac, *columns in stream(connection, query):
        if seq != expected:
            report.add("SEQ_GAP", f"leaf {expected} is missing, the next is {seq}")
        expected = seq + 1
        if report.leaves % OFTEN == 0:
            told(Stage.SEALS, report.leaves, total)
        report.leaves += 1
        root.append(bytes(digest))
        if root.size in heads.at:
            heads.compare(root.size, root.value())
        if not hmac.compare_digest(seal_mac(key, seq, bytes(digest)), bytes(mac)):
            report.add("BAD_MAC", f"leaf {seq}")
        if ordered and eid <= last:
            report.add("ORDER", f"leaf {seq} seals event {eid} after event {last}")
        last = eid
        if columns[0] is None:
            report.add("EVENT_MISSING", f"leaf {seq} seals event {eid}")
        else:
            event = Event(*columns)
            check_event(event, seq, via, bytes(digest), report)
            if event.red is not None and unpermitted(event.red, may_erase.get(eid, set())):
                report.add("REDACTION", f"leaf {seq}, event {eid}")
    report.root = root.value().hex()
    heads.finish(root.size)


def check_event(event: Event, seq: int, via: str, digest: bytes, report: Report) -> None:
    """One event against its leaf, and where it came from."""
    if leaf(event, via) != digest:
        report.add("LEAF_MISMATCH", f"leaf {seq}, event {event.eid}")
    words = f"event {event.eid}: {event.op} {event.tbl} {event.pk} at {event.at}"
    if via != "app":
        report.add("FOREIGN", words)
    if event.actor is None:
        report.add("UNATTRIBUTED", words)


def check_numbers(connection: Connection, report: Report) -> None:
    """How many events there are; SQLite numbers them without gaps and remembers the last one."""
    here = prefix(connection)
    count, top = run(
        connection,
        f"SELECT count(*), coalesce(max(eid), 0) FROM {here}ledger_event",
    ).one()
    report.events = count
    if connection.dialect.name != "sqlite":
        return
    if count != top:
        report.add("EID_GAP", f"{count} events are numbered up to {top}")
    counter = run(connection, "SELECT seq FROM sqlite_sequence WHERE name = 'ledger_event'").all()
    if top and [tuple(row) for row in counter] != [(top,)]:
        report.add("TAIL_CUT", f"the last event is {top}, the counter says {counter}")


def check_unsealed(connection: Connection, report: Report) -> None:
    """Events without a leaf; on PostgreSQL those that wait in the outbox have a minute."""
    here = prefix(connection)
    waiting = ""
    if connection.dialect.name != "sqlite":
        waiting = (
            " AND NOT (EXISTS (SELECT 1 FROM ledger.ledger_outbox o WHERE o.eid = e.eid)"
            f" AND e.at::timestamptz > now() - interval '{PATIENCE} seconds')"
        )
    query = (
        f"SELECT e.eid, e.tbl, e.pk, e.at FROM {here}ledger_event e WHERE NOT EXISTS"
        f" (SELECT 1 FROM {here}ledger_leaf l WHERE l.eid = e.eid){waiting} ORDER BY e.eid"
    )
    for eid, table, pk, at in stream(connection, query):
        report.add("UNSEALED", f"event {eid}: {table} {pk} at {at}")


def check_context(connection: Connection, report: Report) -> None:
    """On SQLite nobody's name may stand in the context between two transactions."""
    if connection.dialect.name != "sqlite":
        return
    rows = [tuple(row) for row in run(connection, "SELECT one, actor, req FROM ledger_ctx")]
    if rows != [(1, None, None)]:
        report.add("CTX_NOT_CLEAR", repr(rows))


def check_tables(connection: Connection, metadata: MetaData, told: Told, report: Report) -> None:
    """Every watched table against its history; one that cannot be read hides no other."""
    tables = [*audited(connection, metadata)]
    for number, table in enumerate(tables):
        try:
            check_rows(connection, table, partial(told, Stage.ROWS, number, len(tables)), report)
        except UNREADABLE as problem:
            report.add("UNREADABLE", f"the history of {table.table}: {problem}")


def check_rows(
    connection: Connection, table: Audited, told: Callable[[], None], report: Report
) -> None:
    """Replay a table's events and compare the result with its rows."""
    for number, row in enumerate(fold(connection, table, removals(connection, table.table))):
        if number % OFTEN == 0:
            told()
        words = f"{table.table} {row.pk}"
        for eid in row.breaks:
            report.add("DISCONTINUITY", f"{words}: event {eid}")
        if row.live is None:
            if row.expected is not None:
                report.add("LIVE_MISSING", words)
            continue
        report.rows += 1
        if row.expected is None:
            report.add("LIVE_EXTRA", words)
        elif fields := row.differing(table.fields):
            report.add("LIVE_DIFF", f"{words}: {', '.join(fields)}")
