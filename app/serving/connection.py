"""A connection: closed when its person is slower than any line, or holds more than one needs."""

import time
from contextlib import suppress
from socket import SHUT_WR, socket
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
MOST_OF_A_PLACE: Final = 500
"""Connections of one address; a browser has six. Behind a proxy all come from its address."""


class Connection(HTTPChannel):
    """Waitress's connection, with an end to its patience."""

    parser_class = StrictRequest
    task_class = Answering
    error_task_class = Refusal
    most_of_a_place: int | None = MOST_OF_A_PLACE
    begun: float | None = None
    waiting: float | None = None
    lingers = False
    ended: float | None = None

    def __init__(self, server: Any, sock: Any, addr: Any, adj: Any, map: Any = None) -> None:  # noqa: A002 - waitress's name.
        """Take a connection in, or show it the door at once."""
        super().__init__(server, sock, addr, adj, map=map)
        if self.most_of_a_place is not None:
            same = sum(one.addr[0] == addr[0] for one in server.active_channels.values())
            self.will_close = same > self.most_of_a_place

    def received(self, data: bytes) -> bool:
        """Note when a request begins."""
        taken: bool = super().received(data)
        if self.request is None:
            self.begun = None
        elif self.begun is None:
            self.begun = time.monotonic()
        return taken

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
            super().handle_read()
            return
        try:
            heard = self.recv(self.adj.recv_bytes)
        except OSError:
            heard = b""
        if not heard:
            super().handle_close()

    def readable(self) -> bool:
        """Say whether more is taken in; waitress asks each second at least."""
        if self.ended is not None:
            return True
        return bool(super().readable())

    def writable(self) -> bool:
        """Say whether there is something to send; whoever is too late is closed here and now.

        Waitress closes a connection when it can be written to, which one that nobody reads from
        never can.
        """
        moment = time.monotonic()
        if not self.total_outbufs_len:
            self.waiting = None
        elif self.waiting is None:
            self.waiting = moment
        if self.will_close or self._is_late(moment):
            self.handle_close()
            return False
        return bool(super().writable())

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
