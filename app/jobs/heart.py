"""A worker's heartbeat: prolongs the leases of what runs, and shows that the process is there."""

import threading
import uuid
from collections.abc import Callable

from app.db import Database
from app.jobs import presence, queue
from app.jobs.clock import clock
from app.jobs.handlers import HANDLERS
from app.jobs.surviving import patiently
from app.jobs.task import BY, Task

BEATS = 4
"""Signs of life within one lease: three may fail before it is lost."""


class Heart:
    """Beats in a thread of its own, so that it beats whatever a handler is waiting for."""

    def __init__(
        self, database: Database, worker: uuid.UUID, threads: int, tasks: Callable[[], list[Task]]
    ) -> None:
        """Start nothing yet; ``tasks`` tells what runs at the moment it is asked."""
        self.database = database
        self.worker = worker
        self.threads = threads
        self.tasks = tasks
        self._over = threading.Event()

    def start(self) -> None:
        """Beat from now on; also again after a stop."""
        self._over.clear()
        self._thread = threading.Thread(target=self._run, name="jobs-heartbeat", daemon=True)
        self._thread.start()

    def stop(self) -> None:
        """Beat no more, and leave the list of workers."""
        self._over.set()
        self._thread.join()

    def beat(self) -> None:
        """Prolong each lease; a task whose lease was lost is told so."""
        with self.database.writing(BY) as session:
            moment = clock(session)
            for task in self.tasks():
                task.lost = not queue.extend(session, task.held, moment)
            if not presence.stay(session, self.worker, moment):
                presence.arrive(session, self.worker, self.threads, moment)

    def _run(self) -> None:
        patiently(self.beat, self._over.wait)
        while not self._over.wait(self._pause()):
            patiently(self.beat, self._over.wait)
        patiently(self._leave)

    def _leave(self) -> None:
        with self.database.writing(BY) as session:
            presence.leave(session, self.worker)

    def _pause(self) -> float:
        shortest = min((handler.lease_seconds for handler in HANDLERS.values()), default=60.0)
        return min(presence.EVERY, shortest / BEATS)
