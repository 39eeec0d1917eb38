"""The job that makes a file: begun again after a kill, cancelled, and never made a second time."""

import datetime as dt
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select, update

from app.appendix_issue import job, making
from app.db import Database
from app.exports import Format, Progress
from app.jobs.models import Job
from app.jobs.orders import cancel
from app.jobs.task import Extensions
from app.jobs.vocabulary import JobState
from app.jobs.worker import Worker
from app.ledger.verify import verify
from claims.models import AppendixFile
from sources.base import now
from sources.fetching import Fetcher
from tests.app.appendix_issue.newsdesk import BY, Newsdesk

ROOT = Path(__file__).parents[3]


def asked(desk: Newsdesk, form: str = "md") -> Job:
    with desk.database.writing(BY) as session:
        return making.ask(session, desk.row(1), form, by=BY)


def worker(desk: Newsdesk) -> Worker:
    return Worker(desk.database, Extensions(desk.store, Fetcher(agent="test")), 1)


def standing(desk: Newsdesk) -> list[tuple[JobState, str | None]]:
    with desk.database.reading() as session:
        rows = session.scalars(select(Job).order_by(Job.id))
        return [(row.state, (row.words or {}).get("en")) for row in rows]


def files(desk: Newsdesk) -> list[str]:
    with desk.database.reading() as session:
        return [row.format for row in session.scalars(select(AppendixFile))]


def test_a_job_makes_the_file_and_says_how_far_it_is(database: Database) -> None:
    desk = Newsdesk(database)
    desk.issue()
    first = asked(desk)
    assert asked(desk).id == first.id
    worker(desk).run_ready()
    ((state, words),) = standing(desk)
    assert state is JobState.DONE
    assert words is not None
    assert words.startswith("Making MD: ")
    assert files(desk) == ["md"]
    asked(desk)
    worker(desk).run_ready()
    assert files(desk) == ["md"]
    assert verify(database).findings == []


def test_a_cancelled_job_makes_no_file(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    key = asked(desk).id

    def render(_format: Format, _view: object, _out: object, progress: Progress) -> None:
        with sqlite_database.writing(BY) as session:
            cancel(session, key)
        progress(3, 3)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Format, "render", render)
        worker(desk).run_ready()
    assert [state for state, _ in standing(desk)] == [JobState.CANCELLED]
    assert files(desk) == []
    assert list(desk.store.root.glob(".tmp-*")) == []


def test_a_job_whose_worker_was_killed_is_begun_again(sqlite_database: Database) -> None:
    desk = Newsdesk(sqlite_database)
    desk.issue()
    asked(desk)
    home = {"DESK_HOME": str(sqlite_database.settings.home), "DESK_DATABASE_URL": ""}
    command = [sys.executable, "-m", "tests.app.appendix_issue.dying", "worker", "--once"]
    killed = subprocess.run(command, cwd=ROOT, env={**os.environ, **home}, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert [state for state, _ in standing(desk)] == [JobState.RUNNING]
    assert files(desk) == []
    with sqlite_database.writing("system:test") as session:
        session.execute(update(Job).values(leased_until=now() - dt.timedelta(seconds=1)))
    worker(desk).run_ready()
    assert files(desk) == ["md"]
    assert verify(sqlite_database).findings == []


def test_it_says_how_far_it_is_in_both_languages() -> None:
    assert job.said("pdf", 3, 50) == {
        "zh": "正在生成 PDF：3/50",
        "en": "Making PDF: 3 of 50",
    }
