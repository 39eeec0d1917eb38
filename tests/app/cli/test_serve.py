"""A desk that other machines can reach says under which names it is reached."""

from dataclasses import replace
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from flask import Flask

from app.cli import commands, serve
from app.config import Settings
from app.db import Database
from app.factory import create_app

OPEN = ("0.0.0.0", "::", "192.0.2.7", "desk.example.org")  # noqa: S104 - what is asked about.
CLOSED = ("127.0.0.1", "127.1.2.3", "::1", "localhost")


@pytest.mark.parametrize(
    ("host", "served"), [(h, False) for h in OPEN] + [(h, True) for h in CLOSED]
)
def test_without_names_it_serves_this_machine_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, host: str, *, served: bool
) -> None:
    asked: list[str] = []
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.setattr(serve, "run", lambda _settings, host, _port: asked.append(host))
    done = CliRunner().invoke(commands, ["serve", "--host", host])
    assert bool(asked) is served
    assert done.exit_code == (0 if served else 2)
    assert served or "DESK_TRUSTED_HOSTS" in done.output
    monkeypatch.setenv("DESK_TRUSTED_HOSTS", "desk.example.org")
    assert CliRunner().invoke(commands, ["serve", "--host", host]).exit_code == 0


NAMES = {
    "127.0.0.1:5000": 200,
    "localhost:5000": 200,
    "LOCALHOST": 200,
    "[::1]:5000": 200,
    "desk.example.org": 200,
    "evil.example:5000": 400,
    "127.0.0.1.evil.example": 400,
}


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost"])
def test_a_desk_of_this_machine_answers_to_no_name_that_was_led_here(
    sqlite_database: Database, host: str
) -> None:
    """T-CSRF: a site whose name turns into 127.0.0.1 would read the desk as its own pages."""
    alone = replace(sqlite_database.settings, origin="https://desk.example.org")
    client = create_app(serve.named(alone, host), sqlite_database).test_client()
    told = {name: client.get("/sign-in", headers={"Host": name}) for name in NAMES}
    assert {name: answer.status_code for name, answer in told.items()} == NAMES
    assert "DESK_TRUSTED_HOSTS" in told["evil.example:5000"].text
    chosen = replace(alone, trusted_hosts=("desk.example.org",))
    assert serve.named(chosen, host) == chosen
    assert serve.named(alone, "192.0.2.7") == alone


def test_both_ways_to_serve_take_its_names(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-CSRF: the demo, whose passwords are published, and an installation without names."""
    asked: list[Settings] = []

    def listening(_app: Flask, settings: Settings, _host: str, _port: int) -> None:
        asked.append(settings)
        raise OSError

    monkeypatch.setattr(serve, "listening", listening)
    monkeypatch.setattr(serve, "set_up", lambda _format: None)
    monkeypatch.setattr(serve, "keep_to_itself", lambda: None)
    with pytest.raises(click.ClickException):
        serve.run(sqlite_database.settings, "127.0.0.1", 5000)
    assert [settings.trusted_hosts for settings in asked] == [serve.HERE]


def test_a_role_that_nobody_can_have_is_said_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.setenv("DESK_SECOND_FACTOR", "reviewr")
    for asked in (["serve"], ["check"], ["config", "show"]):
        done = CliRunner().invoke(commands, asked)
        assert done.exit_code == 2, asked
        assert "DESK_SECOND_FACTOR: 'reviewr' is no role of this desk" in done.output
