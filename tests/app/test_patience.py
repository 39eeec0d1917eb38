"""Whoever waits for a page waits so long and no longer; nothing is half done, and jobs go on."""

import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from app import db, patience
from app.config import Settings
from app.db import Database
from app.db_problems import TooSlow
from app.factory import create_app
from app.unit_of_work import in_unit_of_work, session
from tests.app.views.visit import Visit

LONG = {
    "sqlite": "WITH RECURSIVE n(i) AS (VALUES(0) UNION ALL SELECT i+1 FROM n WHERE i < 20000000)"
    " SELECT count(*) FROM n",
    "postgresql": "SELECT pg_sleep(20)",
}
SLOW = {
    name: f"INSERT INTO quota_use SELECT 'writes', 'x', '2026-01-01', ({statement})"
    for name, statement in LONG.items()
} | {"postgresql": "INSERT INTO quota_use SELECT 'writes', 'x', '2026-01-01', 1 FROM pg_sleep(20)"}

COUNTED = 20_000
SHORT = (
    f"WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i < {COUNTED})"  # noqa: S608
    " SELECT count(*) FROM n"
)


@pytest.fixture
def hurried(database: Database) -> Iterator[Database]:
    token = patience.begin(0.3)
    yield database
    patience.end(token)


def long(opened: Session) -> None:
    opened.execute(text(LONG[opened.get_bind().dialect.name]))


def begin_and_stay(opened: Session) -> None:
    opened.execute(text("INSERT INTO quota_use VALUES ('writes', 'x', '2026-01-01', 1)"))
    long(opened)


def test_a_statement_that_takes_too_long_is_ended(hurried: Database) -> None:
    """T-DOS: its transaction is undone whole, and the next one is as good as ever."""
    begun = time.monotonic()
    with pytest.raises(TooSlow), hurried.reading() as opened:
        long(opened)
    with pytest.raises(TooSlow), hurried.writing("editor:li.wei") as opened:
        begin_and_stay(opened)
    assert time.monotonic() - begun < 15
    with hurried.writing("editor:li.wei") as opened:
        assert opened.scalar(text("SELECT count(*) FROM quota_use")) == 0


def test_a_write_that_takes_too_long_inside_a_form_is_too_slow_as_well(hurried: Database) -> None:
    """T-DOS: SQLite undoes everything then, the savepoint of the form as well."""
    with (
        pytest.raises(TooSlow),
        hurried.writing("editor:li.wei") as opened,
        opened.begin_nested(),
    ):
        opened.execute(text(SLOW[opened.get_bind().dialect.name]))
    with hurried.writing("editor:li.wei") as opened:
        assert opened.scalar(text("SELECT count(*) FROM quota_use")) == 0


def test_it_is_each_statement_that_is_measured(hurried: Database) -> None:
    with hurried.reading() as opened:
        for _ in range(3):
            time.sleep(0.2)
            # Long enough that SQLite looks at its clock while it runs.
            assert opened.scalar(text(SHORT)) == COUNTED


def test_jobs_and_commands_take_their_time(database: Database) -> None:
    with database.reading() as opened:
        if not database.is_sqlite:
            assert opened.scalar(text("SHOW statement_timeout")) == "0"
        assert patience.seconds() is None


@pytest.mark.parametrize("write", [False, True])
def test_the_page_says_that_the_desk_is_busy(database: Database, *, write: bool) -> None:
    database.settings = replace(database.settings, statement_seconds=1)
    visit = Visit(database)

    def slow(*_: Any, **__: Any) -> str:
        long(session())
        return ""

    endpoint = "accounts.sign_out" if write else "help.index"
    visit.app.view_functions[endpoint] = in_unit_of_work(slow)
    page = visit.post("/sign-out", 503).text if write else visit.get("/help", 503).text
    assert "系统正忙" in page
    assert "The desk is busy" in page
    visit.get("/queue?view=all")


def test_a_request_without_a_free_connection_is_answered(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-DOS: it waits a while and no longer."""
    small = {"pool_size": 1, "max_overflow": 0, "pool_timeout": 0.2}
    monkeypatch.setattr(db, "POOL", small)
    settings = Settings.load({"DESK_HOME": str(sqlite_database.settings.home)})
    database = Database(settings)
    client = create_app(settings, database).test_client()
    with database.engine.connect():
        assert client.get("/sign-in").status_code == 503
    assert client.get("/sign-in").status_code == 200
    database.close()
