"""Slow clients, slow readers and crowds from one address keep nobody else from an answer."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress

import pytest
from flask import Response, request

from app.accounts.roles import Permission
from app.db import Database
from app.factory import create_app
from app.permissions import requires
from app.serving import connection, places
from tests.app.serving.served import PATIENCE, Served, served

SLOW = 100
PROBES = 20
AHEAD = 4
READERS = 12
LARGE, BLOCK = 24 * 1024 * 1024, 1024 * 1024
REST = b"ET /version HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
HEAD = b"POST /language HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n"


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Served]:
    app = create_app(sqlite_database.settings, sqlite_database)
    large = requires(Permission.PUBLIC)(
        lambda: Response(bytes(BLOCK) for _ in range(LARGE // BLOCK))
    )
    app.view_functions["help.index"] = large
    with served(sqlite_database, app) as found:
        yield found


def ends(opened: socket.socket) -> bool:
    """Whether the server closes a connection, sooner or later."""
    try:
        while opened.recv(65536):
            pass
    except ConnectionResetError:
        return True
    except TimeoutError:
        return False
    return True


def emptied(desk: Served) -> bool:
    """Whether the server lets go of every connection before the patience of a test ends."""
    edge = time.monotonic() + PATIENCE
    while desk.server.active_channels and time.monotonic() < edge:
        time.sleep(0.05)
    return not desk.server.active_channels


def test_slow_clients_starve_nobody(desk: Served) -> None:
    """T-DOS, api-16: half of them send lines one byte at a time, half a body; all probes pass."""
    with ExitStack() as opened:
        slow = [opened.enter_context(closing(desk.connect())) for _ in range(SLOW)]
        for number, one in enumerate(slow):
            one.sendall(HEAD if number % 2 else b"G")
        for probe in range(PROBES):
            for one in slow:
                one.sendall(b"E" if probe == 0 else b"a")
            assert b" 200 OK" in desk.get("/version")
        assert len(desk.server.active_channels) >= SLOW


def test_slow_readers_of_large_answers_hold_no_thread(desk: Served) -> None:
    """T-DOS: more people than threads open a large file and read nothing."""
    with ExitStack() as opened:
        for _ in range(READERS):
            one = opened.enter_context(closing(desk.connect()))
            one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            one.sendall(b"GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
        time.sleep(0.2)
        for _ in range(PROBES):
            assert b" 200 OK" in desk.get("/version")


def test_a_request_that_does_not_end_is_ended(
    desk: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-DOS: a byte now and then keeps no connection."""
    # Waitress's own patience is for the silent; here nobody is let go for that.
    desk.server.adj.channel_timeout = 1000
    monkeypatch.setattr(connection, "HEADER_SECONDS", 0.2)
    monkeypatch.setattr(connection, "START_SECONDS", 0.2)
    for begun in (b"GET / HT", HEAD + b"a"):
        with closing(desk.connect()) as one:
            one.sendall(begun)
            assert ends(one)
    monkeypatch.setattr(connection, "ANSWER_SECONDS", 0.2)
    with closing(desk.connect()) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.sendall(b"GET /help HTTP/1.1\r\nHost: localhost\r\n\r\n")
        with suppress(ConnectionResetError):
            one.recv(1)
        assert emptied(desk)


def test_an_address_that_wants_more_loses_what_it_held_for_nothing(desk: Served) -> None:
    """T-DOS: the slowest gives way; whoever comes is answered."""
    desk.server.places.of_an_address = 5
    with ExitStack() as opened:
        first, *held = [opened.enter_context(closing(desk.connect())) for _ in range(5)]
        for one in (first, *held):
            one.sendall(b"G")
        time.sleep(0.05)
        assert b" 200 OK" in desk.get()
        assert ends(first)
        for one in held:
            one.sendall(REST)
            assert b" 200 OK" in one.recv(65536)
    assert emptied(desk)


def test_when_all_places_are_taken_the_slowest_give_way(
    desk: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-DOS: a hundred hold every place there is; each new visitor is answered."""
    monkeypatch.setattr(places, "NEW", 0.0)
    desk.server.places.most = SLOW
    with ExitStack() as opened:
        for _ in range(SLOW):
            opened.enter_context(closing(desk.connect())).sendall(b"G")
        for _ in range(PROBES):
            assert b" 200 OK" in desk.get("/version")
        assert len(desk.server.active_channels) <= SLOW
    assert emptied(desk)


def test_of_many_requests_at_once_the_next_waits_for_its_answer_to_be_taken(desk: Served) -> None:
    """T-DOS: a connection with hundreds of requests has one of them done until it reads."""
    asked: list[str] = []
    desk.app.before_request(lambda: asked.append(request.path))
    with closing(socket.socket()) as one:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        one.connect(("127.0.0.1", desk.port))
        one.settimeout(PATIENCE)
        one.sendall(b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n" * AHEAD)
        assert one.recv(1, socket.MSG_PEEK)
        for _ in range(PROBES):
            assert b" 200 OK" in desk.get("/version")
        assert asked.count("/sign-in") == 1
        found = b""
        while found.count(b"HTTP/1.1 200 OK") < AHEAD:
            found += one.recv(65536)
    assert asked.count("/sign-in") == AHEAD


def test_a_byte_now_and_then_is_not_worth_a_look_each_time(desk: Served) -> None:
    """T-DOS: who sends byte after byte is looked at so often at first, and twice a second then."""
    with closing(desk.connect()) as one:
        one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for _ in range(connection.FREE_READS * 4):
            one.sendall(b"G")
            time.sleep(0.005)
        channel = next(iter(desk.server.active_channels.values()))
        assert connection.FREE_READS < channel.reads < connection.FREE_READS * 2
        one.sendall(b" / HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert one.recv(65536).startswith(b"HTTP/1.1 ")
