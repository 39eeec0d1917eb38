"""Captures and uploads are killed at random moments: what was promised, and what lies half written.

Usage: python -m tests.benchmarks.killed_captures [--rounds 1000] [--engine sqlite|postgresql]
                                                  [--home FOLDER --url URL]

Each round starts a worker that captures pages of a site on this machine, somebody who asks for
captures and somebody who uploads files, and kills all three (SIGKILL). At the end a worker is let
live. Then each file that was acknowledged must lie in the store with a row, each capture that was
acknowledged must have brought exactly one copy with its record, no file of the store may differ
from its name, and temporary files must go with the sweep. The ledger must be whole.
"""

import argparse
import contextlib
import io
import os
import random
import signal
import sys
import threading
import time
import uuid
from collections import Counter
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import configure_mappers

import app.models
from app import captures
from app.config import ROOT
from app.db import Database
from app.jobs.handlers import HANDLERS
from app.jobs.models import Job
from app.jobs.task import Extensions
from app.jobs.vocabulary import JobState
from app.jobs.worker import Worker
from app.ledger.verify import verify
from sources import snapshots
from sources.attempt_models import CaptureAttempt
from sources.fetching import Fetcher
from sources.models import Snapshot, Source
from sources.store import DRAFT, Store
from sources.vocabulary import Capture, SourceKind, Tier
from tests import engines
from tests.benchmarks import killed_jobs
from tests.benchmarks.killed_jobs import Place, Step
from tests.sources.servers import answer, serving

__all__ = ["app"]
BY = "editor:li.wei"
LONGEST_ROUND = 0.6
LEASE = 4.0
"""Seconds; reading a page takes a process of its own, and a busy machine long to start it."""
PAGE = (
    b"<!doctype html><title>Shares</title><article><h1>Shares</h1><p>@</p>"
    + b"<p>The share of memory chips was 18.3 % in 2024, and it had been 17.1 % before.</p>" * 40
    + b"</article>"
)


def own(judged: int) -> Fetcher:
    """A fetcher for which one port of this machine is the web."""
    return Fetcher(
        agent="ClaimDesk/test",
        resolver=lambda _host: ["127.0.0.1"],
        judge=lambda _address, port: None if port == judged else "not the test's",
    )


def site(out: int) -> Step:
    """A site whose every page is another; it tells its port."""

    def step(_database: Database) -> None:
        def handle(line: object, head: bytes) -> None:
            if not head:
                return  # Who asked was killed before the question was out.
            content = answer(PAGE.replace(b"@", head.split(b" ")[1]))
            line.sendall(content[:400])  # type: ignore[attr-defined]
            time.sleep(random.uniform(0, 0.05))  # noqa: S311 - no secret hangs on it
            line.sendall(content[400:])  # type: ignore[attr-defined]

        with serving(handle) as served:
            os.write(out, f"{served.port}\n".encode())
            threading.Event().wait()

    return step


class Newsroom:
    """What happens in a round, and what was promised in all of them."""

    def __init__(self, place: Place, port: int) -> None:
        """Keep where the promises are written down."""
        self.place, self.port = place, port
        self.uploaded = place.home / "uploaded"
        self.asked = place.home / "asked"

    def work(self, ready: int) -> Step:
        """A worker that captures until it is killed."""

        def step(database: Database) -> None:
            self.worker(database).start()
            os.write(ready, b".")
            threading.Event().wait()

        return step

    def worker(self, database: Database) -> Worker:
        """A worker with a store and a fetcher of this run."""
        return Worker(database, Extensions(Store(database.settings.store), own(self.port)), 4)

    def ask(self, ready: int) -> Step:
        """Somebody who asks for one capture after the other."""

        def step(database: Database) -> None:
            os.write(ready, b".")
            while True:
                name = uuid.uuid4().hex
                with database.writing(BY) as session:
                    source = self.source(name, f"http://news.example.org:{self.port}/{name}")
                    session.add(source)
                    session.flush()
                    captures.ask(session, source, by=BY)
                noted(self.asked, name)
                time.sleep(0.05)

        return step

    def upload(self, ready: int) -> Step:
        """Somebody who uploads one file after the other, as the view does it."""

        def step(database: Database) -> None:
            store = Store(database.settings.store)
            os.write(ready, b".")
            while True:
                content = f"{uuid.uuid4().hex}\n".encode() * 3000
                file = snapshots.received(io.BytesIO(content), "figures.txt")
                with database.writing(BY) as session:
                    source = self.source(uuid.uuid4().hex, None)
                    session.add(source)
                    kept = snapshots.keep(session, store, source, file, BY)
                noted(self.uploaded, kept.sha256)

        return step

    @staticmethod
    def source(name: str, url: str | None) -> Source:
        """A source to capture or to upload to."""
        kind, tier = SourceKind.NEWS_REPORT, Tier.ESTABLISHED
        return Source(key=name, kind=kind, tier=tier, title=name, url=url, created_by=BY)

    def round(self) -> None:
        """Start all three, and kill them at some moment."""
        begun, ready = os.pipe()
        steps = (self.work(ready), self.ask(ready), self.upload(ready))
        children = [self.place.fork(step) for step in steps]
        for _child in children:
            assert os.read(begun, 1)
        time.sleep(random.uniform(0, LONGEST_ROUND))  # noqa: S311 - no secret hangs on it
        for child in children:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        os.close(begun)
        os.close(ready)

    def recover(self, database: Database) -> None:
        """Let a worker live until nothing is left to do."""
        worker = self.worker(database)
        worker.start()
        killed_jobs.wait(database)
        worker.stop()

    def complaints(self, database: Database) -> list[str]:
        """What was lost, doubled or half written."""
        store = Store(database.settings.store)
        found = [f"{name[:8]} is not what its name says" for name in store.damaged()]
        with database.reading() as session:
            rows = Counter(session.scalars(select(Snapshot.sha256)))
            files = {*rows, *session.scalars(select(CaptureAttempt.warc_sha256))} - {None}
            asked = select(Source.title).join(CaptureAttempt, CaptureAttempt.source_id == Source.id)
            brought = select(Source.title).join(Snapshot, Snapshot.source_id == Source.id)
            copies = Counter(session.scalars(brought.where(Snapshot.capture == Capture.WEB)))
            captured = {title: copies[title] for title in session.scalars(asked)}
            # The last reason of a job tells whether an attempt is lost or was only not come to.
            left = select(Job.state, Job.code, func.count()).group_by(Job.state, Job.code)
            for state, code, count in session.execute(left.where(Job.state != JobState.DONE)):
                found.append(f"{count} jobs are {state}: {code}")
        found += [f"{name[:8]} has a row and no file" for name in files if not store.holds(name)]
        found += [f"{name[:8]} was acknowledged, no row" for name in read(self.uploaded) - {*rows}]
        found += [f"{name} was asked for and is lost" for name in read(self.asked) - {*captured}]
        found += [f"{name} has {count} copies" for name, count in captured.items() if count != 1]
        store.sweep(older_than=0)
        found += [f"{entry.name} is left" for entry in store.root.glob(f"{DRAFT}*")]
        return found + [f"the ledger: {finding}" for finding in verify(database).findings]


def noted(file: Path, name: str) -> None:
    """Write down what was acknowledged."""
    with file.open("a", encoding="ascii") as stream:
        stream.write(f"{name}\n")


def read(file: Path) -> set[str]:
    """What was acknowledged."""
    return set(file.read_text("ascii").split()) if file.exists() else set()


def run(place: Place, count: int) -> bool:
    """Do everything and tell about it; whether all was as it must be."""
    configure_mappers()
    HANDLERS["capture"] = replace(HANDLERS["capture"], most_attempts=100_000, lease_seconds=LEASE)
    told, out = os.pipe()
    server = place.fork(site(out))
    newsroom = Newsroom(place, int(os.read(told, 20)))
    try:
        for _ in range(count):
            newsroom.round()
        drafts = len(list((place.home / "store").glob(f"{DRAFT}*")))
        assert place.do(newsroom.recover)
    finally:
        os.kill(server, signal.SIGKILL)
        os.waitpid(server, 0)

    def tell(database: Database) -> None:
        found = newsroom.complaints(database)
        asked, uploaded = len(read(newsroom.asked)), len(read(newsroom.uploaded))
        sys.stdout.write(
            f"{database.engine.dialect.name}: {3 * count} processes killed; {asked} captures and "
            f"{uploaded} uploads acknowledged; {drafts} temporary files swept; "
            f"{len(found)} complaints\n"
        )
        sys.stdout.write("".join(f"  {one}\n" for one in found[:20]))
        if found:
            sys.stdout.flush()
            os._exit(1)

    return place.do(tell)


def main() -> None:
    """Read the arguments, and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--engine", choices=engines.ENGINES, default="sqlite")
    parser.add_argument("--home", type=Path, help="of a migrated database, with --url")
    parser.add_argument("--url", default="")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.chdir(ROOT))
        place = (
            Place(asked.home, asked.url) if asked.home else killed_jobs.made(asked.engine, stack)
        )
        well = run(place, asked.rounds)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
