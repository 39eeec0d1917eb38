"""A worker does each job once, in as many threads as it may, and can be stopped at any moment."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy import func, select

from app.config import ROOT
from app.db import Database
from app.jobs import presence
from app.jobs.clock import clock
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from app.jobs.worker import Worker
from tests.app.jobs import deeds
from tests.app.jobs.bench import Bench

PATIENCE = 60.0
Start = Callable[[Bench], Worker]


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


@pytest.fixture
def started() -> Iterator[Callable[[Bench], Worker]]:
    """Starts workers that end with the test, however it ends."""
    begun: list[Worker] = []

    def start(bench: Bench) -> Worker:
        begun.append(worker(bench))
        begun[-1].start()
        return begun[-1]

    yield start
    for one in begun:
        one.stop(grace=0)


def worker(bench: Bench, threads: int = 4) -> Worker:
    return Worker(bench.database, deeds.extensions(bench.database), threads)


def states(bench: Bench) -> dict[JobState, int]:
    with bench.database.reading() as session:
        found = session.execute(select(Job.state, func.count()).group_by(Job.state))
        return {state: count for state, count in found}  # noqa: C416 - a row is no pair for mypy


def eventually(seen: Callable[[], bool]) -> None:
    """Wait for something that other threads bring about."""
    pause = threading.Event()
    for _ in range(int(PATIENCE / 0.05)):
        if seen():
            return
        pause.wait(0.05)
    pytest.fail("it did not come about")


def test_what_is_ready_is_done_one_after_the_other(sqlite_database: Database) -> None:
    bench = Bench(sqlite_database)
    for kind in ("row", "refusal", "breaking", "row"):
        bench.ask(kind)
    assert worker(bench).run_ready() == 4
    assert states(bench) == {JobState.DONE: 2, JobState.FAILED: 2}


def test_who_is_interrupted_at_a_job_shows_no_sign_of_life_any_more(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A heart that beat on kept the list of workers long, and wrote into other commands' words."""

    def interrupted(_task: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("app.jobs.running.run", interrupted)
    bench.ask("row")
    before = set(threading.enumerate())
    with pytest.raises(KeyboardInterrupt):
        worker(bench).run_ready()
    assert "jobs-heartbeat" not in {one.name for one in set(threading.enumerate()) - before}
    with bench.database.reading() as session:
        assert presence.alive(session, clock(session)) == []


def test_one_worker_does_what_is_ready_now_and_what_is_ready_later(
    sqlite_database: Database,
) -> None:
    bench = Bench(sqlite_database)
    found = worker(bench)
    bench.ask()
    assert found.run_ready() == 1
    bench.ask()
    assert found.run_ready() == 1


def test_threads_do_each_job_once_and_leave_when_they_are_told_to(
    bench: Bench, started: Start
) -> None:
    for number in range(12):
        bench.ask(name=str(number))
    found = started(bench)
    eventually(lambda: states(bench) == {JobState.DONE: 12})
    with bench.database.reading() as session:
        assert len(presence.alive(session, clock(session))) == 1
    found.stop()
    assert bench.effects() == 12
    with bench.database.reading() as session:
        assert presence.alive(session, clock(session)) == []


def test_what_runs_when_the_worker_stops_is_given_back_untouched(
    sqlite_database: Database, started: Start
) -> None:
    bench = Bench(sqlite_database)
    key = bench.ask("waiting")
    found = started(bench)
    eventually(lambda: bench.job(key).state == JobState.RUNNING)
    found.stop()
    job = bench.job(key)
    assert (job.state, job.attempts, job.run_after) == (JobState.QUEUED, 0, None)


def test_what_does_not_end_in_time_is_given_back_as_well(
    sqlite_database: Database, started: Start
) -> None:
    bench = Bench(sqlite_database)
    key = bench.ask("stubborn")
    found = started(bench)
    eventually(lambda: bench.job(key).state == JobState.RUNNING)
    found.stop(grace=0)
    assert bench.job(key).state == JobState.QUEUED
    deeds.GO_ON.set()
    eventually(lambda: found.tasks() == [])
    assert bench.effects() == 0


def killed(database: Database, script: str, *bounds: str) -> str:
    """What a benchmark tells that kills processes on this database."""
    settings = database.settings
    command = [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{script}", *bounds]
    where = ["--home", str(settings.home), "--url", settings.database_url]
    told = subprocess.run([*command, *where], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout + told.stderr
    return told.stdout


def test_killed_workers_lose_nothing_and_double_nothing(bench: Bench) -> None:
    """T-FAULT: The short version of the benchmark, which says how to run a thousand rounds."""
    told = killed(bench.database, "killed_jobs", "--rounds", "4", "--stride", "9")
    assert " 0 complaints" in told


def test_no_killed_capture_or_upload_is_lost_or_half_written(sqlite_database: Database) -> None:
    """T-FAULT: The short version of the benchmark."""
    assert " 0 complaints" in killed(sqlite_database, "killed_captures", "--rounds", "2")


def test_the_command_ends_politely_when_the_system_asks(sqlite_database: Database) -> None:
    settings = sqlite_database.settings
    environment = {**os.environ, "DESK_HOME": str(settings.home), "DESK_DATABASE_URL": ""}
    with subprocess.Popen(
        [sys.executable, "-W", "ignore", "manage.py", "worker", "--threads", "2"],
        cwd=ROOT,
        env=environment,
    ) as command:

        def alive() -> int:
            with sqlite_database.reading() as session:
                return len(presence.alive(session, clock(session)))

        eventually(lambda: alive() == 1)
        command.send_signal(signal.SIGTERM)
        assert command.wait(PATIENCE) == 128 + signal.SIGTERM
    assert alive() == 0
