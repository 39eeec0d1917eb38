"""However many people ask, one copy is fetched; and each sees how far it is."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from app.captures import Progress
from app.db import Database
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from sources.attempt_models import CaptureAttempt
from sources.base import now
from tests.app.capturing import a_page, ask, newest, now_ready, worker
from tests.sources.servers import answer, fetcher, serving
from tests.sources.test_capture import PAGE

OTHER = "editor:zhang.min"


def test_two_people_who_ask_at_once_wait_for_one_copy(database: Database) -> None:
    with serving(answer(PAGE)) as server:
        source = a_page(database, server)
        with ThreadPoolExecutor(4) as people:
            names = [f"editor:person.{number}" for number in range(4)]
            asked = list(people.map(lambda name: ask(database, source, name), names))
        assert len({attempt.id for attempt in asked}) == 1
        assert worker(database, fetcher(server)).run_ready() == 1
    with database.reading() as session:
        assert session.scalar(select(func.count(CaptureAttempt.id))) == 1
    assert newest(database, source).progress is Progress.KEPT
    again = ask(database, source, OTHER)
    assert (again.id != asked[0].id, again.created_by) == (True, OTHER)


def test_an_attempt_says_how_far_it_is(sqlite_database: Database) -> None:
    with serving(answer(b"later", status="503 Unavailable")) as server:
        source = a_page(sqlite_database, server)
        ask(sqlite_database, source)
        assert newest(sqlite_database, source).progress is Progress.WAITING
        worker(sqlite_database, fetcher(server)).run_ready()
        put_off = newest(sqlite_database, source)
        assert put_off.progress is Progress.PUT_OFF
        assert put_off.under_way
        assert "503" in (put_off.words or {})["en"]
        for _ in range(3):
            now_ready(sqlite_database)
            worker(sqlite_database, fetcher(server)).run_ready()
    refused = newest(sqlite_database, source)
    assert (refused.progress, refused.attempt.http_status) == (Progress.REFUSED, 503)
    assert refused.attempt.warc_sha256 is not None


def test_an_attempt_whose_job_is_gone_can_be_asked_for_again(sqlite_database: Database) -> None:
    with serving(answer(PAGE)) as server:
        source = a_page(sqlite_database, server)
    first = ask(sqlite_database, source)
    with sqlite_database.writing("system:test") as session:
        job = session.scalars(select(Job)).one()
        job.state, job.finished_at = JobState.CANCELLED, now()
    assert newest(sqlite_database, source).progress is Progress.BROKEN_OFF
    assert ask(sqlite_database, source).id != first.id
