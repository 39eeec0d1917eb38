"""Every revision goes up and down on filled tables, on both engines, and is in the ledger."""

import hashlib
from itertools import pairwise

import pytest

import app.models
from app import schema
from app.db import Database
from app.ledger import fingerprint, history
from app.ledger.verify import verify
from tests.engines import Maker, below
from tests.migrations import steps

__all__ = ["app"]
REVISIONS = [script.revision for script in schema.scripts().walk_revisions()][::-1]


def before(revision: str) -> str:
    """The revision below one; ``base`` below the first."""
    return below(revision) or "base"


def put_in(database: Database, rows: steps.Rows) -> None:
    if rows:
        with database.writing("editor:test") as session:
            steps.write(session, rows)


def look(database: Database, rows: steps.Rows) -> steps.Rows:
    with database.reading() as session:
        return steps.found(session, rows)


def shape(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return fingerprint.objects(session.connection())


def assert_whole(database: Database) -> None:
    """The ledger is whole; the rows of a test name files that no store has."""
    assert verify(database).codes <= {"FILE_MISSING"}


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_revision_keeps_its_rows_up_and_down(
    make_database: Maker, engine: str, revision: str
) -> None:
    rows = steps.expected(revision)
    earlier = before(revision)
    database = make_database(engine, holding="nothing" if earlier == "base" else earlier)
    put_in(database, rows.before)
    old_shape = shape(database)
    schema.upgrade(database, revision)
    assert look(database, rows.after) == rows.after
    new_shape = shape(database)
    put_in(database, rows.added)
    assert_whole(database)
    schema.downgrade(database, earlier)
    assert look(database, rows.back) == rows.back
    if earlier != "base":
        assert shape(database) == old_shape
        assert_whole(database)
    schema.upgrade(database, revision)
    assert look(database, rows.after) == rows.after
    assert shape(database) == new_shape
    assert_whole(database)


def test_the_models_and_the_revisions_agree(database: Database) -> None:
    assert schema.current(database) == schema.head()
    assert schema.differences(database) == []


def test_the_head_and_the_schema_on_file_are_the_revisions_own(sqlite_database: Database) -> None:
    assert schema.HEAD.read_text(encoding="utf-8").strip() == schema.head()
    assert schema.SNAPSHOT.read_text(encoding="utf-8") == schema.snapshot(sqlite_database)


def test_each_revision_is_an_entry_with_its_files_digest(database: Database) -> None:
    with database.reading() as session:
        entries = history.migrations(session)[::-1]
    assert [entry.pk for entry in entries] == REVISIONS
    for entry, revision in zip(entries, REVISIONS, strict=True):
        story = entry.new
        assert story is not None
        file = schema.SCRIPTS / "versions" / f"{revision}.py"
        assert story["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
        assert story["to"] == [revision]
        assert story["drift"] == []
        assert entry.actor == "system:test"
        assert entry.via == "app"
        assert story["schema"]["before"] != story["schema"]["after"]


def test_what_a_migration_leaves_is_what_the_next_one_finds(database: Database) -> None:
    with database.reading() as session:
        stories = [entry.new or {} for entry in history.migrations(session)[::-1]]
    for earlier, later in pairwise(stories):
        assert later["schema"]["before"] == earlier["schema"]["after"]


def test_every_revision_has_a_name_postgresql_can_keep() -> None:
    assert all(len(revision) <= 32 for revision in REVISIONS)
    assert [revision[:4] for revision in REVISIONS] == [
        f"{number:04}" for number in range(1, len(REVISIONS) + 1)
    ]
