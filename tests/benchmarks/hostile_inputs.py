"""How the desk answers inputs made to break it: its own server, attacked in every way there is.

``python -m tests.benchmarks.hostile_inputs --count 10000 --engine sqlite`` serves a desk on this
machine with a hostile web and a lying identity provider around it, sends that many generated
inputs, tells each fault, leak and slow answer at once, and prints at the end the answers by kind,
how far each writing route was reached, what cost the most, and what was found afterwards. It ends
with 1 where anything was found. Where other work runs beside it (``--beside``) an answer is slow
by the processor's time alone, not by the clock's.
"""

import argparse
import itertools
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import click
import psycopg
from hypothesis.configuration import set_hypothesis_home_dir
from sqlalchemy import func, or_, select

from app import schema
from app.config import Settings
from app.db import Database
from app.defaults import QUOTAS
from app.jobs import queue
from app.jobs.clock import clock
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from app.provider_settings import ANSWER_PATH
from tests.app.access.desk import AccessDesk
from tests.app.browser import PASSWORD
from tests.app.forms.stands import EVERYBODY
from tests.app.oidc.hostile import CLIENT, SECRET, Hostile, hostile
from tests.benchmarks.hostile import books, doors, report
from tests.benchmarks.hostile.assault import Assault
from tests.benchmarks.hostile.forms import Sent
from tests.benchmarks.hostile.kinds import Scene
from tests.benchmarks.hostile.lines import HOST, Answer, Line, Wire
from tests.benchmarks.hostile.meter import Passage, read
from tests.benchmarks.hostile.people import peopled
from tests.benchmarks.hostile.scenes import scene
from tests.benchmarks.hostile.server import metered
from tests.benchmarks.hostile.site import Site, Traps, free_port
from tests.engines import PUBLISHING, address, started

MOST_GROWTH = 200
"""Megabytes by which the server's process may grow."""
WARM = 100
"""Inputs before the process is measured: what it loads once is no growth."""
ROUND = 500
"""Inputs between two looks at the clock; each round has all kinds."""
SLOW = 2.0
"""Seconds an answer may take that waits for no other site."""
WAITING = (
    "provider",
    "route",
    "article, address",
    "article, answer of a site",
    "article, document",
    "snapshot",
    "source",
)
"""Kinds that go to another site, or start a child to read a file."""
KEY_BITS = 2048
"""Of the provider's keys, which are quickly made."""
PATIENCE = 900
"""Seconds for the jobs that are left at the end."""


UNLIMITED = ",".join(f"{name}=0" for name in QUOTAS)
"""Nobody is as quick as this: with quotas most of it would be refused before it is looked at."""


@dataclass
class Served:
    """A server under attack, with the places it may write to."""

    process: subprocess.Popen[bytes]
    port: int
    home: Path
    scratch: Path
    log: Path
    said: Path

    def memory(self, name: str) -> int:
        """Megabytes of the process: ``VmRSS`` now, ``VmHWM`` at its largest."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text("ascii").splitlines()
        found = next(line for line in lines if line.startswith(name))
        return int(found.split()[1]) // 1024

    def passages(self) -> list[Passage]:
        """What it wrote down of each request."""
        return list(read(metered(self.log)))


@dataclass(frozen=True)
class Wanted:
    """What a run is asked for."""

    count: int
    minutes: int
    seed: int
    engine: str
    beside: bool


@dataclass(frozen=True)
class Around:
    """What a desk under attack has around it."""

    site: Site
    traps: Traps
    provider: Hostile


@contextmanager
def a_database(engine: str, home: Path) -> Iterator[dict[str, str]]:
    """The settings of an empty desk on an engine."""
    chosen = {"DESK_HOME": str(home), "DESK_WORKERS": "2", "DESK_QUOTAS": UNLIMITED, **PUBLISHING}
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
def serving(settings: dict[str, str], place: Path, around: Around) -> Iterator[Served]:
    """The desk's own server in a process of its own, with an identity provider."""
    scratch, log, port = place / "scratch", place / "watched", free_port()
    scratch.mkdir()
    issuer = around.provider.issuer
    known = {
        "DESK_OIDC_ISSUER": issuer,
        "DESK_RSA_BITS": str(KEY_BITS),
        "DESK_OIDC_CLIENT_ID": CLIENT,
        "DESK_OIDC_CLIENT_SECRET": SECRET,
        "DESK_OIDC_REDIRECT_URL": f"http://{HOST}:{port}{ANSWER_PATH}",
        "TMPDIR": str(scratch),
    }
    ports = (port, around.site.port, urlsplit(issuer).port, log)
    said = place / "server.log"
    with said.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.hostile.server", *map(str, ports)],
            env={**os.environ, **settings, **known},
            stdout=stream,
            stderr=stream,
        )
        try:
            yield Served(process, port, Path(settings["DESK_HOME"]), scratch, log, said)
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


def told(what: str, sent: Sent, answer: Answer) -> None:
    """Say at once what was found, with what was sent in full."""
    who = f" by {sent.who}" if sent.who else ""
    click.echo(
        f"{what}: {sent.kind}{who}: {sent.method} {sent.path[:300]!r} {sent.body[:2000]!r} "
        f"{sent.headers} -> {answer.status} {answer.request} in {answer.seconds:.2f} s",
        err=True,
    )


def begun(served: Served, desk: AccessDesk, around: Around) -> tuple[Assault, Scene]:
    """Sign everybody in, as soon as the server listens."""
    for _ in range(600):
        try:
            assault = Assault(Wire(served.port), EVERYBODY, PASSWORD)
            break
        except AssertionError:
            time.sleep(0.1)
    assault.tally.tell = told
    known = scene(desk, assault, around.site, around.traps)

    def another() -> Line:
        return Wire(served.port)

    return assault, peopled(known, desk, assault, another, around.provider)


def attack(served: Served, desk: AccessDesk, around: Around, wanted: Wanted) -> Assault:
    """Sign in and send everything."""
    end = time.monotonic() + wanted.minutes * 60
    assault, known = begun(served, desk, around)
    assault.carry_out(known, WARM, wanted.seed + 1000)
    warm = served.memory("VmRSS")
    for turn, most in enumerate(range(ROUND, wanted.count + ROUND, ROUND)):
        if time.monotonic() > end:
            break
        assault.renew()
        assault.carry_out(known, min(most, wanted.count) + WARM, wanted.seed + 100 * turn)
        click.echo(
            f"{min(most, wanted.count)} sent, {len(assault.tally.faults)} faults, "
            f"{len(assault.tally.leaks)} leaks, {served.memory('VmRSS')} MB",
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
    served: Served, desk: AccessDesk, assault: Assault, around: Around, before: set[str]
) -> Iterator[str]:
    """Whatever must not be, after all that."""
    tally, database = assault.tally, desk.database
    for sent, answer in tally.faults:
        said = f"{sent.kind} {sent.method} {sent.path[:80]!r} {sent.body[:200]!r}"
        yield f"{answer.status} {answer.request} {said}"
    yield from (f"{one} in the answer to {sent.method} {sent.path}" for sent, one in tally.leaks)
    yield from (
        f"a refused request wrote: {one}" for one in books.written_by(database, tally.refused)
    )
    yield from (f"a file no row names: {one}" for one in books.strays(database))
    # The rows a test desk is made of may name files that never were.
    grown = set(books.complaints(database)) - before
    yield from (f"the ledger: {one}" for one in sorted(grown))
    yield from (f"a connection inside: {one}" for one in around.traps.caught)
    yield from served.log.read_text("utf-8").splitlines()
    after = places()
    yield from (
        f"a file outside: {one}" for one in books.outside(before, after, served.home.parent)
    )
    yield from (f"a temporary file that stayed: {one}" for one in served.scratch.iterdir())
    folder = served.home.parent / "handed out"
    folder.mkdir()
    planted = assault.tally.canaries
    yield from books.spilled(database, desk.told, planted, folder, served.said, served.log)


def slow(passages: list[Passage], sent: Mapping[str, Sent], *, beside: bool) -> Iterator[str]:
    """Answers that took too long: by the clock, or by the processor where other work runs too."""
    for one in passages:
        kind = sent[one.request].kind if one.request in sent else "?"
        seconds = one.worked if beside or kind.startswith(WAITING) else one.seconds
        if seconds > SLOW:
            yield f"an answer took {seconds:.1f} s: {kind} {one.method} {one.rule} {one.request}"


def places() -> set[str]:
    """What stands in the folders a climbing name could reach; others write to ``/tmp`` as well."""
    roots = [Path("/var/tmp"), Path("/etc"), Path.home(), Path.cwd(), Path("/")]  # noqa: S108 - looked at only
    return {str(path) for root in roots if root.exists() for path in root.iterdir()}


def run(wanted: Wanted) -> int:
    """Attack one desk; return how much was found."""
    place = Path(tempfile.mkdtemp(prefix="desk-hostile-"))
    set_hypothesis_home_dir(place / "hypothesis")
    site = Site()
    with hostile() as provider, a_database(wanted.engine, place / "home") as chosen:
        around = Around(site, Traps(site.port), provider)
        database = Database(Settings.load(chosen))
        schema.upgrade(database, actor="system:test")
        desk = AccessDesk(database)
        before, began = {*places(), *books.complaints(database)}, time.monotonic()
        with serving(chosen, place, around) as served:
            assault = attack(served, desk, around, wanted)
            left = until_idle(database)
            findings = [*assault.findings, *found(served, desk, assault, around, before)]
            findings += [f"{left} jobs never ended"] if left else []
        seconds, passages = time.monotonic() - began, served.passages()
        jobs = outcomes(database)
        database.close()
    ways = report.reached(passages)
    if assault.tally.of(doors.KIND) > len(ways) * 2:
        findings += [f"never reached: {one}" for one in report.unreached(ways)]
    findings += slow(passages, assault.tally.requests, beside=wanted.beside)
    click.echo(f"{assault.tally.table()}\n\n{report.table(ways)}\n")
    click.echo("\n".join(report.costly(passages, assault.tally.requests)))
    click.echo("\n".join(report.large(passages, assault.tally.requests)))
    click.echo(f"captures: {jobs}")
    click.echo(
        f"{sum(assault.tally.answers.values())} requests in {seconds:.0f} s, "
        f"{sum(one.worked for one in passages):.0f} s of processor, "
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
    parser.add_argument("--beside", action="store_true", help="other work runs on this machine")
    chosen = parser.parse_args()
    sys.exit(1 if run(Wanted(**vars(chosen))) else 0)


if __name__ == "__main__":
    main()
