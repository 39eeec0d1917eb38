"""Turns: one writer at a time in this process, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class TurnTimeoutError(Exception):
    """The turn did not come in time."""


class Ticket(threading.Event):
    """Somebody's place in the queue; ``joins`` says that he goes on with what is open."""

    def __init__(self, *, joins: bool) -> None:
        """Take the place."""
        super().__init__()
        self.joins = joins


class Turns:
    """A fair lock.

    SQLite's own busy handler polls and starves: the writer that came first may come last. Here
    each waits in a queue and is handed the turn.

    A holder may leave something open for the next one, if he is sure to come and to go on with it
    (:meth:`promise`). Before the turn goes to anybody else, or to nobody, ``settle`` closes it.
    """

    def __init__(self, settle: Callable[[], None] = lambda: None) -> None:
        """Nobody holds the turn yet."""
        self._settle = settle
        self._lock = threading.Lock()
        self._waiting: deque[Ticket] = deque()
        self._promised: Ticket | None = None
        self._owner: int | None = None
        self._taken = False

    @contextmanager
    def turn(self, seconds: float, *, joins: bool = False) -> Iterator[None]:
        """Wait for the turn and hold it; raise :class:`TurnTimeoutError` after ``seconds``."""
        if self.is_mine():
            message = "this thread is writing already: a unit of work does not hold another"
            raise RuntimeError(message)
        self._take(seconds, joins=joins)
        self._owner = threading.get_ident()
        try:
            yield
        finally:
            self._owner = None
            self._hand_on()

    def is_mine(self) -> bool:
        """Whether this thread holds the turn."""
        return self._owner == threading.get_ident()

    def promise(self) -> bool:
        """Promise the turn to the first in the queue if he joins; he cannot give up any more."""
        with self._lock:
            if self._waiting and self._waiting[0].joins:
                self._promised = self._waiting.popleft()
        return self._promised is not None

    def _take(self, seconds: float, *, joins: bool) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            ticket = Ticket(joins=joins)
            self._waiting.append(ticket)
        try:
            came = ticket.wait(seconds)
        except BaseException:
            if not self._withdrawn(ticket):
                ticket.wait()
                self._hand_on()
            raise
        if came:
            return
        if self._withdrawn(ticket):
            raise TurnTimeoutError
        # The turn was promised or handed over between the end of the wait and this line.
        ticket.wait()

    def _withdrawn(self, ticket: Ticket) -> bool:
        """Give a place up, unless it is the turn already."""
        with self._lock:
            if ticket not in self._waiting:
                return False
            self._waiting.remove(ticket)
            return True

    def _hand_on(self) -> None:
        try:
            if self._promised is None:
                self._settle()
        finally:
            with self._lock:
                ticket, self._promised = self._promised, None
                if ticket is None and self._waiting:
                    ticket = self._waiting.popleft()
                if ticket is None:
                    self._taken = False
                else:
                    ticket.set()
