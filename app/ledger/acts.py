"""Acts: what somebody did that changes no row, such as signing in or exporting, and migrations."""

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from app.ledger.leaf import canonical
from app.ledger.report import Report
from app.ledger.tables import prefix

ROW = "row"
MIGRATION = "migration"
REDACTION = "redaction"
REWRITTEN = "M"
TOLD = 20
"""Findings of one code that the act of a verification lists; all of them are counted."""
SQLITE_WRITE = (
    "INSERT INTO ledger_event(kind, tbl, pk, op, at, actor, req, old, new, salt)"
    " VALUES (?, ?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ', 'now'),"
    " (SELECT actor FROM ledger_ctx), (SELECT req FROM ledger_ctx), ?, ?, randomblob(32))"
)
POSTGRESQL_WRITE = "SELECT ledger.write(%s, %s, %s, %s, %s, %s)"


def record(
    session: Session, kind: str, table: str, pk: str, op: str, payload: dict[str, Any]
) -> None:
    """Write an act into the ledger, in the actor's own transaction.

    ``kind`` is ``act``, ``read``, ``export`` or another word, never ``row``: rows are recorded
    by triggers alone, migrations and redactions by what carries them out. ``payload`` holds JSON
    values and no floats; keep secrets out of it.
    """
    if kind in {ROW, MIGRATION, REDACTION}:
        message = f"an act cannot be of the kind {kind}"
        raise ValueError(message)
    session.flush()
    write(session.connection(), kind, table, pk, op, None, canonical(payload))


def write(
    connection: Connection,
    kind: str,
    table: str,
    pk: str,
    op: str,
    old: str | None,
    new: str | None,
) -> None:
    """Write one event."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(
        SQLITE_WRITE if sqlite else POSTGRESQL_WRITE, (kind, table, pk, op, old, new)
    )


def migration(connection: Connection, revision: str, story: dict[str, Any], op: str) -> None:
    """Write the story of a migration; ``op`` is U (up), D (down), S (stamped) or T (triggers)."""
    write(connection, MIGRATION, "schema", revision, op, None, canonical(story))


def rewritten(
    connection: Connection, table: str, pk: str, old: str | None, new: str | None
) -> None:
    """Record a row that a migration changed behind the triggers."""
    write(connection, ROW, table, pk, REWRITTEN, old, new)


def last_event(connection: Connection) -> int:
    """The highest event number this transaction sees, 0 in an empty ledger."""
    query = f"SELECT coalesce(max(eid), 0) FROM {prefix(connection)}ledger_event"
    number: int = connection.exec_driver_sql(query).scalar_one()
    return number


def captured_since(connection: Connection, eid: int) -> dict[str, int]:
    """How many row events of each table this transaction wrote after ``eid``."""
    sqlite = connection.dialect.name == "sqlite"
    mine = "" if sqlite else " AND xid = pg_current_xact_id()::text"
    mark = "?" if sqlite else "%s"
    rows = connection.exec_driver_sql(
        f"SELECT tbl, count(*) AS count FROM {prefix(connection)}ledger_event"
        f" WHERE kind = 'row' AND eid > {mark}{mine} GROUP BY tbl",
        (eid,),
    )
    return {row[0]: row[1] for row in rows}


def verified(session: Session, report: Report) -> None:
    """Enter that somebody looked whether the ledger is whole, and what they saw.

    ``listed`` holds the first findings of each code as pairs of code and detail.
    """
    story = {
        "events": report.events,
        "rows": report.rows,
        "findings": report.counts.total(),
        "counts": dict(report.counts),
        "listed": [[finding.code, finding.detail] for finding in report.first(TOLD)],
        "milliseconds": round(report.seconds * 1000),
    }
    record(session, "act", "ledger", str(report.leaves), "verify", story)
