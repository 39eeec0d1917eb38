"""What the ledger costs a newsroom that saves: ratios measured side by side in one run.

    python tests/benchmarks/ledger_throughput.py [--writers 50] [--seconds 6] [--rounds 3]

One save is one transaction that inserts a row and changes another; every thirteenth is rolled back
(8 %). Each round runs every way in turn, so that a busy machine is busy for all of them; the table
shows the median. ``cpu ms`` is the processor time of this process for one save.

``without``  the same tables without triggers, one plain transaction a save
``grouped``  SQLite: the same, through the product's queue with its shared commits
``with``     the product
``chain``    PostgreSQL: a hash chain calculated in the row's own trigger, as most audit tables do,
             under a lock that is taken at the first changed row and held to the commit

``--work 20`` lets the application work for 20 ms between the two changes, as a request does.
"""

import argparse
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

sys.path.insert(0, str(Path(__file__).parents[2]))

from app import schema
from app.config import Settings
from app.db import Database
from app.ledger.group import Group
from app.ledger.verify import verify
from tests.app.ledger.small import Small, furnish
from tests.engines import address, execute, settings, started

WRITE = text("INSERT INTO note(id, title, done) VALUES (:id, :id, :done)")
CHANGE = text("UPDATE note SET title = :title WHERE id = :id")
ROWS = 200
"""Rows that are there and are changed."""
TRIES = 13
"""Every so many saves one is rolled back."""
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


class Bare(Group):
    """A group without a ledger: what the queue and its shared commit alone cost."""

    def open(self) -> None:
        """Seal nothing."""

    def forget(self) -> None:
        """Nobody was named."""

    @contextmanager
    def member(self, actor: str, request: str | None) -> Iterator[Connection]:
        """Name nobody, seal nothing."""
        del actor, request
        self._size += 1
        with self.connection.begin():
            yield self.connection


class Place(Protocol):
    """Where a fresh database can be had."""

    __name__: str

    def __call__(self, way: str) -> AbstractContextManager[Database]:
        """Open one."""


def prepared(database: Database, way: str) -> None:
    """Bring a fresh database into one of the ways: ``with``, ``without`` or ``chain``."""
    schema.upgrade(database, "0001_ledger", actor="system:bench")
    furnish(database)
    with database.writing("system:bench") as session:
        for number in range(ROWS):
            session.execute(WRITE, {"id": f"row {number}", "done": False})
    if way == "with":
        return
    database._writers.kind = Bare  # noqa: SLF001 - the product has no groups without a ledger.
    engine = "sqlite" if database.is_sqlite else "postgresql"
    with database.migrating("system:bench") as connection:
        for (statement,) in connection.exec_driver_sql(OFF[engine]).all():
            connection.exec_driver_sql(statement)
        if way == "chain":
            connection.connection.driver_connection.execute(CHAIN)  # type: ignore[union-attr]


@contextmanager
def opened(database: Database, way: str, actor: str, request: str) -> Iterator[Session]:
    """The product's unit of work, or a plain transaction where there is no ledger to serve."""
    if way in {"with", "grouped"}:
        with database.writing(actor, request) as session:
            yield session
    else:
        with database.keeping() as connection, Session(connection) as session:
            yield session


class Undone(Exception):
    """Rolls a save back."""


@dataclass
class Crowd:
    """So many people who save at once, without a pause, for so long."""

    database: Database
    way: str
    work: float
    end: float
    waits: list[float] = field(default_factory=list)

    def save(self, writer: int, turn: int) -> None:
        """Insert a row and change another; undo both now and then."""
        name = f"{writer}-{turn}"
        other = f"row {(writer * 7 + turn) % ROWS}"
        with opened(self.database, self.way, f"editor:{writer}", name) as session:
            session.execute(WRITE, {"id": name, "done": False})
            if self.work:
                time.sleep(self.work)
            session.execute(CHANGE, {"id": other, "title": f"{name} checked"})
            session.flush()
            if turn % TRIES == TRIES - 1:
                raise Undone

    def person(self, writer: int) -> None:
        """Save until it is over."""
        turn = 0
        while time.monotonic() < self.end:
            began = time.monotonic()
            with suppress(Undone):
                self.save(writer, turn)
                self.waits.append(time.monotonic() - began)
            turn += 1


@dataclass(frozen=True)
class Figures:
    """Saves a second, the 99th percentile of the waiting, processor seconds a save."""

    rate: float
    tail: float
    cpu: float


def saves(database: Database, way: str, writers: int, seconds: float, work: float) -> Figures:
    """Let so many people save at once."""
    crowd = Crowd(database, way, work, time.monotonic() + seconds)
    threads = [threading.Thread(target=crowd.person, args=(number,)) for number in range(writers)]
    began, used = time.monotonic(), time.process_time()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    elapsed, used = time.monotonic() - began, time.process_time() - used
    waits = sorted(crowd.waits)
    return Figures(len(waits) / elapsed, waits[int(len(waits) * 0.99)], used / len(waits))


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


def once(place: Place, way: str, asked: argparse.Namespace) -> Figures:
    """One way in one round; what it wrote must verify."""
    with place(way) as database:
        figures = saves(database, way, asked.writers, asked.seconds, asked.work / 1000)
        if way == "with":
            database.seal()
            findings = verify(database, Small.metadata).findings
            assert findings == [], findings[:3]
    return figures


def measure(place: Place, ways: tuple[str, ...], asked: argparse.Namespace) -> None:
    """Print one engine's rows of the table."""
    found: dict[str, list[Figures]] = {way: [] for way in ways}
    for _ in range(asked.rounds):
        for way in ways:
            found[way].append(once(place, way, asked))
    base = statistics.median(each.rate for each in found["without"])
    for way in ways:
        rate, tail, cpu = (
            statistics.median(getattr(each, name) for each in found[way])
            for name in ("rate", "tail", "cpu")
        )
        sys.stdout.write(
            f"| {place.__name__} | {asked.work:.0f} | {way} | {rate:.0f} | {rate / base:.2f} |"
            f" {tail * 1000:.0f} | {cpu * 1000:.2f} |\n"
        )
        sys.stdout.flush()


def main() -> None:
    """Measure both engines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--writers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=6.0)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--work", type=float, nargs="*", default=[0.0, 20.0])
    parser.add_argument("--engine", choices=["sqlite", "postgresql"])
    asked = parser.parse_args()
    sys.stdout.write("| engine | work ms | ledger | saves/s | ratio | p99 ms | cpu ms |\n")
    sys.stdout.write("| --- | ---: | --- | ---: | ---: | ---: | ---: |\n")
    for work in list(asked.work):
        asked.work = work
        if asked.engine != "postgresql":
            measure(sqlite, ("without", "grouped", "with"), asked)
        if asked.engine != "sqlite":
            measure(postgresql, ("without", "with", "chain"), asked)


if __name__ == "__main__":
    main()
