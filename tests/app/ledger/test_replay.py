"""Replay at every number gives what the tables held when the ledger had that number."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from app import schema
from app.db import Database
from app.ledger import history, replay
from app.ledger.audited import audited
from app.ledger.leaf import Written, read
from app.ledger.tables import run
from app.ledger.triggers import live_rows
from app.ledger.upcast import State
from tests.app.ledger.small import Note, Small, furnish, migration
from tests.app.ledger.test_migration import as_operations
from tests.engines import Maker

TABLES = ("note", "pair", "remark")
Held = dict[int, State]
"""What the tables held, by ledger number."""


def state_of(connection: Connection) -> State:
    """The watched rows of today as the ledger would write them, nulls left out."""
    return {
        table.table: {
            str(row[0]): plain(read(row[1]) or {})
            for row in run(connection, live_rows(connection, table))
        }
        for table in audited(connection, Small.metadata)
        if table.table in TABLES
    }


def plain(image: dict[str, Any]) -> dict[str, Any]:
    """An image without nulls, numbers as they were written."""
    return {
        name: value.text if isinstance(value, Written) else value
        for name, value in image.items()
        if value is not None
    }


def replayed(session: Session, position: int) -> State:
    then = replay.era(session, Small.metadata, position)
    return {
        table: {pk: plain(row) for pk, row in replay.images(session, table, then).items()}
        for table in TABLES
    }


class Recorder:
    """A desk that writes down what it holds after every statement."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.held: Held = {}
        self.count = 0

    def position(self) -> int:
        self.database.seal()
        with self.database.reading() as session:
            return history.position(session)

    def writing(self, statements: list[str]) -> None:
        """Run statements in one transaction, looking after each."""
        base = self.position()
        with self.database.writing("editor:ana", "r1") as session:
            first = self.last_event(session)
            for statement in statements:
                session.execute(text(statement))
                number = base + self.last_event(session) - first
                self.held[number] = state_of(session.connection())

    def last_event(self, session: Session) -> int:
        here = "" if self.database.is_sqlite else "ledger."
        query = f"SELECT coalesce(max(eid), 0) FROM {here}ledger_event"  # noqa: S608
        return int(session.execute(text(query)).scalar_one())

    def migrate(self, change: Callable[[Operations], Any]) -> None:
        with migration(self.database) as connection:
            change(as_operations(connection))
        number = self.position()
        with self.database.reading() as session:
            self.held[number] = state_of(session.connection())


def insert(number: int) -> str:
    return (
        "INSERT INTO note (id, title, figure, done) VALUES"  # noqa: S608
        f" ('n{number}', '份额 {number}', '{number}.10', {'true' if number % 2 else 'false'})"
    )


ROW = st.integers(0, 3)
STATEMENTS = st.one_of(
    st.builds("UPDATE note SET title = title || '!' WHERE id <> 'n{}'".format, ROW),
    st.builds("UPDATE note SET figure = NULL, done = NOT done WHERE id = 'n{}'".format, ROW),
    st.builds("DELETE FROM note WHERE id = 'n{}'".format, ROW),
    st.builds('UPDATE pair SET "right" = "right" || \'x\' WHERE "left" = \'l{}\''.format, ROW),
    st.builds("DELETE FROM remark WHERE note_id = 'n{}'".format, ROW),
    st.just("UPDATE remark SET body = 'all'"),
)
MIGRATIONS: dict[str, Callable[[Operations], Any]] = {
    "drop": lambda op: _batch(op, lambda batch: batch.drop_column("data")),
    "add": lambda op: _batch(op, lambda batch: batch.add_column(sa.Column("data", sa.LargeBinary))),
}
STEPS = st.lists(
    st.one_of(st.lists(STATEMENTS, min_size=1, max_size=3), st.just("migrate")),
    min_size=2,
    max_size=7,
)


def _batch(op: Operations, change: Callable[[Any], None]) -> None:
    with op.batch_alter_table("note") as batch:
        change(batch)


def begun(make_database: Maker, engine: str) -> Recorder:
    database = make_database(engine, holding="nothing")
    schema.upgrade(database, "0001_ledger", actor="system:test")
    furnish(database)
    recorder = Recorder(database)
    recorder.writing(
        [
            *(insert(number) for number in range(4)),
            *(
                f"INSERT INTO remark VALUES ('m{number}', 'n{number}', 'b')"  # noqa: S608
                for number in range(4)
            ),
            *(
                f"INSERT INTO pair VALUES ('l{number}', 'r', 'b')"  # noqa: S608
                for number in range(4)
            ),
        ]
    )
    return recorder


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=STEPS)
def test_replay_at_every_number_is_what_was_held_then(
    make_database: Maker, engine: str, steps: list[Any]
) -> None:
    recorder = begun(make_database, engine)
    dropped = False
    for step in steps:
        if step == "migrate":
            recorder.migrate(MIGRATIONS["add" if dropped else "drop"])
            dropped = not dropped
        else:
            recorder.writing(step)
    recorder.database.seal()
    with recorder.database.reading() as session:
        for number, held in sorted(recorder.held.items()):
            assert replayed(session, number) == held, number
    recorder.database.close()


def test_a_column_that_came_later_is_known_to_have(worked: Database) -> None:
    with worked.reading() as session:
        before = history.position(session)
    with migration(worked) as connection:
        as_operations(connection).add_column("note", sa.Column("colour", sa.Text))
    table = Small.metadata.tables["note"]
    table.append_column(sa.Column("colour", sa.Text))
    try:
        with worked.reading() as session:
            assert replay.era(session, Small.metadata, before).later == {"note": {"colour"}}
            now = replay.era(session, Small.metadata, history.position(session))
            assert now.later == {}
    finally:
        table._columns.remove(table.c.colour)  # noqa: SLF001


def test_a_table_that_came_later_is_absent_before(worked: Database) -> None:
    with worked.reading() as session:
        assert "note" in replay.era(session, Small.metadata, 0).absent
        assert replay.era(session, Small.metadata, 0).revision == "base"


def test_rubbish_written_by_hand_changes_nothing(sqlite_desk: Database) -> None:
    with sqlite_desk.writing("editor:ana") as session:
        session.add(Note(id="n1", title="one"))
    with sqlite_desk.writing("editor:bo") as session:
        session.execute(
            text(
                "INSERT INTO ledger_event(kind, tbl, pk, op, at, old, new, salt)"
                " VALUES ('row', 'note', 'n1', 'U', '2026', '{}', 'no image', x'00')"
            )
        )
    with sqlite_desk.reading() as session:
        then = replay.era(session, Small.metadata, history.position(session))
        assert replay.images(session, "note", then)["n1"]["title"] == "one"


@pytest.mark.parametrize("keys", [["n0"], ["n0", "n1", "nowhere"]])
def test_keys_narrow_the_rows(worked: Database, keys: list[str]) -> None:
    with worked.reading() as session:
        then = replay.era(session, Small.metadata, history.position(session))
        found = replay.images(session, "note", then, keys)
        assert set(found) == set(keys) - {"nowhere"}


def test_what_was_deleted_since_is_found(worked: Database) -> None:
    with worked.reading() as session:
        gone = replay.removed_since(session, "note", 0)
        assert [row["title"] for row in gone.values()] == ["份额 3"]
        assert replay.removed_since(session, "note", history.position(session)) == {}


def test_the_number_of_a_moment_counts_the_entries_up_to_it(worked: Database) -> None:
    with worked.reading() as session:
        assert replay.position_at(session, "1999-12-31T23:59:59.000Z") == 0
        assert replay.position_at(session, "2999-12-31T23:59:59.000Z") == history.position(session)
        entries = history.entries(session, limit=10000)[::-1]
        for entry in entries:
            number = replay.position_at(session, entry.at)
            assert number == sum(other.at <= entry.at for other in entries)


def test_an_erased_value_is_said_to_be_until_another_takes_its_place() -> None:
    red = '{"d":{"n.title":"00"},"s":{}}'
    inserted = ("n1", 1, False, '{"id":"n1","done":0}', red)
    changed = ("n1", 2, True, '{"title":"[erased]"}', None)
    assert replay.laid([inserted], []) == {"id": "n1", "done": 0, "title": replay.ERASED}
    assert replay.laid([inserted, changed], [])["title"] == "[erased]"  # type: ignore[index]
    assert replay.erased("rubbish") == []
