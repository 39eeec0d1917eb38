"""Turns: one writer at a time in this process, in the order in which they came."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager


class TurnTimeoutError(Exception):
    """The turn did not come in time."""


class Turns:
    """A fair lock.

    SQLite's own busy handler polls and starves: the writer that came first may come last. Here
    each waits in a queue and is handed the turn.
    """

    def __init__(self) -> None:
        """Nobody holds the turn yet."""
        self._lock = threading.Lock()
        self._waiting: deque[threading.Event] = deque()
        self._owner: int | None = None
        self._taken = False

    @contextmanager
    def turn(self, seconds: float) -> Iterator[None]:
        """Wait for the turn and hold it; raise :class:`TurnTimeoutError` after ``seconds``."""
        if self._owner == threading.get_ident():
            message = "this thread is writing already: a unit of work does not hold another"
            raise RuntimeError(message)
        self._take(seconds)
        self._owner = threading.get_ident()
        try:
            yield
        finally:
            self._owner = None
            self._hand_on()

    def _take(self, seconds: float) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            ticket = threading.Event()
            self._waiting.append(ticket)
        if ticket.wait(seconds):
            return
        with self._lock:
            # The turn may have been handed over between the end of the wait and this line.
            if ticket not in self._waiting:
                return
            self._waiting.remove(ticket)
        raise TurnTimeoutError

    def _hand_on(self) -> None:
        with self._lock:
            if self._waiting:
                self._waiting.popleft().set()
            else:
                self._taken = False
