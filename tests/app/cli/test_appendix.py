"""The commands issue, list and show an appendix, and write its files, each one made once."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli.appendix import appendix
from app.db import Database
from tests.app.appendix_issue.newsdesk import Newsdesk


@pytest.fixture
def desk(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Newsdesk:
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", "")
    return Newsdesk(sqlite_database)


def ran(*command: str) -> str:
    told = CliRunner().invoke(appendix, command)
    assert told.exit_code == 0, told.output
    return told.stdout


def answer(*command: str) -> Any:
    return json.loads(ran(*command, "--json"))


def test_an_issue_with_its_files_is_written_into_a_folder(desk: Newsdesk, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    asked = ("issue", desk.key, "--language", "both", "--format", "html", "--format", "json")
    told = answer(*asked, "-o", str(folder))
    assert (told["number"], told["new"], told["profile"]) == (1, True, "editor")
    written = {one["format"]: Path(one["file"]) for one in told["written"]}
    assert {path.parent for path in written.values()} == {folder}
    bytes_of = {form: path.read_bytes() for form, path in written.items()}
    again = answer(*asked, "-o", str(folder))
    assert (again["number"], again["new"]) == (1, False)
    assert {form: path.read_bytes() for form, path in written.items()} == bytes_of
    assert json.loads(bytes_of["json"])["issue"]["language"] == "both"
    assert [row["number"] for row in answer("list", desk.key)] == [1]
    assert "html, json" in ran("list", desk.key)


def test_a_file_of_an_issue_is_made_later(desk: Newsdesk, tmp_path: Path) -> None:
    ran("issue", desk.key, "--profile", "public", "--style", "apa", "--version", "1")
    desk.reword(desk.numbers()[0], "What is said today.")
    file = tmp_path / "appendix.md"
    told = answer("file", desk.key, "1", "--format", "md", "-o", str(file))
    assert Path(told["file"]) == file
    assert "What is said today." not in file.read_text(encoding="utf-8")
    shown = answer("show", desk.key, "1")
    assert [row["file_sha256"] for row in shown["files"]] == [told["sha256"]]
    assert "state_sha256" not in shown
    assert told["sha256"] in ran("show", desk.key, "1")
    then = str(shown["ledger_position"])
    earlier = answer("issue", desk.key, "--at", then, "--profile", "public")
    assert earlier["number"] == 2


def test_what_is_not_there_is_said_in_a_sentence(desk: Newsdesk) -> None:
    for command in (("issue", "none"), ("list", "none"), ("show", desk.key, "9")):
        told = CliRunner().invoke(appendix, command)
        assert told.exit_code == 1
        assert "There is no such a" in told.stderr
