"""Queueing jobs, and leasing them: a lease is a promise that ends by itself."""

import datetime as dt
import uuid
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import Session
from sqlalchemy.sql.dml import ReturningInsert

from app.jobs.handlers import HANDLERS
from app.jobs.models import Job
from app.jobs.seal import opened, sealed
from app.jobs.vocabulary import UNFINISHED, JobState
from app.ledger import acts
from sources.columns import Words
from sources.identifiers import uuid7

PERSON = "editor:"
NOT_ORDERED: Words = {
    "zh": "这项工作不是本台程序记下的，没有执行。如确实需要，请重新提出。",
    "en": "This desk's program did not write this job down, so it was not done. Ask again if you "
    "want it.",
}
LONGEST_LEASE = dt.timedelta(hours=1)
"""No lease ends later than this: one that seems to was given before the clock was set back."""


@dataclass(frozen=True, slots=True)
class Leased:
    """What a worker needs to know of a job it holds."""

    id: uuid.UUID
    kind: str
    payload: dict[str, Any]
    by: str
    holder: str
    attempts: int
    most_attempts: int


def enqueue(
    session: Session,
    kind: str,
    payload: dict[str, Any],
    *,
    by: str,
    key: str | None = None,
    run_after: dt.datetime | None = None,
    subject: tuple[str, object] | None = None,
) -> Job:
    """Queue a job in the caller's transaction, and return it.

    Where an unfinished job holds the ``key``, that one is returned and nothing is queued.
    ``subject`` is the table and id of the row the job is about.
    """
    row = subject[0] if subject else None, str(subject[1]) if subject else None
    values: dict[str, Any] = {
        "kind": kind,
        "key": key,
        "subject_table": row[0],
        "subject_id": row[1],
        "most_attempts": HANDLERS[kind].most_attempts,
        "run_after": run_after,
        "created_by": by,
    }
    job = uuid7()
    values |= {"id": job, "payload": sealed(session, job, kind, by, payload)}
    while True:
        known = unfinished(session, key) if key is not None else None
        if known is not None:
            return known
        # Another transaction may take the key in between, and may even have finished by now.
        made = session.scalars(_inserted(session, values)).one_or_none()
        if made is not None:
            break
    if by.startswith(PERSON):
        story = {"kind": kind, "subject": list(row)}
        acts.record(session, "act", "job", str(made.id), "asked", story)
    return made


def _inserted(session: Session, values: dict[str, Any]) -> ReturningInsert[Job]:
    """Insert a job, or nothing where its key is taken."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    statement: Any = (sqlite_insert if sqlite else postgresql_insert)(Job).values(values)
    found: ReturningInsert[Job] = statement.on_conflict_do_nothing().returning(Job)
    return found


def unfinished(session: Session, key: str) -> Job | None:
    """The job that holds a key."""
    query = select(Job).where(Job.key == key, Job.state.in_(UNFINISHED))
    return session.scalars(query).one_or_none()


def abandoned(moment: dt.datetime) -> ColumnElement[bool]:
    """The running jobs whose worker has not answered for the length of its lease."""
    return and_(
        Job.state == JobState.RUNNING,
        or_(Job.leased_until < moment, Job.leased_until > moment + LONGEST_LEASE),
    )


def worn_out(moment: dt.datetime) -> ColumnElement[bool]:
    """The abandoned jobs that have no attempt left: they may be what kills the workers."""
    return and_(abandoned(moment), Job.attempts >= Job.most_attempts)


def ready(moment: dt.datetime) -> ColumnElement[bool]:
    """The jobs a worker may take at a moment."""
    waiting = and_(
        Job.state == JobState.QUEUED, or_(Job.run_after.is_(None), Job.run_after <= moment)
    )
    return or_(waiting, and_(abandoned(moment), Job.attempts < Job.most_attempts))


def lease(session: Session, kinds: Collection[str], moment: dt.datetime) -> Leased | None:
    """Take the oldest job of some kinds that is ready; None where there is none.

    The attempt counts from here on, so a job that kills its worker does not do so for ever. One
    whose order bears no seal of this desk ends here.
    """
    query = select(Job).where(Job.kind.in_(kinds), ready(moment)).order_by(Job.id).limit(1)
    job = session.scalars(query.with_for_update(skip_locked=True)).one_or_none()
    if job is None:
        return None
    payload = opened(session, job.id, job.kind, job.created_by, job.payload)
    if payload is None:
        _refuse(session, job, moment)
        return None
    job.state, job.holder = JobState.RUNNING, uuid.uuid4().hex
    job.attempts += 1
    job.leased_until = moment + dt.timedelta(seconds=HANDLERS[job.kind].lease_seconds)
    job.heartbeat_at, job.run_after = moment, None
    job.done = job.total = job.words = None
    session.flush()
    return Leased(
        job.id,
        job.kind,
        payload,
        job.created_by,
        job.holder,
        job.attempts,
        job.most_attempts,
    )


def _refuse(session: Session, job: Job, moment: dt.datetime) -> None:
    """End a job that the program did not ask for, or asked for under another key."""
    job.state, job.finished_at = JobState.FAILED, moment
    job.holder = job.leased_until = job.run_after = None
    job.code, job.error, job.reference = "not_ordered", NOT_ORDERED, None
    session.flush()
    told = {"kind": job.kind, "code": job.code, "error": NOT_ORDERED}
    acts.record(session, "act", "job", str(job.id), "failed", told)


def extend(session: Session, held: Leased, moment: dt.datetime) -> bool:
    """Prolong a lease; False where it was lost."""
    seconds = HANDLERS[held.kind].lease_seconds
    changed = session.execute(
        update(Job)
        .where(mine(held))
        .values(heartbeat_at=moment, leased_until=moment + dt.timedelta(seconds=seconds))
        .returning(Job.id)
    )
    return changed.one_or_none() is not None


def mine(held: Leased) -> ColumnElement[bool]:
    """The job, as long as this very lease is in force."""
    return and_(Job.id == held.id, Job.holder == held.holder, Job.state == JobState.RUNNING)
