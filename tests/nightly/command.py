"""One night: every tool against the product and against what was planted, in the same run.

``manage.py check --nightly`` calls :func:`night`. A run is good when nothing was found in the
product beyond what ``accepted.toml`` gives a reason for, and every planted hole was found.
"""

import logging
import signal
import tempfile
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
import structlog

from tests.engines import address, started
from tests.nightly import crawling, injection, probing, reading, tools
from tests.nightly.desks import Attacked, attacked, settings
from tests.nightly.environment import MissingTool, program
from tests.nightly.findings import Finding, Hole, Verdict, accepted, judge
from tests.nightly.injection import Sqlmap
from tests.nightly.planted.careless import careless
from tests.nightly.progress import say, telling
from tests.nightly.reach import Reach
from tests.nightly.serving import served
from tests.nightly.targets import Target, forms_of, targets
from tests.nightly.tools import ToolFailed
from tests.nightly.words import NEVER_TAKEN

TOOLS = ("bandit", "semgrep", "probes", "sqlmap", "wapiti")
ENOUGH = {"sqlmap": 95, "wapiti": 80}
"""Of a hundred requests, so many must reach a view of the product."""
INJECTING, CRAWLING = 2, 4
"""Half the minutes are sqlmap's for the product, a quarter wapiti's."""
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
    reached: dict[str, str] = field(default_factory=dict)
    excused: frozenset[str] = frozenset()
    """The forms of which nothing can be taken on this desk."""

    def each(
        self,
        tool: str,
        what: str,
        act: Callable[[Path], Iterable[Finding]],
        how_far: Callable[[], str] | None = None,
    ) -> None:
        """Let a tool look at something; one that breaks off is a failure of the night."""
        if tool not in self.tools:
            return
        began = time.monotonic()
        say(f"{tool} looks at {what}")
        found: list[Finding] = []
        try:
            there = program(tool, self.folders) if tool != "probes" else Path()
            with telling(lambda: f"{tool}: {how_far()}" if how_far else f"{tool} is at it"):
                found = list(act(there))
        except (MissingTool, ToolFailed, OSError, ValueError) as problem:
            self.failed.append(f"{tool}: {problem}")
        self.found += found
        spent = round(time.monotonic() - began)
        self.seconds[tool] = self.seconds.get(tool, 0) + spent
        say(f"{tool}: {len(found)} findings in {what}, {spent} s")

    def holes(self) -> list[Hole]:
        """What must be found tonight."""
        both = self.engine == "postgresql"
        return [*HOLES, *([injection.ON_POSTGRESQL] if both else [])]

    def verdict(self) -> Verdict:
        """Weigh what was found, against what must be and what people have looked at."""
        return judge(self.found, self.holes(), accepted(), self.tools, self.failed)

    def share(self, part: int) -> int:
        """Seconds a tool has for the product that may take one part of so many."""
        return max(self.minutes * 60 // part, 30)


def night(names: Collection[str], minutes: int, engine: str, folders: Iterable[Path]) -> Night:
    """Run the tools for about so many minutes, on a desk of its own on one engine."""
    run = Night(names, minutes, engine, tuple(folders))
    # Two of the three desks are broken on purpose: what they log would bury what is told.
    logging.disable(logging.CRITICAL)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with ending():
        run.each("bandit", "the code", reading.bandit)
        run.each("semgrep", "the code", reading.semgrep)
        if set(names) & {"probes", "sqlmap", "wapiti"}:
            _attack(run)
    return run


@contextmanager
def ending() -> Iterator[None]:
    """Leave nothing behind when somebody ends the run: a signal to end is a Ctrl-C."""
    tools.ENDING.clear()
    former = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        say("ended: closing servers, databases and tools")
        raise
    finally:
        tools.end_all()
        signal.signal(signal.SIGTERM, former)


def _attack(run: Night) -> None:
    """Serve what is attacked, one after the other, and let the tools at it."""
    with tempfile.TemporaryDirectory(prefix="desk-nightly-") as folder, ExitStack() as stack:
        place = Path(folder)
        server = stack.enter_context(databases(run.engine))
        application = careless(place / "words", server("postgres"))
        twin, _watched = stack.enter_context(served(application))
        _attack_twin(run, twin)
        say(f"making the desk, on {run.engine}")
        with attacked(settings(place / "desk", server("desk"))) as (desk, spoilt):
            say("looking for its forms and searches")
            wanted = targets(desk)
            with desk.undoing():
                _attack_spoilt(run, spoilt, wanted)
            _attack_desk(run, desk, wanted)


@contextmanager
def databases(engine: str) -> Iterator[Callable[[str], str]]:
    """Addresses of databases by name: empty ones on a server of its own, or none for SQLite."""
    if engine == "sqlite":
        yield lambda _name: ""
        return
    server = started(Path(tempfile.mkdtemp(prefix="desk-postgres-")))
    try:
        with psycopg.connect(server.get_uri("postgres"), autocommit=True) as connection:
            connection.execute("CREATE DATABASE desk")
        yield lambda name: address(server, name)
    finally:
        server.cleanup()


PLANTED, BARE, PRODUCT = "the careless application", "the desk without its guards", "the desk"


def _attack_twin(run: Night, place: str) -> None:
    both, short = run.engine == "postgresql", min(run.share(CRAWLING), 180)
    run.each("probes", PLANTED, lambda _program: probing.of_twin(place))
    run.each(
        "sqlmap",
        PLANTED,
        lambda program: injection.of_twin(Sqlmap(program), place, postgresql=both),
    )
    run.each("wapiti", PLANTED, lambda program: crawling.of_twin(program, place, short))


def _attack_spoilt(run: Night, desk: Attacked, wanted: list[Target]) -> None:
    short = min(run.share(CRAWLING), 180)
    run.each("probes", BARE, lambda _program: probing.of_spoilt(desk, forms_of(wanted)))
    run.each(
        "sqlmap",
        BARE,
        lambda program: injection.of_spoilt(Sqlmap(program, dbms=_dbms(run)), desk, wanted),
    )
    run.each("wapiti", BARE, lambda program: crawling.of_spoilt(program, desk, short))


def _attack_desk(run: Night, desk: Attacked, wanted: list[Target]) -> None:
    watched = desk.watched
    rules = desk.stands.app.url_map.iter_rules()
    run.excused = frozenset(f"POST {rule.rule}" for rule in rules if rule.endpoint in NEVER_TAKEN)
    run.each("probes", PRODUCT, lambda _program: probing.of_desk(desk, forms_of(wanted)))
    watched.faults.clear()
    watched.reach = Reach()

    def injected(program: Path) -> Iterator[Finding]:
        until = time.monotonic() + run.share(INJECTING)
        tool = Sqlmap(program, until, _dbms(run), run.looked, run.failed)
        return injection.of_desk(tool, desk, wanted)

    run.each("sqlmap", PRODUCT, injected, lambda: f"{_looked(run)}; {watched.reach.told()}")
    weigh(run, "sqlmap", watched.reach)
    watched.faults.clear()
    watched.reach = reach = Reach()
    run.each(
        "wapiti",
        PRODUCT,
        lambda program: crawling.of_desk(program, desk, run.share(CRAWLING)),
        reach.told,
    )
    weigh(run, "wapiti", watched.reach)
    if not desk.signed_in():
        run.failed.append("the session the tools were given ended before they did")


def _looked(run: Night) -> str:
    return ", ".join(f"{count} {name}" for name, count in run.looked.items())


def weigh(run: Night, tool: str, reach: Reach) -> None:
    """Tell how far a tool's requests came; one that was mostly sent away has proved nothing."""
    if tool not in run.tools:
        return
    run.reached[tool] = reach.told()
    say(f"{tool}: {reach.told()}; sent away: {reach.sent_away() or 'nowhere'}")
    if reach.share < ENOUGH[tool]:
        run.failed.append(
            f"{tool}: only {reach.share} % of its requests reached a view: {reach.sent_away()}"
        )
    if tool == "sqlmap":
        glanced, wanted = run.looked.get("glances", 0), run.looked["addresses"]
        if glanced < wanted:
            run.failed.append(f"sqlmap: {glanced} of {wanted} addresses; it needs more --minutes")
        run.failed += [
            f"sqlmap: never taken: {form}" for form in sorted(reach.refused() - run.excused)
        ]


def _dbms(run: Night) -> str:
    return "PostgreSQL" if run.engine == "postgresql" else "SQLite"
