"""The audit timeline: everything that happened, the schema's migrations, and the verification."""

import datetime as dt
from typing import Any, NamedTuple

from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone

from app import biography, ledger_check, migration_history, paging, schema, timeline, twins
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.density_chart import panel
from app.field_labels import KIND_WORDS, MEANINGS
from app.forms.timeline import Filters, read
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from app.ledger import history, search
from app.ledger.history import Entry
from app.object_names import names
from app.past.place import Place, find
from app.past.reading import reads_at
from app.past_pages import claim_of, past_of
from app.permissions import requires
from app.restoring import refusal
from app.table_labels import TABLES
from app.undoing import offers
from app.unit_of_work import session
from claims.errors import Missing

blueprint = Blueprint("audit", __name__)
NAME = "audit"
PAGE = 50
MOST_OF_A_REQUEST = 30


class Listed(NamedTuple):
    """One page of the timeline."""

    filters: Filters
    entries: list[Entry]
    following: str | None


@blueprint.get("/audit")
@requires(Permission.AUDIT)
@reads_at
def page() -> ResponseReturnValue:
    """Show the timeline, newest first, and how the desk stood at its moment."""
    place = _place()
    listed = _listed(place)
    return render_template(
        "audit/page.html",
        days=timeline.days(listed.entries, names(session(), timeline.keys(listed.entries))),
        typed=listed.filters.typed,
        undo_offers=offers(listed.entries, actor()),
        panel=panel(session(), place),
        place=place,
        kinds=KIND_WORDS,
        tables=TABLES,
        zone=get_timezone(),
        following=listed.following,
        first=not request.args.get("cursor"),
    )


@blueprint.get("/audit.json")
@requires(Permission.AUDIT)
@reads_at
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine, with the images as they were stored."""
    place = _place()
    listed = _listed(place)
    shown = panel(session(), place)
    return jsonify(
        position=shown.position,
        schema=shown.revision,
        counts=shown.counts,
        entries=[_plain(entry) for entry in listed.entries],
        next=listed.following,
    )


@blueprint.get("/audit/<int:eid>")
@requires(Permission.AUDIT)
def entry(eid: int) -> ResponseReturnValue:
    """Show one entry with both images, its leaf and its place."""
    found = _entry(eid)
    request_of = _of_request(found)
    known = names(session(), timeline.keys([found, *request_of]))
    return render_template(
        "audit/entry.html",
        told=timeline.told(found, known, whole=True),
        together=[timeline.told(other, known) for other in request_of if other.eid != eid],
        leaf=timeline.leaf_of(session(), eid),
        position=history.position(session()),
        neighbours=search.neighbours(session(), eid),
        past_of=past_of(session(), found),
        not_restored=refusal(found),
        undo_offers=offers([*reversed(request_of), found], actor()),
    )


@blueprint.get("/audit/<int:eid>.json")
@requires(Permission.AUDIT)
def entry_as_json(eid: int) -> ResponseReturnValue:
    """Answer the same entry for a machine."""
    found = _entry(eid)
    before, after = search.neighbours(session(), eid)
    claim = claim_of(session(), found)
    return jsonify(
        **_plain(found),
        claim=str(claim) if claim is not None else None,
        leaf=timeline.leaf_of(session(), eid),
        previous=before,
        next=after,
        same_request=[_plain(other) for other in _of_request(found) if other.eid != eid],
    )


def _of_request(found: Entry) -> list[Entry]:
    """What else the request of an entry changed, as far as a page shows it."""
    if not found.request:
        return []
    return search.of_request(session(), found.request, MOST_OF_A_REQUEST)


def _entry(eid: int) -> Entry:
    found = history.entry(session(), eid)
    if found is None:
        raise Missing(
            "entry_missing",
            {"zh": "台账里没有这一条。", "en": "The ledger has no such entry."},
        )
    return found


@blueprint.get("/audit/migrations")
@requires(Permission.AUDIT)
def migrations() -> ResponseReturnValue:
    """Show every migration that ran here, and every attempt that failed."""
    return render_template(
        "audit/migrations.html",
        steps=migration_history.steps(session()),
        revision=history.schema_revision(session()),
        head=schema.head(),
    )


@blueprint.get("/audit/migrations.json")
@requires(Permission.AUDIT)
def migrations_as_json() -> ResponseReturnValue:
    """Answer the same history for a machine."""
    return jsonify(
        revision=history.schema_revision(session()),
        head=schema.head(),
        migrations=[migration_history.plain(step) for step in migration_history.steps(session())],
    )


@blueprint.post("/audit/verify")
@requires(Permission.AUDIT)
def ask_verification() -> ResponseReturnValue:
    """Have the ledger verified in the background, and lead to where the result will stand."""
    ledger_check.asked(session(), by=actor())
    return redirect(url_for("audit.verify"), 303)


@blueprint.get("/audit/verify")
@blueprint.get("/audit/verify.json", endpoint="verify_as_json")
@requires(Permission.AUDIT)
def verify() -> ResponseReturnValue:
    """Explain the verification, and show what the last one found and how far the next one is."""
    last, job = ledger_check.last(session()), ledger_check.newest(session())
    under_way = job if job is not None and job.state != JobState.DONE else None
    return twins.shown(
        "audit/verify.html",
        lambda: {
            "findings_mean": MEANINGS,
            "last": {**_plain(last.entry), "sealed_since": last.since} if last else None,
            "under_way": _standing(under_way) if under_way else None,
        },
        last=last,
        job=under_way,
        meanings=MEANINGS,
    )


def _standing(job: Job) -> dict[str, Any]:
    return {"id": job.id, "state": job.state, "done": job.done, "total": job.total}


def _place() -> Place | None:
    """The moment or ledger number of the page; None for now."""
    typed = request.args.get("at", "").strip()
    return find(session(), typed, get_timezone() or dt.UTC) if typed else None


def _listed(place: Place | None) -> Listed:
    """The filters asked for, the entries of this page and the address of the next one."""
    filters = read(session(), request.args, place.position if place is not None else None)
    cursor = paging.read(NAME)
    after = biography.before(cursor)
    found = search.entries(session(), filters.asked, after=after, limit=PAGE + 1)
    kept = found[:PAGE]
    more = len(found) > PAGE
    following = ("after", search.mark(filters.asked, kept[-1])) if more else None
    return Listed(filters, kept, paging.link(NAME, following))


def _plain(entry: Entry) -> dict[str, Any]:
    return {**timeline.plain(entry), "href": url_for("audit.entry", eid=entry.eid)}
