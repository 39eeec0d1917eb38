"""The watch over all open connections: only those that something happened to are asked anew.

Waitress asks each connection before each wait what is to be waited for. With hundreds of clients
that send a byte now and then this takes more time than the pages do.
"""

import select
import time
from typing import Any, Final, cast

from waitress import wasyncore
from waitress.trigger import trigger

ROUND_SECONDS: Final = 0.5
"""Between two rounds in which each is asked; only there is it seen that somebody is too slow."""


class Watch(dict[int, Any]):
    """Waitress's map of open files, which keeps in the system what is waited for at each."""

    def __init__(self) -> None:
        """Watch nothing yet."""
        super().__init__()
        self._poll = select.poll()
        self._waited: dict[int, int] = {}
        self._changed: set[int] = set()
        self._round = 0.0

    def __setitem__(self, file: int, one: Any) -> None:
        """Take in a file that was opened."""
        super().__setitem__(file, one)
        self._changed.add(file)

    def __delitem__(self, file: int) -> None:
        """Let go of a file before it is closed, as its number goes to the next."""
        super().__delitem__(file)
        self._changed.discard(file)
        if self._waited.pop(file, 0):
            self._poll.unregister(file)

    def look_at(self, file: int) -> None:
        """Ask a file anew before the next wait."""
        self._changed.add(file)

    def turn(self, timeout: float) -> None:
        """Wait until something happens, and let those that it happened to deal with it."""
        moment = time.monotonic()
        if moment >= self._round:
            self._round = moment + ROUND_SECONDS
            self._changed.update(list(self))
        while self._changed:
            self._ask(self._changed.pop())
        wait = min(timeout, max(0.0, self._round - time.monotonic()))
        happened = [(file, what, self.get(file)) for file, what in self._poll.poll(wait * 1000)]
        for file, what, one in happened:
            # What stood behind the number may have been closed meanwhile, and another opened.
            if one is None or self.get(file) is not one:
                continue
            wasyncore.readwrite(cast("Any", one), what)
            self._changed.add(file)
            if isinstance(one, trigger):
                # A thread has done something to one of them, and does not say to which.
                self._round = 0.0

    def _ask(self, file: int) -> None:
        """Tell the system what is waited for at a file."""
        one = self.get(file)
        if one is None:
            return
        flags = select.POLLIN | select.POLLPRI if one.readable() else 0
        if one.writable() and not one.accepting:
            flags |= select.POLLOUT
        if self.get(file) is not one or flags == self._waited.get(file, 0):
            return
        self._waited[file] = flags
        if flags:
            self._poll.register(file, flags)
        else:
            self._poll.unregister(file)


def loop(timeout: float, map: Watch, use_poll: bool = True) -> None:  # noqa: A002, FBT001, FBT002 - waitress's names.
    """Go on as long as anything is open; waitress asks for its loop by this name."""
    del use_poll
    while map:
        map.turn(timeout)
