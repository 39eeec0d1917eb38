"""Which files are made within a request and which by a job, and how far each one is."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.appendix_issue import files
from app.config import Settings
from app.db import Database
from app.exports import FORMATS, offered
from app.exports.review_files import house_of
from app.jobs.models import Job
from app.jobs.queue import enqueue
from claims.models import Appendix, AppendixFile, Claim
from sources.store import Store

KIND = "appendix_files"
ABOUT = "appendix"
AT_ONCE = 200
"""Up to so many claims a file is made while somebody waits for the answer."""
SLOW = frozenset({"pdf"})
"""Formats that are made by a job however small the article is."""


@dataclass(frozen=True, slots=True)
class Making:
    """One format of an issue: its file where there is one, and the job that makes or made it."""

    format: str
    file: AppendixFile | None
    job: Job | None


def make_now(
    database: Database, store: Store, issue: Appendix, form: str, *, by: str
) -> AppendixFile:
    """Return an issue's file of a format, made now where it was not made before."""
    with database.reading() as session:
        known = _entered(session, issue.id, form)
    if known is not None:
        return known
    made = files.make(
        database, store, issue, files.format_of(form), by=by, progress=lambda _done, _all: None
    )
    with database.writing(by) as session:
        return files.enter(session, made, by=by)


def refuse_unmakeable(settings: Settings, profile: str, formats: Iterable[str]) -> None:
    """Raise Conflict, before anything is issued, for a format that could not be made of it."""
    if any(FORMATS[name].public_only for name in formats):
        house_of(settings, profile)


def made_at_once(
    database: Database, store: Store, key: uuid.UUID, formats: Iterable[str], *, by: str
) -> list[str]:
    """Make the files of an issue that are made quickly; return the formats that a job must make.

    Call it outside any transaction. Raise Refused for a format that is none.
    """
    with database.reading() as session:
        issue = session.get_one(Appendix, key)
        made = {file.format for file in issue.files}
        wanted = [files.format_of(name).name for name in formats if name not in made]
        quick = [name for name in wanted if is_quick(session, issue, name)]
        session.expunge(issue)
    for name in quick:
        make_now(database, store, issue, name, by=by)
    return [name for name in wanted if name not in quick]


def ask(session: Session, issue: Appendix, form: str, *, by: str) -> Job:
    """Queue the making of a file; where one is under way, it is that one."""
    return enqueue(
        session,
        KIND,
        {"appendix": str(issue.id), "format": files.format_of(form).name},
        by=by,
        key=f"{KIND}:{issue.id}:{form}",
        subject=(ABOUT, issue.id),
    )


def is_quick(session: Session, issue: Appendix, form: str) -> bool:
    """Whether a file is made while somebody waits for the answer."""
    if form == files.DOCUMENT:
        return True
    claims = select(func.count()).where(Claim.article_id == issue.article_id)
    return form not in SLOW and (session.scalar(claims) or 0) <= AT_ONCE


def makings(session: Session, issue: Appendix) -> list[Making]:
    """How far each format of an issue is, in the order the desk lists formats."""
    made = {file.format: file for file in issue.files}
    query = select(Job).where(Job.subject_table == ABOUT, Job.subject_id == str(issue.id))
    jobs: dict[str, Job] = {}
    for job in session.scalars(query.order_by(Job.id)):
        jobs[_format(job)] = job
    names = offered(issue.profile)
    names += [name for name in made if name not in names]
    return [Making(name, made.get(name), jobs.get(name)) for name in names]


def _format(job: Job) -> str:
    return (job.key or "").rpartition(":")[2]


def _entered(session: Session, issue: uuid.UUID, form: str) -> AppendixFile | None:
    query = select(AppendixFile).where(AppendixFile.appendix_id == issue)
    return session.scalar(query.where(AppendixFile.format == form))
