"""People cancel what is not over and have tried again what did not work; both are recorded."""

import uuid

import pytest

from app.db import Database
from app.jobs import orders, running
from app.jobs.vocabulary import JobState
from sources.errors import Conflict, Missing
from tests.app.jobs.bench import WHO, Bench


@pytest.fixture
def bench(sqlite_database: Database) -> Bench:
    return Bench(sqlite_database)


def retry(bench: Bench, key: uuid.UUID) -> None:
    with bench.database.writing(WHO) as session:
        orders.retry(session, key)


def cancel(bench: Bench, key: uuid.UUID) -> None:
    with bench.database.writing(WHO) as session:
        orders.cancel(session, key)


def test_a_failed_job_begins_anew_with_all_its_attempts(bench: Bench) -> None:
    key = bench.ask("refusal")
    running.run(bench.task())
    retry(bench, key)
    job = bench.job(key)
    assert (job.state, job.attempts, job.error, job.finished_at) == (JobState.QUEUED, 0, None, None)
    assert bench.told() == ["asked", "failed", "retried"]


def test_what_waits_for_its_next_attempt_may_begin_at_once(bench: Bench) -> None:
    key = bench.ask("passing")
    running.run(bench.task())
    retry(bench, key)
    running.run(bench.task())
    assert bench.job(key).state == JobState.DONE


def test_what_is_over_is_not_cancelled_and_what_runs_is_not_tried_again(bench: Bench) -> None:
    key = bench.ask()
    task = bench.task()
    with pytest.raises(Conflict):
        retry(bench, key)
    running.run(task)
    for order in (retry, cancel):
        with pytest.raises(Conflict):
            order(bench, key)
    with pytest.raises(Missing):
        cancel(bench, uuid.uuid4())
    assert bench.told() == ["asked"]


def test_no_second_job_comes_back_to_life_beside_the_one_under_way(bench: Bench) -> None:
    key = bench.ask(key="a")
    cancel(bench, key)
    bench.ask(key="a")
    with pytest.raises(Conflict):
        retry(bench, key)
    assert bench.told() == ["asked", "cancelled", "asked"]
