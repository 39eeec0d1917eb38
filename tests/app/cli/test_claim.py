"""A claim in the terminal says no more than an editor's appendix would."""

import json

import pytest
from click.testing import CliRunner

from app.cli import commands
from app.db import Database
from tests.app.planted import SAMPLE, Planted


def test_what_is_confidential_is_marked_and_not_told(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    planted = Planted(sqlite_database)
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", sqlite_database.settings.database_url)
    asked = ["claim", "show", planted.article, str(planted.number)]

    plain = CliRunner().invoke(commands, asked)
    told = CliRunner().invoke(commands, [*asked, "--json"])

    assert (plain.exit_code, told.exit_code) == (0, 0), plain.output + told.output
    assert not SAMPLE.search(plain.output + told.output)
    assert "E1 supports" in plain.output
    found = json.loads(told.output)
    assert found["claims"][0]["evidence"][0]["passage"] == {"withheld": None}
    assert found["sources"][0]["tier"] == "primary"
