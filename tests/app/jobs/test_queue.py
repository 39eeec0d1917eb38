"""A job is queued with the transaction that asks for it, and leased to one worker at a time."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from app.db import Database
from app.jobs import queue
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from sources.base import now
from tests.app.jobs.bench import WHO, Bench

MINUTE = dt.timedelta(minutes=1)


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def test_a_transaction_that_is_undone_leaves_no_job(bench: Bench) -> None:
    def change_ones_mind() -> None:
        with bench.database.writing(WHO) as session:
            queue.enqueue(session, "row", {"name": "甲"}, by=WHO)
            raise KeyError

    with pytest.raises(KeyError):
        change_ones_mind()
    assert bench.lease() is None
    assert bench.told() == []


def test_the_oldest_job_is_leased_once(bench: Bench) -> None:
    first, second = bench.ask(name="甲"), bench.ask(name="乙")
    held, other = bench.lease(), bench.lease()
    assert (held and held.id, other and other.id) == (first, second)
    assert bench.lease() is None


def test_a_job_that_is_for_later_waits(bench: Bench) -> None:
    bench.ask(run_after=now() + MINUTE)
    assert bench.lease() is None
    bench.ahead = 2 * MINUTE
    assert bench.lease() is not None


def test_one_unfinished_job_holds_a_key(bench: Bench) -> None:
    first = bench.ask(key="capture:a")
    assert bench.ask(key="capture:a") == first
    assert bench.ask(key="capture:b") != first
    with bench.task().finishing():
        pass
    assert bench.ask(key="capture:a") != first


def test_two_who_ask_at_once_for_the_same_get_the_same_job(bench: Bench) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = list(pool.map(lambda _: bench.ask(key="capture:a"), range(24)))
    assert len(set(keys)) == 1
    with bench.database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Job)) == 1


def test_many_who_lease_at_once_get_different_jobs(bench: Bench) -> None:
    wanted = {bench.ask(name=str(number)) for number in range(12)}
    with ThreadPoolExecutor(8) as pool:
        held = [one for one in pool.map(lambda _: bench.lease(), range(24)) if one is not None]
    assert sorted(one.id for one in held) == sorted(wanted)


def test_a_lease_that_is_prolonged_lasts_and_one_that_is_not_is_taken_over(bench: Bench) -> None:
    bench.ask()
    task = bench.task()
    bench.ahead = dt.timedelta(seconds=50)
    with bench.database.writing(WHO) as session:
        assert queue.extend(session, task.held, now() + bench.ahead)
    bench.ahead = dt.timedelta(seconds=100)
    assert bench.lease() is None
    bench.ahead = dt.timedelta(seconds=120)
    other = bench.lease()
    assert other is not None
    assert (other.id, other.attempts) == (task.held.id, 2)
    with bench.database.writing(WHO) as session:
        assert not queue.extend(session, task.held, now() + bench.ahead)


def test_a_clock_that_is_set_back_keeps_nothing_waiting(bench: Bench) -> None:
    bench.ask(name="leased")
    bench.ahead = dt.timedelta(days=365)
    assert bench.lease() is not None
    bench.ask(name="queued")
    bench.ahead = dt.timedelta()
    names = [held.payload["name"] for _ in range(2) if (held := bench.lease()) is not None]
    assert names == ["leased", "queued"]


def test_what_kills_its_workers_ends_as_failed(bench: Bench) -> None:
    key = bench.ask()
    for attempt in range(1, 6):
        held = bench.lease()
        assert held is not None
        assert held.attempts == attempt
        bench.ahead += 2 * MINUTE
    assert bench.lease() is None
    job = bench.job(key)
    assert (job.state, job.code, job.holder) == (JobState.FAILED, "worker_died", None)
    assert bench.told() == ["asked", "failed"]


def test_what_the_desk_asks_itself_for_is_no_entry_of_the_ledger(bench: Bench) -> None:
    with bench.database.writing("system:rules") as session:
        queue.enqueue(session, "row", {"name": "甲"}, by="system:rules")
    assert bench.told() == []
