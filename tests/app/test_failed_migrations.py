"""A migration that fails leaves the schema as it was, and an entry that it was tried."""

import pytest
from alembic.util import CommandError

from app import schema
from app.accounts.roles import Role
from app.db import Database
from app.ledger import history
from app.ledger.verify import verify
from tests.app.views.visit import Visit


def test_a_failed_attempt_is_an_entry_and_shown(database: Database) -> None:
    at = schema.current(database)
    with pytest.raises(CommandError, match="9999_nowhere"):
        schema.upgrade(database, "9999_nowhere", actor="editor:ops")
    assert schema.current(database) == at
    with database.reading() as session:
        newest = history.entries(session, limit=1)[0]
    assert (newest.kind, newest.table, newest.op) == ("act", "schema", "F")
    assert newest.actor == "editor:ops"
    assert newest.new is not None
    assert newest.new["from"] == at
    assert "9999_nowhere" in newest.new["error"]
    database.seal()
    assert verify(database).findings == []
    page = Visit(database, Role.AUDITOR).get("/audit/migrations").text
    assert "Schema migration failed" in page
    assert f"the schema stayed at {at}" in page


def test_an_empty_database_has_nowhere_to_write_it(empty_database: Database) -> None:
    with pytest.raises(CommandError):
        schema.upgrade(empty_database, "9999_nowhere", actor="editor:ops")
    assert schema.current(empty_database) == "base"


def test_looking_is_no_attempt(database: Database) -> None:
    with database.reading() as session:
        before = history.position(session)
    assert schema.differences(database) == []
    database.seal()
    with database.reading() as session:
        assert history.position(session) == before
