"""What a person may tell a job: to stop, or to begin again. Both are acts of the ledger."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.jobs.clock import clock
from app.jobs.models import Job
from app.jobs.queue import unfinished
from app.jobs.vocabulary import FINISHED, JobState
from app.ledger import acts
from sources.columns import Words
from sources.errors import Conflict, Missing

NO_SUCH: Words = {"zh": "没有这项后台工作，或它已被清理。", "en": "There is no such job any more."}
OVER: Words = {
    "zh": "这项工作已经结束，不能再取消。",
    "en": "This job is over already and cannot be cancelled.",
}
UNDER_WAY: Words = {
    "zh": "这项工作正在进行或已经完成，不用重试。",
    "en": "This job is under way or done: there is nothing to try again.",
}
ANOTHER: Words = {
    "zh": "同一件事已有另一项工作在排队或进行。",
    "en": "Another job for the same thing is waiting or running already.",
}


def find(session: Session, key: uuid.UUID, *, by: str | None = None) -> Job:
    """The job of an identifier, of one person where that is given; raise Missing for none."""
    query = select(Job).where(Job.id == key)
    job = session.scalar(query.where(Job.created_by == by) if by is not None else query)
    if job is None:
        raise Missing("no_such_job", NO_SUCH)
    return job


def _held(session: Session, key: uuid.UUID) -> Job:
    """The same, held until the transaction ends: a worker may be about to take or end it."""
    query = select(Job).where(Job.id == key).with_for_update()
    job = session.scalars(query, execution_options={"populate_existing": True}).one_or_none()
    if job is None:
        raise Missing("no_such_job", NO_SUCH)
    return job


def cancel(session: Session, key: uuid.UUID) -> Job:
    """End a job that is not over; what its worker still does cannot take effect any more."""
    job = _held(session, key)
    if job.state in FINISHED:
        raise Conflict("job_over", OVER)
    job.state, job.finished_at = JobState.CANCELLED, clock(session)
    job.holder = job.leased_until = job.run_after = None
    session.flush()
    acts.record(session, "act", "job", str(job.id), "cancelled", {"kind": job.kind})
    return job


def retry(session: Session, key: uuid.UUID) -> Job:
    """Queue a failed or cancelled job anew, or let one that waits for its next attempt begin."""
    job = _held(session, key)
    if job.state == JobState.QUEUED and job.run_after is not None:
        job.run_after = None
    elif job.state in {JobState.FAILED, JobState.CANCELLED}:
        other = unfinished(session, job.key) if job.key is not None else None
        if other is not None:
            raise Conflict("job_doubled", ANOTHER)
        job.state, job.attempts, job.finished_at = JobState.QUEUED, 0, None
        job.done = job.total = job.words = job.code = job.error = job.reference = None
    else:
        raise Conflict("job_under_way", UNDER_WAY)
    # It waits from now on, however long ago it was asked for.
    job.heartbeat_at = clock(session)
    session.flush()
    acts.record(session, "act", "job", str(job.id), "retried", {"kind": job.kind})
    return job
