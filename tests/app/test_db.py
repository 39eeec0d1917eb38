"""Sessions read or write, commit once, and say what the engine refused in words of ours."""

import threading
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

import app.db as module
from app.accounts.models import Account
from app.config import Settings
from app.db import Database
from app.db_problems import Busy, DatabaseProblem, NotMigrated, ReadOnly, Unavailable
from app.ledger.turns import Turns, TurnTimeoutError

SQLITE: Any = pysqlite3
INSERT = text(
    "INSERT INTO form_receipt (key, actor, path, received_at)"
    " VALUES (:key, 'a', '/', '2026-01-01T00:00:00.000000Z')"
)


def count(database: Database) -> int:
    with database.reading() as session:
        return int(session.execute(text("SELECT count(*) FROM form_receipt")).scalar_one())


def test_leaving_a_writing_session_commits_and_an_exception_does_not(database: Database) -> None:
    with database.writing("editor:ana") as session:
        session.execute(INSERT, {"key": "one"})
    with pytest.raises(ZeroDivisionError), database.writing("editor:ana") as session:  # noqa: PT012 - the exception is how the block ends.
        session.execute(INSERT, {"key": "two"})
        raise ZeroDivisionError
    assert count(database) == 1


def test_a_reading_session_cannot_write(database: Database) -> None:
    with pytest.raises(ReadOnly), database.reading() as session:
        session.execute(INSERT, {"key": "one"})
    with database.writing("editor:ana") as session:
        session.execute(INSERT, {"key": "one"})


def test_nobody_commits_or_rolls_back_in_the_middle(database: Database) -> None:
    with database.writing("editor:ana") as session:
        with pytest.raises(RuntimeError):
            session.commit()
        with pytest.raises(RuntimeError):
            session.rollback()


def test_a_change_needs_a_name(database: Database) -> None:
    with pytest.raises(ValueError, match="named"), database.writing(""):
        pass


def test_a_broken_constraint_reaches_the_domain_as_it_is(database: Database) -> None:
    with pytest.raises(IntegrityError), database.writing("editor:ana") as session:  # noqa: PT012 - the exception is how the block ends.
        session.execute(INSERT, {"key": "one"})
        session.execute(INSERT, {"key": "one"})


def test_an_empty_database_says_that_it_wants_a_migration(empty_database: Database) -> None:
    with pytest.raises(NotMigrated), empty_database.writing("editor:ana"):
        pass


def test_a_unit_of_work_does_not_hold_another(sqlite_database: Database) -> None:
    with (
        pytest.raises(RuntimeError, match="already"),
        sqlite_database.writing("editor:ana"),
        sqlite_database.writing("editor:ana"),
    ):
        pass


def test_a_writer_in_another_process_is_waited_for_and_then_named(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PRAGMAS", ("busy_timeout = 50",))
    sqlite_database.engine.dispose()
    file = sqlite_database.settings.database_url.removeprefix("sqlite:///")
    other = SQLITE.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(Busy), sqlite_database.writing("editor:ana"):
            pass
    finally:
        other.close()


def test_a_server_that_is_not_there_is_unavailable(tmp_path: Path) -> None:
    environ = {
        "DESK_HOME": str(tmp_path),
        "DESK_DATABASE_URL": f"postgresql://nobody@/none?host={tmp_path}",
    }
    database = Database(Settings.load(environ))
    with pytest.raises(Unavailable), database.reading() as session:
        session.execute(text("SELECT 1"))


def test_an_sqlite_that_can_damage_the_file_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pysqlite3, "sqlite_version_info", (3, 51, 2))
    with pytest.raises(DatabaseProblem, match=r"3\.51\.3"):
        Database(Settings.load({"DESK_HOME": str(tmp_path)}))


def test_sqlite_is_set_up_to_lose_nothing(sqlite_database: Database) -> None:
    """T-FAULT: a power cut: every commit is on the disk before it is answered."""
    wanted = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "recursive_triggers": 1,
        "trusted_schema": 0,
        "busy_timeout": 10000,
    }
    with sqlite_database.reading() as session:
        for name, value in wanted.items():
            assert session.execute(text(f"PRAGMA {name}")).scalar_one() == value


def test_turns_come_in_the_order_of_asking() -> None:
    turns, order, threads = Turns(), [], []

    def take(number: int) -> None:
        with turns.turn(10):
            order.append(number)

    with turns.turn(1):
        for number in range(5):
            thread = threading.Thread(target=take, args=(number,))
            thread.start()
            threads.append(thread)
            while len(turns._waiting) <= number:  # noqa: SLF001 - the order must be certain.
                threading.Event().wait(0.001)
    for thread in threads:
        thread.join()
    assert order == [0, 1, 2, 3, 4]


def test_a_turn_that_does_not_come_is_given_up_and_not_lost() -> None:
    turns = Turns()
    failed: list[bool] = []

    def take() -> None:
        try:
            with turns.turn(0.01):
                pass
        except TurnTimeoutError:
            failed.append(True)

    with turns.turn(1):
        thread = threading.Thread(target=take)
        thread.start()
        thread.join()
    assert failed == [True]
    with turns.turn(1):
        pass


def test_a_reading_session_locks_no_rows_on_either_engine(database: Database) -> None:
    locking = select(Account.id).with_for_update()
    with pytest.raises(ReadOnly), database.reading() as session:
        session.scalars(locking).all()
    with database.writing("editor:li.wei") as session:
        assert session.scalars(locking).all() == []
