"""One leased job as its handler sees it: what to do, how to tell how far it is, how to end it."""

import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.db import Database
from app.jobs import endings
from app.jobs.clock import clock
from app.jobs.models import Job
from app.jobs.queue import Leased, mine
from sources.columns import Words
from sources.fetching import Fetcher
from sources.store import Store

BY = "system:jobs"
"""Who history names for what the queue itself does."""
EVERY = 1.0
"""Seconds between two notes of progress: each is a write."""


@dataclass(frozen=True, slots=True)
class Extensions:
    """What of the installation a handler may need beside the database."""

    store: Store
    fetcher: Fetcher


class LeaseLostError(Exception):
    """The job is another worker's by now, or was cancelled: nothing of this attempt may count."""


class StoppingError(Exception):
    """The process is to end: leave the job where it is, somebody else will begin it again."""


class Task:
    """A job for its handler; ``by`` is who asked for it and whom history names for its result."""

    def __init__(
        self, held: Leased, database: Database, extensions: Extensions, stopping: threading.Event
    ) -> None:
        """Hold what the worker leased."""
        self.held = held
        self.database = database
        self.extensions = extensions
        self.finished = False
        self.lost = False
        self.stopping = stopping
        self._noted = -EVERY

    @property
    def payload(self) -> dict[str, Any]:
        """What was asked for, as JSON values."""
        return self.held.payload

    @property
    def by(self) -> str:
        """Who asked."""
        return self.held.by

    @property
    def job_id(self) -> uuid.UUID:
        """The job's identifier, the same in every attempt."""
        return self.held.id

    @property
    def attempt(self) -> int:
        """Which attempt this is, from 1."""
        return self.held.attempts

    def progress(self, done: int, total: int, words: Words | None = None) -> None:
        """Tell how far it is, at most once a second; call it between two steps.

        Raise LeaseLostError or StoppingError where going on is of no use.
        """
        if self.stopping.is_set():
            raise StoppingError
        if self.lost:
            raise LeaseLostError
        if time.monotonic() - self._noted < EVERY and done < total:
            return
        self._noted = time.monotonic()
        with self.database.writing(BY) as session:
            values = {"done": done, "total": total, "words": words}
            noted = session.execute(
                update(Job).where(mine(self.held)).values(values).returning(Job.id)
            )
            if noted.one_or_none() is None:
                raise LeaseLostError

    @contextmanager
    def finishing(self) -> Iterator[Session]:
        """A writing session in which the result and the end of the job are one transaction.

        Raise LeaseLostError before anything is written where the lease is no longer in force.
        """
        with self.database.writing(self.by) as session:
            if not endings.done(session, self.held, clock(session)):
                raise LeaseLostError
            yield session
        self.finished = True
