"""The sealer of PostgreSQL: a thread that gives committed events their leaves, batch by batch."""

import logging
import threading

from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.ledger.seal import BATCH, seal_batch

LOG = logging.getLogger(__name__)
PATIENCE = 2.0
"""Seconds after which the sealer looks even unasked: another process may have died unsealed."""
PAUSE = 0.02
"""Seconds in which a woken sealer lets more events come: a batch costs a flush, whatever its size.
Who waits for the seal seals by himself and at once."""


class Sealer:
    """Seals when woken, and now and then by itself.

    Several processes may each have one: an advisory lock lets one batch through at a time.
    """

    def __init__(self, engine: Engine, key: bytes) -> None:
        """Start nothing yet: the first commit does."""
        self.engine = engine
        self.key = key
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def seal(self) -> int:
        """Seal everything that is pending and committed; the answer is how many events."""
        total = 0
        while True:
            with self.engine.begin() as connection:
                sealed = seal_batch(connection, self.key)
            total += sealed
            if sealed < BATCH:
                return total

    def wake(self) -> None:
        """Say that there is something to seal; start the thread where there is none."""
        with self._lock:
            if self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._run, name="ledger-sealer", daemon=True)
                self._thread.start()
        self._wake.set()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            if self._wake.wait(PATIENCE):
                self._stopped.wait(PAUSE)
            self._wake.clear()
            try:
                self.seal()
            except DBAPIError as problem:
                # The events stay in the outbox: whoever seals next takes them.
                LOG.warning("ledger not sealed: %s", problem.orig)
