"""A handler's result and the end of its job are one transaction, or there is neither."""

import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.db import Database
from app.jobs import orders
from app.jobs.task import LeaseLostError, StoppingError
from app.jobs.vocabulary import JobState
from app.ledger import history
from sources.models import Source
from tests.app.jobs import deeds
from tests.app.jobs.bench import WHO, Bench


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def test_the_result_and_the_end_come_together_and_are_the_askers(bench: Bench) -> None:
    key = bench.ask()
    deeds.row(bench.task())
    assert bench.job(key).state == JobState.DONE
    with bench.database.reading() as session:
        assert session.scalars(select(Source.created_by)).all() == [WHO]
    bench.database.seal()
    with bench.database.reading() as session:
        made = history.entries(session, kind="row", limit=1)[0]
    assert (made.table, made.actor) == ("source", WHO)


def test_a_result_that_is_refused_leaves_the_job_where_it_was(bench: Bench) -> None:
    key = bench.ask()
    task = bench.task()
    with pytest.raises(IntegrityError), task.finishing() as session:
        session.add(Source(key=None, created_by=WHO))
    assert (bench.job(key).state, bench.effects()) == (JobState.RUNNING, 0)
    deeds.row(task)
    assert (bench.job(key).state, bench.effects()) == (JobState.DONE, 1)


def test_who_lost_the_lease_writes_nothing(bench: Bench) -> None:
    key = bench.ask()
    late = bench.task()
    bench.ahead = dt.timedelta(minutes=5)
    bench.task()
    with pytest.raises(LeaseLostError):
        deeds.row(late)
    assert (bench.job(key).state, bench.effects()) == (JobState.RUNNING, 0)


def test_a_job_that_was_cancelled_meanwhile_takes_no_effect(bench: Bench) -> None:
    key = bench.ask()
    task = bench.task()
    with bench.database.writing(WHO) as session:
        orders.cancel(session, key)
    with pytest.raises(LeaseLostError):
        task.progress(1, 2)
    with pytest.raises(LeaseLostError), task.finishing():
        pytest.fail("nothing may be written")
    assert bench.job(key).state == JobState.CANCELLED


def test_progress_is_noted_now_and_then_and_never_in_the_ledger(sqlite_database: Database) -> None:
    bench = Bench(sqlite_database)
    key = bench.ask()
    task = bench.task()
    for done in range(500):
        task.progress(done, 1000, {"en": f"{done} pages"})
    job = bench.job(key)
    assert job.done is not None
    assert job.done < 499
    task.progress(1000, 1000, {"en": "all pages"})
    job = bench.job(key)
    assert (job.done, job.total, job.words) == (1000, 1000, {"en": "all pages"})
    assert bench.told() == ["asked"]


def test_a_process_that_is_to_end_is_heard_between_two_steps(sqlite_database: Database) -> None:
    bench = Bench(sqlite_database)
    bench.ask()
    task = bench.task()
    task.stopping.set()
    with pytest.raises(StoppingError):
        task.progress(1, 2)
