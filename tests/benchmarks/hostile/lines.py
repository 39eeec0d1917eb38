"""Sending requests to the desk: over the network to a real server, or to the application."""

import http.client
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from flask.testing import FlaskClient

from tests.benchmarks.hostile.forms import Sent

DEAD = 0
"""The status of an answer that never came, because the server closed the line."""
HOST = "localhost"
"""A name, not a number: passkeys are bound to one."""
SESSION = "desk_session"
IDLE = 5.0
"""Seconds after which a line is opened anew."""
Parts = tuple[int, dict[str, str], bytes]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took; ``headers`` by their names in small letters."""

    status: int
    body: bytes
    seconds: float
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def request(self) -> str:
        """The name the desk gave the request."""
        return self.headers.get("x-request-id", "")

    @property
    def location(self) -> str:
        """Where it leads to."""
        return self.headers.get("location", "")

    @property
    def text(self) -> str:
        """The words of it."""
        return self.body.decode("utf-8", "replace")


class Line(Protocol):
    """A browser: it keeps its cookies and can send anything."""

    origin: str

    def send(self, sent: Sent) -> Answer:
        """Send a request and wait for its answer."""
        ...

    def forget(self) -> None:
        """Lose the cookie of the session."""
        ...


def timed(act: Callable[[], Parts]) -> Answer:
    """Do it, and note how long it took."""
    began = time.monotonic()
    status, headers, body = act()
    return Answer(status, body, time.monotonic() - began, headers)


class Wire:
    """A connection to a server on this machine, kept open as browsers do."""

    def __init__(self, port: int) -> None:
        self.port, self.origin = port, f"http://{HOST}:{port}"
        self.cookies: dict[str, str] = {}
        self.used = 0.0
        self.connection = self._opened()

    def _opened(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def forget(self) -> None:
        """Lose the cookie of the session."""
        self.cookies.pop(SESSION, None)

    def send(self, sent: Sent) -> Answer:
        """Send once; a server may close a line that it was sent nonsense over."""
        if time.monotonic() - self.used > IDLE:
            # The server has closed it meanwhile, or is about to.
            self.connection.close()
        answer = timed(lambda: self._sent(sent))
        self.used = time.monotonic()
        return answer

    def _sent(self, sent: Sent) -> Parts:
        own = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        cookie = "; ".join(filter(None, [own, sent.headers.get("Cookie", "")]))
        headers = {"Host": f"{HOST}:{self.port}", **sent.headers, "Cookie": cookie}
        try:
            self.connection.request(sent.method, sent.path, sent.body or None, headers)
            with self.connection.getresponse() as answer:
                body = answer.read()
                # What is answered to cookies that nobody was given is for nobody's browser.
                if "Cookie" not in sent.headers:
                    self._keep(answer.headers.get_all("Set-Cookie") or [])
                known = {name.lower(): value for name, value in answer.getheaders()}
                return answer.status, known, body
        except (http.client.HTTPException, OSError):
            with suppress(OSError):
                self.connection.close()
            self.connection = self._opened()
            return DEAD, {}, b""

    def _keep(self, given: list[str]) -> None:
        for one in given:
            name, _equals, rest = one.partition("=")
            self.cookies[name] = rest.partition(";")[0]


class Inside:
    """The application without a server in front of it."""

    origin = f"http://{HOST}"

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def forget(self) -> None:
        """Lose the cookie of the session."""
        self.client.delete_cookie(SESSION)

    def send(self, sent: Sent) -> Answer:
        """Send to the application."""

        def act() -> Parts:
            headers = {name: value for name, value in sent.headers.items() if value}
            with self.client.open(
                sent.path, method=sent.method, data=sent.body, headers=headers
            ) as answer:
                known = {name.lower(): value for name, value in answer.headers}
                return answer.status_code, known, answer.data

        return timed(act)
