"""A desk that other machines can reach says under which names it is reached."""

from pathlib import Path

import pytest
from click.testing import CliRunner

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


def test_a_role_that_nobody_can_have_is_said_before_anything_is_done(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.setenv("DESK_SECOND_FACTOR", "reviewr")
    for asked in (["serve"], ["check"], ["config", "show"]):
        done = CliRunner().invoke(commands, asked)
        assert done.exit_code == 2, asked
        assert "DESK_SECOND_FACTOR: 'reviewr' is no role of this desk" in done.output
