"""How the desk answers inputs made to break it: its own server, attacked in every way there is.

``python -m tests.benchmarks.hostile_inputs --count 10000 --engine sqlite`` serves a desk on this
machine with a hostile web around it, sends that many generated inputs, and prints the answers by
kind and what was found afterwards. It ends with 1 where anything was found.
"""

import argparse
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click
import psycopg
from sqlalchemy import func, or_, select

from app import schema
from app.config import Settings
from app.db import Database
from app.jobs import queue
from app.jobs.clock import clock
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from tests.app.browser import PASSWORD
from tests.app.forms.stands import EVERYBODY, Stands
from tests.benchmarks.hostile import books
from tests.benchmarks.hostile.assault import Assault
from tests.benchmarks.hostile.lines import Wire
from tests.benchmarks.hostile.scenes import scene
from tests.benchmarks.hostile.site import Site, Traps, free_port
from tests.engines import address, started

MOST_GROWTH = 200
"""Megabytes by which the server's process may grow."""
WARM = 100
"""Inputs before the process is measured: what it loads once is no growth."""
ROUND = 500
"""Inputs between two looks at the clock; each round has all kinds."""
SLOW = 2.0
"""Seconds an answer may take that waits for no other site."""
WAITING = (
    "article, address",
    "article, answer of a site",
    "article, document",
    "snapshot",
    "source",
)
"""Kinds that go to another site, or start a child to read a file."""
PATIENCE = 900
"""Seconds for the jobs that are left at the end."""


@dataclass
class Served:
    """A server under attack, with the places it may write to."""

    process: subprocess.Popen[bytes]
    port: int
    home: Path
    scratch: Path
    log: Path

    def memory(self, name: str) -> int:
        """Megabytes of the process: ``VmRSS`` now, ``VmHWM`` at its largest."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        found = next(line for line in lines if line.startswith(name))
        return int(found.split()[1]) // 1024


@contextmanager
def a_database(engine: str, home: Path) -> Iterator[dict[str, str]]:
    """The settings of an empty desk on an engine."""
    chosen = {"DESK_HOME": str(home), "DESK_WORKERS": "2"}
    if engine == "sqlite":
        yield chosen
        return
    server = started(Path(tempfile.mkdtemp(prefix="desk-postgres-")))
    try:
        with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE hostile")
        yield {**chosen, "DESK_DATABASE_URL": address(server, "hostile")}
    finally:
        server.cleanup()


@contextmanager
def serving(settings: dict[str, str], place: Path, site: Site) -> Iterator[Served]:
    """The desk's own server in a process of its own."""
    scratch, log, port = place / "scratch", place / "watched", free_port()
    scratch.mkdir()
    command = [sys.executable, "-m", "tests.benchmarks.hostile.server"]
    with (place / "server.log").open("wb") as said:
        process = subprocess.Popen(
            [*command, str(port), str(site.port), str(log)],
            env={**os.environ, **settings, "TMPDIR": str(scratch)},
            stdout=said,
            stderr=said,
        )
        try:
            yield Served(process, port, Path(settings["DESK_HOME"]), scratch, log)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def until_idle(database: Database) -> int:
    """Wait until no job is left; return how many are left after all patience."""
    for _ in range(PATIENCE):
        with database.reading() as session:
            waiting = or_(Job.state == JobState.RUNNING, queue.ready(clock(session)))
            left = session.scalar(select(func.count()).select_from(Job).where(waiting)) or 0
        if not left:
            return 0
        time.sleep(1)
    return left


def attack(
    served: Served, stands: Stands, site: Site, traps: Traps, count: int, chance: int, end: float
) -> Assault:
    """Sign in and send everything."""
    for _ in range(600):
        wire = Wire(served.port)
        try:
            assault = Assault(wire, EVERYBODY, PASSWORD)
            break
        except AssertionError:
            time.sleep(0.1)
    known = scene(stands, assault, site, traps)
    assault.carry_out(known, WARM, chance + 1000)
    warm = served.memory("VmRSS")
    for turn, most in enumerate(range(ROUND, count + ROUND, ROUND)):
        if time.monotonic() > end:
            break
        assault.carry_out(known, min(most, count) + WARM, chance + 100 * turn)
        click.echo(
            f"{min(most, count)} sent, {len(assault.tally.faults)} faults",
            err=True,
        )
    click.echo(
        f"memory: {warm} MB warm, {served.memory('VmRSS')} MB at the end, "
        f"{served.memory('VmHWM')} MB at most"
    )
    if served.memory("VmHWM") - warm > MOST_GROWTH:
        assault.findings.append(f"the server grew by more than {MOST_GROWTH} MB")
    return assault


def found(
    served: Served, database: Database, assault: Assault, traps: Traps, before: set[str]
) -> Iterator[str]:
    """Whatever must not be, after all that."""
    tally = assault.tally
    for sent, answer in tally.faults:
        said = f"{sent.kind} {sent.method} {sent.path[:80]!r} {sent.body[:200]!r}"
        yield f"{answer.status} {answer.request} {said}"
    yield from (f"{one!r} in the answer to {sent.method} {sent.path}" for sent, one in tally.leaks)
    yield from (
        f"a refused request wrote: {one}" for one in books.written_by(database, tally.refused)
    )
    yield from (f"a file no row names: {one}" for one in books.strays(database))
    yield from (
        f"an answer took {seconds:.1f} s: {kind}"
        for kind, seconds in tally.slowest.items()
        if seconds > SLOW and not kind.startswith(WAITING)
    )
    # The rows a test desk is made of may name files that never were.
    grown = set(books.complaints(database)) - before
    yield from (f"the ledger: {one}" for one in sorted(grown))
    yield from (f"a connection inside: {one}" for one in traps.caught)
    yield from served.log.read_text("utf-8").splitlines()
    after = places()
    yield from (
        f"a file outside: {one}" for one in books.outside(before, after, served.home.parent)
    )
    yield from (f"a temporary file that stayed: {one}" for one in served.scratch.iterdir())


def places() -> set[str]:
    """What stands in the folders a climbing name could reach; others write to ``/tmp`` as well."""
    roots = [Path("/var/tmp"), Path("/etc"), Path.home(), Path.cwd(), Path("/")]  # noqa: S108 - looked at only
    return {str(path) for root in roots if root.exists() for path in root.iterdir()}


def run(engine: str, count: int, chance: int, minutes: int) -> int:
    """Attack one desk; return how much was found."""
    place = Path(tempfile.mkdtemp(prefix="desk-hostile-"))
    site = Site()
    traps = Traps(site.port)
    with a_database(engine, place / "home") as chosen:
        database = Database(Settings.load(chosen))
        schema.upgrade(database, actor="system:test")
        stands = Stands(database)
        before, began = {*places(), *books.complaints(database)}, time.monotonic()
        with serving(chosen, place, site) as served:
            assault = attack(served, stands, site, traps, count, chance, began + minutes * 60)
            left = until_idle(database)
            findings = [*assault.findings, *found(served, database, assault, traps, before)]
            findings += [f"{left} jobs never ended"] if left else []
        seconds = time.monotonic() - began
        jobs = outcomes(database)
        database.close()
    click.echo(assault.tally.table())
    click.echo(f"captures: {jobs}")
    click.echo(
        f"{sum(assault.tally.answers.values())} requests in {seconds:.0f} s, "
        f"signed out {assault.tally.lost} times"
    )
    click.echo("\n".join(itertools.islice(findings, 50)) or "nothing found")
    click.echo(f"kept in {place}")
    return len(findings)


def outcomes(database: Database) -> dict[str, int]:
    """How the jobs ended."""
    with database.reading() as session:
        rows = session.execute(select(Job.state, func.count()).group_by(Job.state))
        return {str(state): count for state, count in rows}


def main() -> None:
    """Read what is wanted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--minutes", type=int, default=240, help="begin no further round after")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=["sqlite", "postgresql"], default="sqlite")
    chosen = parser.parse_args()
    sys.exit(1 if run(chosen.engine, chosen.count, chosen.seed, chosen.minutes) else 0)


if __name__ == "__main__":
    main()
