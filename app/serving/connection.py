"""A connection: closed when its person is slower than any line, or when others need its place."""

import fcntl
import struct
import termios
import time
from contextlib import suppress
from socket import SHUT_WR, socket
from threading import Lock
from typing import Any, Final, cast

from waitress.channel import HTTPChannel

from app.serving.refusal import Refusal
from app.serving.request import StrictRequest
from app.serving.shortening import Answering

HEADER_SECONDS: Final = 20.0
"""As long a request may take until its lines are there."""
START_SECONDS: Final = 30.0
SLOWEST: Final = 1024
"""Bytes a second that a body comes at least, on average and after a slow start."""
ANSWER_SECONDS: Final = 600.0
"""As long an answer may lie ready for somebody who reads slowly."""
LINGER_SECONDS: Final = 30.0
"""As long what a refused client still sends is thrown away, so that it hears the refusal: a
connection that is closed on unread bytes is reset, and the answer is lost with it."""
FREE_READS: Final = 16
LITTLE: Final = 512
REST_SECONDS: Final = 0.5
"""After so many reads for one request each that brings little is followed by a rest: whoever sends
byte after byte costs as much as whoever sends everything they have twice a second."""


class Connection(HTTPChannel):
    """Waitress's connection, with an end to its patience."""

    parser_class = StrictRequest
    task_class = Answering
    error_task_class = Refusal
    requests_lock: Lock
    begun: float | None = None
    waiting: float | None = None
    ready = 0
    reads = 0
    rests: float = 0.0
    rest = b""
    lingers = False
    ended: float | None = None

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002 - waitress's name.
        """Take a connection in; where there is no place for it, the slowest gives way."""
        super().__init__(server, sock, addr, adj, map=map)
        self.watch = map
        self.file: int = sock.fileno()
        server.places.seat(self)

    def give_way(self) -> None:
        """Close at the next turn, for the sake of others."""
        self.will_close, self.lingers = True, False
        self.watch.look_at(self.file)

    def received(self, data: bytes) -> bool:
        """Take in what came, to the end of one request; what is behind waits for its answer.

        Waitress would take everything in, and one connection with hundreds of requests would have
        them all done before anybody has read the first answer.
        """
        with self.requests_lock:
            if self.will_close or self.close_when_flushed:
                return False
            while data and not self.requests:
                data = data[self._taken(data) :]
            self.rest = data
            self._note_begin()
        return True

    def _taken(self, data: bytes) -> int:
        """Give the request what belongs to it, and have it answered when it is whole."""
        if self.request is None:
            self.request = self.parser_class(self.adj)
        request: Any = self.request
        taken: int = request.received(data)
        if request.expect_continue and request.headers_finished and not self.sent_continue:
            self.send_continue()
        if request.completed:
            self.sent_continue, self.request = False, None
            if not request.empty:
                self.requests = [request]
                cast("Any", self.server).add_task(self)
        return taken

    def _note_begin(self) -> None:
        if self.request is None:
            self.begun, self.reads = None, 0
        elif self.begun is None:
            self.begun = time.monotonic()

    def handle_close(self) -> None:
        """Close; after a refusal, end only this side first and listen on for a while."""
        if self.lingers and self.ended is None and self.connected:
            self.ended = time.monotonic()
            self.will_close = False
            with suppress(OSError):
                cast("socket", self.socket).shutdown(SHUT_WR)
            return
        super().handle_close()

    def handle_read(self) -> None:
        """Take in what came; after a refusal it is thrown away."""
        if self.ended is None:
            before = self._weight()
            super().handle_read()
            self.reads += 1
            if self.reads > FREE_READS and self._weight() - before < LITTLE:
                self.rests = time.monotonic() + REST_SECONDS
            return
        try:
            heard = self.recv(self.adj.recv_bytes)
        except OSError:
            heard = b""
        if not heard:
            super().handle_close()

    def _weight(self) -> int:
        """How much of the request is here."""
        request: Any = self.request
        if request is None:
            return 0
        return len(request.header_plus) + int(request.body_bytes_received)

    def readable(self) -> bool:
        """Say whether more is taken in."""
        if self.ended is not None:
            return True
        if self.rest and self._is_free():
            self.received(self.rest)
        return bool(super().readable()) and not self.rest and time.monotonic() >= self.rests

    def _is_free(self) -> bool:
        """Tell whether the answer has been taken, and nobody waits who asks for one thing only."""
        if self.requests or self.total_outbufs_len or self.server.task_dispatcher.queue:
            return False
        return not unsent(cast("socket", self.socket))

    def writable(self) -> bool:
        """Say whether there is something to send; whoever is too late is closed here and now.

        Waitress closes a connection when it can be written to, which one that nobody reads from
        never can. While a thread sends there is nothing to do here but to be in its way.
        """
        moment = time.monotonic()
        if not self.total_outbufs_len:
            self.waiting = None
        elif self.waiting is None:
            self.waiting, self.ready = moment, self.total_outbufs_len
        if self.will_close or self._is_late(moment):
            self.handle_close()
            return False
        return bool(super().writable()) and not (self.requests and self._is_sending())

    def _is_sending(self) -> bool:
        """Tell whether a thread has its hands on what is to be sent."""
        if self.outbuf_lock.acquire(blocking=False):
            self.outbuf_lock.release()
            return False
        return True

    def _is_late(self, moment: float) -> bool:
        """Tell whether a request, an answer or a refusal has taken too long."""
        if self.ended is not None:
            return moment - self.ended > LINGER_SECONDS
        if self.waiting is not None and moment - self.waiting > ANSWER_SECONDS:
            return True
        request, begun = self.request, self.begun
        if request is None or begun is None:
            return False
        if not request.headers_finished:
            return moment - begun > HEADER_SECONDS
        return moment - begun > START_SECONDS + request.body_bytes_received / SLOWEST

    def held(self) -> float | None:
        """How many seconds its place has been held for nothing; None while it is worked for.

        A second is made up for by as many bytes as the slowest line brings or takes in one.
        """
        moment = time.monotonic()
        if self.ended is not None:
            return LINGER_SECONDS + moment - self.ended
        if self.requests:
            return None
        if self.waiting is not None:
            return moment - self.waiting - (self.ready - self.total_outbufs_len) / SLOWEST
        if self.begun is None or self.request is None:
            return time.time() - self.last_activity
        return moment - self.begun - float(self.request.body_bytes_received) / SLOWEST


def unsent(line: socket) -> int:
    """Bytes that the system has taken for a client and the client's system has not."""
    with suppress(OSError):
        return int(struct.unpack("i", fcntl.ioctl(line, termios.TIOCOUTQ, bytes(4)))[0])
    return 0
