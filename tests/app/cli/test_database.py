"""The db commands: forward, back, check; data on standard output, exit codes as documented."""

import json
import shutil
import uuid
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from app import schema
from app.cli import main
from app.cli.database import db
from app.db import Database
from app.ledger.verify import verify
from tests.engines import Templates, below

BEFORE = below(schema.head()) or ""


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.delenv("DESK_DATABASE_URL", raising=False)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(db, list(arguments))


def test_a_new_database_goes_to_head_and_back() -> None:
    assert json.loads(run("current", "--json").stdout)["revision"] == "base"
    assert run("check").exit_code == 3
    assert json.loads(run("upgrade", "--json").stdout)["current"] is True
    listed = json.loads(run("history", "--json").stdout)
    assert [step["id"] for step in listed][-1] == schema.head()
    assert all(step["applied"] for step in listed)
    assert json.loads(run("check", "--json").stdout)["differences"] == []
    assert run("downgrade", "0001_ledger").stdout.startswith("0001_ledger (head is")


def test_a_command_on_a_database_without_a_schema_says_what_to_run(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["manage.py", "article", "list"])
    with pytest.raises(SystemExit) as ended:
        main()
    told = capsys.readouterr()
    assert ended.value.code == 1
    assert "manage.py db upgrade" in told.err
    assert "Traceback" not in told.err


def test_an_unknown_revision_is_a_failure_with_a_sentence() -> None:
    result = run("upgrade", "0099_nothing")
    assert result.exit_code == 1
    assert "0099_nothing" in result.stderr
    assert result.stdout == ""


def test_a_revisions_name_must_fit_postgresql() -> None:
    assert run("revision", "0008_" + "x" * 30, "-m", "x").exit_code == 2


def test_another_key_than_the_ledgers_changes_no_schema(home: Path, templates: Templates) -> None:
    shutil.copytree(templates.sqlite("schema"), home, dirs_exist_ok=True)
    key = home / "keys" / "ledger"
    own = key.read_text(encoding="ascii")
    key.write_text("0" * 64, encoding="ascii")
    refused = run("downgrade", BEFORE)
    assert refused.exit_code == 1
    assert "sealed with another key" in refused.stderr
    assert run("upgrade").exit_code == 1
    key.write_text(own, encoding="ascii")
    assert run("downgrade", BEFORE).exit_code == 0
    key.write_text("1" * 64, encoding="ascii")
    assert run("upgrade", "--another-key").exit_code == 0
    assert run("downgrade", BEFORE).exit_code == 0


def test_the_logins_named_by_roles_do_their_part_and_no_other(
    postgresql_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = postgresql_database.settings
    monkeypatch.setenv("DESK_HOME", str(settings.home))

    def as_login(name: str, *arguments: str) -> Result:
        url = settings.database_url.replace("//postgres", f"//{name}", 1)
        monkeypatch.setenv("DESK_DATABASE_URL", url)
        return run(*arguments)

    mine = f"at_{uuid.uuid4().hex[:8]}"
    with postgresql_database.keeping() as connection:
        for part in ("web", "admin"):
            connection.exec_driver_sql(f"CREATE ROLE {mine}_{part} LOGIN")
    nobody = as_login("postgres", "roles", "--login", f"{mine}_nobody")
    assert f'role "{mine}_nobody" does not exist' in nobody.stderr
    early = as_login(f"{mine}_admin", "roles", "--login", f"{mine}_web")
    assert "lacks the right" in early.stderr
    named = ("--login", f"{mine}_web", "--migrator", f"{mine}_admin")
    assert as_login("postgres", "roles", *named).exit_code == 0
    assert as_login(f"{mine}_web", "check").exit_code == 0
    assert "lacks the right" in as_login(f"{mine}_web", "downgrade", BEFORE).stderr
    assert as_login(f"{mine}_admin", "downgrade", BEFORE).exit_code == 0
    assert as_login(f"{mine}_admin", "upgrade").exit_code == 0
    assert verify(postgresql_database).findings == []
