"""Hundreds of slow clients hold connections, and honest visitors are answered all the same.

Usage: python -m tests.benchmarks.slow_clients [--engine postgresql] [--connections 400]
                                               [--seconds 60] [--places 1] [--pause 1.0]

`manage.py serve` runs in a process of its own, the slow clients in another. They are of eleven
kinds (tests/benchmarks/hostile/dawdling.py), and open anew what the server closes. Meanwhile
somebody who is signed in sends 20 probes, an article's page and a form that writes, each over a
connection of its own, and opens other pages between them. The same is done before and afterwards
without the slow clients, so that a busy machine shows. It ends with 1 where a probe takes a second
or longer, where the pages' 95th percentile is 300 ms or more, or where the server keeps something.
"""

import argparse
import http.client
import itertools
import re
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlencode

from app.cli.demo import PASSWORD, furnish
from app.config import Settings
from app.db import Database
from app.once.asked import FIELD, new_key
from tests import engines
from tests.app.browser import Form, Reader
from tests.benchmarks.hostile.dawdling import Aim, besieged
from tests.benchmarks.hostile.serving import PATIENCE, Held, Server, serving, until
from tests.benchmarks.hostile_inputs import a_database

ARTICLE = "/articles/ten-years"
PAGES = ("/", "/queue", "/sources", "/contested", "/jobs", ARTICLE)
CLAIM = re.compile("/claims/[0-9a-f-]{36}")
WHO = "lin.yi"
PROBES = 20
PACE = 0.5
"""Seconds between one page and the next."""
WARM, AT_ONCE = 2, 16
"""Rounds of all pages before anything is measured, by so many at once: each thread of the server
keeps what it once needed."""
SETTLED = 5.0
"""Seconds from when all are connected: those that ask for pages have them by then."""
MOST_SECONDS = 1.0
MOST_P95 = 0.3
ROOM = 16
"""Files that may stay open: connections to the database, never one of a client."""
GROWTH = 40
"""Megabytes by which the server may have grown when all is over."""
SPARE = 1.8
"""So many times the connections are the clients, as some are closed at once and just come back."""
HEADING = """\
| engine | slow connections | opened in all | probes in time | slowest | page p95 without | with \
| ratio | threads / files / connections / MB before | at most | afterwards |
|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|"""


class Visitor:
    """Somebody honest, with a connection of their own for each request, as a new visitor has."""

    def __init__(self, port: int) -> None:
        """Sign in, and open a claim's form for remarks."""
        self.port = port
        self.cookies: dict[str, str] = {"desk_language": "en"}
        self._send("/sign-in", "password", name=WHO, password=PASSWORD)
        page = self.ask("GET", ARTICLE)[1]
        claim = CLAIM.search(page)
        assert claim is not None, page[:400]
        self.remarks = self._form(claim[0], "body")

    @property
    def cookie(self) -> str:
        """What the browser sends of itself."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str]:
        """Ask over a new connection; return the status and the page."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        headers = {"Cookie": self.cookie, "Connection": "close"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        try:
            line.request(method, path, body, headers)
            answer = line.getresponse()
            text = answer.read().decode("utf-8", "replace")
            for said in answer.headers.get_all("Set-Cookie") or []:
                name, _equals, rest = said.partition("=")
                self.cookies[name] = rest.partition(";")[0]
            return answer.status, text
        finally:
            line.close()

    def _form(self, path: str, having: str) -> Form:
        return Reader(self.ask("GET", path)[1]).form(having)

    def _send(self, path: str, having: str, **typed: str) -> None:
        fields = {name: values[-1] for name, values in self._form(path, having).fields.items()}
        assert self.ask("POST", path, urlencode({**fields, **typed}))[0] == HTTPStatus.SEE_OTHER

    def opens(self, path: str) -> float:
        """Open a page; return the seconds it took."""
        began = time.perf_counter()
        status, _text = self.ask("GET", path)
        assert status == HTTPStatus.OK, (path, status)
        return time.perf_counter() - began

    def remarks_upon(self, number: int) -> float:
        """Send a remark; return the seconds it took."""
        fields = {name: values[-1] for name, values in self.remarks.fields.items() if values}
        typed = {**fields, FIELD: new_key(), "body": f"remark {number}"}
        began = time.perf_counter()
        status, _text = self.ask("POST", self.remarks.action, urlencode(typed))
        assert status == HTTPStatus.SEE_OTHER, status
        return time.perf_counter() - began


@dataclass
class Seen:
    """How long things took, and the most that was held meanwhile."""

    pages: list[float] = field(default_factory=list)
    probes: list[float] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    held: list[Held] = field(default_factory=list)
    worked: float = 0.0
    lasted: float = 0.0

    @property
    def p95(self) -> float:
        """The 95th percentile of the pages."""
        return statistics.quantiles(self.pages, n=20)[-1]

    @property
    def in_time(self) -> int:
        """Probes whose page and whose form were both answered within a second."""
        return sum(one < MOST_SECONDS for one in self.probes)

    def most(self) -> Held:
        """The most of each kind of thing."""
        rows = [(one.threads, one.files, one.megabytes, one.connections) for one in self.held]
        return Held(*(max(column) for column in zip(*rows, strict=True)))


def visited(server: Server, visitor: Visitor, seconds: float, probes: int) -> Seen:
    """Open pages at a steady pace, with so many probes between them."""
    seen, began, used = Seen(), time.monotonic(), server.worked()
    pages = itertools.cycle(PAGES)
    for turn in itertools.count():
        moment = time.monotonic() - began
        if moment > seconds and len(seen.probes) >= probes:
            break
        try:
            if moment >= len(seen.probes) * seconds / max(probes, 1) and len(seen.probes) < probes:
                seen.probes.append(float("inf"))
                seen.probes[-1] = max(visitor.opens(ARTICLE), visitor.remarks_upon(turn))
            seen.pages.append(visitor.opens(next(pages)))
        except (OSError, http.client.HTTPException, AssertionError) as problem:
            seen.failures.append(repr(problem))
        seen.held.append(server.held())
        time.sleep(max(0.0, (turn + 1) * PACE - (time.monotonic() - began)))
    seen.worked = server.worked() - used
    seen.lasted = time.monotonic() - began
    return seen


@dataclass
class Result:
    """One run: without, with and again without the slow clients."""

    engine: str
    connections: int
    before: Held
    quiet: Seen
    siege: Seen
    after: Held
    renewed: dict[str, int]

    def row(self) -> str:
        """The line of the table."""
        siege, quiet = self.siege, self.quiet
        held = [one.connections for one in siege.held]
        cells = [
            self.engine,
            f"{statistics.median(held):.0f} ({min(held)} to {max(held)})",
            f"{sum(self.renewed.values()):,}",
            f"{siege.in_time} of {len(siege.probes)}",
            f"{max(siege.probes) * 1000:.0f} ms",
            f"{quiet.p95 * 1000:.0f} ms",
            f"{siege.p95 * 1000:.0f} ms",
            f"{siege.p95 / quiet.p95:.2f}",
            str(self.before),
            str(siege.most()),
            str(self.after),
        ]
        return f"| {' | '.join(cells)} |"

    def wrong(self) -> Iterator[str]:
        """What is not as it must be."""
        yield from self.siege.failures
        yield from self.quiet.failures
        if self.siege.in_time < PROBES:
            yield f"{self.siege.in_time} of {PROBES} probes were answered in time"
        yield "seconds: " + ", ".join(f"{one:.2f}" for one in self.siege.probes)
        if self.siege.p95 >= MOST_P95:
            yield f"p95 of the pages is {self.siege.p95 * 1000:.0f} ms"
        if statistics.median(one.connections for one in self.siege.held) < self.connections:
            yield f"less than {self.connections} slow clients were connected"
        if self.after.connections:
            yield f"{self.after.connections} connections are still held"
        if self.after.threads > self.before.threads:
            yield f"{self.after.threads - self.before.threads} threads are still held"
        if self.after.files > self.before.files + ROOM:
            yield f"{self.after.files - self.before.files} files are still held"
        if self.after.megabytes > self.before.megabytes + GROWTH:
            yield f"{self.after.megabytes - self.before.megabytes} MB are still held"


def besiege(server: Server, chosen: argparse.Namespace) -> Result:
    """Measure without, with, and again without slow clients."""
    visitor = Visitor(server.port)
    with ThreadPoolExecutor(AT_ONCE) as many:
        list(many.map(visitor.opens, PAGES * WARM * AT_ONCE))
    rest = chosen.seconds / 2
    quiet = visited(server, visitor, rest, PROBES // 2)
    before = server.held()
    places = tuple(f"127.0.1.{number + 1}" for number in range(chosen.places))
    aim = Aim(
        server.port,
        places if chosen.places > 1 else ("127.0.0.1",),
        chosen.pause,
        visitor.cookie,
        ARTICLE,
    )
    with besieged(aim, round(chosen.connections * SPARE)) as siege:
        until(lambda: server.connections() >= chosen.connections)
        time.sleep(SETTLED)
        seen = visited(server, visitor, chosen.seconds, PROBES)
        renewed = siege.renewed()
    until(lambda: not server.connections())
    more = visited(server, visitor, rest, 0)
    quiet.pages += more.pages
    quiet.failures += more.failures
    sys.stderr.write(
        f"processor: {quiet.worked / quiet.lasted:.0%} without, {seen.worked / seen.lasted:.0%} "
        f"with; median page {statistics.median(quiet.pages) * 1000:.0f} ms without, "
        f"{statistics.median(seen.pages) * 1000:.0f} ms with\nopened: {renewed}\n"
    )
    until(lambda: not server.connections())
    return Result(chosen.engine, chosen.connections, before, quiet, seen, server.held(), renewed)


def main() -> int:
    """Run by hand."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--engine", choices=engines.ENGINES, default="sqlite")
    asked.add_argument("--connections", type=int, default=400)
    asked.add_argument("--seconds", type=float, default=60.0)
    asked.add_argument("--places", type=int, default=1, help="addresses the slow ones come from")
    asked.add_argument("--pause", type=float, default=1.0, help="seconds between two bytes")
    chosen = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="desk-slow-") as folder:
        place = Path(folder)
        with a_database(chosen.engine, place / "home") as settings:
            database = Database(Settings.load(settings))
            furnish(database)
            database.close()
            with serving(settings, place) as server:
                result = besiege(server, chosen)
    wrong = list(result.wrong())
    sys.stdout.write("\n".join([HEADING, result.row(), *wrong, ""]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
