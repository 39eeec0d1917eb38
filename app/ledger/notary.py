"""The notary: a thread that signs the tree head soon after something was sealed."""

import logging
import threading
import time
from collections.abc import Callable

from app.ledger.signer import UNUSABLE

LOG = logging.getLogger(__name__)
SHORTEST = 1.0
"""Seconds between two signatures at least."""
LONGEST = 600.0
"""Seconds after which the notary looks even unasked: another process may have written."""


class Notary:
    """Calls ``sign`` when there is news, at most every second.

    Before it is started it only remembers that there is news, which is what a command that ends
    at once wants to know.
    """

    def __init__(self, sign: Callable[[], object], problems: tuple[type[Exception], ...]) -> None:
        """Note what signs and which of its ``problems`` a later attempt may not have."""
        self.sign = sign
        self.problems: tuple[type[Exception], ...] = (*problems, *UNUSABLE)
        self.news = False
        self._on_duty = False
        self._wake = threading.Event()
        self._stopped = threading.Event()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def start(self) -> None:
        """Sign from now on in the background: from the first news on, in whatever process."""
        self._on_duty = True

    def tell(self) -> None:
        """Say that something was sealed, or will be in a moment."""
        self.news = True
        with self._lock:
            if self._on_duty and self._thread is None and not self._stopped.is_set():
                self._thread = threading.Thread(target=self._run, name="ledger-notary", daemon=True)
                self._thread.start()
        self._wake.set()

    def stop(self) -> None:
        """End the thread and wait for it; what is unsigned is signed first."""
        self._stopped.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join()
            if self.news:
                self.attest()
            self._thread = None

    def attest(self) -> bool:
        """Sign now; the answer is whether it worked, and the log says why it did not."""
        self.news = False
        try:
            self.sign()
        except self.problems as problem:
            self.news = True
            LOG.warning("tree head not signed: %s", problem)
            return False
        return True

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._wake.wait(LONGEST)
            self._wake.clear()
            if self._stopped.is_set():
                return
            began = time.monotonic()
            self.attest()
            self._stopped.wait(max(0.0, SHORTEST - (time.monotonic() - began)))
