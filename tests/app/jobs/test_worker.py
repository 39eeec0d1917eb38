"""A worker does each job once, whatever its handler does, and can be stopped at any moment."""

import pytest
from sqlalchemy import select

from app.db import Database
from app.jobs import queue
from app.jobs.handlers import HANDLERS, Handler
from app.jobs.models import Job
from app.jobs.task import Extensions
from app.jobs.vocabulary import JobState
from app.jobs.worker import Worker
from sources.fetching import Fetcher
from sources.store import Store


@pytest.fixture
def worker(database: Database, monkeypatch: pytest.MonkeyPatch) -> Worker:
    monkeypatch.setitem(HANDLERS, "row", Handler("tests.app.jobs.deeds:leave_a_row"))
    return Worker(database, Extensions(Store(database.settings.store), Fetcher()), 4)


def test_one_after_the_other(worker: Worker) -> None:
    with worker.database.writing("editor:li.wei") as session:
        for number in range(3):
            queue.enqueue(session, "row", {"name": f"{number}"}, by="editor:li.wei")
    assert worker.run_ready() == 3
    with worker.database.reading() as session:
        assert {job.state for job in session.scalars(select(Job))} == {JobState.DONE}


def test_threads(worker: Worker) -> None:
    with worker.database.writing("editor:li.wei") as session:
        for number in range(10):
            queue.enqueue(session, "row", {"name": f"{number}"}, by="editor:li.wei")
    worker.start()
    for _ in range(200):
        with worker.database.reading() as session:
            if {job.state for job in session.scalars(select(Job))} == {JobState.DONE}:
                break
        __import__("time").sleep(0.05)
    else:
        raise AssertionError
    worker.stop()
