"""A migration that dies leaves the old schema or the new one, whole, and runs again."""

import signal
import subprocess
import sys

import pytest

import app.models
from app import schema
from app.config import ROOT
from app.db import Database
from app.ledger import fingerprint
from app.ledger.verify import verify
from tests.engines import Maker
from tests.migrations import steps

__all__ = ["app"]
START = "0004_articles"
MOMENTS = 6


def upgrade(database: Database, fatal: int) -> subprocess.CompletedProcess[str]:
    arguments = [str(database.settings.home), database.settings.database_url, str(fatal), "head"]
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.migrations.dying", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def started(make_database: Maker, engine: str) -> Database:
    database = make_database(engine, holding="nothing")
    schema.upgrade(database, START, actor="system:test")
    with database.writing("editor:test") as session:
        steps.write(session, steps.expected("0005_claims").before)
    database.seal()
    return database


def state(database: Database) -> tuple[str, str, steps.Rows]:
    rows = steps.expected("0005_claims").before
    with database.reading() as session:
        objects = fingerprint.combined(fingerprint.objects(session.connection()))
        return schema.current(database), objects, steps.found(session, rows)


@pytest.mark.parametrize("engine", ["sqlite", "postgresql"])
def test_a_killed_upgrade_leaves_the_old_schema_and_runs_again(
    engine: str, make_database: Maker
) -> None:
    """T-FAULT: nothing acknowledged is lost and nothing is half done."""
    whole = started(make_database, engine)
    done = upgrade(whole, 0)
    assert done.returncode == 0, done.stderr
    total = int(done.stdout)
    new = state(whole)
    database = started(make_database, engine)
    old = state(database)
    for moment in range(1, MOMENTS + 1):
        killed = upgrade(database, total * moment // (MOMENTS + 1))
        assert killed.returncode == -signal.SIGKILL
        assert state(database) == old
        assert verify(database).findings == []
    retried = upgrade(database, 0)
    assert retried.returncode == 0, retried.stderr
    assert state(database) == new
    assert verify(database).findings == []
