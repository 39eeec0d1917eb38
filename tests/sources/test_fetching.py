"""Fetching from real servers on this machine: what is a page, and what nobody may make us reach.

url-02 url-16 url-18
"""

import gzip
import socket
import time
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from sources.errors import DeskError, Refused, TooLarge
from sources.fetching import MOST_REDIRECTS, Fetcher
from tests.sources.servers import answer, certificates, fetcher, pages, serving

PAGE = "<html><body><p>全球市场有5%。</p></body></html>".encode()


def refusal(act: Callable[[], object]) -> DeskError:
    """The refusal of an act, which always speaks both languages and names its field."""
    with pytest.raises(DeskError) as caught:
        act()
    assert caught.value.field == "url"
    assert caught.value.message["zh"]
    assert caught.value.message["en"]
    return caught.value


def test_a_page_comes_as_it_was_served_and_we_say_who_asks() -> None:
    with serving(answer(PAGE, kind="text/html; charset=gbk", Set_Cookie="a=1")) as server:
        address = f"http://news.example.org:{server.port}/a%20b?c=1"
        found = fetcher(server).fetch(address)
    assert (found.address, found.status, found.content) == (address, 200, PAGE)
    assert (found.media_type, found.charset) == ("text/html", "gbk")
    head = server.heads[0].decode()
    assert head.startswith("GET /a%20b?c=1 HTTP/1.1\r\n")
    assert f"Host: news.example.org:{server.port}\r\n" in head
    assert "User-Agent: ClaimDesk/test\r\n" in head
    assert "Cookie" not in head


@pytest.mark.parametrize("pack", [gzip.compress, zlib.compress])
def test_a_packed_page_is_unpacked(pack: Callable[[bytes], bytes]) -> None:
    name = "gzip" if pack is gzip.compress else "deflate"
    with serving(answer(pack(PAGE), Content_Encoding=name)) as server:
        assert fetcher(server).fetch(f"http://a.example:{server.port}/").content == PAGE


def test_a_header_with_a_nul_in_it_keeps_no_page_from_being_watched() -> None:
    with serving(answer(PAGE, ETag='"a\0b"')) as server:
        found = fetcher(server).fetch(f"http://a.example:{server.port}/")
    assert dict(found.headers)["ETag"] == '"a b"'


def test_an_answer_without_a_body_may_say_how_it_would_be_packed() -> None:
    with serving(answer(status="304 Not Modified", Content_Encoding="gzip")) as server:
        found = fetcher(server).fetch(f"http://a.example:{server.port}/")
    assert (found.status, found.content) == (304, b"")


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("401 Unauthorized", "fetch_signed_out"),
        ("403 Forbidden", "fetch_signed_out"),
        ("404 Not Found", "fetch_missing"),
        ("410 Gone", "fetch_missing"),
        ("429 Too Many Requests", "fetch_busy"),
        ("500 Internal Server Error", "fetch_status"),
        ("304 Not Modified", "fetch_status"),
    ],
)
def test_an_answer_that_is_no_page_is_kept_and_says_why(status: str, code: str) -> None:
    with serving(answer(b"", status=status)) as server:
        found = fetcher(server).fetch(f"http://a.example:{server.port}/")
    assert found.status == int(status[:3])
    assert refusal(found.page).code == code


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "http://127.0.0.1:{port}/",
        "http://127.1:{port}/",
        "http://2130706433:{port}/",
        "http://[::1]:{port}/",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http://localhost:{port}/",
        "http://good@127.0.0.1:{port}/",
        "http://%31%32%37.0.0.1:{port}/",
        "http://inside.example:{port}/",
        "http://both.example:{port}/",
        "http://mapped.example:{port}/",
        "http://nat64.example:{port}/",
        "http://zone.example:{port}/",
        "http://a.example:22/",
        "http://a.example:6379/",
    ],
)
def test_a_listener_inside_sees_no_connection(address: str) -> None:
    """T-SSRF: nothing inside a network is ever connected to."""
    names = {
        "inside.example": ["127.0.0.1"],
        "both.example": ["93.184.216.34", "127.0.0.1"],
        "mapped.example": ["::ffff:127.0.0.1"],
        "nat64.example": ["64:ff9b::7f00:1"],
        "zone.example": ["fe80::1%lo"],
    }
    with serving(answer(PAGE)) as server:
        nobody = fetcher(names=names)
        refusal(lambda: nobody.fetch(address.format(port=server.port)))
        time.sleep(0.05)
        assert server.connections == 0


@pytest.mark.parametrize("place", [0, 4, 39])
def test_a_host_with_one_inner_address_among_many_is_refused_unvisited(place: int) -> None:
    """T-SSRF: all addresses are checked, however few of them would be tried."""
    many = [f"192.0.9.{number}" for number in range(1, 40)]
    many.insert(place, "127.0.0.1")
    nobody = Fetcher(resolver=lambda _host: many, seconds=1.0)
    assert refusal(lambda: nobody.fetch("http://a.example/")).code == "fetch_inner"


@pytest.mark.parametrize(
    ("address", "told"),
    [("10.0.0.1", "a.example 指向内部地址（专用网络），"), ("2001:db8::1", "（文档示例），"),
     ("240.0.0.1", "a.example 指向内部地址，")],
)  # fmt: skip
def test_why_an_address_is_refused_is_said_in_chinese_too(address: str, told: str) -> None:
    nobody = fetcher(names={"a.example": [address]})
    assert told in refusal(lambda: nobody.fetch("http://a.example/")).message["zh"]


def test_a_port_of_no_web_server_is_refused_even_in_public() -> None:
    nobody = Fetcher(resolver=lambda _host: ["93.184.216.34"])
    assert refusal(lambda: nobody.fetch("http://a.example:8080/")).code == "fetch_port"


def test_every_redirect_is_checked_again() -> None:
    with serving(answer(PAGE)) as inside:
        for place in (
            f"http://127.0.0.1:{inside.port}/",
            f"http://inside.example:{inside.port}/",
            f"//localhost:{inside.port}/",
            "http://169.254.169.254/latest/meta-data/",
            "file:///etc/passwd",
        ):
            with serving(answer(status="302 Found", Location=place)) as outside:
                sent = fetcher(outside)
                address = f"http://a.example:{outside.port}/"
                refusal(lambda sent=sent, address=address: sent.fetch(address))  # type: ignore[misc]
        assert inside.connections == 0


def test_a_name_that_changes_its_address_is_asked_for_once_and_held_to_it() -> None:
    """T-SSRF: nothing inside a network is ever connected to."""
    asked: list[str] = []

    def rebinding(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"] if len(asked) == 1 else ["127.0.0.2"]

    with serving(answer(PAGE)) as server:
        bound = fetcher(server)
        bound.resolver = rebinding
        assert bound.fetch(f"http://rebind.example:{server.port}/").content == PAGE
        assert asked == ["rebind.example"]
        # At the second visit the name leads inside, and nobody is visited.
        refusal(lambda: bound.fetch(f"http://rebind.example:{server.port}/"))
        assert server.connections == 1


def test_redirects_lead_on_and_end() -> None:
    site = {
        "/": answer(status="301 Moved", Location="next"),
        "/next": answer(status="308 Moved", Location="/新"),
        "/%E6%96%B0": answer(PAGE),
        "/round": answer(status="302 Found", Location="/round"),
    }
    with serving(pages(site)) as server:
        web = fetcher(server)
        found = web.fetch(f"http://a.example:{server.port}/")
        assert found.address == f"http://a.example:{server.port}/%E6%96%B0"
        before = server.connections
        round_and_round = f"http://a.example:{server.port}/round"
        assert refusal(lambda: web.fetch(round_and_round)).code == "fetch_redirects"
        assert server.connections - before == MOST_REDIRECTS + 1


def test_what_is_no_text_is_refused_before_it_is_read() -> None:
    with serving(answer(b"\x89PNG", kind="image/png")) as server:
        web, address = fetcher(server), f"http://a.example:{server.port}/"
        assert refusal(lambda: web.fetch(address, {"text/html"})).code == "fetch_kind"
        assert web.fetch(address).content == b"\x89PNG"


def test_too_many_bytes_are_refused_announced_or_not() -> None:
    endless = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"x" * 300_000
    for said in (answer(b"x" * 300_000), endless):
        with serving(said) as server:
            web, address = fetcher(server), f"http://a.example:{server.port}/"
            assert isinstance(refusal(lambda web=web, a=address: web.fetch(a)), TooLarge)  # type: ignore[misc]


def test_a_decompression_bomb_does_not_go_off() -> None:
    """T-SSRF: nothing inside a network is ever connected to."""
    bomb = gzip.compress(b"\0" * 50_000_000)
    with serving(answer(bomb, Content_Encoding="gzip")) as server:
        web = fetcher(server, limit=100_000_000)
        address = f"http://a.example:{server.port}/"
        assert refusal(lambda: web.fetch(address)).code == "fetch_compressed"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        (b"<html>no head at all", "fetch_broken"),
        (b"HTTP/1.1 banana\r\n\r\n", "fetch_broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort", "fetch_broken"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: \xb2\r\n\r\nxy", "fetch_broken"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "fetch_broken"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nxyxyx", "fetch_broken"),
        (answer(b"x", kind=f"text/html; charset*{'9' * 5000}*=a"), "fetch_broken"),
        (answer(status="302 Found", Location="//["), "fetch_broken"),
        (answer(status="302 Found", Location="http://a\u2100.example/"), "fetch_broken"),
        (b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 200 + b"\r\n", "fetch_broken"),
        (answer(b"not gzip", Content_Encoding="gzip"), "fetch_broken"),
        (answer(gzip.compress(PAGE)[:-12], Content_Encoding="gzip"), "fetch_broken"),
        (answer(b"x", Content_Encoding="br"), "fetch_packing"),
        (b"", "fetch_broken"),
    ],
)
def test_an_answer_that_is_no_http_is_refused(said: bytes, code: str) -> None:
    with serving(said) as server:
        web, address = fetcher(server), f"http://a.example:{server.port}/"
        assert refusal(lambda: web.fetch(address)).code == code


def drip(connection: socket.socket, _head: bytes) -> None:
    """A byte every so often, for ever: no timeout of a single read ever comes."""
    for byte in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 10_000:
        connection.sendall(bytes([byte]))
        time.sleep(0.05)


def drip_body(connection: socket.socket, head: bytes) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    drip(connection, head)


def silence(connection: socket.socket, _head: bytes) -> None:
    connection.recv(1)


@pytest.mark.parametrize("handler", [drip, drip_body, silence])
def test_a_slow_server_is_left_when_the_time_is_up(
    handler: Callable[[socket.socket, bytes], None],
) -> None:
    with serving(handler) as server:
        web, address = fetcher(server, seconds=0.6), f"http://a.example:{server.port}/"
        start = time.monotonic()
        assert refusal(lambda: web.fetch(address)).code == "fetch_slow"
        assert time.monotonic() - start < 3


def test_a_slow_name_server_is_left_as_well() -> None:
    def slow(_host: str) -> list[str]:
        time.sleep(2)
        return ["93.184.216.34"]

    web = Fetcher(resolver=slow, seconds=0.3)
    assert refusal(lambda: web.fetch("http://a.example/")).code == "fetch_slow"


def test_a_name_nobody_knows_and_a_door_that_is_shut() -> None:
    def unknown(_host: str) -> list[str]:
        raise socket.gaierror

    assert refusal(lambda: Fetcher(resolver=unknown).fetch("http://a.example/")).code == (
        "fetch_unknown_host"
    )
    with serving(answer(PAGE)) as server:
        web = fetcher(server)
    assert refusal(lambda: web.fetch(f"http://a.example:{server.port}/")).code == (
        "fetch_unreachable"
    )


def test_a_certificate_is_checked_against_the_name_that_was_typed(tmp_path: Path) -> None:
    served, trusting = certificates(tmp_path, "news.example.org")
    with serving(answer(PAGE), served) as server:
        good = fetcher(server, context=trusting)
        assert good.fetch(f"https://news.example.org:{server.port}/").content == PAGE
        wrong_name = f"https://other.example.org:{server.port}/"
        assert refusal(lambda: good.fetch(wrong_name)).code == "fetch_certificate"
        address = f"https://news.example.org:{server.port}/"
        assert refusal(lambda: fetcher(server).fetch(address)).code == "fetch_certificate"


def test_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    served, trusting = certificates(tmp_path, "old.example.org", days=-2)
    with serving(answer(PAGE), served) as server:
        web = fetcher(server, context=trusting)
        address = f"https://old.example.org:{server.port}/"
        assert refusal(lambda: web.fetch(address)).code == "fetch_certificate"


def test_a_tls_handshake_that_never_ends_is_left(tmp_path: Path) -> None:
    _served, trusting = certificates(tmp_path, "news.example.org")
    with serving(drip) as server:
        web = fetcher(server, context=trusting, seconds=0.5)
        start = time.monotonic()
        with pytest.raises(Refused):
            web.fetch(f"https://news.example.org:{server.port}/")
        assert time.monotonic() - start < 3
