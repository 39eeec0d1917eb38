"""Ending at the system's wish as at a person's: what was begun is put in order."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


@contextmanager
def ending_politely() -> Iterator[None]:
    """Make SIGTERM an exit of the main thread, so that what stands in ``finally`` is done.

    Without it the process ends where it stands, and its jobs wait until their leases end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    former = signal.signal(signal.SIGTERM, _leave)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, former)
