"""The queue of 1,000 and of 10,000 claims on both engines: `python -m tests.benchmarks.queue_size`.

Each page is asked for as a browser asks, signed in. CPU is that of this process, which holds SQLite
but not PostgreSQL; p95 is what went by. Beside them stand the statements of a page, whoever asks
included, and the rows PostgreSQL reads for the list and the counts.
"""

import statistics
import sys
import tempfile
import time
from pathlib import Path

from sqlalchemy import text

from app.accounts.roles import Role
from app.config import Settings
from app.db import Database
from claims.queries.queue import page
from claims.queries.queue_facets import count_facets
from claims.queries.queue_filters import Filters
from tests.app.views.visit import Visit
from tests.benchmarks.crowd import crowd
from tests.benchmarks.page import write
from tests.engines import Templates, address, data_folder, settings, started

SIZES = (1_000, 10_000)
TURNS = 40
PAGES = {
    "first page": "/queue?view=all",
    "by risk": "/queue?sort=risk",
    "narrowed": "/queue?stage=open&due=week",
}
ROWS = "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) FROM pg_stat_xact_user_tables"


def rows_read(database: Database) -> str:
    """How many rows PostgreSQL reads for the list and the counts; a dash elsewhere."""
    filters = Filters(me="editor:person.1", signs=True, settles=True)
    with database.reading() as session:
        if session.connection().dialect.name != "postgresql":
            return "-"
        before = session.scalar(text(ROWS)) or 0
        page(session, filters)
        count_facets(session, filters)
        return f"{int((session.scalar(text(ROWS)) or 0) - before):,}"


def lines(engine: str, database: Database) -> list[str]:
    """One line for each size and page."""
    found, there = [], 0
    visit = Visit(database, Role.DESK_LEAD)
    for size in SIZES:
        with database.writing("system:benchmark") as session:
            crowd(session, size - there)
        there = size
        for name, path in PAGES.items():
            visit.get(path)
            with visit.statements() as sent:
                visit.get(path)
            turns = [_once(visit, path) for _ in range(TURNS)]
            cpu = statistics.median(taken for taken, _ in turns)
            p95 = sorted(waited for _, waited in turns)[int(TURNS * 0.95) - 1]
            read = rows_read(database) if name == "first page" else ""
            cells = (engine, f"{size:,}", name, f"{cpu:.0f}", f"{p95:.0f}", len(sent), read)
            found.append("| " + " | ".join(map(str, cells)) + " |")
            sys.stdout.write(found[-1] + "\n")
    return found


def _once(visit: Visit, path: str) -> tuple[float, float]:
    """The milliseconds of this process's CPU, and those that went by."""
    cpu, start = time.process_time(), time.perf_counter()
    visit.get(path)
    return (time.process_time() - cpu) * 1_000, (time.perf_counter() - start) * 1_000


def main() -> int:
    """Measure, print and write the table."""
    head = [
        "| engine | claims | page | median CPU ms | p95 ms | statements | rows read |",
        "|---|---:|---|---:|---:|---:|---:|",
    ]
    with tempfile.TemporaryDirectory() as folder:
        made = Templates(Path(folder))
        sqlite = lines("SQLite", Database(Settings.load({"DESK_HOME": str(made.sqlite("schema"))})))
        server = started(data_folder())
        home, name = made.postgresql(server, "schema")
        postgresql = lines("PostgreSQL", Database(settings(home, address(server, name))))
        server.cleanup()
    write("queue", "\n".join([*head, *sqlite, *postgresql]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
