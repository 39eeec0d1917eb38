"""Files that rows name are there and are what their name says, or verification tells."""

import hashlib
import io
from pathlib import Path

import pysqlite3
import pytest
from sqlalchemy import Column, MetaData, Table, Text, create_engine, insert, select

from app.db import Database
from app.ledger.files import check_files
from app.ledger.report import Report
from app.ledger.verify import verify
from sources.models import Snapshot, Source
from sources.store import Store
from tests.app.ledger.test_triggers_every_table import row

UNKEPT = dict.fromkeys(("text_sha256", "warc_sha256", "working_sha256", "places"))
ALONE = {"derived_from_id": None, "merged_into_id": None, "issued": "2026"}


@pytest.fixture
def stored(sqlite_database: Database) -> tuple[Database, Store, str]:
    """A product with one snapshot in its store."""
    store = Store(sqlite_database.settings.store)
    blob = store.put(io.BytesIO(b"what the source said"))
    source = row(Source.metadata.tables["source"], 1) | ALONE
    snapshot = row(Snapshot.metadata.tables["snapshot"], 1) | UNKEPT
    snapshot |= {"sha256": blob.sha256, "source_id": source["id"]}
    with sqlite_database.writing("editor:ana") as session:
        session.execute(insert(Source.metadata.tables["source"]), source)
        session.execute(insert(Snapshot.metadata.tables["snapshot"]), snapshot)
    return sqlite_database, store, blob.sha256


def codes(database: Database) -> set[str]:
    return verify(database).codes


def test_a_whole_store_is_counted(stored: tuple[Database, Store, str]) -> None:
    report = verify(stored[0])
    assert report.findings == []
    assert report.files == 1


def test_a_missing_file_is_told(stored: tuple[Database, Store, str]) -> None:
    database, store, name = stored
    (store.root / name).unlink()
    assert codes(database) == {"FILE_MISSING"}


def test_an_altered_file_is_told(stored: tuple[Database, Store, str]) -> None:
    database, store, name = stored
    file = store.root / name
    file.chmod(0o600)
    file.write_bytes(b"what the source never said")
    assert hashlib.sha256(file.read_bytes()).hexdigest() != name
    assert codes(database) == {"FILE_ALTERED"}


def test_each_file_that_is_not_right_is_named_and_all_are_counted(
    stored: tuple[Database, Store, str],
) -> None:
    database, store, _ = stored
    names = {"0" * 64: "FILE_MISSING", "1" * 64: "FILE_ALTERED"}
    (store.root / ("1" * 64)).write_bytes(b"another")
    table = Snapshot.metadata.tables["snapshot"]
    with database.writing("editor:ana") as session:
        source_id = session.execute(select(table.c.source_id)).scalar_one()
        for number, sha256 in enumerate(names, start=2):
            values = row(table, number) | UNKEPT
            values |= {"sha256": sha256, "source_id": source_id}
            session.execute(insert(table), values)
    report = verify(database)
    assert report.files == 3
    assert {(one.code, one.detail) for one in report.findings} == {
        (code, f"snapshot names {sha256}") for sha256, code in names.items()
    }


def test_a_name_that_leads_elsewhere_is_no_file_of_the_store(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    (tmp_path / "outside").write_bytes(b"")
    (store / "folder").mkdir()
    table = Table(
        "kept", MetaData(), Column("name", Text, info={"stored": True}), Column("other", Text)
    )
    report = Report()
    engine = create_engine("sqlite://", module=pysqlite3)
    with engine.begin() as connection:
        table.create(connection)
        connection.exec_driver_sql("CREATE TABLE ledger_event (eid INTEGER, kind TEXT, new TEXT)")
        names = ("../outside", "folder", "none", None, "none")
        connection.execute(insert(table), [{"name": name, "other": "x"} for name in names])
        check_files(connection, table.metadata, store, report)
    engine.dispose()
    assert report.files == 3
    assert [one.detail for one in report.findings] == [
        f"kept names {name}" for name in sorted(("../outside", "folder", "none"))
    ]
    assert report.codes == {"FILE_MISSING"}
