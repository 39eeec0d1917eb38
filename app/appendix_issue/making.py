"""Which files are made within a request and which by a job, and how far each one is."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.appendix_issue import files
from app.db import Database
from app.exports import FORMATS
from app.jobs.models import Job
from app.jobs.queue import enqueue
from claims.errors import DeskError
from claims.models import Appendix, AppendixFile, Claim
from claims.vocabulary import Profile
from sources.store import Store

KIND = "appendix_files"
ABOUT = "appendix"
AT_ONCE = 200
"""Up to so many claims a file is made while somebody waits for the answer."""
FOR_THE_PUBLIC = frozenset({"claimreview"})
"""Formats that only a public appendix has."""
SLOW = frozenset({"pdf"})
"""Formats that are made by a job however small the article is."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of making files: the formats left to a job, and why others cannot be made."""

    later: list[str] = field(default_factory=list)
    problems: dict[str, DeskError] = field(default_factory=dict)


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


def made_at_once(
    database: Database, store: Store, key: uuid.UUID, formats: Iterable[str], *, by: str
) -> Outcome:
    """Make the files of an issue that are made quickly; one that cannot be made stops no other.

    Call it outside any transaction. Raise Refused for a format that is none.
    """
    with database.reading() as session:
        issue = session.get_one(Appendix, key)
        made = {file.format for file in issue.files}
        wanted = [files.format_of(name).name for name in formats if name not in made]
        quick = [name for name in wanted if is_quick(session, issue, name)]
        session.expunge(issue)
    found = Outcome([name for name in wanted if name not in quick])
    for name in quick:
        try:
            make_now(database, store, issue, name, by=by)
        except DeskError as problem:
            found.problems[name] = problem
    return found


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
    mine = (Job.kind == KIND, Job.subject_table == ABOUT, Job.subject_id == str(issue.id))
    query = select(Job).where(*mine)
    jobs: dict[str, Job] = {}
    for job in session.scalars(query.order_by(Job.id)):
        jobs[_format(job)] = job
    names = dict.fromkeys([*offered(issue.profile), *made])
    return [Making(name, made.get(name), jobs.get(name)) for name in names]


def offered(profile: Profile) -> list[str]:
    """The formats that an appendix of a profile has, in the order a person is offered them."""
    return [name for name in FORMATS if profile is Profile.PUBLIC or name not in FOR_THE_PUBLIC]


def _format(job: Job) -> str:
    return (job.key or "").rpartition(":")[2]


def _entered(session: Session, issue: uuid.UUID, form: str) -> AppendixFile | None:
    query = select(AppendixFile).where(AppendixFile.appendix_id == issue)
    return session.scalar(query.where(AppendixFile.format == form))
