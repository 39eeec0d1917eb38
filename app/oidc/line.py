"""The line to the provider: one request at a time, cut at a deadline, never larger than a limit.

The provider is named by whoever runs the desk and may stand in their own network, so its address is
not judged as those of sources are. Redirects are not followed, and nothing is remembered.
"""

import http.client
import json
import ssl
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cached_property
from threading import BoundedSemaphore
from typing import Any, NoReturn
from urllib.parse import urlencode, urlsplit

from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from app.oidc import problems
from sources.bodies import body
from sources.connections import Deadline, connected, resolved, secured, system_resolver
from sources.errors import DeskError

SECONDS = 6.0
"""For one request: the name, the connection and the answer together."""
LIMIT = 256 * 1024
"""Bytes of an answer: the largest discovery documents and key sets have a tenth of it."""
AT_ONCE = 4
"""Requests under way at a time, so that a slow provider does not hold every worker of the desk."""
PATIENCE = 1.0
"""Seconds one waits for a place among them."""
BROKEN = (HTTPError, http.client.HTTPException, zlib.error, OSError, ValueError)
PORTS = {"https": 443, "http": 80}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider said: a status and an object of JSON."""

    status: int
    said: Mapping[str, Any]

    def text(self, name: str) -> str:
        """A value that is text; empty for any other."""
        found = self.said.get(name)
        return found if isinstance(found, str) else ""


class Line:
    """Asks one provider; ``context`` and ``seconds`` are given by tests."""

    def __init__(
        self, agent: str, *, context: ssl.SSLContext | None = None, seconds: float = SECONDS
    ) -> None:
        """Keep who asks and how long is waited."""
        self.agent, self.seconds = agent, seconds
        self._given = context
        self._places = BoundedSemaphore(AT_ONCE)

    @cached_property
    def context(self) -> ssl.SSLContext:
        """Whom it trusts, read when the provider is asked for the first time."""
        return self._given or ssl.create_default_context()

    def get(self, address: str) -> Answer:
        """Return the document at an address; raise Unanswered for everything else."""
        found = self._ask("GET", address, None, {})
        if found.status != http.client.OK:
            raise problems.unreachable(f"{_place(address)} answers {found.status}")
        return found

    def post(
        self, address: str, form: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form and return the answer, whatever its status."""
        kind = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._ask("POST", address, urlencode(form), {**kind, **(headers or {})})

    def _ask(
        self, method: str, address: str, content: str | None, headers: Mapping[str, str]
    ) -> Answer:
        with self._room():
            deadline = Deadline(self.seconds)
            try:
                status, data = self._exchanged(method, address, content, headers, deadline)
            except DeskError as problem:
                raise problems.unreachable(f"{_place(address)}: {problem.code}") from problem
            except BROKEN as problem:
                kind = type(problem).__name__
                raise problems.unreachable(f"{_place(address)}: {kind}") from problem
            if deadline.has_passed():
                # A connection that was cut may look like the end of a document.
                raise problems.unreachable(f"{_place(address)}: too slow")
        return Answer(status, _object(data, address, status))

    @contextmanager
    def _room(self) -> Iterator[None]:
        if not self._places.acquire(timeout=PATIENCE):
            raise problems.busy()
        try:
            yield
        finally:
            self._places.release()

    def _exchanged(
        self,
        method: str,
        address: str,
        content: str | None,
        headers: Mapping[str, str],
        deadline: Deadline,
    ) -> tuple[int, bytes]:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
        addresses = resolved(host, system_resolver, deadline)
        with connected(host, addresses, port, deadline) as plain, deadline.over(plain):
            line = secured(plain, host, self.context) if parts.scheme == "https" else plain
            connection = HTTPConnection(host, timeout=deadline.left)
            connection.sock = line
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            own = {
                "Host": parts.netloc,
                "User-Agent": self.agent,
                "Accept": "application/json",
                "Accept-Encoding": "identity",
                "Connection": "close",
            }
            with closing(connection):
                connection.request(
                    method,
                    target,
                    body=content,
                    headers={**own, **headers},
                    preload_content=False,
                    decode_content=False,
                )
                with closing(connection.getresponse()) as response:
                    return response.status, body(response, LIMIT)


def _place(address: str) -> str:
    """Return what a log may hold of an address: its query may carry more."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def _object(data: bytes, address: str, status: int) -> Mapping[str, Any]:
    try:
        found = json.loads(data, parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        reason = f"{_place(address)} answers {status} with no JSON"
        raise problems.unusable(reason) from problem
    if not isinstance(found, dict):
        raise problems.unusable(f"{_place(address)} answers {status} with no object")
    return found


def _no_number(word: str) -> NoReturn:
    raise ValueError(word)
