"""One night: every tool against the product and against what was planted, in the same run.

``manage.py check --nightly`` calls :func:`night`. A run is good when nothing was found in the
product beyond what ``accepted.toml`` gives a reason for, and every planted hole was found.
"""

import logging
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import click
import psycopg
import structlog

from tests.engines import address, started
from tests.nightly import crawling, injection, probing, reading
from tests.nightly.desks import Attacked, attacked, settings
from tests.nightly.environment import MissingTool, program
from tests.nightly.findings import SABOTAGED, Finding, Hole, Verdict, accepted, judge
from tests.nightly.injection import Sqlmap
from tests.nightly.planted.careless import careless
from tests.nightly.reading import ToolFailed
from tests.nightly.serving import served

TOOLS = ("bandit", "semgrep", "probes", "sqlmap", "wapiti")
HOLES = (*reading.HOLES, *probing.HOLES, *injection.HOLES, *crawling.HOLES)


@dataclass
class Night:
    """What one run has to go by, and what it has seen."""

    tools: Collection[str]
    minutes: int
    engine: str
    folders: tuple[Path, ...]
    found: list[Finding] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    seconds: dict[str, int] = field(default_factory=dict)
    looked: dict[str, int] = field(default_factory=dict)

    def each(self, tool: str, act: Callable[[Path], Iterable[Finding]]) -> None:
        """Let a tool look at something; one that breaks off is a failure of the night."""
        if tool not in self.tools:
            return
        began = time.monotonic()
        try:
            found = list(act(program(tool, self.folders) if tool != "probes" else Path()))
        except (MissingTool, ToolFailed, OSError, ValueError) as problem:
            self.failed.append(f"{tool}: {problem}")
            found = []
        self.found += found
        spent = round(time.monotonic() - began)
        self.seconds[tool] = self.seconds.get(tool, 0) + spent
        click.echo(f"{tool}: {len(found)} findings in {spent} s", err=True)

    def holes(self) -> list[Hole]:
        """What must be found tonight."""
        both = self.engine == "postgresql"
        return [*HOLES, *([injection.ON_POSTGRESQL] if both else [])]

    def verdict(self) -> Verdict:
        """Weigh what was found, against what must be and what people have looked at."""
        return judge(self.found, self.holes(), accepted(), self.tools, self.failed)

    def share(self) -> int:
        """Seconds each of the two long tools has for the product."""
        return max(self.minutes * 60 * 2 // 5, 30)


def night(tools: Collection[str], minutes: int, engine: str, folders: Iterable[Path]) -> Night:
    """Run the tools for about so many minutes, on a desk of its own on one engine."""
    run = Night(tools, minutes, engine, tuple(folders))
    # Two of the three desks are broken on purpose: what they log would bury what is told.
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    run.each("bandit", reading.bandit)
    run.each("semgrep", reading.semgrep)
    if not set(tools) & {"probes", "sqlmap", "wapiti"}:
        return run
    with tempfile.TemporaryDirectory(prefix="desk-nightly-") as folder, ExitStack() as stack:
        place = Path(folder)
        server = stack.enter_context(databases(engine))
        application = careless(place / "words", server("postgres"))
        twin, _watched = stack.enter_context(served(application))
        _attack_twin(run, twin)
        with attacked(settings(place / "spoilt", server("spoilt")), spoilt=True) as desk:
            _attack_spoilt(run, desk)
        with attacked(settings(place / "desk", server("desk"))) as desk:
            _attack_desk(run, desk)
    return run


@contextmanager
def databases(engine: str) -> Iterator[Callable[[str], str]]:
    """Addresses of databases by name: empty ones on a server of its own, or none for SQLite."""
    if engine == "sqlite":
        yield lambda _name: ""
        return
    server = started(Path(tempfile.mkdtemp(prefix="desk-postgres-")))
    try:
        with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
            for name in ("spoilt", "desk"):
                connection.execute(f"CREATE DATABASE {name}".encode())
        yield lambda name: address(server, name)
    finally:
        server.cleanup()


def _attack_twin(run: Night, place: str) -> None:
    both, short = run.engine == "postgresql", min(run.share(), 180)
    run.each("probes", lambda _program: probing.of_twin(place))
    run.each(
        "sqlmap",
        lambda program: injection.of_twin(Sqlmap(program, 0), place, postgresql=both),
    )
    run.each("wapiti", lambda program: crawling.of_twin(program, place, short))


def _attack_spoilt(run: Night, desk: Attacked) -> None:
    short = min(run.share(), 180)
    run.each("probes", lambda _program: probing.of_desk(desk, SABOTAGED))
    run.each(
        "sqlmap",
        lambda program: injection.of_spoilt(Sqlmap(program, 0, dbms=_dbms(run)), desk),
    )
    run.each("wapiti", lambda program: crawling.of_spoilt(program, desk, short))


def _attack_desk(run: Night, desk: Attacked) -> None:
    run.each("probes", lambda _program: probing.of_desk(desk))
    run.each("wapiti", lambda program: crawling.of_desk(program, desk, run.share()))
    desk.watched.faults.clear()

    def injected(program: Path) -> Iterator[Finding]:
        tool = Sqlmap(program, time.monotonic() + run.share(), dbms=_dbms(run), looked=run.looked)
        return injection.of_desk(tool, desk)

    run.each("sqlmap", injected)
    run.looked["requests"] = desk.watched.asked
    if not desk.signed_in():
        run.failed.append("the session the tools were given ended before they did")


def _dbms(run: Night) -> str:
    return "PostgreSQL" if run.engine == "postgresql" else "SQLite"
