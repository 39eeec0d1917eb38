"""The job that verifies the ledger: a long one takes longer than anybody should wait for a page.

What it found is an act in the ledger, with the first findings of each kind, so that everybody who
may look sees the same result for as long as it is the newest one.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.job_rights import refuse_without
from app.jobs.models import Job
from app.jobs.queue import enqueue
from app.jobs.task import Task
from app.ledger import acts, history, search
from app.ledger.history import Entry
from app.ledger.verify import Stage, verify
from sources.columns import Words

KIND = "ledger_check"
WORDS: dict[Stage, Words] = {
    Stage.SEALS: {"zh": "正在核对封印：{done}/{total}", "en": "Checking seals: {done} of {total}"},
    Stage.ROWS: {
        "zh": "正在把各表与历史对照：{done}/{total}",
        "en": "Comparing tables with their history: {done} of {total}",
    },
}
THOUSANDTHS = 1000
"""Of the whole; the seals are the first half of it, the rows the second."""


def asked(session: Session, *, by: str) -> Job:
    """Have the ledger verified; where that is under way already, it is that one."""
    return enqueue(session, KIND, {}, by=by, key=KIND)


def newest(session: Session) -> Job | None:
    """The newest such job, however it stands."""
    return session.scalar(select(Job).where(Job.kind == KIND).order_by(Job.id.desc()).limit(1))


@dataclass(frozen=True, slots=True)
class Last:
    """The last verification: its entry, what it says, and how many were sealed since it looked.

    ``found`` has the fields of :func:`app.ledger.acts.verified`; older entries have fewer.
    """

    entry: Entry
    found: dict[str, Any]
    since: int


def last(session: Session) -> Last | None:
    """What the ledger knows of the last time somebody verified it."""
    found = search.last_verification(session)
    if found is None:
        return None
    since = max(history.position(session) - int(found.pk), 0)
    return Last(found, found.new or {}, since)


def run(task: Task) -> None:
    """Verify, and enter what was found in the transaction that ends the job."""
    with task.database.reading() as session:
        refuse_without(session, task.by, task.held.kind)
    report = verify(task.database, told=partial(_told, task))
    with task.finishing() as session:
        acts.verified(session, report)


def _told(task: Task, stage: Stage, done: int, total: int) -> None:
    """Say how far it is, in words and as a part of the whole."""
    words: dict[str, Any] = {
        language: text.format(done=done, total=total) for language, text in WORDS[stage].items()
    }
    half = THOUSANDTHS // 2
    part = half * done // max(total, 1) + (half if stage is Stage.ROWS else 0)
    task.progress(min(part, THOUSANDTHS - 1), THOUSANDTHS, words)
