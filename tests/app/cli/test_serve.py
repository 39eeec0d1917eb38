"""A desk that other machines can reach says under which names it is reached."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from app.cli import commands, serve

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


@pytest.mark.parametrize(
    ("settings", "answered", "refused"),
    [
        (
            {},
            ("127.0.0.1:5000", "localhost", "[::1]:5000"),
            ("evil.example", "127.0.0.1.evil.example"),
        ),
        ({"DESK_ORIGIN": "https://desk.example.org"}, ("desk.example.org",), ("evil.example",)),
        ({"DESK_TRUSTED_HOSTS": "desk.example.org"}, ("desk.example.org",), ("127.0.0.1",)),
        ({"DESK_PROXIES": "1"}, ("desk.example.org",), ()),
    ],
)
def test_a_name_that_was_made_to_lead_to_this_machine_is_not_answered(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    settings: dict[str, str],
    answered: tuple[str, ...],
    refused: tuple[str, ...],
) -> None:
    """T-AUTH: a page of the web that rebinds its name reads no desk as a page of its own."""
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    apps: list[Flask] = []

    def kept(app: Flask, *_others: object) -> None:
        apps.append(app)
        raise OSError(98, "in use")

    monkeypatch.setattr(serve, "listening", kept)
    monkeypatch.setattr(serve, "set_up", lambda _form: None)
    assert CliRunner().invoke(commands, ["serve"]).exit_code == 1
    client = apps[0].test_client()
    told = {host: client.get("/health", headers={"Host": host}).status_code for host in answered}
    assert 400 not in told.values(), told
    told = {host: client.get("/health", headers={"Host": host}).status_code for host in refused}
    assert set(told.values()) <= {400}, told


def test_a_role_that_nobody_can_have_is_said_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.setenv("DESK_SECOND_FACTOR", "reviewr")
    for asked in (["serve"], ["check"], ["config", "show"]):
        done = CliRunner().invoke(commands, asked)
        assert done.exit_code == 2, asked
        assert "DESK_SECOND_FACTOR: 'reviewr' is no role of this desk" in done.output
