"""Every way to write is captured, on both engines, exactly once and by name."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, insert, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db import Database
from app.db_problems import Refused
from app.ledger import triggers, triggers_sqlite
from app.ledger.audited import Audited
from tests.app.ledger.small import Note, Pair, Person, Receipt, Remark, Small, captured, check

Write = Callable[[Session], Any]
Step = tuple[str, str]
TABLE = Small.metadata.tables["note"]


def upsert(session: Session, **values: Any) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(Note).values(**values)
    session.execute(
        statement.on_conflict_do_update(index_elements=["id"], set_={"title": values["title"]})
    )


def skip_existing(session: Session, **values: Any) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    session.execute(dialect.insert(Note).values(**values).on_conflict_do_nothing())


def orm_update(session: Session) -> None:
    session.get_one(Note, "n1").title = "new"


def orm_delete(session: Session) -> None:
    session.delete(session.get_one(Note, "n1"))


WRITES: dict[str, tuple[Write, list[Step]]] = {
    "orm insert": (lambda s: s.add(Note(id="n9", title="t9", done=False)), [("n9", "I")]),
    "orm update": (orm_update, [("n1", "U")]),
    "orm delete": (orm_delete, [("n1", "D")]),
    "bulk insert": (
        lambda s: s.execute(
            insert(Note), [{"id": f"b{n}", "title": f"b{n}", "done": False} for n in range(3)]
        ),
        [("b0", "I"), ("b1", "I"), ("b2", "I")],
    ),
    "bulk update by key": (
        lambda s: s.execute(update(Note), [{"id": "n1", "title": "x"}, {"id": "n2", "title": "y"}]),
        [("n1", "U"), ("n2", "U")],
    ),
    "update by condition": (
        lambda s: s.execute(update(Note).where(Note.id == "n2").values(done=True)),
        [("n2", "U")],
    ),
    "delete by condition": (
        lambda s: s.execute(delete(Note).where(Note.id == "n2")),
        [("n2", "D")],
    ),
    "core executemany": (
        lambda s: s.connection().execute(
            update(TABLE).where(TABLE.c.id == bindparam("key")),
            [{"key": "n1", "title": "p"}, {"key": "n2", "title": "q"}],
        ),
        [("n1", "U"), ("n2", "U")],
    ),
    "raw sql": (
        lambda s: s.execute(text("UPDATE note SET title = title || '!' WHERE id = 'n1'")),
        [("n1", "U")],
    ),
    "insert from select": (
        lambda s: s.execute(
            text("INSERT INTO note(id, title, done) SELECT id || 'c', title || 'c', done FROM note")
        ),
        [("n1c", "I"), ("n2c", "I")],
    ),
    "upsert of a new row": (lambda s: upsert(s, id="n9", title="t9", done=False), [("n9", "I")]),
    "upsert of a known row": (lambda s: upsert(s, id="n1", title="up", done=False), [("n1", "U")]),
    "insert or nothing": (lambda s: skip_existing(s, id="n1", title="no", done=False), []),
    "a new key": (
        lambda s: s.execute(text("UPDATE note SET id = 'n8' WHERE id = 'n2'")),
        [("n2", "D"), ("n8", "I")],
    ),
    "nothing changed": (lambda s: s.execute(text("UPDATE note SET title = title")), []),
}


@pytest.fixture
def two_notes(desk: Database) -> Database:
    with desk.writing("editor:ana") as session:
        session.add_all([Note(id="n1", title="one"), Note(id="n2", title="two")])
    return desk


@pytest.mark.parametrize(("write", "expected"), WRITES.values(), ids=WRITES.keys())
def test_each_way_to_write_is_captured(
    two_notes: Database, write: Write, expected: list[Step]
) -> None:
    """T-LED-3: nothing is written that the ledger does not have."""
    with two_notes.writing("editor:bo", "r1") as session:
        write(session)
    with two_notes.reading() as session:
        events = captured(session, "note")[2:]
    assert sorted((event.pk, event.op) for event in events) == sorted(expected)
    assert {event.actor for event in events} <= {"editor:bo"}
    assert check(two_notes).findings == []


def test_a_cascade_is_captured_row_by_row(two_notes: Database) -> None:
    with two_notes.writing("editor:bo") as session:
        session.add_all([Remark(id=f"m{n}", note_id="n1", body="b") for n in range(2)])
    with two_notes.writing("editor:bo") as session:
        session.execute(text("DELETE FROM note WHERE id = 'n1'"))
    with two_notes.reading() as session:
        steps = [(event.pk, event.op) for event in captured(session, "remark")]
    assert steps == [("m0", "I"), ("m1", "I"), ("m0", "D"), ("m1", "D")]
    assert check(two_notes).findings == []


def test_replace_is_captured_as_what_it_is(sqlite_desk: Database) -> None:
    with sqlite_desk.writing("editor:bo") as session:
        session.add(Note(id="n1", title="one"))
    with sqlite_desk.writing("editor:bo") as session:
        statement = "INSERT OR REPLACE INTO note(id, title, done) VALUES ('n2', 'one', 0)"
        session.execute(text(statement))
    with sqlite_desk.reading() as session:
        steps = [(event.pk, event.op) for event in captured(session, "note")]
    assert steps == [("n1", "I"), ("n1", "D"), ("n2", "I")]
    assert check(sqlite_desk).findings == []


def test_copy_and_merge_are_captured(postgresql_desk: Database) -> None:
    database = postgresql_desk
    with database.writing("editor:bo") as session:
        driver = session.connection().connection.driver_connection
        assert driver is not None
        with driver.cursor().copy("COPY note(id, title, done) FROM STDIN") as copy:
            copy.write_row(("n1", "one", False))
        session.execute(
            text(
                "MERGE INTO note USING (VALUES ('n1'), ('n2')) AS v(id) ON note.id = v.id"
                " WHEN MATCHED THEN UPDATE SET title = 'merged'"
                " WHEN NOT MATCHED THEN INSERT (id, title, done) VALUES (v.id, v.id, true)"
            )
        )
    with database.reading() as session:
        steps = [(event.pk, event.op) for event in captured(session, "note")]
    assert sorted(steps) == [("n1", "I"), ("n1", "U"), ("n2", "I")]
    assert check(database).findings == []


def test_an_update_holds_only_what_changed(two_notes: Database) -> None:
    for figure in ("1.10", "1.1"):
        with two_notes.writing("editor:bo") as session:
            change = update(Note).where(Note.id == "n1").values(figure=Decimal(figure))
            session.execute(change)
    with two_notes.reading() as session:
        last = captured(session, "note")[-1]
    assert last.old is not None
    assert last.new is not None
    assert json.loads(last.old, parse_float=str) == {"figure": "1.10"}
    assert json.loads(last.new, parse_float=str) == {"figure": "1.1"}


def test_bytes_are_captured_in_hexadecimal(two_notes: Database) -> None:
    with two_notes.writing("editor:bo") as session:
        session.get_one(Note, "n1").data = b"\x00\xff"
    with two_notes.reading() as session:
        last = captured(session, "note")[-1]
    assert last.new is not None
    assert "00ff" in last.new.lower()
    assert check(two_notes).findings == []


def test_a_secret_never_enters_the_ledger_but_its_change_does(desk: Database) -> None:
    """T-SEC: what is secret is shown nowhere."""
    with desk.writing("editor:ana") as session:
        session.add(Person(id="p1", name="Bo", password="canary-one"))
    with desk.writing("editor:bo") as session:
        session.get_one(Person, "p1").password = "canary-two"
    with desk.reading() as session:
        events = captured(session, "person")
    assert [(event.op, event.actor) for event in events] == [
        ("I", "editor:ana"),
        ("U", "editor:bo"),
    ]
    assert "canary" not in repr(events)
    assert "password" not in repr(events)
    assert check(desk).findings == []


def test_a_key_of_two_columns_is_one_name_on_both_engines(desk: Database) -> None:
    with desk.writing("editor:ana") as session:
        session.add(Pair(left='a"', right="乙", body="x"))
    with desk.reading() as session:
        assert [event.pk for event in captured(session, "pair")] == ['["a\\"","乙"]']
    assert check(desk).findings == []


def test_an_unaudited_table_leaves_no_trace(desk: Database) -> None:
    with desk.writing("editor:ana") as session:
        session.add(Receipt(id="r1", body="x"))
    with desk.reading() as session:
        assert captured(session, "receipt") == []


FORBIDDEN = {
    "delete of a kept row": "DELETE FROM person",
    "update of an immutable row": "UPDATE stamp SET body = 'x'",
    "delete of an immutable row": "DELETE FROM stamp",
    "a guard of the domain": "INSERT INTO remark VALUES ('m9', 'n1', 'loud!!')",
}


@pytest.mark.parametrize("statement", FORBIDDEN.values(), ids=FORBIDDEN.keys())
def test_what_a_mark_or_a_guard_forbids_is_refused(worked: Database, statement: str) -> None:
    with pytest.raises(Refused), worked.writing("editor:bo") as session:
        session.execute(text(statement))
    assert check(worked).findings == []


@pytest.mark.parametrize("table", ["note", "person", "ledger.ledger_event", "ledger.ledger_leaf"])
def test_truncate_is_refused(postgresql_desk: Database, table: str) -> None:
    with pytest.raises(Refused), postgresql_desk.writing("editor:bo") as session:
        session.execute(text(f"TRUNCATE {table} CASCADE"))


def test_rolled_back_work_leaves_nothing(desk: Database) -> None:
    with pytest.raises(ZeroDivisionError), desk.writing("editor:bo") as session:  # noqa: PT012 - the exception is how the block ends.
        session.add(Note(id="n1", title="one"))
        session.flush()
        raise ZeroDivisionError
    with desk.reading() as session:
        assert captured(session, "note") == []
    assert check(desk).findings == []


def test_a_savepoint_that_failed_leaves_nothing(desk: Database) -> None:
    with desk.writing("editor:bo") as session:
        session.add(Note(id="n1", title="one"))
        session.flush()
        point = session.begin_nested()
        session.add(Note(id="n2", title="two"))
        session.flush()
        point.rollback()
    with desk.reading() as session:
        assert [event.pk for event in captured(session, "note")] == ["n1"]
    assert check(desk).findings == []


def test_installing_twice_changes_nothing(desk: Database) -> None:
    with desk.migrating("system:test") as connection:
        first = triggers.install(connection, Small.metadata)
        assert triggers.install(connection, Small.metadata) == first
    assert check(desk).findings == []


SENTENCES = {
    "DELETE FROM person": "person keeps its rows",
    "UPDATE stamp SET body = 'x'": "stamp never changes",
    "DELETE FROM stamp": "stamp keeps its rows",
    "INSERT INTO remark VALUES ('m9', 'n1', 'loud!!')": "no shouting",
    "UPDATE {}ledger_event SET actor = 'x'": "ledger_event is append-only",
    "DELETE FROM {}ledger_event": "ledger_event is append-only",
    "UPDATE {}ledger_leaf SET via = 'x'": "ledger_leaf is append-only",
    "DELETE FROM {}ledger_leaf": "ledger_leaf is append-only",
    "UPDATE {}ledger_checkpoint SET note = 'x'": "ledger_checkpoint is append-only",
    "DELETE FROM {}ledger_checkpoint": "ledger_checkpoint is append-only",
}
ONLY_SQLITE = {
    "INSERT OR REPLACE INTO person VALUES ('p1', 'x', 'y')": "person keeps its rows",
    "INSERT OR REPLACE INTO stamp VALUES ('s1', 'y')": "stamp keeps its rows",
    "INSERT OR REPLACE INTO ledger_leaf SELECT * FROM ledger_leaf": "ledger_leaf is append-only",
    "INSERT OR REPLACE INTO ledger_event SELECT * FROM ledger_event": "ledger_event is append-only",
    "INSERT OR REPLACE INTO ledger_checkpoint SELECT * FROM ledger_checkpoint": (
        "ledger_checkpoint is append-only"
    ),
}
ONLY_POSTGRESQL = {
    "TRUNCATE note CASCADE": "note is not emptied at one stroke",
    "TRUNCATE pair": "pair is not emptied at one stroke",
    "TRUNCATE ledger.ledger_event": "ledger_event is append-only",
    "TRUNCATE ledger.ledger_leaf": "ledger_leaf is append-only",
    "TRUNCATE ledger.ledger_checkpoint": "ledger_checkpoint is append-only",
}


def test_a_refusal_says_which_table_and_why(worked: Database) -> None:
    here = "" if worked.is_sqlite else "ledger."
    for statement, sentence in (
        SENTENCES | (ONLY_SQLITE if worked.is_sqlite else ONLY_POSTGRESQL)
    ).items():
        with pytest.raises(Refused) as refused, worked.writing("editor:bo") as session:
            session.execute(text(statement.format(here)))
        assert str(refused.value) == sentence
    assert check(worked).findings == []


OWN = ("ledger_checkpoint", "ledger_event", "ledger_leaf")
NAMES = {
    "sqlite": {
        *(f"ledger_{table}_{kind}" for table in ("note", "pair", "person", "remark", "stamp")
          for kind in ("insert", "update", "rekey", "delete")),
        *(f"ledger_{table}_{kind}" for table in ("person", "stamp") for kind in ("kept", "taken")),
        "ledger_stamp_fixed",
        *(f"{table}_{kind}" for table in OWN for kind in ("kept", "fixed", "taken")),
        "guard_no_shouting",
    },
    "postgresql": {
        *(f"{table}.ledger_{kind}" for table in ("note", "pair", "person", "remark", "stamp")
          for kind in ("row", "truncate")),
        *(f"{table}.ledger_kept" for table in ("person", "stamp")),
        "stamp.ledger_fixed",
        *(f"ledger.{table}.ledger_{kind}" for table in OWN
          for kind in ("kept", "fixed", "truncate")),
        "remark.guard_no_shouting",
    },
}  # fmt: skip


def test_these_triggers_stand_and_no_other(engine: str, desk: Database) -> None:
    with desk.reading() as session:
        found = triggers.existing_triggers(session.connection())
    names = {name if desk.is_sqlite else f"{table}.{name}" for name, table in found}
    own = {name for name in names if name.startswith("ledger_ctx")}
    assert names - own == NAMES[engine]


def test_the_fingerprint_of_what_the_code_wants_is_that_of_names_and_texts() -> None:
    expected = sha256(b"a\0one\0b\0two").hexdigest()
    assert triggers.digest({"b": "two", "a": "one"}) == expected


def test_a_table_with_more_fields_than_json_object_takes_is_refused() -> None:
    fields = tuple(f"f{number}" for number in range(61))
    wide = Audited("wide", None, ("f0",), fields, (), frozenset())
    with pytest.raises(ValueError, match="wide has more than 60 fields for the ledger to hold"):
        triggers_sqlite.image(wide, "NEW")
    assert triggers_sqlite.image(replace(wide, fields=fields[:60]), "NEW").count("NEW.") == 60
