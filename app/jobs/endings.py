"""How an attempt ends: done, to be tried again, failed for good, or given back untouched."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.jobs.backoff import pause
from app.jobs.models import Job
from app.jobs.queue import Leased, mine, worn_out
from app.jobs.vocabulary import JobState
from app.ledger import acts
from sources.columns import Words

DIED: Words = {
    "zh": "处理这件事的进程每次都中途停止，已不再尝试。",
    "en": "The process doing this stopped half-way every time; it is not tried any more.",
}


def _let_go(session: Session, held: Leased, values: dict[str, Any]) -> bool:
    """End a lease with these values; False where it was not in force any more."""
    ended = {"holder": None, "leased_until": None, **values}
    found = session.execute(update(Job).where(mine(held)).values(ended).returning(Job.id))
    return found.one_or_none() is not None


def done(session: Session, held: Leased, moment: dt.datetime) -> bool:
    """End a job that succeeded; False where the lease was lost, and nothing may be written."""
    values = {"state": JobState.DONE, "finished_at": moment}
    return _let_go(session, held, {**values, "code": None, "error": None, "reference": None})


def given_back(session: Session, held: Leased) -> bool:
    """Queue a job again as if it had not been begun: its process was told to stop."""
    return _let_go(session, held, {"state": JobState.QUEUED, "attempts": held.attempts - 1})


def postponed(
    session: Session, held: Leased, moment: dt.datetime, code: str, error: Words | None
) -> bool:
    """Queue a job for another attempt, or end it where that was the last one."""
    if held.attempts >= held.most_attempts:
        return failed(session, held, moment, code, error)
    values = {"state": JobState.QUEUED, "run_after": moment + pause(held.attempts)}
    return _let_go(session, held, {**values, "code": code, "error": error, "reference": None})


def failed(
    session: Session,
    held: Leased,
    moment: dt.datetime,
    code: str,
    error: Words | None,
    reference: str | None = None,
) -> bool:
    """End a job that will not succeed, with the reason a person can read."""
    told = {"code": code, "error": error, "reference": reference}
    if not _let_go(session, held, {"state": JobState.FAILED, "finished_at": moment, **told}):
        return False
    note_failure(session, held.id, held.kind, told)
    return True


def bury(session: Session, moment: dt.datetime) -> int:
    """End the abandoned jobs that have no attempt left; return how many there were."""
    query = select(Job).where(worn_out(moment))
    jobs = session.scalars(query.with_for_update(skip_locked=True)).all()
    for job in jobs:
        job.state, job.finished_at = JobState.FAILED, moment
        job.holder = job.leased_until = None
        job.code, job.error = "worker_died", DIED
        session.flush()
        note_failure(session, job.id, job.kind, {"code": job.code, "error": DIED})
    return len(jobs)


def note_failure(session: Session, job: uuid.UUID, kind: str, told: dict[str, Any]) -> None:
    """Enter a final failure in the ledger."""
    acts.record(session, "act", "job", str(job), "failed", {"kind": kind, **told})
