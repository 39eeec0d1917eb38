"""A site whose pages change between two looks, and a desk with evidence that rests on them."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy import func, select, update

from app.db import Database
from app.jobs.models import Job
from app.jobs.task import Extensions
from app.jobs.vocabulary import JobState
from app.jobs.worker import Worker
from app.looks.queueing import queue
from claims.evidence import attach_evidence
from claims.models import Evidence, Observation
from sources.base import now
from sources.looks.models import HostPace, PageState, SourceLook
from sources.models import Source
from sources.store import Store
from tests.claims.newsroom import CHECKER, a_claim, a_passage
from tests.sources.servers import Server, answer, fetcher, serving

RAIN = "2024年降雨量同比增长12.5%，达到340毫米"
ARTICLE = f"气象局周一公布了全年数据，各地差别很大。\n\n{RAIN}。\n\n水库的情况另行公布。\n"
NO_RULES = answer(b"", status="404 Not Found")


def page(text: str, **headers: str) -> bytes:
    """A page of plain text, which needs no process of its own to be read."""
    return answer(text.encode(), kind="text/plain; charset=utf-8", **headers)


def html(text: str) -> bytes:
    """The same as a web page, with a paragraph for each."""
    body = "".join(f"<p>{part}</p>" for part in text.split("\n\n"))
    head = "<!doctype html><html lang=zh><meta charset=utf-8><title>降雨</title><body><article>"
    return answer(f"{head}{body}</article></body></html>".encode())


@dataclass
class Site:
    """What each path answers now, what was asked, and how many asked at the same time."""

    pages: dict[str, bytes] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    heads: list[bytes] = field(default_factory=list)
    server: Server | None = None

    def __call__(self, connection: socket.socket, head: bytes) -> None:
        """Answer one request."""
        path = head.split(b" ")[1].decode()
        self.asked.append(path)
        self.heads.append(head)
        connection.sendall(self.pages.get(path, NO_RULES))

    def url(self, path: str, host: str = "rain.example") -> str:
        assert self.server is not None
        return f"http://{host}:{self.server.port}{path}"


@contextmanager
def site(**pages: bytes) -> Iterator[Site]:
    """A site on this machine; ``rain`` is the page ``/rain``."""
    found = Site({f"/{name}": content for name, content in pages.items()})
    with serving(found) as server:
        found.server = server
        yield found


@dataclass
class Watching:
    """A database whose sources stand on a site, with a worker that looks at them."""

    database: Database
    site: Site

    def worker(self, threads: int = 1) -> Worker:
        assert self.site.server is not None
        store = Store(self.database.settings.store)
        return Worker(self.database, Extensions(store, fetcher(self.site.server)), threads)

    def evidence(self, path: str, quote: str | None = RAIN, host: str = "rain.example") -> Evidence:
        """An item of a claim that quotes a page."""
        with self.database.writing(CHECKER) as session:
            source = Source(
                key=f"source{path.replace('/', '-')}-{host}",
                kind="other",
                tier="primary",
                title="降雨",
                url=self.site.url(path, host),
                language="zh",
                created_by=CHECKER,
            )
            session.add(source)
            session.flush()
            passage = a_passage(session, source=source, quote=quote)
            return attach_evidence(session, a_claim(session), passage, by=CHECKER)

    def look(self, *items: Evidence) -> None:
        """Look at the sources of items until nothing is left to do, without waiting in between."""
        with self.database.writing("system:watch") as session:
            for item in items:
                assert item.source_id is not None
                queue(session, item.source_id)
        while self.waiting():
            self.wait_no_longer()
            self.worker().run_ready()

    def waiting(self) -> int:
        """How many looks are queued."""
        with self.database.reading() as session:
            queued = select(func.count()).select_from(Job).where(Job.state == JobState.QUEUED)
            return session.scalar(queued) or 0

    def wait_no_longer(self) -> None:
        """Let time pass: every site may be asked again, and every job is ready."""
        with self.database.writing("system:watch") as session:
            session.execute(update(HostPace).values(free_at=now()))
            session.execute(update(Job).where(Job.state == JobState.QUEUED).values(run_after=None))

    def seen(self, item: Evidence) -> list[Observation]:
        with self.database.reading() as session:
            query = select(Observation).where(Observation.evidence_id == item.id)
            return list(session.scalars(query.order_by(Observation.id)))

    def states(self, item: Evidence) -> list[PageState]:
        with self.database.reading() as session:
            query = select(PageState).where(PageState.source_id == item.source_id)
            return list(session.scalars(query.order_by(PageState.id)))

    def last(self, item: Evidence) -> SourceLook:
        with self.database.reading() as session:
            return session.get_one(SourceLook, item.source_id)
