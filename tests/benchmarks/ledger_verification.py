"""What a verification costs: events for each second of processor time, check by check.

    python tests/benchmarks/ledger_verification.py [--rows 20000] [--rounds 3]

A table with 22 columns, each row inserted whole and then changed in two fields. Everything counts:
leaves, MACs, signed heads, the fold of the history against the rows, SQLite's own look at its file.
The last line is the limit: one SHA-256 over the bytes of the images, which checks nothing.
"""

import argparse
import hashlib
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Column, Integer, MetaData, Table, Text, insert

sys.path.insert(0, str(Path(__file__).parents[2]))

from app import schema
from app.config import Settings
from app.db import Database
from app.ledger.report import Report
from app.ledger.verify import checks, verify
from tests.app.ledger.small import migration

WIDE = MetaData()
FIELDS = [f"field_{number}" for number in range(21)]
TABLE = Table(
    "wide",
    WIDE,
    Column("id", Text, primary_key=True),
    *(Column(name, Text if number % 3 else Integer) for number, name in enumerate(FIELDS)),
)
AT_ONCE = 1000
CHANGE = "UPDATE wide SET field_1 = ?, field_3 = ? WHERE id = ?"
IMAGES = "SELECT coalesce(old, '') || coalesce(new, '') FROM ledger_event"


def row(number: int) -> dict[str, object]:
    """A row of words in two languages and numbers."""
    values = (f"一段话 with words {number} {n}" if n % 3 else number * n for n in range(21))
    return {"id": f"018f-{number:08d}", **dict(zip(FIELDS, values, strict=True))}


def filled(home: str, rows: int) -> Database:
    """A ledger of two events a row, with a signed head."""
    database = Database(Settings.load({"DESK_HOME": home}))
    schema.upgrade(database, "0001_ledger", actor="system:bench")
    with migration(database, metadata=WIDE) as connection:
        WIDE.create_all(connection)
    for start in range(0, rows, AT_ONCE):
        numbers = range(start, min(rows, start + AT_ONCE))
        with database.writing("editor:li.wei", f"r{start}") as session:
            session.execute(insert(TABLE), [row(number) for number in numbers])
            changes = [(f"改 {number}", number * 7, row(number)["id"]) for number in numbers]
            session.connection().exec_driver_sql(CHANGE, changes)
    database.checkpoint()
    return database


def spent(work: Callable[[], object]) -> float:
    """Processor seconds of one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def measured(database: Database, rounds: int) -> tuple[int, dict[str, float]]:
    """How many events there are, and the best time of each check, of all, and of the limit."""
    best: dict[str, float] = {}
    report = Report()
    for _ in range(rounds):
        times: dict[str, float] = {}
        with database.reading(steady=True) as session:
            connection = session.connection()
            for check in checks(connection, WIDE, database):
                name = check.func.__name__  # type: ignore[attr-defined]
                times[name] = spent(lambda check=check: check(Report()))  # type: ignore[misc]
            images = [text.encode() for (text,) in connection.exec_driver_sql(IMAGES)]
        began = time.process_time()
        report = verify(database, WIDE)
        times["everything"] = time.process_time() - began
        assert report.findings == [], report.findings[:3]
        times["one SHA-256 pass"] = spent(lambda images=images: [*map(hashlib.sha256, images)])  # type: ignore[misc]
        best = {name: min(best.get(name, value), value) for name, value in times.items()}
    return report.events, best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as home:
        database = filled(home, asked.rows)
        events, best = measured(database, asked.rounds)
        database.close()
    sys.stdout.write("| check | seconds | events/s |\n| --- | ---: | ---: |\n")
    for name, seconds in best.items():
        sys.stdout.write(f"| {name} | {seconds:.3f} | {events / max(seconds, 1e-6):,.0f} |\n")


if __name__ == "__main__":
    main()
