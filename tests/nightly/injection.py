"""sqlmap against every form and every query of a desk, as far as the time goes."""

import datetime as dt
import random
import re
import subprocess
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from lxml import html

from tests.benchmarks.hostile.forms import Pairs, urlencoded
from tests.nightly.desks import INJECTED, Attacked
from tests.nightly.findings import DESK, SABOTAGED, TWIN, Finding, Hole

SEVERE = "sql-injection"
FAULT = "server-error"
FOUND = re.compile(r"Parameter: (?P<name>.+?) \(")
SPARED = ("csrf_token",)
"""Without the right one nothing else of a form would be looked at."""
HEADERS = "cookie,user-agent,referer,host"
LONGEST = 240
"""Seconds for one address."""
HOLES = (
    Hole("sqlmap", TWIN, (SEVERE,), "GET /sqlite"),
    Hole("sqlmap", SABOTAGED, (SEVERE,), f"GET {INJECTED}"),
)
ON_POSTGRESQL = Hole("sqlmap", TWIN, (SEVERE,), "GET /postgresql")


@dataclass(frozen=True, slots=True)
class Target:
    """One request that a browser would send, with what sqlmap may change in it."""

    method: str
    path: str
    pairs: Pairs

    @property
    def place(self) -> str:
        """How a finding names it."""
        return f"{self.method} {urlsplit(self.path).path.replace('*', '')}"

    def written(self, host: str, cookie: str) -> bytes:
        """The request as it goes over the line."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        lines += [f"Cookie: {cookie}"] if cookie else []
        if self.method == "GET":
            return "\r\n".join([*lines, "", ""]).encode()
        lines += ["Content-Type: application/x-www-form-urlencoded"]
        return "\r\n".join([*lines, "", ""]).encode() + urlencoded(self.pairs)


@dataclass
class Sqlmap:
    """The tool with what it may take, and what it has looked at."""

    program: Path
    until: float
    level: int = 3
    dbms: str = "SQLite"
    looked: dict[str, int] = field(default_factory=dict)

    def over(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.until

    def ask(self, target: Target, host: str, cookie: str = "", *options: str) -> list[str]:
        """The parameters of a request through which a statement can be changed."""
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "request"
            file.write_bytes(target.written(host, cookie))
            command = [str(self.program), "-r", str(file), "--batch", "--disable-coloring"]
            command += [f"--level={self.level}", "--risk=2", f"--dbms={self.dbms}"]
            command += ["--flush-session", f"--output-dir={folder}", "--retries=0", "--timeout=10"]
            command += ["--ignore-code=*", "--time-sec=2", f"--skip={','.join([*SPARED, HEADERS])}"]
            try:
                done = subprocess.run(
                    [*command, *options],
                    capture_output=True,
                    text=True,
                    check=False,
                    timeout=LONGEST,
                    cwd=folder,
                )
            except subprocess.TimeoutExpired as late:
                return FOUND.findall((late.stdout or b"").decode("utf-8", "replace"))
            return FOUND.findall(done.stdout)


def of_twin(tool: Sqlmap, address: str, *, postgresql: bool) -> Iterator[Finding]:
    """What it finds in the careless application."""
    doors = [("/sqlite?q=rain", "SQLite")]
    doors += [("/postgresql?q=postgres", "PostgreSQL")] if postgresql else []
    for path, dbms in doors:
        tool.dbms = dbms
        yield from _found(tool, Target("GET", path, []), TWIN, urlsplit(address).netloc)


def of_spoilt(tool: Sqlmap, desk: Attacked) -> Iterator[Finding]:
    """What it finds where one statement is made of the request, behind the product's own pages."""
    host = urlsplit(desk.address).netloc
    yield from _found(tool, Target("GET", f"{INJECTED}?q=x", []), SABOTAGED, host, desk.cookie)


def of_desk(tool: Sqlmap, desk: Attacked) -> Iterator[Finding]:
    """What it finds in the product: first a glance at everything, then a long look at each.

    A glance tries what breaks a statement and goes on only where something in the answer says so;
    a page of the product says nothing, but a fault of the server is a finding as well.
    """
    host, wanted = urlsplit(desk.address).netloc, targets(desk)
    random.Random(dt.datetime.now(tz=dt.UTC).toordinal()).shuffle(wanted)  # noqa: S311 - another order each night
    for name, options in (("glances", ["--smart"]), ("long looks", [])):
        for target in wanted:
            if tool.over():
                break
            yield from _found(tool, target, DESK, host, desk.cookie, *options)
            tool.looked[name] = tool.looked.get(name, 0) + 1
    tool.looked["addresses"] = len(wanted)
    yield from (Finding("sqlmap", DESK, FAULT, place) for place in sorted(desk.watched.faults))


def _found(
    tool: Sqlmap, target: Target, where: str, host: str, cookie: str = "", *options: str
) -> Iterator[Finding]:
    for name in tool.ask(target, host, cookie, *options):
        yield Finding("sqlmap", where, SEVERE, target.place, name)


def targets(desk: Attacked) -> list[Target]:
    """Every form as its page shows it, every query a page leads to, every key in an address."""
    found = [Target("POST", path, pairs) for path, pairs in desk.forms.items()]
    client = desk.stands.app.test_client()
    client.set_cookie("desk_session", desk.cookie.partition("=")[2])
    asked: dict[tuple[str, frozenset[str]], Target] = {}
    for page in desk.pages:
        answer = client.get(page)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            for path in _queries(page, answer.text):
                names = frozenset(
                    part.partition("=")[0] for part in urlsplit(path).query.split("&")
                )
                asked.setdefault((urlsplit(path).path, names), Target("GET", path, []))
    kinds = {_kind(target.path): target for target in asked.values()}
    return [*found, *kinds.values(), *_keyed(desk)]


def _queries(page: str, text: str) -> Iterable[str]:
    """The addresses with a question mark to which the links and the forms of a page lead."""
    if not text.strip():
        return
    shown = html.fromstring(text)
    for link in shown.iterlinks():
        if link[1] == "href" and link[2].startswith("/") and "?" in link[2]:
            yield link[2].partition("#")[0]
    for form in shown.forms:
        values = [(str(name), str(value or "x")) for name, value in form.fields.items()]
        if form.method == "GET" and values:
            path = urlsplit(form.get("action") or page).path
            yield f"{path}?{urlencoded(values).decode('ascii')}"


def _kind(path: str) -> tuple[str, frozenset[str]]:
    """Addresses of one view that are asked for the same things are one to look at."""
    parts = urlsplit(path)
    view = re.sub(r"/[0-9a-f-]{36}|/\d+", "/x", parts.path)
    return view, frozenset(one.partition("=")[0] for one in parts.query.split("&"))


def _keyed(desk: Attacked) -> list[Target]:
    """The addresses with a word in them that a database is asked for; sqlmap changes the ``*``."""
    kept = desk.stands.known["source"]
    return [
        Target("GET", path, [])
        for path in (
            f"/sources/{kept}*",
            f"/sources/{kept}*.json",
            "/articles/ten-years*",
            "/articles/ten-years*/numbers",
            "/publishers/trendforce*",
            "/help/figures-and-intervals*",
            "/audit/questions/roles-changed*",
            "/watch/articles/ten-years*",
        )
    ]
