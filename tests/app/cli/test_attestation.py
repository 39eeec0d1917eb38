"""Checkpoints, keys, proofs and exports from the command line, checked as a stranger would."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from app.cli.audit import audit
from app.cli.database import db
from app.cli.seed import load_seed
from app.cli.user import user
from app.config import Settings
from app.db import Database
from app.schema import upgrade


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("filled")
    database = Database(Settings.load({"DESK_HOME": str(home)}))
    upgrade(database, actor="system:test")
    load_seed(database, "system:test", None)
    database.close()
    return home


@pytest.fixture
def home(filled: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DESK_HOME", str(filled))
    monkeypatch.delenv("DESK_DATABASE_URL", raising=False)
    return filled


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(audit, [str(argument) for argument in arguments])


def test_a_checkpoint_is_printed_kept_and_checked_later(home: Path, tmp_path: Path) -> None:
    note = run("checkpoint")
    assert note.exit_code == 0
    kept = tmp_path / "kept"
    kept.write_text(note.stdout)
    assert note.stdout in (home / "checkpoints").read_text()
    assert run("key", "rotate", "--reason", "once a year").exit_code == 0
    later = json.loads(run("checkpoint", "--verify", kept, "--json").stdout)
    assert [entry["result"] for entry in later] == ["ok"]
    assert json.loads(run("checkpoint", "--json").stdout)["size"] > later[0]["size"]
    kept.write_text(note.stdout.replace("\n\n", "\nx\n\n"))
    wrong = run("checkpoint", "--verify", kept)
    assert (wrong.exit_code, "BAD_SIGNATURE" in wrong.stdout) == (3, True)
    kept.write_text("")
    assert run("checkpoint", "--verify", kept).exit_code == 3


def test_kept_notes_convict_another_history(home: Path, tmp_path: Path) -> None:
    """T-WIT: a rollback and a fork are found by one head kept elsewhere."""
    run("checkpoint")
    kept = tmp_path / "kept"
    kept.write_text((home / "checkpoints").read_text())
    other = tmp_path / "other"
    database = Database(Settings.load({"DESK_HOME": str(other)}))
    upgrade(database, actor="system:test")
    database.close()
    for name in ("checkpoint", "checkpoint.public"):
        (other / "keys" / name).write_text((home / "keys" / name).read_text())
    environ = {"DESK_HOME": str(other)}
    short = CliRunner().invoke(audit, ["checkpoint", "--verify", str(kept)], env=environ)
    assert (short.exit_code, "ROLLBACK" in short.stdout) == (3, True)
    database = Database(Settings.load(environ))
    load_seed(database, "system:test", None)
    database.close()
    forked = CliRunner().invoke(audit, ["checkpoint", "--verify", str(kept)], env=environ)
    assert "ROOT_MISMATCH" in forked.stdout


def test_a_key_is_named_once_and_for_all(home: Path) -> None:
    before = json.loads(run("key", "show", "--json").stdout)
    assert run("key", "rotate", "--reason", "x", "--origin", "two words").exit_code == 2
    assert json.loads(run("key", "show", "--json").stdout) == before
    run("key", "rotate", "--reason", "a name", "--origin", "desk.example/ledger")
    assert run("key", "show").stdout.splitlines()[-1].startswith("desk.example/ledger+")
    assert run("verify").exit_code == 0
    assert "rotate" not in (home / "keys" / "checkpoint").read_text()


def test_an_export_of_a_claim_is_checked_by_the_printed_verifier(
    home: Path, tmp_path: Path
) -> None:
    del home
    article = "ten-years"
    note = tmp_path / "note"
    note.write_text(run("checkpoint").stdout)
    file, verifier = tmp_path / "claim.json", tmp_path / "check.py"
    made = run("export", "--claim", article, "1", "--withhold", "statement", "--since", note,
               "-o", file, "--json")  # fmt: skip
    assert made.exit_code == 0, made.output
    assert json.loads(made.stdout)["entries"] > 5
    run("export", "--verifier", "-o", verifier)
    key = run("key", "show").stdout.splitlines()[-1]
    program = [sys.executable, "-I", "-S", str(verifier), str(file), "--key", key]
    found = subprocess.run(
        [*program, "--checkpoint", str(note)], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout[:6]) == (0, "HOLDS:")
    assert "continues 1" in found.stdout
    assert run("export", "--verifier").stdout == verifier.read_text()
    logged = json.loads(run("log", "--kind", "export", "--limit", "1", "--json").stdout)[0]
    assert logged["new"]["withheld"] == ["statement"]


def test_what_cannot_be_exported_is_said(home: Path, tmp_path: Path) -> None:
    del home
    file = tmp_path / "x.json"
    assert run("export", "--all").exit_code == 2
    assert run("export", "--all", "--event", "1", "-o", file).exit_code == 2
    assert run("export", "--claim", "none", "1", "-o", file).exit_code == 1
    assert run("export", "--claim", "ten-years", "x", "-o", file).exit_code == 1
    assert run("export", "--event", "999999", "-o", file).exit_code == 1
    assert run("proof", "999999").exit_code == 1
    assert not file.exists()
    assert run("proof", "1").stdout.startswith("c2sp.org/tlog-proof@v1\nindex 0\n")
    assert run("export", "--all", "-o", file).exit_code == 0


def test_a_redaction_takes_an_account_that_may_and_a_yes(home: Path) -> None:
    database = Database(Settings.load({"DESK_HOME": str(home)}))
    with database.reading() as session:
        pk = str(session.execute(text("SELECT id FROM evidence LIMIT 1")).scalar_one())
    database.close()
    runner = CliRunner()
    for name, role in (("ad.min", "admin"), ("wri.ter", "reporter")):
        made = runner.invoke(
            user, ["add", name, "--role", role, "--password", "a long enough password"]
        )
        assert made.exit_code == 0, made.output
    words = ("redact", "evidence", pk, "says", "--reason", "asked to")
    assert run(*words, "--by", "nobody", "--yes").exit_code == 1
    assert "may not redact" in run(*words, "--by", "wri.ter", "--yes").output
    assert run(*words, "--by", "ad.min").exit_code == 1
    assert run("redact", "evidence", pk, "claim_id", "--reason", "x", "--by", "ad.min",
               "--yes").exit_code == 1  # fmt: skip
    done = json.loads(run(*words, "--by", "ad.min", "--yes", "--json").stdout)
    assert (done["values"] > 0, done["purged"], done["left"]) == (True, True, 0)
    assert run("verify").exit_code == 0


def test_roles_are_postgresqls(home: Path) -> None:
    del home
    refused = CliRunner().invoke(db, ["roles"])
    assert refused.exit_code == 1
    assert "SQLite has no roles" in refused.output
