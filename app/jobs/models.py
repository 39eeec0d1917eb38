"""The tables of background work: operational, so what people must find later is a ledger act."""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from app.jobs.vocabulary import JobState
from sources.base import Base, Identified, Recorded
from sources.columns import Choice, Words, choice_check

UNFINISHED = text("state IN ('queued', 'running')")


class Job(Identified, Recorded, Base):
    """One piece of work to be done once.

    ``payload`` is canonical JSON. ``key`` is held by at most one unfinished job. ``run_after`` is
    empty where nothing has to be waited for. ``holder`` is the random id of the lease in force and
    ``leased_until`` its end, both on the database's clock; ``heartbeat_at`` is when it last ran, or
    was asked for again. ``done`` of ``total`` and ``words`` say
    how far it came; ``code``, ``error`` and ``reference`` why the last attempt failed.
    """

    __tablename__ = "job"
    __table_args__: Any = (
        choice_check("state", JobState),
        CheckConstraint("(state = 'running') = (holder IS NOT NULL)", name="running_is_held"),
        CheckConstraint("(holder IS NULL) = (leased_until IS NULL)", name="lease_has_end"),
        CheckConstraint(
            "(state IN ('done', 'failed', 'cancelled')) = (finished_at IS NOT NULL)",
            name="finished_has_when",
        ),
        CheckConstraint("attempts >= 0 AND most_attempts >= 1", name="attempts_counted"),
        CheckConstraint("done >= 0 AND total >= done", name="done_of_total"),
        CheckConstraint("(subject_table IS NULL) = (subject_id IS NULL)", name="subject_whole"),
        Index(
            "uq_job_key_unfinished",
            "key",
            unique=True,
            sqlite_where=UNFINISHED,
            postgresql_where=UNFINISHED,
        ),
        Index("ix_job_state_run_after", "state", "run_after"),
        Index("ix_job_subject_table_subject_id", "subject_table", "subject_id"),
        Index("ix_job_created_by_id", "created_by", "id"),
        {"info": {"ledger": "unaudited"}},
    )

    kind: Mapped[str]
    payload: Mapped[str]
    key: Mapped[str | None]
    subject_table: Mapped[str | None]
    subject_id: Mapped[str | None]
    state: Mapped[JobState] = mapped_column(Choice(JobState), default=JobState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    most_attempts: Mapped[int]
    run_after: Mapped[dt.datetime | None]
    holder: Mapped[str | None]
    leased_until: Mapped[dt.datetime | None]
    heartbeat_at: Mapped[dt.datetime | None]
    done: Mapped[int | None]
    total: Mapped[int | None]
    words: Mapped[Words | None]
    code: Mapped[str | None]
    error: Mapped[Words | None]
    reference: Mapped[str | None]
    finished_at: Mapped[dt.datetime | None]


class JobWorker(Identified, Base):
    """A process that carries out jobs, as long as ``seen_at`` is recent; not kept, and no record.

    ``place`` is its machine and process number, ``threads`` how many jobs it can do at once.
    """

    __tablename__ = "job_worker"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    place: Mapped[str]
    threads: Mapped[int]
    started_at: Mapped[dt.datetime]
    seen_at: Mapped[dt.datetime]
