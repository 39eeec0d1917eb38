"""`manage.py check` says what others on the machine or on the line could read."""

from dataclasses import fields
from pathlib import Path

import pytest
from click.testing import CliRunner

from app import schema
from app.cli.check import check
from app.cli.exposure import kept, line, readable_by_others
from app.config import Settings
from app.db import Database


def test_a_new_database_belongs_to_its_owner_alone(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    settings = Settings.load({"DESK_HOME": str(tmp_path)})
    database = Database(settings)
    schema.upgrade(database, actor="system:test")
    beside = [file for file in tmp_path.iterdir() if file.name.startswith("desk.sqlite3")]
    assert beside
    assert {file.stat().st_mode & 0o777 for file in beside} == {0o600}
    database.close()


def test_what_others_on_the_machine_may_read_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "desk"
    monkeypatch.setenv("DESK_HOME", str(home))
    settings = Settings.load({"DESK_HOME": str(home)})
    settings.ledger_key()
    monkeypatch.setattr("app.cli.exposure.readable_by_others", open_itself)
    assert "ok  files" in CliRunner().invoke(check).output
    for file in keys(settings):
        file.touch(mode=0o644)
        file.chmod(0o644)
        said = CliRunner().invoke(check)
        assert f"BAD files: {file}\n" in said.output
        assert said.exit_code == 3
        file.chmod(0o600)


@pytest.fixture
def secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of a provider's secret, and the settings that name it."""
    file = tmp_path / "oidc-secret"
    file.write_text("a secret of the provider's\n")
    file.chmod(0o600)
    told = {
        "DESK_HOME": str(tmp_path / "desk"),
        "DESK_OIDC_ISSUER": "http://127.0.0.1:1",
        "DESK_OIDC_CLIENT_ID": "desk",
        "DESK_OIDC_CLIENT_SECRET_FILE": str(file),
        "DESK_OIDC_REDIRECT_URL": "https://desk.example.org/sign-in/provider/answer",
    }
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("app.cli.exposure.readable_by_others", open_itself)
    return file


def test_the_file_of_a_providers_secret_is_there_filled_and_its_owners_alone(secret: Path) -> None:
    """What is missing or empty stops every command; what others may read is a finding."""
    assert "ok  files" in CliRunner().invoke(check).output
    secret.chmod(0o644)
    said = CliRunner().invoke(check)
    assert (said.exit_code, f"BAD files: {secret}\n" in said.output) == (3, True)
    assert "a secret of" not in said.output
    secret.write_text("\n")
    said = CliRunner().invoke(check)
    assert (said.exit_code, "does not hold one line" in said.output) == (2, True)
    secret.unlink()
    said = CliRunner().invoke(check)
    assert said.exit_code == 2
    assert "DESK_OIDC_CLIENT_SECRET_FILE" in said.output
    assert "No such file" in said.output


def keys(settings: Settings) -> list[Path]:
    """The file of every key there is."""
    names = (one.name for one in fields(settings) if one.name.endswith("_key_file"))
    return [getattr(settings, name) for name in names]


def open_itself(path: Path) -> bool:
    """What a test can tell: the folders above its own are closed to others already."""
    return bool(path.stat().st_mode & 0o027)


def test_a_closed_folder_above_is_enough(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    (closed / "file").touch(mode=0o644)
    assert not readable_by_others(closed / "file")
    assert kept(Settings.load({"DESK_HOME": str(closed / "home")}))


@pytest.mark.parametrize(
    ("url", "safe"),
    [
        ("postgresql+psycopg://desk@localhost/desk", True),
        ("postgresql+psycopg://desk@/desk?host=/run/postgresql", True),
        ("postgresql+psycopg://desk@db.example.org/desk?sslmode=verify-full", True),
        ("postgresql+psycopg://desk@db.example.org/desk", False),
        ("postgresql+psycopg://desk@/desk?host=db.example.org", False),
        ("postgresql+psycopg://desk@db.example.org/desk?sslmode=require", False),
    ],
)
def test_a_database_elsewhere_is_reached_by_verified_tls_or_that_is_said(
    url: str, *, safe: bool
) -> None:
    assert line(url)[0] is safe
