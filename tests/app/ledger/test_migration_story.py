"""The story a migration tells of itself, word for word, and what stays in it as drift."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from app.config import release
from app.db import Database
from app.ledger import fingerprint, history
from app.ledger.audited import Audited
from app.ledger.fold import Folded
from app.ledger.leaf import read
from app.ledger.migration import Scribe, Step, images, moved
from app.ledger.verify import verify
from tests.app.ledger.outsider import shell
from tests.app.ledger.small import SMALL, Small, check, migration
from tests.app.ledger.test_migration import as_operations

SHAPE = ("tables_added", "tables_removed", "columns_added", "columns_removed", "rows_rewritten")


def stories(database: Database) -> list[dict[str, Any]]:
    """Each migration's story, newest first."""
    with database.reading() as session:
        return [entry.new or {} for entry in history.migrations(session)]


def objects(database: Database) -> dict[str, str]:
    with database.reading() as session:
        return fingerprint.objects(session.connection())


def test_a_revision_tells_what_it_was_and_what_it_did(worked: Database, tmp_path: Path) -> None:
    file = tmp_path / "0002_more.py"
    file.write_bytes(b"the revision's own words")
    with worked.migrating("system:test") as connection:
        scribe = Scribe(connection, Small.metadata, worked.key, "system:test")
        as_operations(connection).create_table("apart", sa.Column("id", sa.Text, primary_key=True))
        as_operations(connection).add_column("remark", sa.Column("more", sa.Text))
        scribe.applied(Step((SMALL,), ("0002_more", "0002_b"), "U", "More of it", file))
        scribe.settle((SMALL,))
    with worked.reading() as session:
        entry = history.migrations(session)[0]
    story = entry.new or {}
    what = ("migration", "schema", "0002_more,0002_b", "U")
    assert (entry.kind, entry.table, entry.pk, entry.op) == what
    assert (entry.actor, entry.via, entry.old) == ("system:test", "app", None)
    assert 0 <= story.pop("milliseconds") < 60_000
    assert len(story.pop("declared")) == 64
    nothing: dict[str, Any] = {"tables_removed": [], "columns_removed": {}, "rows_rewritten": {}}
    assert story == nothing | {
        "from": [SMALL],
        "to": ["0002_more", "0002_b"],
        "message": "More of it",
        "file": "0002_more.py",
        "sha256": hashlib.sha256(b"the revision's own words").hexdigest(),
        "app": release(),
        "schema": {
            "before": stories(worked)[1]["schema"]["after"],
            "after": fingerprint.combined(story["objects"]),
        },
        "drift": [],
        "guards": ["guard_no_shouting"],
        "objects": objects(worked),
        "tables_added": ["apart"],
        "columns_added": {"remark": ["more"]},
    }


def test_a_revision_without_a_file_or_a_target_says_so(worked: Database) -> None:
    with worked.migrating("system:test") as connection:
        scribe = Scribe(connection, Small.metadata, worked.key, "system:test")
        scribe.applied(Step((SMALL,), (), "D", "All of it", None))
        scribe.settle((SMALL,))
    with worked.reading() as session:
        entry = history.migrations(session)[0]
    assert (entry.pk, entry.op) == ("base", "D")
    assert entry.new is not None
    assert (entry.new["to"], entry.new["file"], entry.new["sha256"]) == ([], None, None)
    assert [entry.new[name] for name in SHAPE] == [[], [], {}, {}, {}]


def test_settling_what_is_settled_is_no_news(worked: Database) -> None:
    for expected in (False, False):
        with worked.migrating("system:test") as connection:
            scribe = Scribe(connection, Small.metadata, worked.key, "system:test")
            assert scribe.settle((SMALL,)) is expected
    assert len(stories(worked)) == 2
    assert check(worked).findings == []


def test_lost_triggers_are_renewed_with_an_entry_that_keeps_the_loss(
    engine: str, worked: Database
) -> None:
    name, lost = ("trigger ledger_note_update", "DROP TRIGGER ledger_note_update")
    if engine == "postgresql":
        name, lost = ("trigger note.ledger_row", "DROP TRIGGER ledger_row ON note")
    with shell(worked) as outside:
        outside.execute(lost)
    assert [one.detail for one in check(worked).findings] == [f"{name} missing"]
    with worked.migrating("system:test") as connection:
        scribe = Scribe(connection, Small.metadata, worked.key, "system:test")
        assert scribe.settle((SMALL,)) is True
    with worked.reading() as session:
        entry = history.migrations(session)[0]
    assert entry.op == "T"
    assert entry.new is not None
    told = {key: entry.new[key] for key in ("from", "to", "message", "drift", "file")}
    assert told == {
        "from": [SMALL],
        "to": [SMALL],
        "message": "triggers renewed",
        "drift": [[name, "missing"]],
        "file": None,
    }
    words = f"{name} had missing before migration event {entry.eid}"
    assert [(one.code, one.detail) for one in check(worked).findings] == [("TRIGGER", words)]


@pytest.mark.parametrize("engine", ["sqlite"])
def test_drift_is_told_as_what_it_was(worked: Database) -> None:
    with shell(worked) as outside:
        outside.execute("CREATE TABLE smuggled (id integer)")
        outside.execute("ALTER TABLE pair ADD COLUMN extra text")
        outside.execute("DROP INDEX ix_ledger_event_row")
    now = ["index ix_ledger_event_row missing", "table pair changed", "table smuggled added"]
    found = [(one.code, one.detail) for one in verify(worked, Small.metadata).findings]
    assert [one for one in found if one[0] == "SCHEMA"] == [("SCHEMA", words) for words in now]
    with migration(worked):
        pass
    assert stories(worked)[0]["drift"] == [words.rsplit(" ", 1) for words in now]
    then = [
        f"{name} had {change} before migration event 19"
        for name, change in (words.rsplit(" ", 1) for words in now)
    ]
    assert [one.detail for one in check(worked).findings] == then


TABLE = Audited("k", None, ("a",), ("a", "b"), (), frozenset())


@pytest.mark.parametrize(
    ("expected", "live", "rewritten"),
    [
        (None, None, None),
        ('{"a":1}', None, ('{"a":1}', None)),
        (None, '{"a":1.10}', (None, '{"a":1.10}')),
        ('{"a":1,"b":2}', '{"a":1,"b":2}', None),
        ('{"a":1,"b":2}', '{"a":1,"b":3}', ('{"b":2}', '{"b":3}')),
        ('{"a":1}', '{"a":1,"b":"甲"}', ("{}", '{"b":"甲"}')),
        ('{"a":1,"b":2}', '{"a":1}', ('{"b":2}', '{"b":null}')),
        ('{"a":1,"c":2}', '{"a":1,"c":3}', None),
        ('{"a":1.1}', '{"a":1.10}', ('{"a":1.1}', '{"a":1.10}')),
        ('{"a":1}', '{"a":1,"b":null}', None),
    ],
)
def test_a_row_is_written_down_when_and_as_it_moved(
    expected: str | None, live: str | None, rewritten: tuple[str | None, str | None] | None
) -> None:
    row = Folded("k", read(expected), read(live), ())
    assert moved(row, TABLE) == (rewritten is not None)
    if rewritten is not None:
        assert images(row, TABLE) == rewritten
