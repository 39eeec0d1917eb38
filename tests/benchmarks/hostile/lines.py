"""Sending requests to the desk: over the network to a real server, or to the application."""

import http.client
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from flask.testing import FlaskClient

from tests.benchmarks.hostile.forms import Sent

DEAD = 0
"""The status of an answer that never came, because the server closed the line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and how long it took."""

    status: int
    request: str
    location: str
    text: str
    seconds: float


class Line(Protocol):
    """Somebody who is signed in and can send anything."""

    def send(self, sent: Sent) -> Answer:
        """Send a request and wait for its answer."""
        ...


def timed(act: Callable[[], tuple[int, dict[str, str], bytes]]) -> Answer:
    """Do it, and note how long it took."""
    began = time.monotonic()
    status, headers, body = act()
    return Answer(
        status,
        headers.get("x-request-id", ""),
        headers.get("location", ""),
        body.decode("utf-8", "replace"),
        time.monotonic() - began,
    )


class Wire:
    """A connection to a server on this machine, kept open as browsers do."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}
        self.connection = self._opened()

    def _opened(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=120)

    def send(self, sent: Sent) -> Answer:
        """Send once; a server may close a line that it was sent nonsense over."""
        return timed(lambda: self._sent(sent))

    def _sent(self, sent: Sent) -> tuple[int, dict[str, str], bytes]:
        own = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        cookie = "; ".join(filter(None, [own, sent.headers.get("Cookie", "")]))
        headers = {**sent.headers, "Cookie": cookie}
        try:
            self.connection.request(sent.method, sent.path, sent.body or None, headers)
            with self.connection.getresponse() as answer:
                body = answer.read()
                for value in answer.headers.get_all("Set-Cookie") or []:
                    name, _equals, rest = value.partition("=")
                    self.cookies[name] = rest.partition(";")[0]
                known = {name.lower(): value for name, value in answer.getheaders()}
                return answer.status, known, body
        except (http.client.HTTPException, OSError):
            with suppress(OSError):
                self.connection.close()
            self.connection = self._opened()
            return DEAD, {}, b""


class Inside:
    """The application without a server in front of it."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def send(self, sent: Sent) -> Answer:
        """Send to the application."""

        def act() -> tuple[int, dict[str, str], bytes]:
            headers = {name: value for name, value in sent.headers.items() if value}
            with self.client.open(
                sent.path, method=sent.method, data=sent.body, headers=headers
            ) as answer:
                known = {name.lower(): value for name, value in answer.headers}
                return answer.status_code, known, answer.data

        return timed(act)
