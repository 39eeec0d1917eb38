"""The commands that cite sources, hand them out and take them in; exit codes as promised."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from app.cli import commands
from app.db import Database
from claims.errors import DeskError
from sources.models import Source
from sources.registry import add_source

BIB = "@book{tongji, title = {统计学原理}, author = {张三}}\n@book{bad, title = {x}\n"


@pytest.fixture
def home(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """An installation with one source that the commands find by its environment."""
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_database.settings.database_url)
    with sqlite_database.writing("editor:zhang.min") as session:
        add_source(session, by="editor:zhang.min", key="S1", title="Ours", language="en")
        add_source(session, by="editor:zhang.min", key="S2", title="Secret", confidential=True)
    return sqlite_database


def run(*arguments: str) -> Result:
    return CliRunner().invoke(commands, ["source", *arguments])


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Source.id))) or 0


def stated(database: Database) -> tuple[str | None, str | None]:
    """What is on record of the source the file names."""
    with database.reading() as session:
        source = session.scalars(select(Source).where(Source.key == "S1")).one()
        return source.title, source.publisher


@pytest.mark.usefixtures("home")
def test_a_source_is_cited_and_exported_without_what_is_confidential() -> None:
    assert run("cite", "S1", "--style", "apa", "--html").stdout == "<i>Ours</i>. (n.d.).\n"
    assert len(run("cite", "S1").stdout.splitlines()) == 5
    exported = run("export", "--format", "csl-json")
    assert [item["id"] for item in json.loads(exported.stdout)] == ["S1"]
    assert "1 confidential left out" in exported.stderr


def test_a_file_is_tried_then_taken_in_and_its_bad_entries_end_with_three(
    home: Database, tmp_path: Path
) -> None:
    file = tmp_path / "a.bib"
    file.write_text(BIB, encoding="utf-8")
    tried = run("import", str(file), "--dry-run", "--json")
    assert (tried.exit_code, json.loads(tried.stdout)["new"]) == (3, 1)
    assert "a.bib:2:" in tried.stderr
    assert count(home) == 2
    taken = json.loads(run("import", str(file), "--json").stdout)
    assert (taken["added"], taken["left"]) == (1, 0)
    assert count(home) == 3
    again = json.loads(run("import", str(file), "--json", "--replace").stdout)
    assert (again["new"], again["known"], again["added"], again["changed"]) == (0, 1, 0, 0)


def test_what_the_file_says_otherwise_is_told_and_taken_only_when_asked(
    home: Database, tmp_path: Path
) -> None:
    file = tmp_path / "a.json"
    file.write_text('[{"id": "S1", "title": "Theirs", "publisher": "P"}]', encoding="utf-8")
    assert "S1\ttitle\tOurs -> Theirs" in run("import", str(file)).stdout
    assert stated(home) == ("Ours", None)
    run("import", str(file), "--fill")
    assert stated(home) == ("Ours", "P")
    run("import", str(file), "--format", "csl-json", "--replace")
    assert stated(home) == ("Theirs", "P")
    file.write_text("hello", encoding="utf-8")
    with pytest.raises(DeskError) as problem:
        CliRunner().invoke(commands, ["source", "import", str(file)], catch_exceptions=False)
    assert problem.value.code == "import_form"
