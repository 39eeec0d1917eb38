"""sqlmap against every form and every query of a desk, as far as the time goes."""

import datetime as dt
import math
import random
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import groupby
from pathlib import Path
from urllib.parse import urlsplit

from tests.nightly import tools
from tests.nightly.desks import INJECTED, WRITTEN, WRITTEN_VIEW, Attacked
from tests.nightly.findings import DESK, SABOTAGED, TWIN, Finding, Hole
from tests.nightly.targets import TOKEN, Target

SEVERE = "sql-injection"
FAULT = "server-error"
FOUND = re.compile(r"Parameter: (?P<name>.+?) \(")
FATAL = re.compile(r"\[(?:CRITICAL|ERROR)\] (?!all test|considerable lagging|no parameter)(.+)")
BEGUN = re.compile(r"^\[\d+/\d+\] (?:URL|Form)", re.MULTILINE)
LINE = b"\r\n" + b"=" * 54 + b"\r\n"
"""What stands before and after each request of a log; where two share it the second is lost."""
HEADERS = "cookie,user-agent,referer,host"
LONGEST = 240
"""Seconds for one address, on the average of those that are looked at in one go."""
AT_ONCE, IN_ONE_GO = 3, 12
GLANCE, LOOK, LONG_LOOK = ("--level=3", "--smart"), ("--level=2",), ("--level=3",)
HOLES = (
    Hole("sqlmap", TWIN, (SEVERE,), "GET /sqlite"),
    Hole("sqlmap", SABOTAGED, (SEVERE,), f"GET {INJECTED}"),
    Hole("sqlmap", SABOTAGED, (SEVERE,), f"POST {WRITTEN}"),
    Hole("sqlmap", SABOTAGED, (FAULT,), f"POST {WRITTEN}"),
)
ON_POSTGRESQL = Hole("sqlmap", TWIN, (SEVERE,), "GET /postgresql")


@dataclass
class Sqlmap:
    """The tool with what it may take, and what it has looked at."""

    program: Path
    until: float = math.inf
    dbms: str = "SQLite"
    looked: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def ask(
        self, wanted: Sequence[Target], where: str, host: str, cookie: str, options: Sequence[str]
    ) -> tuple[list[Finding], int]:
        """The words through which a statement can be changed, and how many requests it finished.

        Starting it costs as much as a glance, so that it is given some requests in one go.
        """
        spared = ",".join([*wanted[0].spared, HEADERS])
        seconds = min(LONGEST * len(wanted), self.until - time.monotonic())
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "requests"
            bodies = [one.written(host, cookie) for one in wanted]
            file.write_bytes(b"".join(LINE + body + LINE for body in bodies))
            command = [str(self.program), "-l", str(file), "--batch", "--disable-coloring"]
            command += ["--risk=2", f"--dbms={self.dbms}", "--flush-session", "--retries=0"]
            command += [f"--output-dir={folder}", "--timeout=10", "--ignore-code=*"]
            command += ["--time-sec=2", "--skip-waf", f"--skip={spared}"]
            # One hole is no reason to look at no other form of the same desk.
            command += ["--answers=skip further tests=N"]
            # A page to which a form leads says nothing of the form; a cookie may be of nobody.
            command += ["--ignore-redirects", "--drop-set-cookie", *options]
            said = tools.run(command, seconds, Path(folder))
        self.failed += [f"sqlmap: {line}" for line in FATAL.findall(said.out)]
        parts = BEGUN.split(said.out)[1:]
        if said.whole and len(parts) != len(wanted):
            self.failed.append(f"sqlmap: took {len(parts)} of {len(wanted)} requests")
        found = [
            Finding("sqlmap", where, SEVERE, target.place, name)
            for target, part in zip(wanted, parts, strict=False)
            for name in FOUND.findall(part)
        ]
        return found, len(parts) if said.whole else max(len(parts) - 1, 0)

    def all(
        self, wanted: Sequence[Target], desk: Attacked, name: str, options: Sequence[str]
    ) -> Iterator[Finding]:
        """Look at as many as the time allows, some at once."""
        host = urlsplit(desk.address).netloc

        def look(some: Sequence[Target]) -> list[Finding]:
            if time.monotonic() > self.until:
                return []
            found, done = self.ask(some, DESK, host, desk.cookie, options)
            self.looked[name] = self.looked.get(name, 0) + done
            return found

        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for found in pool.map(look, batches(wanted)):
                    yield from found
            except BaseException:
                tools.end_all()
                pool.shutdown(wait=True, cancel_futures=True)
                raise


def batches(wanted: Sequence[Target]) -> Iterator[Sequence[Target]]:
    """Some requests at a time, of which the same words are spared."""
    for _spared, some in groupby(wanted, key=lambda one: one.spared):
        same = list(some)
        for at in range(0, len(same), IN_ONE_GO):
            yield same[at : at + IN_ONE_GO]


def of_twin(tool: Sqlmap, address: str, *, postgresql: bool) -> Iterator[Finding]:
    """What it finds in the careless application."""
    doors = [("/sqlite?q=rain", "SQLite")]
    doors += [("/postgresql?q=postgres", "PostgreSQL")] if postgresql else []
    for path, dbms in doors:
        tool.dbms = dbms
        yield from tool.ask([Target("GET", path, [])], TWIN, urlsplit(address).netloc, "", LOOK)[0]


def of_spoilt(tool: Sqlmap, desk: Attacked, wanted: Sequence[Target]) -> Iterator[Finding]:
    """What it finds where a statement is made of the request, behind the product's own pages.

    Of a form with a glance as well, which the fault of the server must give away.
    """
    host = urlsplit(desk.address).netloc
    form = next(one for one in wanted if one.view == WRITTEN_VIEW)
    desk.watched.faults.clear()
    yield from tool.ask([form], SABOTAGED, host, desk.cookie, GLANCE)[0]
    yield from (Finding("sqlmap", SABOTAGED, FAULT, place) for place in desk.watched.faults)
    both = [Target("GET", f"{INJECTED}?q=x", []), form]
    yield from tool.ask(both, SABOTAGED, host, desk.cookie, LOOK)[0]


def of_desk(tool: Sqlmap, desk: Attacked, wanted: list[Target]) -> Iterator[Finding]:
    """What it finds in the product: first a glance at everything, then looks.

    A glance tries what breaks a statement and goes on only where something in the answer says so;
    a page of the product says nothing, but a fault of the server is a finding as well.
    """
    random.Random(dt.datetime.now(tz=dt.UTC).toordinal()).shuffle(wanted)  # noqa: S311 - another order each night
    tool.looked["addresses"] = len(wanted)
    first = next(one for one in wanted if "draft" in dict(one.pairs))
    # What every form has is attacked in one of them, each night in another.
    rest = [one for one in wanted if one is not first]
    wanted = [replace(first, spared=(TOKEN,)), *rest]
    with desk.undoing():
        yield from tool.all(wanted, desk, "glances", GLANCE)
        yield from tool.all(wanted, desk, "looks", LOOK)
        yield from tool.all(wanted, desk, "long looks", LONG_LOOK)
    for place, raised in sorted(desk.watched.faults.items()):
        yield Finding("sqlmap", DESK, FAULT, place, raised)
