"""The db commands: forward, back, check; data on standard output, exit codes as documented."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import schema
from app.cli.database import db


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.delenv("DESK_DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(db, list(arguments))


def test_a_new_database_goes_to_head_and_back() -> None:
    assert json.loads(run("current", "--json").output)["revision"] == "base"
    assert run("check").exit_code == 3
    assert json.loads(run("upgrade", "--json").output)["current"] is True
    listed = json.loads(run("history", "--json").output)
    assert [step["id"] for step in listed][-1] == schema.head()
    assert all(step["applied"] for step in listed)
    assert json.loads(run("check", "--json").output)["differences"] == []
    assert run("downgrade", "0001_ledger").output.startswith("0001_ledger (head is")


def test_an_unknown_revision_is_a_failure_with_a_sentence() -> None:
    result = run("upgrade", "0099_nothing")
    assert result.exit_code == 1
    assert "0099_nothing" in result.stderr
    assert result.stdout == ""


def test_a_revisions_name_must_fit_postgresql() -> None:
    assert run("revision", "0008_" + "x" * 30, "-m", "x").exit_code == 2
