"""Honest work of every kind raises no alarm, however often one looks."""

import os
import shutil

import pytest

from app.config import Settings
from app.db import Database
from app.ledger.erasure import purge
from app.ledger.redaction import redact
from app.ledger.verify import verify
from tests.app.ledger.outsider import SQLITE
from tests.app.ledger.small import Note, Small, check, migration

TIMES = int(os.environ.get("DESK_TEST_VERIFICATIONS", "20"))
"""Clean verifications on each engine; 500 by hand: ``DESK_TEST_VERIFICATIONS=500``."""


def happen(database: Database, number: int) -> None:
    """One of the things that happen to a ledger."""
    with database.writing("editor:ana", f"q{number}") as session:
        session.add(Note(id=f"c{number}", title=f"text {number}"))
        session.get_one(Note, "n0").title = f"secret {number}"
    match number % 5:
        case 0:
            with migration(database):
                pass
        case 1:
            with database.writing("editor:chief") as session:
                redact(session.connection(), Small.metadata, "note", "n0", ["title"], f"{number}")
        case 2:
            purge(database.engine, set(), "note")
        case 3:
            database.checkpoint()
        case _:
            database.seal()


def test_verification_while_people_work_raises_no_alarm(worked: Database) -> None:
    for number in range(TIMES):
        happen(worked, number)
        assert check(worked).findings == []


@pytest.mark.parametrize("engine", ["sqlite"])
def test_a_backup_put_back_raises_no_alarm(worked: Database) -> None:
    for number in range(5):
        happen(worked, number)
    worked.checkpoint()
    home = worked.settings.home
    kept = home / "kept.sqlite3"
    with SQLITE.connect(home / "desk.sqlite3") as source, SQLITE.connect(kept) as target:
        source.backup(target)
    worked.close()
    for file in home.glob("desk.sqlite3*"):
        file.unlink()
    shutil.move(kept, home / "desk.sqlite3")
    restored = Database(Settings.load({"DESK_HOME": str(home)}))
    assert verify(restored, Small.metadata).findings == []
    with restored.writing("editor:ana") as session:
        session.add(Note(id="after", title="after"))
    assert restored.checkpoint()
    assert check(restored).findings == []
    restored.close()
