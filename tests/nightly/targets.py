"""The requests in which sqlmap changes words: every form, every query, every key in an address."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import html

from tests.benchmarks.hostile.forms import Pairs, urlencoded
from tests.nightly.desks import Attacked
from tests.nightly.filling import Filler, asked

TOKEN = "csrf_token"
"""Without the right one nothing else of a form would be looked at."""
OWN = (TOKEN, "draft", "typist", "receipt")
"""What every form says about itself."""
GUESTS = "answers.answer"


@dataclass(frozen=True, slots=True)
class Target:
    """One request that a browser would send, with what sqlmap may not change in it."""

    method: str
    path: str
    pairs: Pairs
    view: str = ""
    spared: tuple[str, ...] = OWN
    cookie: str | None = None
    """Whose request it is, where it is not that of the person the tools were lent."""

    @property
    def place(self) -> str:
        """How a finding names it."""
        return f"{self.method} {urlsplit(self.path).path.replace('*', '')}"

    def written(self, host: str, cookie: str) -> bytes:
        """The request as it goes over the line."""
        lines = [f"{self.method} {self.path} HTTP/1.1", f"Host: {host}"]
        whose = cookie if self.cookie is None else self.cookie
        lines += [f"Cookie: {whose}"] if whose else []
        if self.method == "GET":
            return "\r\n".join([*lines, "", ""]).encode()
        lines += ["Content-Type: application/x-www-form-urlencoded"]
        return "\r\n".join([*lines, "", ""]).encode() + urlencoded(self.pairs)


def targets(desk: Attacked) -> list[Target]:
    """Every form, filled in, every query a page leads to, every key in an address."""
    client = desk.stands.app.test_client()
    client.set_cookie("desk_session", desk.cookie.partition("=")[2])
    filler = Filler(desk.stands, client)
    queries: dict[tuple[str, frozenset[str]], Target] = {}
    for page in desk.pages:
        answer = client.get(page)
        if answer.status_code == 200 and answer.mimetype == "text/html":
            filler.look(page, answer.text)
            for path in _queries(page, answer.text):
                queries.setdefault(_kind(path), Target("GET", path, []))
    forms = [Target("POST", path, pairs, view) for view, (path, pairs) in filler.forms().items()]
    forms = [one for one in forms if one.view != GUESTS]
    return [*forms, _of_guests(desk), *queries.values(), *_keyed(desk)]


def forms_of(wanted: Sequence[Target]) -> dict[str, Pairs]:
    """The forms of somebody who is signed in, by address."""
    forms = [one for one in wanted if one.method == "POST" and one.cookie is None]
    return {one.path: one.pairs for one in forms}


def _of_guests(desk: Attacked) -> Target:
    """The form of people outside, who have a link and no account."""
    guest = desk.stands.app.test_client()
    filler = Filler(desk.stands, guest)
    page = f"/answers/{desk.stands.known['token']}"
    filler.look(page, guest.get(page).text)
    cookie = guest.get_cookie("desk_session")
    path, pairs = filler.found[GUESTS]
    return Target(
        "POST", path, pairs, GUESTS, cookie=f"desk_session={cookie.value if cookie else ''}"
    )


def _queries(page: str, text: str) -> Iterable[str]:
    """The addresses with a question mark to which the links and the forms of a page lead."""
    if not text.strip():
        return
    shown = html.fromstring(text)
    for link in shown.iterlinks():
        if link[1] == "href" and link[2].startswith("/") and "?" in link[2]:
            yield link[2].partition("#")[0]
    for form in shown.forms:
        values = asked(form)
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
