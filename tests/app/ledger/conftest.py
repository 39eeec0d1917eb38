"""The small desk on each engine, empty or with some work done on it."""

import pytest

from app import schema
from app.db import Database
from tests.app.ledger.small import Note, Pair, Person, Remark, Stamp, furnish
from tests.engines import Maker


@pytest.fixture
def desk(empty_database: Database) -> Database:
    """The small tables under the ledger, without rows."""
    schema.upgrade(empty_database, "0001_ledger", actor="system:test")
    furnish(empty_database)
    return empty_database


@pytest.fixture
def sqlite_desk(make_database: Maker) -> Database:
    """As ``desk``, on SQLite."""
    database = make_database("sqlite", migrated=False)
    schema.upgrade(database, "0001_ledger", actor="system:test")
    furnish(database)
    return database


@pytest.fixture
def worked(desk: Database) -> Database:
    """The small desk after some honest work by two people."""
    for number in range(4):
        with desk.writing("editor:ana", f"r{number}") as session:
            note = Note(id=f"n{number}", title=f"份额 {number}")
            session.add(note)
            session.flush()
            session.add(Remark(id=f"m{number}", note_id=note.id, body=f"remark {number}"))
    with desk.writing("editor:bo", "r9") as session:
        session.add(Person(id="p1", name="Bo", password="hash"))
        session.add(Stamp(id="s1", body="signed"))
        session.add(Pair(left="a", right="b", body="x"))
        note_one = session.get_one(Note, "n1")
        note_one.done = True
    with desk.writing("editor:bo", "r10") as session:
        session.get_one(Note, "n1").title = "份额 changed"
        session.delete(session.get_one(Note, "n3"))
    desk.seal()
    return desk


@pytest.fixture
def postgresql_desk(make_database: Maker) -> Database:
    """As ``desk``, on PostgreSQL."""
    database = make_database("postgresql", migrated=False)
    schema.upgrade(database, "0001_ledger", actor="system:test")
    furnish(database)
    return database
