"""A revision that was claimed but not applied, and a migration that failed, are told."""

import pytest
from alembic import command
from alembic.util import CommandError
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

import app.models
from app import schema
from app.db import Database
from app.db_problems import DatabaseProblem
from app.ledger import history
from app.ledger.verify import verify

__all__ = ["app"]


def stamp(database: Database, revision: str) -> None:
    command.stamp(schema.configuration(database, "system:test", "stamp"), revision)


def test_a_stamp_that_lies_is_told_and_stays_told(database: Database) -> None:
    stamp(database, "0003_sources")
    report = verify(database)
    assert "STAMP" in report.codes
    with database.reading() as session:
        number = history.migrations(session)[0].eid
    claim = ("STAMP", f"migration event {number} says 0003_sources")
    assert claim in [(one.code, one.detail) for one in report.findings]
    stamp(database, schema.head())
    assert [(one.code, one.detail) for one in verify(database).findings] == [claim]


def test_a_stamp_of_what_is_there_is_honest(database: Database) -> None:
    stamp(database, schema.head())
    assert verify(database).findings == []


def test_a_head_that_lacks_a_table_is_told(sqlite_database: Database) -> None:
    with sqlite_database.migrating("system:test") as connection:
        connection.execute(text("DROP TABLE form_receipt"))
    report = verify(sqlite_database)
    assert "SCHEMA" in report.codes
    assert any("form_receipt." in finding.detail for finding in report.findings)


def test_a_migration_that_fails_is_entered(database: Database) -> None:
    schema.downgrade(database, "0006_checking")
    with database.migrating("system:test") as connection:
        connection.execute(text("CREATE TABLE appendix (id integer)"))
    with pytest.raises((DatabaseProblem, DBAPIError), match="appendix"):
        schema.upgrade(database, actor="system:migrator")
    with database.reading() as session:
        failed = history.entries(session, kind="act", table="schema")[0]
    assert failed.actor == "system:migrator"
    assert failed.op == "F"
    assert failed.new is not None
    assert failed.new["from"] == "0006_checking"
    assert "appendix" in failed.new["error"]
    assert failed.via == "app"


def test_asking_for_no_such_revision_is_entered_too(sqlite_database: Database) -> None:
    with pytest.raises(CommandError):
        schema.upgrade(sqlite_database, "0999_never")
    with sqlite_database.reading() as session:
        assert len(history.entries(session, kind="act", table="schema")) in {0, 1}
    assert verify(sqlite_database).findings == []
