"""Background work: what waits, runs and failed, with the buttons to try again and to cancel."""

import uuid
from enum import StrEnum
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from werkzeug.exceptions import Forbidden

from app import job_words, paging
from app.accounts.current import actor, may
from app.accounts.job_rights import NEEDS
from app.accounts.roles import Permission
from app.captures import refusals
from app.filters import words_text
from app.forms.queue import one_of
from app.jobs import orders
from app.jobs.listing import listing, standing
from app.jobs.models import Job
from app.jobs.vocabulary import UNFINISHED, JobState
from app.object_names import Name, names
from app.permissions import requires
from app.security import inside
from app.twins import columns, shown
from app.unit_of_work import session
from sources.columns import Words

blueprint = Blueprint("jobs", __name__)
NAME = "jobs"
SEE_OTHER = 303


class Narrowing(StrEnum):
    """What of the list is asked for."""

    UNFINISHED = "unfinished"
    FAILED = "failed"
    DONE = "done"
    CANCELLED = "cancelled"


STATES: dict[Narrowing | None, tuple[JobState, ...]] = {
    None: (),
    Narrowing.UNFINISHED: UNFINISHED,
    Narrowing.FAILED: (JobState.FAILED,),
    Narrowing.DONE: (JobState.DONE,),
    Narrowing.CANCELLED: (JobState.CANCELLED,),
}


@blueprint.get("/jobs")
@blueprint.get("/jobs.json", endpoint="index_as_json")
@requires(Permission.READ)
def index() -> ResponseReturnValue:
    """List one's own jobs; everybody's for whoever steers them."""
    steers = may(Permission.MANAGE_JOBS)
    wanted = one_of(request.args, "state", Narrowing)
    own = not steers or request.args.get("whose") == "mine"
    rows, last = listing(
        session(),
        by=actor() if own else None,
        states=STATES[wanted],
        after=paging.read_uuid(NAME),
    )
    following = paging.link(NAME, ("next", last)) if last is not None else None
    named, refused = _named(rows), refusals(session(), rows)
    told = {"jobs": [plain(row, named.get(row.id), refused.get(row.id)) for row in rows]}
    return shown(
        "jobs/index.html",
        lambda: {**told, "next": following},
        rows=rows,
        named=named,
        refused=refused,
        wanted=wanted,
        narrowings=Narrowing,
        own=own,
        steers=steers,
        standing=standing(session()),
        following=following,
    )


@blueprint.get("/jobs/<uuid:job_id>")
@blueprint.get("/jobs/<uuid:job_id>.json", endpoint="one_as_json")
@requires(Permission.READ)
def one(job_id: uuid.UUID) -> ResponseReturnValue:
    """Show how one job stands; a page that waits for it asks the twin."""
    job = _own(job_id)
    about, refused = _named([job]).get(job.id), refusals(session(), [job]).get(job.id)
    told = {"job": plain(job, about, refused)}
    return shown("jobs/one.html", lambda: told, job=job, about=about, refused=refused)


@blueprint.post("/jobs/<uuid:job_id>/cancel")
@requires(Permission.READ)
def cancel(job_id: uuid.UUID) -> ResponseReturnValue:
    """End a job that is not over."""
    _own(job_id)
    orders.cancel(session(), job_id)
    flash(_("Cancelled: it takes no effect any more."))
    return _back(job_id)


@blueprint.post("/jobs/<uuid:job_id>/retry")
@requires(Permission.READ)
def retry(job_id: uuid.UUID) -> ResponseReturnValue:
    """Queue a job anew: one's own while one may still ask for such a thing."""
    job = _own(job_id)
    if not may_retry(job):
        raise Forbidden(NEEDS[job.kind])
    orders.retry(session(), job_id)
    flash(_("It is tried again."))
    return _back(job_id)


def _back(job_id: uuid.UUID) -> ResponseReturnValue:
    asked = request.form.get("next")
    return redirect(inside(asked) if asked else url_for("jobs.one", job_id=job_id), SEE_OTHER)


def may_steer(job: Job) -> bool:
    """Whether the person asking may look at a job by itself, and cancel it."""
    return job.created_by == actor() or may(Permission.MANAGE_JOBS)


def may_ask(job: Job) -> bool:
    """Whether the person asking may have such a thing done."""
    needed = NEEDS[job.kind]
    return needed is not None and may(needed)


def may_retry(job: Job) -> bool:
    """Whether the person asking may have a job tried again."""
    return may(Permission.MANAGE_JOBS) or (may_steer(job) and may_ask(job))


def _own(job_id: uuid.UUID) -> Job:
    """The job, for whoever steers it; for all others there is none."""
    return orders.find(session(), job_id, by=None if may(Permission.MANAGE_JOBS) else actor())


def _named(rows: list[Job]) -> dict[uuid.UUID, Name]:
    """What the rows are called that the jobs are about."""
    keys = {
        job.id: (job.subject_table, uuid.UUID(job.subject_id))
        for job in rows
        if job.subject_table is not None and job.subject_id is not None
    }
    found = names(session(), keys.values())
    return {
        job: found[table, str(key)]
        for job, (table, key) in keys.items()
        if (table, str(key)) in found
    }


def plain(job: Job, about: Name | None, refused: Words | None) -> dict[str, Any]:
    """What a program is told; the payload is the handler's own, and a lease nobody else's."""
    return {
        **columns(job, without={"payload", "key", "holder"}),
        "about": {"text": about.text, "href": about.href} if about is not None else None,
        "kind_words": job_words.kind_words(job.kind),
        "told": job_words.told(job),
        "reason": job_words.reason(job),
        "refused": words_text(refused) if refused is not None else "",
        "unfinished": job_words.is_unfinished(job),
    }


for found in (job_words.kind_words, job_words.told, job_words.reason, job_words.is_unfinished):
    blueprint.add_app_template_filter(found, f"job_{found.__name__}")
blueprint.add_app_template_global(may_steer, "may_steer")
blueprint.add_app_template_global(may_retry, "may_retry")
