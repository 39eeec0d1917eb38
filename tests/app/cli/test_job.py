"""Background jobs on the command line: listed, shown, tried again, cancelled and done."""

import json
from typing import Any

import pytest
from click.testing import CliRunner

from app.cli import commands
from app.db import Database
from app.jobs.handlers import HANDLERS
from app.jobs.vocabulary import JobState
from sources.base import now
from tests.app.jobs import deeds
from tests.app.jobs.bench import Bench
from tests.app.jobs.waiting import a_job

WHO = "editor:li.wei"


@pytest.fixture
def bench(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Bench:
    settings = sqlite_database.settings
    monkeypatch.setenv("DESK_HOME", str(settings.home))
    monkeypatch.setenv("DESK_DATABASE_URL", settings.database_url)
    monkeypatch.setitem(HANDLERS, "row", deeds.handler("row"))
    return Bench(sqlite_database)


def run(*arguments: str) -> Any:
    found = CliRunner().invoke(commands, [*arguments, "--json"])
    assert found.exit_code == 0, found.output
    return json.loads(found.stdout)


def test_what_waits_is_done_once_by_the_command(bench: Bench) -> None:
    key = str(bench.ask())
    assert [job["id"] for job in run("job", "list", "--state", "queued")] == [key]
    assert run("worker", "--once") == {"jobs": 1}
    assert run("job", "show", key)["state"] == "done"
    assert bench.effects() == 1


def test_a_failure_is_tried_again_and_cancelled(bench: Bench) -> None:
    with bench.database.writing(WHO) as session:
        key = str(
            a_job(session, WHO, state=JobState.FAILED, finished_at=now(), error=deeds.SAID).id
        )
    told = CliRunner().invoke(commands, ["job", "list"])
    assert "不行" in told.stdout
    assert run("job", "retry", key)["state"] == "queued"
    assert run("job", "cancel", key)["state"] == "cancelled"
    again = CliRunner().invoke(commands, ["job", "cancel", key])
    assert again.exit_code == 1
    assert bench.told() == ["retried", "cancelled"]
