"""Asking for a copy of a source, and how far each attempt is: the row and its job together."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Self

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.jobs.models import Job
from app.jobs.queue import enqueue, unfinished
from app.jobs.vocabulary import JobState
from claims.awaited import awaited
from claims.models import Evidence
from sources import attempts
from sources.attempt_models import CaptureAttempt
from sources.columns import Words
from sources.models import Source
from sources.veil import withheld
from sources.vocabulary import CaptureOutcome

KIND = "capture"
ABOUT = "capture_attempt"


class Progress(StrEnum):
    """How far an attempt is."""

    WAITING = "waiting"
    RUNNING = "running"
    PUT_OFF = "put_off"
    KEPT = "kept"
    REFUSED = "refused"
    BROKEN_OFF = "broken_off"


UNDER_WAY = frozenset({Progress.WAITING, Progress.RUNNING, Progress.PUT_OFF})


@dataclass(frozen=True, slots=True)
class Attempted:
    """An attempt with how far it is, and in words what is being done or why it is not done."""

    attempt: CaptureAttempt
    progress: Progress
    words: Words | None
    job: Job | None = None

    @property
    def under_way(self) -> bool:
        """Whether something will still come of it by itself."""
        return self.progress in UNDER_WAY

    @property
    def has_record(self) -> bool:
        """Whether the record of the fetch can be handed out."""
        return self.attempt.warc_sha256 is not None and not attempts.is_sealed(self.attempt)

    @classmethod
    def of(cls, attempt: CaptureAttempt, job: Job | None) -> Self:
        """Tell how far an attempt is; an open one without a job left was broken off."""
        if attempt.outcome is not None:
            return cls(attempt, Progress(attempt.outcome.value), attempt.reason, job)
        if job is not None and job.state is JobState.RUNNING:
            return cls(attempt, Progress.RUNNING, job.words, job)
        if job is not None and job.state is JobState.QUEUED:
            state = Progress.PUT_OFF if job.attempts else Progress.WAITING
            return cls(attempt, state, job.error, job)
        return cls(attempt, Progress.BROKEN_OFF, job.error if job is not None else None, job)


def ask(session: Session, source: Source, *, by: str) -> CaptureAttempt:
    """Ask for a copy of a source in this transaction; where one is under way, it is that one.

    Raises Refused where the source has no address fit to be fetched.
    """
    # Two people who ask at once ask one after the other.
    known = session.get_one(Source, source.id, with_for_update=True, populate_existing=True)
    key = f"{KIND}:{source.id}"
    held = unfinished(session, key)
    if held is not None and held.subject_id is not None:
        return attempts.find(session, uuid.UUID(held.subject_id))
    attempt = attempts.ask(session, known, by=by)
    payload = {"attempt": str(attempt.id)}
    enqueue(session, KIND, payload, by=by, key=key, subject=(ABOUT, attempt.id))
    return attempt


def attempted(session: Session, source: Source) -> list[Attempted]:
    """The attempts to capture a source, the newest first, with how far each is."""
    return progress_of(session, attempts.attempts_of(session, source))


def progress_of(session: Session, rows: Sequence[CaptureAttempt]) -> list[Attempted]:
    """How far attempts are, in one statement for all that are open."""
    keys = [str(row.id) for row in rows if row.outcome is None]
    jobs: dict[str | None, Job] = {}
    if keys:
        found = select(Job).where(Job.subject_table == ABOUT, Job.subject_id.in_(keys))
        jobs = {job.subject_id: job for job in session.scalars(found.order_by(Job.id))}
    return [Attempted.of(row, jobs.get(str(row.id))) for row in rows]


def refusals(session: Session, jobs: Iterable[Job]) -> dict[uuid.UUID, Words]:
    """Why nothing was kept, by the job that asked; none for a source that is kept from the reader.

    To be told by a site that there is no such page is work that is done, but no copy.
    """
    asked = {uuid.UUID(job.subject_id): job.id
             for job in jobs if job.subject_table == ABOUT and job.subject_id}  # fmt: skip
    if not asked:
        return {}
    query = select(CaptureAttempt.id, CaptureAttempt.reason).where(
        CaptureAttempt.id.in_(asked),
        CaptureAttempt.outcome == CaptureOutcome.REFUSED,
        CaptureAttempt.source_id.not_in(withheld(session)),
    )
    return {asked[key]: reason for key, reason in session.execute(query) if reason is not None}


@dataclass(frozen=True, slots=True)
class Wait:
    """The copy an item waits for: how far it is, or that it came too late to be taken."""

    attempted: Attempted
    late: bool


def waits(session: Session, items: Iterable[Evidence]) -> dict[uuid.UUID, Wait]:
    """What items without a copy wait for, by the item's key."""
    found = awaited(session, items)
    awaited_once = {one.attempt.id: one.attempt for one in found.values()}
    told = progress_of(session, list(awaited_once.values()))
    by_attempt = {one.attempt.id: one for one in told}
    return {key: Wait(by_attempt[one.attempt.id], one.late) for key, one in found.items()}
