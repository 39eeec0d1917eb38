"""What must be true of a desk after a bad day: its rows, its files, its record."""

from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from sqlalchemy import func, literal, select, union_all

import app.models
from app.db import Database
from app.ledger.tables import EVENT, options
from app.ledger.verify import verify
from app.security_events import vocabulary as security_events
from sources.base import Base
from sources.store import Store
from tests.app.canaries import commanded, hits, tables

assert app.models.__doc__
TITLE = "title of a confidential source"
AT_HOME = {"password hash": "table account", "session token": "table account"}
"""Where it has to stand."""


def totals(database: Database) -> dict[str, int]:
    """The number of rows in every table."""
    counts = (
        select(literal(table.name), func.count()).select_from(table)
        for table in Base.metadata.sorted_tables
    )
    with database.reading() as session:
        return {str(name): int(count) for name, count in session.execute(union_all(*counts))}


def written_by(database: Database, requests: Collection[str]) -> list[tuple[str, str]]:
    """The tables into which any of these requests wrote, as the ledger knows.

    That something was refused may be told: such an entry is of a kind of its own, and of no row.
    """
    query = (
        select(EVENT.c.req, EVENT.c.tbl)
        .distinct()
        .where(EVENT.c.req != "", EVENT.c.kind != security_events.KIND)
    )
    with database.reading() as session:
        found = session.execute(query, execution_options=options(session)).all()
    return sorted((str(req), str(tbl)) for req, tbl in found if req in requests)


def digests(database: Database) -> set[str]:
    """Every file that a row names."""
    known: set[str] = set()
    with database.reading() as session:
        for table in Base.metadata.sorted_tables:
            for column in table.columns:
                if column.name.endswith("sha256"):
                    known.update(
                        session.scalars(select(column).where(column.is_not(None)).distinct())
                    )
    return known


def strays(database: Database) -> list[str]:
    """The files of the store that no row names, half ones included."""
    store = Store(database.settings.store)
    named = digests(database)
    return sorted(path.name for path in store.root.iterdir() if path.name not in named)


def complaints(database: Database) -> list[str]:
    """What the ledger's own verification finds."""
    return [f"{one.code} {one.detail}" for one in verify(database).findings]


def tree(*roots: Path) -> set[str]:
    """Every file and folder below some places."""
    return {str(path) for root in roots for path in root.rglob("*")}


def outside(before: Iterable[str], after: Iterable[str], *allowed: Path) -> list[str]:
    """What came to be anywhere but in the places where it may."""
    new = set(after) - set(before)
    return sorted(
        name for name in new if not any(Path(name).is_relative_to(place) for place in allowed)
    )


def spilled(
    database: Database, article: str, planted: Mapping[str, str], folder: Path, *logs: Path
) -> list[str]:
    """What stands in a log, in what commands hand out, or in a table, and must not.

    The title of a confidential source stands in its row, and in the ledger of those who may read
    it at the machine itself; nothing else of what was planted stands anywhere.
    """
    plain = {name: text for name, text in planted.items() if name != TITLE}
    said = {f"log {file.name}": file.read_bytes() for file in logs}
    told = dict(commanded(database, folder, article))
    said |= {name: text for name, text in told.items() if "audit" not in name}
    said |= {f"file {file.name}": file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    inside = {**told, **({} if database.is_sqlite else dict(tables(database)))}
    found = hits(planted, said) | hits(plain, inside)
    return sorted(
        f"{name} in {place}"
        for name, place in found
        if place != AT_HOME.get(name.partition(" of ")[0])
    )
