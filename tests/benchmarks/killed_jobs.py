"""Workers are killed, at random moments and at every statement: what is lost, what is doubled.

Usage: python -m tests.benchmarks.killed_jobs [--rounds 1000] [--stride 1]
        [--engine sqlite|postgresql] [--home FOLDER --url URL]

Each round starts two workers and a person who asks for jobs, and kills all three (SIGKILL). Before
that a worker is killed before each of the statements that a job takes, one after the other. At the
end a worker is let live, and then two and eight on one queue: each job that was acknowledged must
have had its effect, a row, exactly once, each refused one exactly one entry of its failure, and the
ledger must be whole.

Nothing is opened in this process: every step is a fork, so that each has connections of its own.
"""

import argparse
import contextlib
import itertools
import json
import math
import os
import random
import shutil
import signal
import sys
import tempfile
import threading
import time
import traceback
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event, func, select
from sqlalchemy.orm import configure_mappers

import app.models
from app.db import Database
from app.jobs import queue
from app.jobs.handlers import HANDLERS
from app.jobs.models import Job
from app.jobs.vocabulary import UNFINISHED, JobState
from app.jobs.worker import Worker
from app.ledger.tables import EVENT, options
from app.ledger.verify import verify
from sources.models import Source
from tests import engines
from tests.app.jobs import deeds

__all__ = ["app"]
BY = "editor:li.wei"
KINDS = ("row", "row", "refusal")
AT_ONCE = 30
PAUSE = 0.05
"""Seconds that a job of the rounds takes in its middle, so that many are killed there."""
BETWEEN = 0.1
LEASE = 0.6
LONGEST_ROUND = 0.5
PATIENCE = 600.0
Step = Callable[[Database], None]


@dataclass(frozen=True)
class Place:
    """Where the database of a run lies."""

    home: Path
    url: str

    @property
    def acknowledged(self) -> Path:
        """The names of the jobs whose queueing was confirmed, a line each."""
        return self.home / "acknowledged"

    def fork(self, step: Step) -> int:
        """Begin a step in a process of its own."""
        child = os.fork()
        if child:
            return child
        code = 1
        try:
            database = Database(engines.settings(self.home, self.url))
            step(database)
            database.close()
            code = 0
        finally:
            if code:
                traceback.print_exc()
            sys.stdout.flush()
            os._exit(code)

    def do(self, step: Step) -> bool:
        """Take a step to its end; whether it came there."""
        return os.waitpid(self.fork(step), 0)[1] == 0

    def ask(self, database: Database, kind: str, pause: float = 0) -> None:
        """Queue a job, and write its name down once that is certain."""
        name = f"{kind}-{uuid.uuid4().hex}"
        with database.writing(BY) as session:
            queue.enqueue(session, kind, {"name": name, "pause": pause}, by=BY)
        with self.acknowledged.open("a", encoding="ascii") as file:
            file.write(f"{name}\n")


def keep_asking(place: Place, ready: int) -> Step:
    """A person who asks for one job after the other."""

    def step(database: Database) -> None:
        for number in itertools.count():
            place.ask(database, random.choice(KINDS), PAUSE)  # noqa: S311 - no secret hangs on it
            if number == 0:
                os.write(ready, b".")
            # No more than the workers can do, or the end would be a long one.
            time.sleep(BETWEEN)

    return step


def work(ready: int) -> Step:
    """A worker that runs until it is killed."""

    def step(database: Database) -> None:
        Worker(database, deeds.extensions(database), 4).start()
        os.write(ready, b".")
        threading.Event().wait()

    return step


def die_before(number: int, kind: str) -> Step:
    """A worker that dies before its statement of a number, or lives where there are fewer."""

    def step(database: Database) -> None:
        seen = 0
        for other in {*HANDLERS} - {kind}:
            del HANDLERS[other]

        def count(*_: Any) -> None:
            nonlocal seen
            if threading.current_thread() is threading.main_thread():
                seen += 1
                if seen == number:
                    os.kill(os.getpid(), signal.SIGKILL)

        if database.is_sqlite:
            # The driver tells of begin, savepoint and commit as well.
            event.listen(database.engine, "connect", lambda c, _: c.set_trace_callback(count))
        else:
            for moment in ("before_cursor_execute", "commit"):
                event.listen(database.engine, moment, count)
        Worker(database, deeds.extensions(database), 4).run_ready(most=1)

    return step


def boundaries(place: Place, kind: str, stride: int) -> int:
    """Kill a worker before each statement of a job, or each so-manieth; return how many died."""

    def ask(database: Database) -> None:
        for _ in range(AT_ONCE):
            place.ask(database, kind)

    for died, number in enumerate(itertools.count(1, stride)):
        if died % AT_ONCE == 0:
            assert place.do(ask)
        if place.do(die_before(number, kind)):
            return died
    raise AssertionError


def rounds(place: Place, count: int) -> int:
    """Kill two workers and whoever asks, again and again; return how many processes died."""
    for _ in range(count):
        begun, ready = os.pipe()
        children = [
            place.fork(step) for step in (work(ready), work(ready), keep_asking(place, ready))
        ]
        for _child in children:
            assert os.read(begun, 1)
        time.sleep(random.uniform(0, LONGEST_ROUND))  # noqa: S311 - no secret hangs on it
        for child in children:
            os.kill(child, signal.SIGKILL)
        for child in children:
            os.waitpid(child, 0)
        os.close(begun)
        os.close(ready)
    return 3 * count


def crowd(place: Place, workers: int) -> None:
    """Let many live workers empty one queue."""

    def ask(database: Database) -> None:
        for _ in range(5 * workers):
            place.ask(database, "row")

    assert place.do(ask)
    begun, ready = os.pipe()
    children = [place.fork(work(ready)) for _ in range(workers)]
    assert place.do(wait)
    for child in children:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    os.close(begun)
    os.close(ready)


def recover(database: Database) -> None:
    """Let a worker live until nothing is left to do."""
    worker = Worker(database, deeds.extensions(database), 4)
    worker.start()
    wait(database)
    worker.stop()


def wait(database: Database) -> None:
    """Look at the queue until nothing is left to do, or nothing more is done."""
    edge, fewest = time.monotonic() + PATIENCE, math.inf
    query = select(func.count()).where(Job.state.in_(UNFINISHED))
    while time.monotonic() < edge:
        with database.reading() as session:
            left = session.scalar(query) or 0
        if not left:
            break
        if left < fewest:
            edge, fewest = time.monotonic() + PATIENCE, left
        time.sleep(0.1)


def complaints(place: Place, database: Database) -> list[str]:
    """What was lost, doubled, half done or left lying."""
    acknowledged = set(place.acknowledged.read_text("ascii").split())
    with database.reading() as session:
        effects = Counter(session.scalars(select(Source.title)))
        states = {job.payload: job for job in session.scalars(select(Job))}
        failed = select(EVENT.c.pk).where(EVENT.c.tbl == "job", EVENT.c.op == "failed")
        told = Counter(session.execute(failed, execution_options=options(session)).scalars())
    found = [f"the ledger: {finding}" for finding in verify(database).findings]
    known = {json.loads(text)["name"]: job for text, job in states.items()}
    found += [f"{name} was acknowledged and is lost" for name in acknowledged - set(known)]
    for name, job in known.items():
        wanted = JobState.DONE if name.startswith("row") else JobState.FAILED
        if job.state != wanted:
            found.append(f"{name} is {job.state}")
        if effects[name] != (job.state == JobState.DONE):
            found.append(f"{name} had its effect {effects[name]} times")
        if told[str(job.id)] != (job.state == JobState.FAILED):
            found.append(f"the failure of {name} stands {told[str(job.id)]} times in the ledger")
    found += [f"{name} has an effect and no job" for name in set(effects) - set(known)]
    return found


def run(place: Place, count: int, stride: int) -> bool:
    """Do everything and tell about it; whether all was as it must be."""
    configure_mappers()
    HANDLERS.clear()
    for kind in KINDS:
        HANDLERS[kind] = deeds.handler(kind, lease_seconds=LEASE, most_attempts=100_000)
    statements = sum(boundaries(place, kind, stride) for kind in ("row", "refusal"))
    died = rounds(place, count)
    assert place.do(recover)
    for workers in (2, 8):
        crowd(place, workers)

    def tell(database: Database) -> None:
        found = complaints(place, database)
        with database.reading() as session:
            jobs, attempts = session.execute(select(func.count(), func.sum(Job.attempts))).one()
        sys.stdout.write(
            f"{database.engine.dialect.name}: killed before {statements} statements and {died} "
            f"times at random; {jobs} jobs in {attempts} attempts; {len(found)} complaints\n"
        )
        sys.stdout.write("".join(f"  {one}\n" for one in found[:20]))
        if found:
            sys.stdout.flush()
            os._exit(1)

    return place.do(tell)


def made(engine: str, stack: contextlib.ExitStack) -> Place:
    """A new database on an engine, removed at the end."""
    home = Path(tempfile.mkdtemp(prefix="killed-jobs-"))
    stack.callback(shutil.rmtree, home)
    url = ""
    if engine == "postgresql":
        server = engines.started(engines.data_folder())
        stack.callback(server.cleanup)
        url = engines.address(server, "postgres")
    place = Place(home, url)
    assert place.do(engines.fill_with_schema)
    return place


def main() -> None:
    """Read the arguments, and run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=1000)
    parser.add_argument("--stride", type=int, default=1, help="kill before each so-manieth")
    parser.add_argument("--engine", choices=engines.ENGINES, default="sqlite")
    parser.add_argument("--home", type=Path, help="of a migrated database, with --url")
    parser.add_argument("--url", default="")
    asked = parser.parse_args()
    with contextlib.ExitStack() as stack:
        place = Place(asked.home, asked.url) if asked.home else made(asked.engine, stack)
        well = run(place, asked.rounds, asked.stride)
    sys.exit(0 if well else 1)


if __name__ == "__main__":
    main()
