"""Servers that mean harm: they are left in time, nothing of theirs is taken, and nobody is visited.

url-02 url-03 url-16 url-18 url-19
"""

import gzip
import socket
import ssl
import time
import tracemalloc
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sources import fetching
from sources.errors import DeskError
from sources.fetching import Fetcher
from tests.sources.servers import Handler, Server, answer, certificates, fetcher, pages, serving

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
PAGE = b"<p>5 %</p>"
REFRESH = '0; url="http://127.0.0.1:{port}/"'


def refusal(act: Callable[[], object]) -> str:
    """The code of a refusal."""
    with pytest.raises(DeskError) as caught:
        act()
    assert caught.value.field == "url"
    return caught.value.code


def endless(head: bytes, piece: bytes) -> Handler:
    """A server that never stops, as long as anybody listens."""

    def handle(connection: socket.socket, _request: bytes) -> None:
        connection.sendall(head)
        while True:
            connection.sendall(piece)

    return handle


PACKED = gzip.compress(PAGE)
EMPTY_BLOCKS = b"\x00\x00\x00\xff\xff" * 13_000
ENDLESS = {
    "a body": (HEAD + b"\r\n", b"x" * 65_536),
    "a chunk of less than nothing": (
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"x" * 65_536,
    ),
    "the size of a chunk": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"0" * 65_536),
    "what follows the chunks": (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"x" * 65_536),
    "what follows a packed page": (
        HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED,
        b"x" * 65_536,
    ),
    "nothing, well packed": (HEAD + b"Content-Encoding: gzip\r\n\r\n" + PACKED[:10], EMPTY_BLOCKS),
    "a header": (b"HTTP/1.1 200 OK\r\nX: ", b"y" * 65_536),
    "headers": (HEAD, b"X: y\r\n" * 10_000),
    "a status": (b"", b"x" * 65_536),
    "promises": (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000),
}


@pytest.mark.parametrize("what", ENDLESS)
def test_what_never_ends_is_left_before_it_fills_the_memory(what: str) -> None:
    with serving(endless(*ENDLESS[what])) as server:
        web = fetcher(server, seconds=1.0, limit=2_000_000)
        tracemalloc.start()
        code = refusal(lambda: web.fetch(f"http://a.example:{server.port}/"))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert code in {"fetch_broken", "fetch_large", "fetch_slow", "fetch_length"}
    assert most < 40_000_000


@pytest.mark.parametrize("status", ["301 a", "302 b", "303 c", "307 d", "308 e"])
@pytest.mark.parametrize(
    "place",
    [
        "http://127.0.0.1:{port}/",
        "http://inside.example:{port}/",
        "//[::1]:{port}/",
        "http://rebind.example:{port}/",
    ],
)
def test_no_redirect_leads_inside(status: str, place: str) -> None:
    """T-SSRF: A name that was public for the first page is inside when it is asked for again."""
    with serving(answer(PAGE)) as inner:
        location = place.format(port=inner.port)
        with serving(answer(status=status, Location=location)) as outer:
            web = fetcher(
                outer, names={"inside.example": ["127.0.0.1"], "rebind.example": ["10.0.0.1"]}
            )
            refusal(lambda: web.fetch(f"http://a.example:{outer.port}/"))
        assert inner.connections == 0


def test_the_sixth_redirect_is_one_too_many() -> None:
    hops = {f"/{n}": answer(status="302 Found", Location=f"/{n + 1}") for n in range(7)}
    with serving(pages({**hops, "/7": answer(PAGE)})) as server:
        web, address = fetcher(server), f"http://a.example:{server.port}"
        assert web.fetch(f"{address}/2").content == PAGE
        assert refusal(lambda: web.fetch(f"{address}/1")) == "fetch_redirects"


def test_what_only_a_browser_would_follow_is_followed_by_nobody() -> None:
    with serving(answer(PAGE)) as inner:
        to = REFRESH.format(port=inner.port)
        page = f'<meta http-equiv="refresh" content="{to}"><base href="http://127.0.0.1/">'.encode()
        more = {
            "Link": f"<http://127.0.0.1:{inner.port}/>; rel=preload",
            "Set_Cookie": "a=1",
            "Refresh": to,
            "Strict_Transport_Security": "max-age=9",
            "Content_Location": "http://127.0.0.1/",
        }
        with serving(answer(page, **more)) as outer:
            web, address = fetcher(outer), f"http://a.example:{outer.port}/"
            assert web.fetch(address).content == page
            web.fetch(address)
        assert inner.connections == 0
        assert b"Cookie" not in outer.heads[1]
        assert outer.heads[1].startswith(b"GET / HTTP/1.1")


def old_context(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """A server that speaks TLS 1.0 only, and a client of those days that trusts it."""
    served, _trusting = certificates(folder, "old.example.org")
    trusting = ssl.create_default_context(cafile=str(folder / "old.example.org.pem"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for context in (served, trusting):
            context.set_ciphers("ALL:@SECLEVEL=0")
            context.minimum_version = ssl.TLSVersion.TLSv1
        served.maximum_version = ssl.TLSVersion.TLSv1
    return served, trusting


def test_encryption_of_the_last_century_proves_nothing(tmp_path: Path) -> None:
    served, of_those_days = old_context(tmp_path)
    today = Fetcher().context
    assert today.minimum_version >= ssl.TLSVersion.TLSv1_2
    assert (today.verify_mode, today.check_hostname) == (ssl.CERT_REQUIRED, True)
    today.load_verify_locations(str(tmp_path / "old.example.org.pem"))
    with serving(answer(PAGE), served) as server:
        address = f"https://old.example.org:{server.port}/"
        assert refusal(lambda: fetcher(server, context=today).fetch(address)) == "fetch_certificate"
        assert fetcher(server, context=of_those_days).fetch(address).content == PAGE


GUARDS: dict[str, tuple[str, list[tuple[str, Any]]]] = {
    "the table of addresses": (
        "http://inside.example:{port}/",
        [("public_web", lambda _address, _port: None)],
    ),
    "the spelling of an address": (
        "http://127.1:{port}/",
        [("canonical", lambda text: text), ("inner", lambda _text: None)],
    ),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_a_guard_somebody_inside_is_visited(
    guard: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each guard is taken away once, or the tests above would prove nothing."""
    address, missing = GUARDS[guard]
    names = {"inside.example": ["127.0.0.1"], "127.1": ["127.0.0.1"]}
    with serving(answer(PAGE)) as inner:
        web = Fetcher(resolver=lambda host: names[host], seconds=2.0)
        monkeypatch.setattr(fetching, "WEB_PORTS", frozenset({inner.port}))
        refusal(lambda: web.fetch(address.format(port=inner.port)))
        assert visits(inner) == 0
        for name, instead in missing:
            monkeypatch.setattr(fetching, name, instead)
        web = Fetcher(resolver=lambda host: names[host], judge=fetching.public_web, seconds=2.0)
        assert web.fetch(address.format(port=inner.port)).content == PAGE
        assert visits(inner) == 1


def visits(server: Server) -> int:
    """How many came, a moment later."""
    time.sleep(0.05)
    return server.connections
