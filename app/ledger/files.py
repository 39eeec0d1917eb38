"""The files that rows name: each must lie in the store, and be what its name says."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Connection, MetaData

from app.ledger.audited import live_columns
from app.ledger.report import Report
from app.ledger.tables import prefix, run
from app.ledger.triggers_sqlite import quoted

STORED = "stored"
"""``Column.info`` of a column that holds the SHA-256 of a file in the store."""
PART = 1024 * 1024


def check_files(connection: Connection, metadata: MetaData, store: Path, report: Report) -> None:
    """Hash every file again that a row names."""
    for table, column in naming(connection, metadata):
        query = f"SELECT DISTINCT {quoted(column)} FROM {quoted(table)} ORDER BY 1"
        for (name,) in run(connection, query):
            if name is not None:
                check_file(store, str(name), table, report)
    for name in handed_out(connection):
        check_file(store, name, "an export", report)


def check_file(store: Path, name: str, who: str, report: Report) -> None:
    """Hash one file again; ``who`` names it."""
    report.files += 1
    file = store / name
    if "/" in name or not file.is_file():
        report.add("FILE_MISSING", f"{who} names {name}")
    elif digest(file) != name:
        report.add("FILE_ALTERED", f"{who} names {name}")


def handed_out(connection: Connection) -> list[str]:
    """The files that left the house and of which a copy was kept, as the ledger says.

    Appendices issued before copies were kept have none, so the act tells and not the row.
    """
    query = (
        f"SELECT new FROM {prefix(connection)}ledger_event"
        " WHERE kind = 'export' AND new LIKE '%\"kept\":%' ORDER BY eid"
    )
    found = set()
    for (text,) in run(connection, query):
        try:
            story = json.loads(text)
        except (TypeError, ValueError):
            continue
        if isinstance(story, dict) and story.get("kept") is True:
            found.add(str(story.get("file_sha256")))
    return sorted(found)


def naming(connection: Connection, metadata: MetaData) -> Iterator[tuple[str, str]]:
    """The tables and columns that exist and name files."""
    live = live_columns(connection)
    for table in metadata.sorted_tables:
        for column in table.columns:
            if column.info.get(STORED) and column.name in live.get(table.name, ()):
                yield table.name, column.name


def digest(file: Path) -> str:
    """The SHA-256 of a file."""
    found = hashlib.sha256()
    with file.open("rb") as stream:
        while part := stream.read(PART):
            found.update(part)
    return found.hexdigest()
