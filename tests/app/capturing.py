"""Sources on a server of this machine, and a worker that fetches from it alone."""

from app import captures
from app.db import Database
from app.jobs.models import Job
from app.jobs.task import Extensions
from app.jobs.worker import Worker
from sources.attempt_models import CaptureAttempt
from sources.fetching import Fetcher
from sources.models import Source
from sources.registry import add_source
from sources.store import Store
from tests.sources.servers import Server
from tests.sources.test_capture import BY


def worker(database: Database, web: Fetcher) -> Worker:
    """A worker that reaches what a fetcher reaches."""
    return Worker(database, Extensions(Store(database.settings.store), web), 4)


def a_page(database: Database, server: Server, path: str = "/a") -> Source:
    """A source at an address of a server."""
    with database.writing(BY) as session:
        return add_source(session, by=BY, url=f"http://news.example.org:{server.port}{path}")


def ask(database: Database, source: Source, by: str = BY) -> CaptureAttempt:
    """Somebody asks for a copy."""
    with database.writing(by) as session:
        return captures.ask(session, source, by=by)


def newest(database: Database, source: Source) -> captures.Attempted:
    """How far the newest attempt is."""
    with database.reading() as session:
        found = captures.attempted(session, source)[0]
        assert found.attempt.source.key
        return found


def now_ready(database: Database) -> None:
    """Let no job wait for its next try."""
    with database.writing("system:test") as session:
        for job in session.query(Job):
            job.run_after = None
