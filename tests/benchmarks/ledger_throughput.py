"""What the ledger costs a newsroom that saves: ratios measured side by side in one run.

    python tests/benchmarks/ledger_throughput.py [--writers 50] [--seconds 6] [--rounds 3]

Each round runs every way in turn, so that a busy machine is busy for all of them; the table shows
the median. ``without`` has the same tables and no triggers; ``chain`` computes a hash chain in the
row's own trigger, as most audit tables do.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[2]))

from app import schema
from app.config import Settings
from app.db import Database
from app.ledger.verify import verify
from tests.app.ledger.small import Small, furnish
from tests.engines import address, execute, settings, started

WRITE = "INSERT INTO note(id, title, done) VALUES (:id, :id, :done)"
CHANGE = "UPDATE note SET title = :title WHERE id = :id"
OFF = {
    "sqlite": "SELECT 'DROP TRIGGER ' || name FROM sqlite_master WHERE type = 'trigger'"
    " AND tbl_name = 'note'",
    "postgresql": "SELECT 'DROP TRIGGER ' || tgname || ' ON note' FROM pg_trigger"
    " WHERE tgrelid = 'note'::regclass AND NOT tgisinternal",
}
CHAIN = """
CREATE TABLE chain (seq bigint PRIMARY KEY, prev bytea NOT NULL, digest bytea NOT NULL,
  tbl text, pk text, op text, at timestamptz, was jsonb, becomes jsonb);
INSERT INTO chain VALUES (0, '', '');
CREATE FUNCTION chained() RETURNS trigger LANGUAGE plpgsql AS $body$
DECLARE last record; was jsonb; becomes jsonb;
BEGIN
  IF TG_OP <> 'INSERT' THEN was := to_jsonb(OLD); END IF;
  IF TG_OP <> 'DELETE' THEN becomes := to_jsonb(NEW); END IF;
  PERFORM pg_advisory_xact_lock(4711);
  SELECT seq, digest INTO last FROM chain ORDER BY seq DESC LIMIT 1;
  INSERT INTO chain VALUES (last.seq + 1, last.digest, sha256(last.digest || convert_to(
    concat_ws('|', TG_TABLE_NAME, coalesce(becomes, was) ->> 'id', TG_OP, was, becomes), 'UTF8')),
    TG_TABLE_NAME, coalesce(becomes, was) ->> 'id', TG_OP, clock_timestamp(), was, becomes);
  RETURN NULL;
END $body$;
CREATE TRIGGER chained AFTER INSERT OR UPDATE OR DELETE ON note
  FOR EACH ROW EXECUTE FUNCTION chained()
"""


def prepared(database: Database, way: str) -> None:
    """Bring a fresh database into one of the ways: ``with``, ``without`` or ``chain``."""
    schema.upgrade(database, "0001_ledger", actor="system:bench")
    furnish(database)
    if way == "with":
        return
    engine = "sqlite" if database.is_sqlite else "postgresql"
    with database.migrating("system:bench") as connection:
        for (statement,) in connection.exec_driver_sql(OFF[engine]).all():
            connection.exec_driver_sql(statement)
        if way == "chain":
            connection.connection.driver_connection.execute(CHAIN)  # type: ignore[union-attr]


@contextmanager
def opened(database: Database, way: str, actor: str, request: str) -> Iterator[Session]:
    """The product's unit of work, or a plain transaction where there is no ledger to serve."""
    if way == "with":
        with database.writing(actor, request) as session:
            yield session
    else:
        with database.keeping() as connection, Session(connection) as session:
            yield session


def saves(database: Database, way: str, writers: int, seconds: float) -> tuple[float, float]:
    """Saves a second by so many people at once, and the 99th percentile of their waiting."""
    end = time.monotonic() + seconds
    waits: list[list[float]] = [[] for _ in range(writers)]

    def work(writer: int) -> None:
        turn = 0
        while time.monotonic() < end:
            began = time.monotonic()
            name = f"{writer}-{turn}"
            with opened(database, way, f"editor:{writer}", name) as session:
                session.execute(text(WRITE), {"id": name, "done": False})
                session.execute(text(CHANGE), {"id": name, "title": f"{name} checked"})
                session.flush()
            waits[writer].append(time.monotonic() - began)
            turn += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(writers)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed = time.monotonic() - began
    every = sorted(wait for own in waits for wait in own)
    return len(every) / elapsed, every[int(len(every) * 0.99)]


@contextmanager
def sqlite(way: str) -> Iterator[Database]:
    """A fresh SQLite database."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(Settings.load({"DESK_HOME": folder}))
        prepared(database, way)
        yield database
        database.close()


@contextmanager
def postgresql(way: str) -> Iterator[Database]:
    """A fresh database on a real server that flushes to the disk."""
    server = started(Path(tempfile.gettempdir()) / "desk-bench-postgres")
    execute(server, "DROP DATABASE IF EXISTS bench WITH (FORCE)")
    execute(server, "CREATE DATABASE bench")
    with tempfile.TemporaryDirectory() as folder:
        database = Database(settings(Path(folder), address(server, "bench")))
        prepared(database, way)
        yield database
        database.close()
    execute(server, "DROP DATABASE bench WITH (FORCE)")


def measure(
    place: Callable[[str], object], ways: tuple[str, ...], asked: argparse.Namespace, writers: int
) -> None:
    """Print one engine's rows of the table."""
    rates: dict[str, list[float]] = {way: [] for way in ways}
    tails: dict[str, list[float]] = {way: [] for way in ways}
    for _ in range(asked.rounds):
        for way in ways:
            with place(way) as database:  # type: ignore[attr-defined]
                rate, tail = saves(database, way, writers, asked.seconds)
                rates[way].append(rate)
                tails[way].append(tail)
                if way == "with":
                    database.seal()
                    findings = verify(database, Small.metadata).findings
                    assert findings == [], findings[:3]
    base = statistics.median(rates["without"])
    for way in ways:
        rate, tail = statistics.median(rates[way]), statistics.median(tails[way])
        name = getattr(place, "__name__", "")
        sys.stdout.write(
            f"| {name} | {writers} | {way} | {rate:.0f} | {rate / base:.2f} | {tail * 1000:.0f} |\n"
        )
        sys.stdout.flush()


def main() -> None:
    """Measure both engines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    sys.stdout.write("| engine | writers | ledger | saves/s | ratio | p99 ms |\n")
    sys.stdout.write("| --- | ---: | --- | ---: | ---: | ---: |\n")
    measure(sqlite, ("without", "with"), asked, asked.writers)
    measure(postgresql, ("without", "with", "chain"), asked, asked.writers)


if __name__ == "__main__":
    main()
