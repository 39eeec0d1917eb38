"""The job that captures: what came is kept once, what did not says why, nothing is half done."""

from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from app import captures
from app.captures import Progress
from app.db import Database
from app.jobs.models import Job
from claims.awaited import await_copy
from claims.models import Evidence
from sources import capture
from sources.attempt_models import CaptureAttempt
from sources.fetching import Fetched
from sources.models import Snapshot
from tests.app.capturing import a_page, ask, newest, now_ready, worker
from tests.claims.newsroom import a_claim, attached
from tests.sources.servers import answer, certificates, fetcher, pages, serving
from tests.sources.test_capture import BY, PAGE


def snapshots(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count(Snapshot.id))) or 0


def test_a_copy_comes_and_evidence_rests_on_it(database: Database) -> None:
    with serving(answer(PAGE)) as server:
        source = a_page(database, server)
        with database.writing(BY) as session:
            item = attached(session, a_claim(session), source=session.merge(source))
            await_copy(session, item, captures.ask(session, item.source, by=BY), by=BY)  # type: ignore[arg-type]
        assert worker(database, fetcher(server)).run_ready() == 1
    with database.reading() as session:
        found = session.get_one(Evidence, item.id)
        assert found.snapshot is not None
        assert found.snapshot.page_title == "份额升至 5%"
        attempt = session.scalars(select(CaptureAttempt)).one()
        assert attempt.snapshot_id == found.snapshot_id


@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://inside.example:{port}/",
        "file:///etc/passwd",
    ],
)
def test_a_redirect_to_an_address_inside_is_followed_by_nobody(
    sqlite_database: Database, place: str
) -> None:
    with serving(answer(b"secret")) as inner:
        location = place.format(port=inner.port)
        with serving(answer(b"", status="302 Found", Location=location)) as server:
            source = a_page(sqlite_database, server)
            ask(sqlite_database, source)
            web = fetcher(server, names={"inside.example": ["10.0.0.7", "127.0.0.1"]})
            worker(sqlite_database, web).run_ready()
        assert inner.connections == 0
    found = newest(sqlite_database, source)
    assert found.progress is Progress.REFUSED
    assert set(found.words or {}) == {"zh", "en"}
    assert snapshots(sqlite_database) == 0


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort", "fetch_broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nlonger", "fetch_length"),
        (answer(b"x" * 300_000), "fetch_large"),
        (answer(b"", status="403 Forbidden"), "fetch_signed_out"),
    ],
)
def test_every_failure_says_why_and_keeps_no_copy(
    sqlite_database: Database, said: bytes, code: str
) -> None:
    with serving(said) as server:
        source = a_page(sqlite_database, server)
        ask(sqlite_database, source)
        for _ in range(4):
            worker(sqlite_database, fetcher(server)).run_ready()
            now_ready(sqlite_database)
    found = newest(sqlite_database, source)
    assert (found.progress, found.attempt.code) == (Progress.REFUSED, code)
    assert snapshots(sqlite_database) == 0


def test_a_site_that_cannot_prove_who_it_is_is_not_read(
    sqlite_database: Database, tmp_path: Path
) -> None:
    served, _trusting = certificates(tmp_path, "other.example.org")
    with serving(answer(PAGE), served) as server:
        source = a_page(sqlite_database, server)
        with sqlite_database.writing(BY) as session:
            url = f"https://news.example.org:{server.port}/"
            session.execute(update(type(source)).values(url=url))
        ask(sqlite_database, source)
        worker(sqlite_database, fetcher(server)).run_ready()
    assert newest(sqlite_database, source).attempt.code == "fetch_certificate"


def test_a_failure_that_passed_is_no_failure(sqlite_database: Database) -> None:
    answers = iter([answer(b"", status="503 Unavailable"), answer(PAGE)])
    with serving(lambda line, _head: line.sendall(next(answers))) as server:
        source = a_page(sqlite_database, server)
        ask(sqlite_database, source)
        worker(sqlite_database, fetcher(server)).run_ready()
        now_ready(sqlite_database)
        worker(sqlite_database, fetcher(server)).run_ready()
    assert newest(sqlite_database, source).progress is Progress.KEPT


def test_a_worker_that_lost_its_lease_writes_nothing(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = capture.read

    def overtaken(fetched: Fetched) -> capture.Captured:
        with database.writing("system:test") as session:
            session.execute(update(Job).values(holder="another worker"))
        return reading(fetched)

    with serving(pages({"/a": answer(PAGE)})) as server:
        source = a_page(database, server)
        ask(database, source)
        monkeypatch.setattr(capture, "read", overtaken)
        worker(database, fetcher(server)).run_ready()
    assert (newest(database, source).progress, snapshots(database)) == (Progress.RUNNING, 0)
