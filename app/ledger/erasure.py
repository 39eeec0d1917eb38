"""Erasure: after a redaction the database's own file gives up the bytes it no longer needs."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Engine

SUFFIXES = ("", "-wal", "-journal")
PURGED = ("ledger.ledger_event", "ledger.ledger_leaf")


@dataclass(frozen=True)
class Erased:
    """``whole`` says that nothing was in the way; ``left`` counts the texts still in the file."""

    whole: bool
    left: int


def purge(engine: Engine, texts: set[str], table: str) -> Erased:
    """Rewrite the database's file without what was freed, outside any transaction.

    On PostgreSQL this needs the owner of the tables; the log of the server, its archives and every
    backup age out on their own dates, on both engines.
    """
    if engine.dialect.name == "sqlite":
        return purge_sqlite(engine, texts)
    return purge_postgresql(engine, table)


def purge_sqlite(engine: Engine, texts: set[str]) -> Erased:
    """VACUUM with secure deletion, then empty the write-ahead log."""
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None  # noqa: S101 - an open connection has its driver's.
        for setting in ("query_only = OFF", "secure_delete = ON"):
            driver.execute(f"PRAGMA {setting}")
        driver.execute("VACUUM")
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        # It may write, which no reader's connection may.
        connection.invalidate()
        connection.close()
    file = engine.url.database or ""
    return Erased(not busy, sum(occurrences(Path(file + suffix), texts) for suffix in SUFFIXES))


def empty_log(engine: Engine) -> bool:
    """Bring the write-ahead log of SQLite into the file and cut it off; False where one reads.

    What was overwritten or deleted is zeros in the file by then (``secure_delete``), and its former
    pages stand in the log no more. On PostgreSQL old pages age out with the server's own log.
    """
    if engine.dialect.name != "sqlite":
        return False
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None  # noqa: S101 - an open connection has its driver's.
        driver.execute("PRAGMA busy_timeout = 200")
        busy = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        connection.invalidate()
        connection.close()
    return not busy


def purge_postgresql(engine: Engine, table: str) -> Erased:
    """VACUUM FULL of the tables that held the values.

    PostgreSQL passes over a table that is not one's own with no more than a warning.
    """
    warnings: list[object] = []
    connection = engine.raw_connection()
    try:
        driver = connection.driver_connection
        assert driver is not None  # noqa: S101 - an open connection has its driver's.
        driver.add_notice_handler(warnings.append)
        driver.autocommit = True
        try:
            for name in (*PURGED, f'public."{table}"'):
                driver.execute(f"VACUUM (FULL) {name}")
        finally:
            driver.autocommit = False
            driver.remove_notice_handler(warnings.append)
    finally:
        connection.close()
    return Erased(whole=not warnings, left=0)


def occurrences(file: Path, texts: set[str]) -> int:
    """How often the texts stand in a file."""
    if not file.exists():
        return 0
    data = file.read_bytes()
    return sum(data.count(text.encode("utf-8", "surrogatepass")) for text in texts if text)
