"""The files that rows name: each must lie in the store, and be what its name says."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, MetaData

from app.ledger.audited import live_columns
from app.ledger.report import Report
from app.ledger.tables import run
from app.ledger.triggers_sqlite import quoted

STORED = "stored"
"""``Column.info`` of a column that holds the SHA-256 of a file in the store.

Its value is true, or the name of the column that says of each row whether the file was kept.
"""
PART = 1024 * 1024


def check_files(connection: Connection, metadata: MetaData, store: Path, report: Report) -> None:
    """Hash every file again that a row names."""
    for table, column, kept in naming(connection, metadata):
        only = f" WHERE {quoted(kept)}" if kept else ""
        query = f"SELECT DISTINCT {quoted(column)} FROM {quoted(table)}{only} ORDER BY 1"
        for (name,) in run(connection, query):
            if name is not None:
                check_file(store, str(name), table, report)


def check_file(store: Path, name: str, who: str, report: Report) -> None:
    """Hash one file again; ``who`` names it."""
    report.files += 1
    file = store / name
    if "/" in name or not file.is_file():
        report.add("FILE_MISSING", f"{who} names {name}")
    elif digest(file) != name:
        report.add("FILE_ALTERED", f"{who} names {name}")


def naming(connection: Connection, metadata: MetaData) -> Iterator[tuple[str, str, str]]:
    """The tables and columns that name files, and the column that says which are kept."""
    live = live_columns(connection)
    for table in metadata.sorted_tables:
        for column in table.columns:
            stored = column.info.get(STORED)
            if stored and column.name in live.get(table.name, ()):
                yield table.name, column.name, stored if isinstance(stored, str) else ""


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(PART):
            found.update(part)
    return found.hexdigest()
