"""What two programs could read in two ways is refused, and the connection ends."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from app.db import Database
from app.factory import create_app
from tests.app.serving.served import Served, served

HOST = b"Host: localhost\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
POST = b"POST /language HTTP/1.1\r\n" + HOST
NEXT = b"GET /version HTTP/1.1\r\nHost: localhost\r\n\r\n"
"""What a smuggler hides behind his first request."""
SMUGGLED = {
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: 40\r\n\r\n" + NEXT,
    "two lengths in one line": POST + b"Content-Length: 0, 40\r\n\r\n" + NEXT,
    "length and chunks": POST
    + b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    + NEXT,
    "chunks twice": POST
    + b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
    "chunks in disguise": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "chunks behind a control": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "chunks in HTTP/1.0": b"POST /language HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "a negative length": POST + b"Content-Length: -1\r\n\r\n",
    "a length with a plus": POST + b"Content-Length: +5\r\n\r\n12345",
    "a length in hexadecimal": POST + b"Content-Length: 0x5\r\n\r\n12345",
    "bare LF": b"GET /version HTTP/1.1\nHost: localhost\n\n",
    "bare LF between lines": b"GET /version HTTP/1.1\r\nHost: localhost\nX: y\r\n\r\n",
    "bare CR": b"GET /version HTTP/1.1\r\nHost: localhost\r\nX: y\rZ: z\r\n\r\n",
    "a folded line": b"GET /version HTTP/1.1\r\nHost: localhost\r\nX: y\r\n z\r\n\r\n",
    "a folded first line": b"GET /version HTTP/1.1\r\n Host: localhost\r\n\r\n",
    "space before the colon": POST + b"Content-Length : 40\r\n\r\n" + NEXT,
    "a line without a colon": POST + b"Content-Length 40\r\n\r\n",
    "a bad chunk size": POST + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
    "a bad chunk extension": POST + b"Transfer-Encoding: chunked\r\n\r\n1;\x00=\r\na\r\n0\r\n\r\n",
    "an endless chunk extension": POST + b"Transfer-Encoding: chunked\r\n\r\n1;a=" + b"a" * 9000,
    "an endless trailer": POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: " + b"a" * 9000,
    "a chunk that is longer": POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\nab\r\n0\r\n\r\n",
    "NUL in a header": POST + b"X: a\0b\r\n\r\n",
    "a version of tomorrow": b"GET /version HTTP/3.0\r\n" + HOST + b"\r\n",
    "no version": b"GET /version\r\n" + HOST + b"\r\n",
    "a lower-case method": b"get /version HTTP/1.1\r\n" + HOST + b"\r\n",
    "a control in the address": b"GET /version\x01 HTTP/1.1\r\n" + HOST + b"\r\n",
    "LF behind the chunks": POST + b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\n\r\n\r\n",
    "a length nobody can read": POST + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n",
    "half a bracket": b"GET http://[::1/ HTTP/1.1\r\nHost: [::1\r\n\r\n",
    "an address of another host": b"GET http://evil.example/version HTTP/1.1\r\n" + HOST + b"\r\n",
    "another kind of address": b"GET ftp://localhost/version HTTP/1.1\r\n" + HOST + b"\r\n",
    "a tunnel": b"CONNECT localhost:443 HTTP/1.1\r\n" + HOST + b"\r\n",
    "nonsense": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "too many lines": b"GET /version HTTP/1.1\r\n" + HOST + b"A: b\r\n" * 200 + b"\r\n",
}
HOSTS = {
    "a foreign host": b"Host: evil.example\r\n",
    "two hosts": b"Host: desk.example.org\r\nHost: evil.example\r\n",
    "two hosts in one line": b"Host: desk.example.org, evil.example\r\n",
    "a host with a path": b"Host: desk.example.org/evil.example\r\n",
    "a host with credentials": b"Host: desk.example.org@evil.example\r\n",
    "a host with a space": b"Host: desk.example.org evil.example\r\n",
    "an empty host": b"Host: \r\n",
    "no host": b"",
    "a host that begins alike": b"Host: desk.example.org.evil.example\r\n",
}


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Served]:
    with served(sqlite_database) as found:
        yield found


def refused(answer: bytes, status: int) -> bool:
    """Whether a status is the whole answer, and the connection ended behind it."""
    first = answer.startswith(f"HTTP/1.1 {status} ".encode())
    first |= answer.startswith(f"HTTP/1.0 {status} ".encode())
    return first and answer.count(b"HTTP/1.") == 1


def test_every_way_of_smuggling_ends_the_connection(desk: Served) -> None:
    """T-CSRF: form-16."""
    found = {name: desk.ask(sent) for name, sent in SMUGGLED.items()}
    wrong = {name: answer[:200] for name, answer in found.items() if not refused(answer, 400)}
    assert wrong == {}
    for answer in found.values():
        assert "请求有误".encode() in answer
        assert b"could not be read" in answer
        assert b"waitress" not in answer.lower()
        assert b"Incident: " in answer
    assert b"200 OK" in desk.get()


def test_a_request_in_order_is_answered_with_chunks_too(desk: Served) -> None:
    """Else the test before would prove nothing; api-16: two at once are answered in turn."""
    chunked = FORM + b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n3\r\na=b\r\n0\r\n\r\n"
    assert desk.ask(POST + chunked).startswith(b"HTTP/1.1 403 ")
    old = b"GET /version HTTP/1.0\r\n\r\n"
    assert b" 200 OK" in desk.ask(old)
    whole = b"GET http://LOCALHOST/version HTTP/1.1\r\n" + HOST + b"Connection: close\r\n\r\n"
    assert b" 200 OK" in desk.ask(whole)
    trailed = b"Transfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n\r\n" + NEXT
    assert b" 200 OK" in desk.ask(POST + trailed)
    both = NEXT + b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    assert desk.ask(both).count(b" 200 OK") == 2


def test_a_desk_answers_to_its_own_names_only(sqlite_database: Database) -> None:
    """T-CSRF: form-15."""
    settings = replace(sqlite_database.settings, trusted_hosts=("desk.example.org",))
    app = create_app(settings, sqlite_database)
    with served(sqlite_database, app) as desk:
        line, end = b"GET /version HTTP/1.1\r\n", b"Connection: close\r\n\r\n"
        own = b"Host: desk.example.org\r\n"
        assert b" 200 OK" in desk.ask(line + own + end)
        for name, host in HOSTS.items():
            assert refused(desk.ask(line + host + end), 400), name
        forwarded = b"X-Forwarded-Host: evil.example\r\nForwarded: host=evil.example\r\n"
        answer = desk.ask(b"GET /queue HTTP/1.1\r\n" + own + forwarded + end)
        assert b" 303 " in answer
        assert b"evil.example" not in answer


def test_a_proxy_that_is_believed_brings_no_foreign_host(sqlite_database: Database) -> None:
    """T-AUTH: nor does what a visitor sends through it lead out of the desk."""
    settings = replace(sqlite_database.settings, trusted_hosts=("desk.example.org",), proxies=1)
    client = create_app(settings, sqlite_database).test_client()
    for told, status in (("desk.example.org", 200), ("evil.example", 400), ("a, b", 400)):
        headers = {"X-Forwarded-Host": told, "X-Forwarded-Proto": "https"}
        assert client.get("/version", headers=headers).status_code == status, told
    own = {"X-Forwarded-Host": "desk.example.org", "X-Forwarded-Prefix": "//evil.example"}
    assert client.get("/queue", headers=own).headers["Location"] == "/sign-in?next=/queue"


def test_what_is_longer_than_any_request_of_ours_has_a_status_of_its_own(desk: Served) -> None:
    """api-11, and api-17: a page takes no body, and HEAD sends none."""
    end = HOST + b"Connection: close\r\n\r\n"
    query = b"GET /queue?q=" + b"a" * 7168 + b" HTTP/1.1\r\n" + end
    assert refused(desk.ask(query), 414)
    line = b"GET /version HTTP/1.1\r\n"
    assert refused(desk.ask(line + b"X: " + b"a" * 65536 + b"\r\n" + end), 431)
    assert refused(desk.ask(line + b"A: b\r\n" * 10_000 + end), 431)
    long = b"Content-Length: 50000000\r\n" + FORM
    assert refused(desk.ask(b"POST /language HTTP/1.1\r\n" + HOST + long + b"\r\na"), 413)
    body = b"GET /version HTTP/1.1\r\nContent-Length: 3\r\n" + end + b"a=b"
    assert b" 200 OK" in desk.ask(body)
    head = desk.ask(b"HEAD /contested.csv HTTP/1.1\r\n" + end)
    assert head.endswith(b"\r\n\r\n")
