"""A process's worker: takes jobs, a thread each, keeps their leases, and can be told to stop."""

import threading
import time
import uuid
from functools import partial

from sqlalchemy import exists, or_, select

from app.db import Database
from app.jobs import endings, queue, running
from app.jobs.capacity import free_kinds
from app.jobs.clock import clock
from app.jobs.heart import Heart
from app.jobs.models import Job
from app.jobs.surviving import Surviving, patiently
from app.jobs.task import BY, Extensions, Task

LOOK = 0.5
"""Seconds between two looks at an empty queue."""
GRACE = 10.0
"""Seconds that running jobs get to end when the process is to stop."""


class Worker:
    """Carries out jobs in threads of this process until it is stopped."""

    def __init__(self, database: Database, extensions: Extensions, threads: int) -> None:
        """Start nothing yet."""
        self.database = database
        self.extensions = extensions
        self.threads = threads
        self._stopping = threading.Event()
        self._wake = threading.Event()
        self._lock = threading.Lock()
        self._tasks: dict[str, Task] = {}
        self._heart = Heart(database, uuid.uuid4(), threads, self.tasks)
        self._thread = threading.Thread(target=self._take_turns, name="jobs", daemon=True)

    def start(self) -> None:
        """Work from now on in the background."""
        self._heart.start()
        self._thread.start()

    def stop(self, grace: float = GRACE) -> None:
        """Begin nothing more, let what runs end, and give back what does not end in time."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()
        edge = time.monotonic() + grace
        while self.tasks() and time.monotonic() < edge:
            self._wake.wait(edge - time.monotonic())
            self._wake.clear()
        for task in self.tasks():
            patiently(partial(running.give_back, task))
        self._heart.stop()

    def run_ready(self, most: int | None = None) -> int:
        """Carry out in this thread what is ready now, one after the other; return how many."""
        count = 0
        self._heart.start()
        try:
            while count != most and not self._stopping.is_set():
                task = self._leased()
                if task is None:
                    break
                self._carry_out(task)
                count += 1
        finally:
            self._heart.stop()
        return count

    def tasks(self) -> list[Task]:
        """What runs at this moment."""
        with self._lock:
            return list(self._tasks.values())

    def _take_turns(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            task = patiently(self._leased, self._stopping.wait)
            if task is None:
                self._wake.wait(LOOK)
                continue
            name = f"job-{task.held.kind}"
            threading.Thread(target=self._carry_out, args=(task,), name=name, daemon=True).start()

    def _leased(self) -> Task | None:
        """The next job that this process has room for, held by it."""
        kinds = free_kinds(self.threads, [task.held.kind for task in self.tasks()])
        if not kinds or not self._something_to_do(kinds):
            return None
        with self.database.writing(BY) as session:
            moment = clock(session)
            endings.bury(session, moment)
            held = queue.lease(session, kinds, moment)
        if held is None:
            return None
        task = Task(held, self.database, self.extensions, self._stopping)
        with self._lock:
            self._tasks[held.holder] = task
        return task

    def _something_to_do(self, kinds: list[str]) -> bool:
        """Look without keeping anybody from writing."""
        with self.database.reading() as session:
            moment = clock(session)
            wanted = queue.ready(moment) & Job.kind.in_(kinds)
            found = exists().where(or_(wanted, queue.worn_out(moment)))
            return bool(session.scalar(select(found)))

    def _carry_out(self, task: Task) -> None:
        def keep(reference: str) -> None:
            running.keep_unforeseen(task, reference)

        try:
            # The outer one is for a database that cannot even be told of the failure.
            with Surviving("ending a job"), Surviving(f"job {task.job_id}", keep):
                running.run(task)
        finally:
            with self._lock:
                self._tasks.pop(task.held.holder, None)
            self._wake.set()
