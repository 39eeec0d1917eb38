"""Which processes carry out jobs at this moment: each says from time to time that it is there."""

import datetime as dt
import os
import socket
import uuid

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from app.jobs.models import JobWorker

EVERY = 15.0
"""Seconds between two signs of life."""
SILENCE = dt.timedelta(seconds=4 * EVERY)
"""Who was silent for so long is taken for dead."""


def arrive(session: Session, worker: uuid.UUID, threads: int, moment: dt.datetime) -> None:
    """Enter a process among the workers, and forget those that died."""
    session.execute(delete(JobWorker).where(JobWorker.seen_at < moment - SILENCE))
    place = f"{socket.gethostname()}/{os.getpid()}"
    session.add(
        JobWorker(id=worker, place=place, threads=threads, started_at=moment, seen_at=moment)
    )


def stay(session: Session, worker: uuid.UUID, moment: dt.datetime) -> bool:
    """Give a sign of life; False where the others have forgotten this worker."""
    query = update(JobWorker).where(JobWorker.id == worker).values(seen_at=moment)
    return session.execute(query.returning(JobWorker.id)).one_or_none() is not None


def leave(session: Session, worker: uuid.UUID) -> None:
    """Remove a worker that ends."""
    session.execute(delete(JobWorker).where(JobWorker.id == worker))


def alive(session: Session, moment: dt.datetime) -> list[JobWorker]:
    """The workers that gave a sign of life lately."""
    query = select(JobWorker).where(JobWorker.seen_at >= moment - SILENCE)
    return list(session.scalars(query.order_by(JobWorker.started_at)))
