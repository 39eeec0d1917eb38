"""Something that is fetched once and kept for a while; a failure is kept for a moment, too."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import Generic, TypeVar

from app.oidc.problems import Unanswered, busy

Value = TypeVar("Value")
LASTS = 3600.0
"""Seconds a document is believed before it is fetched again."""
FAILURE_LASTS = 10.0
"""Seconds in which nobody waits once more for what has just failed."""
PATIENCE = 1.0
"""Seconds somebody waits for a fetch of somebody else's: a silent provider holds few workers."""
PAUSE = 60.0
"""Seconds between two fetches that somebody asks for who knows of something newer."""


class Kept(Generic[Value]):
    """A value with its age; whoever comes while it is fetched waits a moment for the one fetch."""

    def __init__(
        self, fetch: Callable[[], Value], clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Keep how the value is fetched; nothing is fetched yet."""
        self._fetch, self._clock = fetch, clock
        self._lock = Lock()
        self._value: Value | None = None
        self._at = 0.0
        self._failure: Unanswered | None = None

    def get(self) -> Value:
        """Return the value, fetched where it is missing or old; raise Unanswered."""
        with self._alone():
            if self._value is not None and self._clock() - self._at < LASTS:
                return self._value
            return self._fetched()

    def newer(self) -> Value:
        """Return the value fetched anew, at most once a minute whoever asks for it."""
        with self._alone():
            if self._value is not None and self._clock() - self._at < PAUSE:
                return self._value
            return self._fetched()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._lock.acquire(timeout=PATIENCE):
            raise busy()
        try:
            yield
        finally:
            self._lock.release()

    def _fetched(self) -> Value:
        if self._failure is not None and self._clock() - self._at < FAILURE_LASTS:
            raise self._failure
        self._at = self._clock()
        try:
            self._value, self._failure = self._fetch(), None
        except Unanswered as problem:
            self._value, self._failure = None, problem
            raise
        return self._value
