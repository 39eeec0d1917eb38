"""The job that issues the appendix of a long article; killed at any moment, it begins again.

What it issues is the state at the ledger number of the moment it was asked for, so that a second
attempt finds what the first one issued, and later changes make no difference.
"""

import datetime as dt
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from app.accounts.job_rights import refuse_without
from app.appendix_issue import files, issues
from app.appendix_issue.issuing import CHANGED, issue
from app.appendix_issue.making import ABOUT, ask, made_at_once
from app.appendix_issue.preview import MOST, preview
from app.appendix_issue.state import pinned
from app.appendix_issue.wish import Wish
from app.db import Database
from app.jobs.models import Job
from app.jobs.queue import enqueue
from app.jobs.task import Task
from app.jobs.vocabulary import UNFINISHED
from claims.appendix.build import count_claims
from claims.errors import Conflict
from claims.models import Appendix
from claims.queries.articles import article_id
from claims.vocabulary import Profile
from sources.citation_styles import Style
from sources.columns import Words
from sources.store import Store

KIND = "appendix_issue"
ARTICLE = "article"
SIGNING: Words = {"zh": "正在编号并签名", "en": "Numbering and signing it"}


@dataclass(frozen=True, slots=True)
class Ordered:
    """What a job is to issue: ``wish`` as somebody asked, ``position`` the ledger number it means.

    ``formats`` are the files to make of it.
    """

    article: uuid.UUID
    wish: Wish
    position: str
    formats: tuple[str, ...]

    @property
    def key(self) -> str:
        """What at most one unfinished job holds: an article, for whom, in which form, as of when.

        Whatever now is, it is now: who asks again meanwhile waits for the same issue.
        """
        wish, as_of = self.wish, self.position if self.wish.as_of else "now"
        version = wish.version or "newest"
        asked = (wish.profile.value, wish.language, wish.style.value, version, as_of)
        return ":".join(map(str, (KIND, self.article, *asked)))


@dataclass(frozen=True, slots=True)
class Making:
    """The newest job for a wish: the ``number`` its issue has or is likely to get."""

    job: Job
    number: int


def ordered(
    database: Database,
    store: Store,
    wish: Wish,
    formats: Iterable[str],
    *,
    by: str,
    seen: str | None = None,
    zone: dt.tzinfo = dt.UTC,
) -> Ordered:
    """Fix what is to be issued by its ledger number; the rest as for ``issue``.

    ``seen`` is the root of the part that was previewed. Raise Conflict where something else was,
    Missing for what is not there, and Refused for a format that is none.
    """
    names = tuple(files.format_of(name).name for name in formats)
    position = pinned(database, wish, zone).as_of
    found = preview(database, store, wish, reader=by, zone=zone)
    if seen is not None and found.root != seen:
        raise Conflict("appendix_changed", CHANGED)
    return Ordered(found.state.article, wish, position, names)


def is_long(database: Database, key: str) -> bool:
    """Whether an article has more claims than are collected while somebody waits."""
    with database.reading() as session:
        return count_claims(session, article_id(session, key)) > MOST


def enqueued(session: Session, order: Ordered, *, by: str) -> tuple[Job, bool]:
    """Queue an issue, and tell whether it is new; where one is under way, it is that one."""
    wish = order.wish
    payload = {
        "article": wish.article,
        "profile": wish.profile.value,
        "language": wish.language,
        "style": wish.style.value,
        "version": wish.version,
        "as_of": order.position,
        "formats": list(order.formats),
    }
    before = session.scalar(_with_key(order.key).where(Job.state.in_(UNFINISHED)))
    subject = (ARTICLE, order.article)
    job = enqueue(session, KIND, payload, by=by, key=order.key, subject=subject)
    return job, before != job.id


def _with_key(key: str) -> Any:
    return select(Job.id).where(Job.key == key).order_by(Job.id.desc()).limit(1)


def making(session: Session, order: Ordered) -> Making | None:
    """The newest job that issues what is ordered, if there is one.

    The number of one that is not over is the next, after those of jobs that stand before it.
    """
    found = session.scalar(_with_key(order.key))
    if found is None:
        return None
    job = session.get_one(Job, found)
    if job.subject_table == ABOUT and job.subject_id is not None:
        row = session.get(Appendix, uuid.UUID(job.subject_id))
        return Making(job, row.number) if row is not None else None
    before = (
        select(func.count())
        .select_from(Job)
        .where(
            Job.kind == KIND,
            Job.subject_table == ARTICLE,
            Job.subject_id == str(order.article),
            Job.state.in_(UNFINISHED),
            Job.id < job.id,
        )
    )
    ahead = session.scalar(before) or 0
    return Making(job, issues.last_number(session, order.article) + 1 + ahead)


def run(task: Task) -> None:
    """Issue it, and queue its files in the transaction that ends the job."""

    def progress(done: int, total: int) -> None:
        task.progress(done, total, said(done, total))

    with task.database.reading() as session:
        refuse_without(session, task.by, task.held.kind)
    store, wanted = task.extensions.store, task.payload["formats"]
    found = issue(task.database, store, _wish(task.payload), by=task.by, progress=progress)
    made = made_at_once(task.database, store, found.key, wanted, by=task.by)
    with task.finishing() as session:
        row = session.get_one(Appendix, found.key)
        # A file that cannot be made says why on the page of the issue, as any other job does.
        for form in (*made.later, *made.problems):
            ask(session, row, form, by=task.by)
        about = {"subject_table": ABOUT, "subject_id": str(found.key)}
        session.execute(update(Job).where(Job.id == task.job_id).values(about))


def said(done: int, total: int) -> Words:
    """How far it is, for people."""
    if done >= total:
        return SIGNING
    return {
        "zh": f"正在收集论断：{done}/{total}",
        "en": f"Collecting the claims: {done} of {total}",
    }


def _wish(payload: dict[str, Any]) -> Wish:
    return Wish(
        payload["article"],
        Profile(payload["profile"]),
        payload["language"],
        Style(payload["style"]),
        payload["version"],
        payload["as_of"],
    )
