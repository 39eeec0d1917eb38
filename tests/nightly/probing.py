"""What no scanner asks: doors without a lock, foreign forms, open redirects, visits inside."""

import datetime as dt
import http.client
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from tests.benchmarks.hostile.forms import Pairs, urlencoded
from tests.benchmarks.hostile.site import Site
from tests.nightly.desks import INJECTED, OPENED, Attacked
from tests.nightly.findings import DESK, SABOTAGED, TWIN, Finding, Hole

TOOL = "probes"
UNLOCKED, FORGED, LEADS_AWAY, VISITS, BARE = (
    "missing-authorization",
    "forged-form-taken",
    "open-redirect",
    "request-forgery",
    "missing-header",
)
HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy")
ELSEWHERE = ("//evil.example/", "https://evil.example/", "/\\evil.example", "/\t/evil.example")
NEXT = ("next", "to", "back", "url", "return")
OPEN = frozenset({"/sign-in", "/healthz", "/version", "/answers/", "/help"})
"""What anybody may see; what the matrix of routes and roles says of each stands in its own test."""
HOLES = (
    Hole(TOOL, TWIN, (UNLOCKED,), "GET /secret"),
    Hole(TOOL, TWIN, (FORGED,), "POST /notes"),
    Hole(TOOL, TWIN, (LEADS_AWAY,), "GET /go"),
    Hole(TOOL, TWIN, (VISITS,), "GET /fetch"),
    Hole(TOOL, TWIN, (BARE,), "GET /"),
    Hole(TOOL, SABOTAGED, (UNLOCKED,), f"GET {OPENED}"),
    Hole(TOOL, SABOTAGED, (FORGED,), "POST *"),
    Hole(TOOL, SABOTAGED, (LEADS_AWAY,), "GET /sign-in"),
    Hole(TOOL, SABOTAGED, (BARE,), f"GET {INJECTED}"),
)


@dataclass
class Probe:
    """Somebody without a session, or with a stolen one, in front of an application."""

    address: str
    where: str
    found: list[Finding] = field(default_factory=list)

    def ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> tuple[int, dict[str, str]]:
        """Send one request and return the status and the headers of its answer."""
        line = http.client.HTTPConnection(urlsplit(self.address).netloc, timeout=60)
        try:
            line.request(method, path, body or None, headers)
            answer = line.getresponse()
            answer.read()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}
        finally:
            line.close()

    def note(self, rule: str, method: str, path: str, detail: str = "") -> None:
        """Keep a finding."""
        place = f"{method} {urlsplit(path).path}"
        self.found.append(Finding(TOOL, self.where, rule, place, detail))

    def doors(self, pages: tuple[str, ...]) -> None:
        """Whoever is not signed in gets no page, and each answer has its headers."""
        for page in pages:
            status, headers = self.ask("GET", page, {})
            if status == 200 and not any(page.startswith(path) for path in OPEN):
                self.note(UNLOCKED, "GET", page)
            lacking = [name for name in HEADERS if name not in headers]
            if lacking:
                self.note(BARE, "GET", page, ", ".join(lacking))

    def forgeries(self, forms: dict[str, Pairs], cookie: str) -> None:
        """A form without its token, and one that another site sent, are refused."""
        for path, pairs in forms.items():
            bare = [(name, value) for name, value in pairs if name != "csrf_token"]
            sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}
            status, _headers = self.ask("POST", path, sent, urlencoded(bare))
            if status not in {400, 403}:
                self.note(FORGED, "POST", path, f"without a token: {status}")
            foreign = {**sent, "Sec-Fetch-Site": "cross-site"}
            status, _headers = self.ask("POST", path, foreign, urlencoded(pairs))
            if status not in {400, 403}:
                self.note(FORGED, "POST", path, f"from another site: {status}")

    def redirects(self, pages: tuple[str, ...], cookie: str, *, each: bool = True) -> None:
        """No address leads to another site because its query says so.

        Of pages that are no ways to somewhere each name gets one of the targets, in another order
        each day; ``each`` gives all of them to all names.
        """
        day = dt.datetime.now(tz=dt.UTC).toordinal()
        mixed = {name: ELSEWHERE[(day + at) % len(ELSEWHERE)] for at, name in enumerate(NEXT)}
        wanted = [dict.fromkeys(NEXT, target) for target in ELSEWHERE] if each else [mixed]
        for page in pages:
            for words in wanted:
                path = f"{page.partition('?')[0]}?{urlencode(words)}"
                _status, headers = self.ask("GET", path, {"Cookie": cookie})
                if urlsplit(headers.get("location", "")).hostname == "evil.example":
                    self.note(LEADS_AWAY, "GET", page, headers["location"])
                    break


def of_twin(address: str) -> Iterator[Finding]:
    """What the probes find in the careless application."""
    probe, inner = Probe(address, TWIN), Site()
    probe.doors(("/", "/secret"))
    probe.forgeries({"/notes": [("note", "a note")]}, "")
    probe.redirects(("/go",), "")
    probe.ask("GET", f"/fetch?url=http://127.0.0.1:{inner.port}/", {})
    if inner.connections:
        probe.note(VISITS, "GET", "/fetch")
    inner.close()
    yield from probe.found


def of_spoilt(desk: Attacked, forms: dict[str, Pairs]) -> Iterator[Finding]:
    """What the probes find where the guards were taken away."""
    probe = Probe(desk.address, SABOTAGED)
    probe.doors((INJECTED, OPENED))
    probe.forgeries(dict([*forms.items()][:3]), desk.cookie)
    probe.redirects(("/sign-in",), desk.cookie)
    yield from probe.found


def of_desk(desk: Attacked, forms: dict[str, Pairs]) -> Iterator[Finding]:
    """What the probes find in the product."""
    probe, inner = Probe(desk.address, DESK), Site()
    probe.doors(desk.pages)
    probe.forgeries(forms, desk.cookie)
    probe.redirects(("/sign-in", "/language"), desk.cookie)
    probe.redirects(desk.pages, desk.cookie, each=False)
    for path, field_name in (("/articles/new", "address"), ("/sources/new", "url")):
        pairs = dict(forms[path])
        pairs |= {"way": "address", field_name: f"http://127.0.0.1:{inner.port}/", "title": "x"}
        sent = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": desk.cookie}
        probe.ask("POST", path, sent, urlencoded(list(pairs.items())))
        if inner.connections:
            probe.note(VISITS, "POST", path)
    inner.close()
    yield from probe.found
