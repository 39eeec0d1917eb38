"""What a failure means for a job: it is tried again, or ends with its reason."""

import pytest

from app.db import Database
from app.jobs import running
from app.jobs.handlers import HANDLERS
from app.jobs.surviving import Surviving
from app.jobs.vocabulary import JobState
from tests.app.jobs import deeds
from tests.app.jobs.bench import Bench


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def test_a_refusal_is_final_and_its_reason_is_kept(bench: Bench) -> None:
    key = bench.ask("refusal")
    running.run(bench.task())
    job = bench.job(key)
    assert (job.state, job.code, job.attempts) == (JobState.FAILED, "no", 1)
    assert job.error == {"zh": "不行。", "en": "It will not do. 1"}
    assert bench.told() == ["asked", "failed"]


@pytest.mark.parametrize(("kind", "code"), [("passing", "slow"), ("network", "interrupted")])
def test_what_may_pass_is_tried_again_later(
    sqlite_database: Database, kind: str, code: str
) -> None:
    bench = Bench(sqlite_database)
    key = bench.ask(kind)
    running.run(bench.task())
    job = bench.job(key)
    assert (job.state, job.code) == (JobState.QUEUED, code)
    assert job.run_after is not None
    assert bench.lease() is None
    assert bench.told() == ["asked"]


def test_what_does_not_pass_ends_after_the_last_attempt(sqlite_database: Database) -> None:
    bench = Bench(sqlite_database)
    key = bench.ask("network")
    for attempt in range(1, HANDLERS["network"].most_attempts + 1):
        assert bench.job(key).attempts == attempt - 1
        running.run(bench.task())
        bench.ahead += deeds.LONG
    assert (bench.job(key).state, bench.lease()) == (JobState.FAILED, None)
    assert bench.told() == ["asked", "failed"]


def test_a_success_forgets_why_it_did_not_work_before(sqlite_database: Database) -> None:
    bench = Bench(sqlite_database)
    key = bench.ask("passing")
    running.run(bench.task())
    bench.ahead = deeds.LONG
    running.run(bench.task())
    job = bench.job(key)
    assert (job.state, job.code, job.error, bench.effects()) == (JobState.DONE, None, None, 1)


def test_what_nobody_foresaw_is_kept_under_a_reference(sqlite_database: Database) -> None:
    bench = Bench(sqlite_database)
    key = bench.ask("breaking")
    task = bench.task()
    with Surviving("job", lambda reference: running.keep_unforeseen(task, reference)):
        running.run(task)
    job = bench.job(key)
    assert (job.state, job.code, len(job.reference or "")) == (JobState.FAILED, "unforeseen", 32)


def test_an_exit_is_no_error_to_be_survived() -> None:
    with pytest.raises(SystemExit), Surviving("job"):
        raise SystemExit
