"""The list of jobs, and how the queue stands as a whole."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs import presence
from app.jobs.clock import clock
from app.jobs.models import Job
from app.jobs.vocabulary import JobState

LENGTH = 50
DAY = dt.timedelta(days=1)
LATE = dt.timedelta(minutes=10)
"""A job that could have begun so long ago says that nobody works, or too few."""


def listing(
    session: Session,
    *,
    by: str | None = None,
    states: Collection[JobState] = (),
    after: uuid.UUID | None = None,
) -> tuple[list[Job], uuid.UUID | None]:
    """The newest jobs, of one person and in some states where these are given.

    The second answer is the last row where there are more behind it.
    """
    query = select(Job).order_by(Job.id.desc()).limit(LENGTH + 1)
    if by is not None:
        query = query.where(Job.created_by == by)
    if states:
        query = query.where(Job.state.in_(states))
    if after is not None:
        query = query.where(Job.id < after)
    rows = list(session.scalars(query))
    return rows[:LENGTH], rows[LENGTH - 1].id if len(rows) > LENGTH else None


@dataclass(frozen=True, slots=True)
class Standing:
    """How the queue stands: what waits and since when, what runs, what failed within a day."""

    queued: int
    oldest: dt.datetime | None
    running: int
    failed: int
    workers: int
    late: bool


def standing(session: Session) -> Standing:
    """Look at the queue; what waits for its next attempt is no sign of trouble.

    A job that was tried before, and given back or asked for again, waits since then.
    """
    moment = clock(session)
    since = func.coalesce(Job.heartbeat_at, Job.created_at, type_=Job.created_at.type)
    waiting = select(func.count(), func.min(since)).where(
        Job.state == JobState.QUEUED, Job.run_after.is_(None)
    )
    queued, oldest = session.execute(waiting).one()
    states = select(func.count()).select_from(Job)
    running = session.scalar(states.where(Job.state == JobState.RUNNING)) or 0
    failed = states.where(Job.state == JobState.FAILED, Job.finished_at > moment - DAY)
    return Standing(
        queued=queued,
        oldest=oldest,
        running=running,
        failed=session.scalar(failed) or 0,
        workers=len(presence.alive(session, moment)),
        late=oldest is not None and oldest < moment - LATE,
    )
