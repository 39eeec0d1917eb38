"""Fifty slow sources are fetched while pages are asked for: how much longer do the pages take.

Usage: python -m tests.benchmarks.slow_sources [--sources 50] [--pages 150] [--turns 3]

The sample is served by waitress with a worker in the same process, as `manage.py serve` does; the
sources are sites on this machine that send a few bytes at a time and need some twenty seconds.
Pages are asked for in turns with and without fetches under way, so that a busy machine slows both
alike.
The ratio of the 95th percentiles is what counts: at most 1.5.
"""

import argparse
import http.client
import shutil
import socket
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select
from waitress.server import create_server

import app.models
from app import captures
from app.accounts.key_cookie import KEY
from app.accounts.models import Account
from app.accounts.sessions import Visitor, open_session
from app.accounts.vocabulary import Proof
from app.config import Settings
from app.db import Database
from app.factory import create_app
from app.jobs import orders
from app.jobs.handlers import HANDLERS
from app.jobs.models import Job
from app.jobs.task import Extensions
from app.jobs.vocabulary import UNFINISHED, JobState
from app.jobs.worker import Worker
from sources.models import Source
from sources.store import Store
from sources.vocabulary import SourceKind, Tier
from tests.engines import fill_with_sample
from tests.sources.servers import Server, fetcher, serving

__all__ = ["app"]
BY = "editor:lin.yi"
BEFORE, DRIP, PARTS = 2.0, 0.2, 100
WORST = 1.5
PAGES = ("/", "/queue", "/sources", "/articles/ten-years", "/contested", "/jobs")


def dripping(line: socket.socket, _head: bytes) -> None:
    """Send a page a few bytes at a time."""
    line.sendall(f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n{'<p>5 %'}".encode())
    for _ in range(PARTS):
        time.sleep(DRIP)
        line.sendall(b"<p>The share was 18.3 % in 2024.</p>")


class Desk:
    """A served desk with a worker beside its pages."""

    def __init__(self, database: Database, site: Server, sources: int) -> None:
        """Serve, and let as many captures run at once as there are sources."""
        HANDLERS["capture"] = replace(HANDLERS["capture"], at_once=sources)
        self.database, self.site = database, site
        web = fetcher(site, seconds=60)
        self.app = create_app(database.settings, database, web)
        self.app.config["WTF_CSRF_ENABLED"] = False
        self.server = create_server(self.app, host="127.0.0.1", port=0, threads=8)
        threading.Thread(target=self._serve, daemon=True).start()
        store = Store(database.settings.store)
        self.worker = Worker(database, Extensions(store, web), sources + 1)
        self.worker.start()
        self.cookie = self._signed_in()

    def _serve(self) -> None:
        with suppress(OSError):
            self.server.run()

    def _signed_in(self) -> str:
        """The cookie of a session."""
        with self.database.writing(BY) as session:
            account = session.scalars(
                select(Account).where(Account.name == BY.partition(":")[2])
            ).one()
            token = account.session_token
            key, _ = open_session(session, account, Visitor("benchmark", ""), [Proof.PASSWORD])
        client = self.app.test_client()
        with client.session_transaction() as kept:
            kept["_user_id"], kept["_fresh"], kept[KEY] = token, True, key
        found = client.get_cookie("desk_session")
        assert found is not None
        return f"desk_session={found.value}"

    def latencies(self, count: int) -> list[float]:
        """Ask for pages one after the other; the seconds that each took."""
        port, found = vars(self.server)["effective_port"], []
        for number in range(count):
            began = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            connection.request("GET", PAGES[number % len(PAGES)], headers={"Cookie": self.cookie})
            answer = connection.getresponse()
            answer.read()
            connection.close()
            assert answer.status == 200, (PAGES[number % len(PAGES)], answer.status)
            found.append(time.perf_counter() - began)
        return found

    def running(self) -> int:
        """How many captures are under way."""
        with self.database.reading() as session:
            query = select(func.count()).where(Job.state == JobState.RUNNING)
            return session.scalar(query) or 0

    @contextmanager
    def fetching(self, sources: int) -> Iterator[None]:
        """Have so many slow sources fetched meanwhile."""
        with self.database.writing(BY) as session:
            for number in range(sources):
                url = f"http://slow{number}.example.org:{self.site.port}/{time.time_ns()}"
                kind, tier = SourceKind.NEWS_REPORT, Tier.ESTABLISHED
                name = f"slow-{time.time_ns()}"
                source = Source(key=name, kind=kind, tier=tier, url=url, created_by=BY)
                session.add(source)
                session.flush()
                captures.ask(session, source, by=BY)
        while self.running() < sources:
            time.sleep(0.1)
        time.sleep(BEFORE)
        yield
        with self.database.writing(BY) as session:
            for key in session.scalars(select(Job.id).where(Job.state.in_(UNFINISHED))).all():
                orders.cancel(session, key)
        while self.worker.tasks():
            time.sleep(0.1)


def p95(found: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(found, n=20)[-1]


def measure(desk: Desk, sources: int, pages: int, turns: int) -> float:
    """Take turns, and return the ratio of the percentiles."""
    quiet, busy = list[float](), list[float]()
    desk.latencies(2 * len(PAGES))
    for _ in range(turns):
        quiet += desk.latencies(pages)
        with desk.fetching(sources):
            least = desk.running()
            busy += desk.latencies(pages)
            least = min(least, desk.running())
        sys.stdout.write(f"{least} fetches under way at the least\n")
    ratio = p95(busy) / p95(quiet)
    middle = statistics.median(busy) / statistics.median(quiet)
    sys.stdout.write(
        f"p95 without {p95(quiet) * 1000:.0f} ms, with {p95(busy) * 1000:.0f} ms: "
        f"ratio {ratio:.2f}; median {middle:.2f}\n"
    )
    return ratio


def main() -> None:
    """Read the arguments, and measure on a new database."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=int, default=50)
    parser.add_argument("--pages", type=int, default=150)
    parser.add_argument("--turns", type=int, default=3)
    asked = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="slow-sources-"))
    try:
        fill_with_sample(Database(Settings.load({"DESK_HOME": str(home)})))
        database = Database(Settings.load({"DESK_HOME": str(home)}))
        with serving(dripping) as site:
            ratio = measure(
                Desk(database, site, asked.sources), asked.sources, asked.pages, asked.turns
            )
    finally:
        shutil.rmtree(home, ignore_errors=True)
    sys.exit(0 if ratio <= WORST else 1)


if __name__ == "__main__":
    main()
