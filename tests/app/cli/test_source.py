"""Sources are captured from the command line: one by name, or all of which there is no copy."""

import json

import pytest
from click.testing import CliRunner, Result

from app.captures import Progress
from app.cli.source import source as commands
from app.db import Database
from sources.registry import add_source
from tests.app.capturing import a_page, newest, worker
from tests.sources.servers import answer, fetcher, serving
from tests.sources.test_capture import BY, PAGE


@pytest.fixture
def home(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation the command finds by its environment."""
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_database.settings.database_url)
    return sqlite_database


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["capture", *arguments])


def test_all_sources_without_a_copy_are_asked_for_once(home: Database) -> None:
    with serving(answer(PAGE)) as server:
        pages = [a_page(home, server, f"/{number}") for number in range(2)]
        with home.writing(BY) as session:
            add_source(session, by=BY, title="A book")
        asked = run("--all-missing", "--json")
        assert asked.exit_code == 0, asked.output
        assert [entry["key"] for entry in json.loads(asked.stdout)] == [row.key for row in pages]
        assert worker(home, fetcher(server)).run_ready() == 2
    assert newest(home, pages[0]).progress is Progress.KEPT
    assert newest(home, pages[0]).attempt.created_by.startswith("system:cli")
    assert run("--all-missing").stdout == ""


def test_what_cannot_be_asked_for_says_why_and_keeps_no_other_from_it(home: Database) -> None:
    with home.writing(BY) as session:
        book = add_source(session, by=BY, title="A book").key
        page = add_source(session, by=BY, url="https://news.example/a").key
    said = run(book, "nobody", page)
    assert said.exit_code == 1
    lines = [line.split("\t") for line in said.stdout.splitlines()]
    assert [line[:2] for line in lines] == [
        [book, "refused"],
        ["nobody", "refused"],
        [page, "asked"],
    ]
    assert run().exit_code == 2
    assert run(page, "--all-missing").exit_code == 2
