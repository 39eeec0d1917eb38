"""The browsers of an attack: whose they are, and how each gets in again when it was put out."""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from tests.app.accounts.authenticator import Authenticator
from tests.benchmarks.hostile.forms import Pairs, Sent, on_page, posted
from tests.benchmarks.hostile.lines import Answer, Line

SIGN_IN, SECOND, PASSKEY = "/sign-in", "/sign-in/second", "/sign-in/passkey"
Way = Callable[[Line], None]


@dataclass
class Browser:
    """A line, how it gets in, and what its forms have to send.

    ``page`` has a form for whoever is in: its token is this browser's. ``inside`` is asked when an
    answer leads to the sign-in, which also happens to somebody who is still signed in.
    """

    line: Line
    way: Way
    page: str = "/sources/new"
    inside: str = "/account"
    token: Pairs = field(default_factory=list)

    def renew(self) -> None:
        """Begin anew, with no cookie."""
        self.line.forget()
        self.way(self.line)
        pairs = shown(self.line, self.page)
        self.token[:] = [pair for pair in pairs if pair[0] == "csrf_token"]
        assert self.token, self.page

    def is_out(self, answer: Answer) -> bool:
        """Tell whether an answer says that nobody is signed in here any more."""
        if not self.inside or not urlsplit(answer.location).path.startswith(SIGN_IN):
            return False
        return self.line.send(Sent("look", "GET", self.inside)).status != 200


def shown(line: Line, page: str) -> Pairs:
    """What the form of a page that goes to its own address would send untouched."""
    return on_page(line.send(Sent("form", "GET", page)).text, page, urlsplit(page).path)


def nobody(_line: Line) -> None:
    """Stay outside."""


def by_password(name: str, password: str) -> Way:
    """Return the way of somebody with a password; it may lead to the second step."""

    def way(line: Line) -> None:
        typed = {**dict(shown(line, SIGN_IN)), "name": name, "password": password}
        answer = line.send(posted("sign in", SIGN_IN, list(typed.items())))
        assert answer.status in {302, 303}, answer.text

    return way


def by_passkey(device: Authenticator) -> Way:
    """Return the way of somebody with a passkey, which is both proofs in one."""

    def way(line: Line) -> None:
        token = [pair for pair in shown(line, SIGN_IN) if pair[0] == "csrf_token"]
        asked = line.send(posted("sign in", f"{PASSKEY}/challenge", with_key(token)))
        answered = ("proof-answer", device.signed(json.loads(asked.text)["challenge"]))
        answer = line.send(posted("sign in", PASSKEY, [*with_key(token), answered]))
        assert answer.status in {302, 303}, answer.text
        assert not answer.location.startswith(SIGN_IN), answer.location

    return way


def with_key(token: Pairs) -> Pairs:
    """What every form sends besides what is typed: its token, and a key of its own."""
    return [*token, ("receipt", secrets.token_urlsafe(16))]
