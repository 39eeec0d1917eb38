"""The secret is replaced by a command that says what goes on and what ends."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from app.cli import commands
from app.config import Settings
from app.db import Database
from app.ledger.search import Asked
from app.security_events.reading import events
from app.security_events.vocabulary import Event


@pytest.fixture
def home(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESK_HOME", str(sqlite_database.settings.home))
    monkeypatch.delenv("DESK_SECRET_KEY", raising=False)
    return sqlite_database.settings.home


def test_a_rotation_is_told_and_written_down(home: Path, sqlite_database: Database) -> None:
    first = Settings.load({"DESK_HOME": str(home)}).secret_key
    done = CliRunner().invoke(commands, ["secret", "rotate"])
    assert done.exit_code == 0, done.output
    assert "stay valid until" in done.output
    settings = Settings.load({"DESK_HOME": str(home)})
    assert settings.secret_key_fallbacks == (first,)
    assert settings.secret_key not in done.output
    with sqlite_database.reading() as session:
        ((_event, entry),) = events(session, Asked(), {Event.KEY_ROTATED})
    assert (entry.table, entry.op) == ("desk", "rotate")


def test_a_rotation_that_keeps_nothing_signs_everybody_out(home: Path) -> None:
    done = CliRunner().invoke(commands, ["secret", "rotate", "--keep-days", "0", "--json"])
    assert json.loads(done.stdout)["kept_until"] is None
    assert Settings.load({"DESK_HOME": str(home)}).secret_key_fallbacks == ()


@pytest.mark.usefixtures("home")
def test_a_secret_of_the_environment_is_not_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_SECRET_KEY", "0123456789abcdefghijklmnopqrstuvwxyz")
    done = CliRunner().invoke(commands, ["secret", "rotate"])
    assert done.exit_code == 2
    assert "DESK_SECRET_KEY_FALLBACKS" in done.output
