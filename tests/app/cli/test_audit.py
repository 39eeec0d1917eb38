"""The audit commands: the log, one entry, and a verification that exits 3 on findings."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import text

from app.cli.audit import audit
from app.config import Settings
from app.db import Database
from app.schema import upgrade


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Database:
    monkeypatch.setenv("DESK_HOME", str(tmp_path))
    monkeypatch.delenv("DESK_DATABASE_URL", raising=False)
    database = Database(Settings.load({"DESK_HOME": str(tmp_path)}))
    upgrade(database, actor="system:test")
    database.close()
    return database


def run(*arguments: str) -> Result:
    return CliRunner().invoke(audit, list(arguments))


def test_the_log_is_filtered_and_one_entry_is_shown_in_full(desk: Database) -> None:
    del desk
    listed = json.loads(run("log", "--kind", "migration", "--limit", "2", "--json").output)
    assert len(listed) == 2
    assert {entry["actor"] for entry in listed} == {"system:test"}
    number = str(listed[0]["eid"])
    assert json.loads(run("show", number, "--json").output)["new"]["to"]
    assert "message:" in run("show", number).output
    assert run("show", "99999").exit_code == 1
    assert run("show", "none").exit_code == 2


def test_verification_exits_with_0_when_whole_and_3_when_not(desk: Database) -> None:
    whole = run("verify", "--json")
    assert whole.exit_code == 0
    assert json.loads(whole.output)["findings"] == []
    noted = json.loads(run("security", "--json", "--event", "ledger_verified").output)
    assert (noted["findings"], noted["actor"].split("/")[0]) == (0, "system:cli")
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.execute(text("UPDATE ledger_ctx SET actor = 'chief'"))
        connection.commit()
    broken = run("verify")
    assert broken.exit_code == 3
    assert "CTX_NOT_CLEAR" in broken.output
    assert "NOT WHOLE" in broken.output


def test_what_was_written_by_hand_makes_no_line_of_its_own(desk: Database) -> None:
    """T-LOG: a name with a line break or a terminal's signs in it is one visible line."""
    before = len(run("log").output.splitlines())
    forged = "x\n      9       9 2026-01-01 editor:chief act A claim\x1b[2J"
    with desk.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = OFF")
        connection.execute(text("UPDATE ledger_ctx SET actor = :who"), {"who": forged})
        connection.execute(
            text(
                "INSERT INTO ledger_event(kind, tbl, pk, op, at, actor, new, salt)"
                " VALUES ('act', 'claim', '1', 'A', '2026-01-01', :who, '{}', randomblob(32))"
            ),
            {"who": forged},
        )
        connection.commit()
    listed = run("log").output
    assert len(listed.splitlines()) == before + 1
    assert "\\u000a" in listed
    assert "\x1b" not in listed + run("verify").output
