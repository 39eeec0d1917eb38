"""Fetching a page from the public web, and from nowhere else.

Every address on the way, the first and each one a site redirects to, is spelled canonically, its
host resolved once, all of its IP addresses checked against our own table, and the connection made
to exactly one of those, under the host's name for TLS. Nothing else is remembered between two
requests: no cookies, no proxies from the environment, no credentials.
"""

import datetime as dt
import http.client
import ssl
import zlib
from collections.abc import Callable, Collection, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from email.message import Message
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, cast
from urllib.parse import urljoin, urlsplit

from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError

from sources import fetch_refusals
from sources.addresses import inner
from sources.bodies import body
from sources.connections import Deadline, Resolver, connected, resolved, secured, system_resolver
from sources.errors import Refused
from sources.exchanges import Exchange, Recorder
from sources.store import LIMIT
from sources.urls import SCHEMES, canonical

if TYPE_CHECKING:
    import socket

SECONDS = 30.0
"""For the whole fetch: names, connections, redirects and bodies together."""
MOST_REDIRECTS = 5
WEB_PORTS = frozenset(SCHEMES.values())
REDIRECTS = frozenset({301, 302, 303, 307, 308})
AGENT = "ClaimDesk"
ACCEPT = "text/html,application/xhtml+xml,application/pdf,text/plain,text/markdown,*/*;q=0.5"
BROKEN = (HTTPError, http.client.HTTPException, zlib.error, OSError, ValueError)
"""What reading an answer that is no HTTP raises; the libraries turn its numbers into integers."""
Judge = Callable[[str, int], str | None]
"""Says of an IP address and a port why it is not to be connected to, or None."""


class Step(StrEnum):
    """How far a fetch has come."""

    RESOLVING = "resolving"
    CONNECTING = "connecting"
    RECEIVING = "receiving"


Watch = Callable[[Step, str, int], None]
"""Told of each step, of the host it leads to, and of the bytes that have come so far."""


def unwatched(_step: Step, _host: str, _received: int) -> None:
    """Watch nothing."""


def public_web(address: str, number: int) -> str | None:
    """Judge an address: it is on the public web, at a port of the web, or it is refused."""
    return inner(address) or (None if number in WEB_PORTS else f"port {number}")


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a site answered, as it answered it; ``address`` is where the last redirect led.

    ``exchanges`` are all requests on the way with their answers, the last one's whole.
    """

    address: str
    status: int
    media_type: str | None
    charset: str | None
    headers: tuple[tuple[str, str], ...]
    content: bytes
    retrieved_at: dt.datetime
    exchanges: tuple[Exchange, ...] = ()

    def page(self) -> "Fetched":
        """Return this where it is a page; raise Refused for an answer that says there is none."""
        problem = fetch_refusals.status(self.status)
        if problem is not None:
            raise problem
        return self


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a page is asked for again: if it changed, and if a machine may read it.

    ``headers`` go with the request for ``address`` only. ``permit`` is asked before every request,
    also before those a redirect leads to; it raises Refused.
    """

    address: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    permit: Callable[[str], None] | None = None


@dataclass(frozen=True, slots=True)
class _Errand:
    """What one fetch wants, until when, who watches it, and what has passed so far."""

    kinds: Collection[str] | None
    deadline: Deadline
    watch: Watch
    terms: Terms
    exchanges: list[Exchange] = field(default_factory=list)


class Fetcher:
    """Fetches single pages; holds limits, and no state.

    ``judge`` and ``context`` exist for tests against servers on this machine; no setting of an
    installation reaches them.
    """

    def __init__(
        self,
        *,
        agent: str = AGENT,
        resolver: Resolver = system_resolver,
        judge: Judge = public_web,
        context: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
        limit: int = LIMIT,
    ) -> None:
        self.agent = agent
        self.resolver = resolver
        self.judge = judge
        self._given = context
        self.seconds = seconds
        self.limit = limit

    @cached_property
    def context(self) -> ssl.SSLContext:
        """Whom it trusts: reading that takes long enough to wait for the first fetch over TLS."""
        return self._given or ssl.create_default_context()

    def fetch(
        self,
        text: str,
        kinds: Collection[str] | None = None,
        watch: Watch = unwatched,
        terms: Terms | None = None,
    ) -> Fetched:
        """Return what stands at an address; every problem is a Refused at the field ``url``.

        ``kinds`` are the media types wanted; a successful answer of another type is refused before
        its body is read. An answer without a type is taken, because its bytes will tell.
        """
        errand = _Errand(kinds, Deadline(self.seconds), watch, terms or Terms())
        address = canonical(text)
        for _ in range(MOST_REDIRECTS + 1):
            if errand.terms.permit is not None:
                errand.terms.permit(address)
            found = self._once(address, errand)
            if isinstance(found, Fetched):
                return replace(found, exchanges=tuple(errand.exchanges))
            address = _onward(address, found.strip())
        raise fetch_refusals.redirects(MOST_REDIRECTS)

    def _once(self, address: str, errand: _Errand) -> Fetched | str:
        """Ask one server; return its page, or the address it sends the visitor to."""
        host = urlsplit(address).hostname or ""
        try:
            found = self._exchanged(address, errand)
        except BROKEN as problem:
            if errand.deadline.has_passed():
                raise fetch_refusals.slow(self.seconds) from problem
            raise fetch_refusals.broken(host) from problem
        if errand.deadline.has_passed():
            # A connection that was cut may look like the end of a page.
            raise fetch_refusals.slow(self.seconds)
        return found

    def _exchanged(self, address: str, errand: _Errand) -> Fetched | str:
        parts, deadline = urlsplit(address), errand.deadline
        host, number = parts.hostname or "", parts.port or SCHEMES[parts.scheme]
        errand.watch(Step.RESOLVING, host, 0)
        addresses = self._checked(host, number, deadline)
        errand.watch(Step.CONNECTING, host, 0)
        with connected(host, addresses, number, deadline) as plain, deadline.over(plain):
            reached = str(plain.getpeername()[0])
            line = secured(plain, host, self.context) if parts.scheme == "https" else plain
            recorder = Recorder(
                line, self.limit, lambda size: errand.watch(Step.RECEIVING, host, size)
            )
            began = dt.datetime.now(dt.UTC)
            found = self._asked(address, recorder, errand)
        whole = isinstance(found, Fetched)
        if whole and recorder.rest.strip(b"\r\n"):
            raise fetch_refusals.length(host)
        errand.exchanges.append(
            Exchange(address, reached, bytes(recorder.sent), recorder.answer, began, whole)
        )
        return found

    def _asked(self, address: str, recorder: Recorder, errand: _Errand) -> Fetched | str:
        """Ask over a connection that stands already."""
        parts = urlsplit(address)
        connection = HTTPConnection(parts.hostname or "", timeout=errand.deadline.left)
        try:
            # HTTP wants no more of a connection than the recorder has.
            connection.sock = cast("socket.socket", recorder)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = self._headers(parts.netloc)
            if address == errand.terms.address:
                headers |= errand.terms.headers
            connection.request(
                "GET", target, headers=headers, preload_content=False, decode_content=False
            )
            with closing(connection.getresponse()) as response:
                return self._read(address, response, errand.kinds)
        finally:
            connection.close()

    def _checked(self, host: str, number: int, deadline: Deadline) -> list[str]:
        """Return the addresses of a host, all of which have to be fit: one that is not is bait."""
        literal = host.strip("[]")
        addresses = [literal] if _is_literal(literal) else resolved(host, self.resolver, deadline)
        for one in addresses:
            why = self.judge(one, number)
            if why is not None and why.startswith("port "):
                raise fetch_refusals.port(number)
            if why is not None:
                raise fetch_refusals.inner(host, why)
        return addresses

    def _headers(self, netloc: str) -> dict[str, str]:
        return {
            "Host": netloc,
            "User-Agent": self.agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }

    def _read(
        self, address: str, response: HTTPResponse, kinds: Collection[str] | None
    ) -> Fetched | str:
        location = response.headers.get("Location")
        if response.status in REDIRECTS and location:
            return _as_utf8(location)
        media_type, charset = _declared(response.headers.get("Content-Type"))
        fine = response.status // 100 == 2  # noqa: PLR2004 - the class of success
        if fine and kinds is not None and media_type is not None and media_type not in kinds:
            raise fetch_refusals.kind(media_type[:80])
        return Fetched(
            address=address,
            status=response.status,
            media_type=media_type,
            charset=charset,
            # A NUL is no part of a header (RFC 9110, 5.5), and one database takes none.
            headers=tuple(
                (name, value.replace("\0", " ")) for name, value in response.headers.items()
            ),
            content=body(response, self.limit),
            retrieved_at=dt.datetime.now(dt.UTC),
        )


def _onward(address: str, location: str) -> str:
    """Return where a site sends its visitors; the refusal of an unfit address names it."""
    try:
        following = urljoin(address, location)
    except ValueError as problem:
        raise fetch_refusals.broken(urlsplit(address).hostname or "") from problem
    try:
        return canonical(following)
    except Refused as problem:
        raise fetch_refusals.redirected(following, problem) from problem


def _as_utf8(header: str) -> str:
    """Read a header again as what browsers take it for; HTTP itself has Latin-1 only."""
    try:
        return header.encode("latin-1").decode()
    except UnicodeError:
        return header


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _declared(header: str | None) -> tuple[str | None, str | None]:
    """Return the media type and charset of a Content-Type header."""
    if not header:
        return None, None
    message = Message()
    message["Content-Type"] = header.replace("\r", " ").replace("\n", " ")
    charset = message.get_param("charset")
    return message.get_content_type(), charset.strip() if isinstance(charset, str) else None
