"""The commands on what an article states: its proposals, reading it again, taking all at once."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli.article import article
from app.db import Database
from tests.claims.sorting import TEXT


@pytest.fixture
def asked(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Return a file with the text, the commands' settings being the database of the test."""
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_database.settings.database_url)
    file = tmp_path / "text.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def run(*arguments: str) -> str:
    answer = CliRunner().invoke(article, list(arguments), catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_adding_says_how_many_numbers_and_proposals_and_makes_no_claim(asked: Path) -> None:
    said = run("add", str(asked), "--title", "Order", "--published", "2025-03-25")
    assert said.startswith("order: ")
    assert "8 proposals (2 weak, 8 left), 0 claims" in said
    rows = json.loads(run("proposals", "order", "--json"))
    assert [row["state"] for row in rows] == ["pending"] * 8
    pair = next(row for row in rows if "跃升" in row["statement"])
    assert [figure["role"] for figure in pair["figures"]] == ["from", "to"]
    assert pair["figures"][1]["reads"]["en"] == "> 50 %"
    assert "50%以上" in run("proposals", "order")


def test_a_script_may_accept_all_strong_ones_at_once(asked: Path) -> None:
    answer = json.loads(
        run(
            "add", str(asked), "--title", "Order", "--published", "2025-03-25", "--accept", "--json"
        )
    )
    assert (answer["claims"], answer["left"], answer["strong"]) == (6, 2, 6)


def test_reading_again_says_how_many_differences_wait(asked: Path) -> None:
    run("add", str(asked), "--title", "Order")
    assert "0 differences" in run("read", "order")
    answer = CliRunner().invoke(article, ["read", "nowhere"])
    assert answer.exit_code == 1
    assert "there is no article nowhere" in answer.output
