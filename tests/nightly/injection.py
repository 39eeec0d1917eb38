"""sqlmap against every form and every query of a desk, as far as the time goes."""

import datetime as dt
import random
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

from tests.nightly import tools
from tests.nightly.desks import INJECTED, WRITTEN, WRITTEN_VIEW, Attacked
from tests.nightly.findings import DESK, SABOTAGED, TWIN, Finding, Hole
from tests.nightly.targets import TOKEN, Target, targets

SEVERE = "sql-injection"
FAULT = "server-error"
FOUND = re.compile(r"Parameter: (?P<name>.+?) \(")
FATAL = re.compile(r"\[CRITICAL\] (?!all tested parameters|all testable parameters)(.+)")
HEADERS = "cookie,user-agent,referer,host"
LONGEST = 240
"""Seconds for one address."""
AT_ONCE = 2
GLANCE, LOOK, LONG_LOOK = ("--level=3", "--smart"), ("--level=1",), ("--level=3",)
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
    until: float
    dbms: str = "SQLite"
    looked: dict[str, int] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)

    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.until

    def ask(self, target: Target, host: str, cookie: str, *options: str) -> list[str]:
        """The parameters of a request through which a statement can be changed."""
        spared = ",".join([*target.spared, HEADERS])
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "request"
            file.write_bytes(target.written(host, cookie))
            command = [str(self.program), "-r", str(file), "--batch", "--disable-coloring"]
            command += ["--risk=2", f"--dbms={self.dbms}"]
            command += ["--flush-session", f"--output-dir={folder}", "--retries=0", "--timeout=10"]
            command += ["--ignore-code=*", "--time-sec=2", f"--skip={spared}"]
            # A page to which a form leads says nothing of the form; a cookie may be of nobody.
            command += ["--ignore-redirects", "--drop-set-cookie"]
            said = tools.run([*command, *options], LONGEST, Path(folder))
        self.failed += [f"sqlmap {target.place}: {line}" for line in FATAL.findall(said.out)]
        return FOUND.findall(said.out)

    def all(
        self, wanted: Sequence[Target], desk: Attacked, name: str, options: Sequence[str]
    ) -> Iterator[Finding]:
        """Look at as many as the time allows, some at once."""
        host = urlsplit(desk.address).netloc

        def look(target: Target) -> list[Finding]:
            if self.over():
                return []
            found = self.ask(target, host, desk.cookie, *options)
            self.looked[name] = self.looked.get(name, 0) + 1
            return [Finding("sqlmap", DESK, SEVERE, target.place, one) for one in found]

        with ThreadPoolExecutor(AT_ONCE) as pool:
            try:
                for found in pool.map(look, wanted):
                    yield from found
            except BaseException:
                tools.end_all()
                pool.shutdown(wait=True, cancel_futures=True)
                raise


def of_twin(tool: Sqlmap, address: str, *, postgresql: bool) -> Iterator[Finding]:
    """What it finds in the careless application."""
    doors = [("/sqlite?q=rain", "SQLite")]
    doors += [("/postgresql?q=postgres", "PostgreSQL")] if postgresql else []
    for path, dbms in doors:
        tool.dbms = dbms
        yield from _found(tool, Target("GET", path, []), TWIN, urlsplit(address).netloc, "", *LOOK)


def of_spoilt(tool: Sqlmap, desk: Attacked) -> Iterator[Finding]:
    """What it finds where a statement is made of the request, behind the product's own pages.

    Of a form first with a glance, which the fault of the server must give away, then in earnest.
    """
    host = urlsplit(desk.address).netloc
    behind = f"{INJECTED}?q=x"
    yield from _found(tool, Target("GET", behind, []), SABOTAGED, host, desk.cookie, *LOOK)
    form = next(one for one in targets(desk) if one.view == WRITTEN_VIEW)
    with desk.undoing():
        desk.watched.faults.clear()
        yield from _found(tool, form, SABOTAGED, host, desk.cookie, *GLANCE)
        yield from (Finding("sqlmap", SABOTAGED, FAULT, place) for place in desk.watched.faults)
        yield from _found(tool, form, SABOTAGED, host, desk.cookie, *LOOK)


def of_desk(tool: Sqlmap, desk: Attacked) -> Iterator[Finding]:
    """What it finds in the product: first a glance at everything, then looks.

    A glance tries what breaks a statement and goes on only where something in the answer says so;
    a page of the product says nothing, but a fault of the server is a finding as well.
    """
    wanted = targets(desk)
    random.Random(dt.datetime.now(tz=dt.UTC).toordinal()).shuffle(wanted)  # noqa: S311 - another order each night
    tool.looked["addresses"] = len(wanted)
    first = next(one for one in wanted if one.method == "POST" and "draft" in dict(one.pairs))
    # What every form has is attacked in one of them, each night in another.
    wanted = [replace(one, spared=(TOKEN,)) if one is first else one for one in wanted]
    with desk.undoing():
        yield from tool.all(wanted, desk, "glances", GLANCE)
        yield from tool.all(wanted, desk, "looks", LOOK)
        yield from tool.all(wanted, desk, "long looks", LONG_LOOK)
    yield from (Finding("sqlmap", DESK, FAULT, place) for place in sorted(desk.watched.faults))


def _found(
    tool: Sqlmap, target: Target, where: str, host: str, cookie: str, *options: str
) -> Iterator[Finding]:
    for name in tool.ask(target, host, cookie, *options):
        yield Finding("sqlmap", where, SEVERE, target.place, name)
