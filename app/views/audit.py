"""The audit timeline: everything that happened, the schema's migrations, and the verification."""

from typing import Any

import flask
from flask import Blueprint, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone

from app import paging, timeline
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.field_labels import KINDS, MEANINGS, TABLES
from app.ledger import acts, history
from app.ledger.history import Entry
from app.ledger.report import Report
from app.ledger.verify import verify as verified
from app.object_names import names
from app.permissions import requires
from app.unit_of_work import database, session
from claims.errors import Missing, Refused

blueprint = Blueprint("audit", __name__)
NAME = "audit"
PAGE = 50
LONGEST = 200
ASKED = "verify"
"""The name under which a person's wish to verify waits in their session, between two requests."""


@blueprint.get("/audit")
@requires(Permission.AUDIT)
def page() -> ResponseReturnValue:
    """Show the timeline, newest first."""
    asked, found, following = _listed()
    return render_template(
        "audit/page.html",
        days=timeline.days(found, names(session(), timeline.keys(found))),
        asked=asked,
        kinds=KINDS,
        tables=TABLES,
        position=history.position(session()),
        zone=get_timezone(),
        following=following,
        first=not request.args.get("cursor"),
    )


@blueprint.get("/audit.json")
@requires(Permission.AUDIT)
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine, with the images as they were stored."""
    _asked, found, following = _listed()
    return jsonify(entries=[_plain(entry) for entry in found], next=following)


@blueprint.get("/audit/<int:eid>")
@requires(Permission.AUDIT)
def entry(eid: int) -> ResponseReturnValue:
    """Show one entry with both images, its leaf and its place."""
    found = history.entry(session(), eid)
    if found is None:
        raise Missing(
            "entry_missing",
            {"zh": "台账里没有这一条。", "en": "The ledger has no such entry."},
        )
    known = names(session(), timeline.keys([found]))
    return render_template(
        "audit/entry.html",
        told=timeline.told(found, known, whole=True),
        leaf=timeline.leaf_of(session(), eid),
        position=history.position(session()),
    )


@blueprint.get("/audit/migrations")
@requires(Permission.AUDIT)
def migrations() -> ResponseReturnValue:
    """Show every migration that ran here."""
    return render_template(
        "audit/migrations.html",
        migrations=[timeline.told(found, {}) for found in history.migrations(session())],
        revision=history.schema_revision(session()),
    )


@blueprint.post("/audit/verify")
@requires(Permission.AUDIT)
def ask_verification() -> ResponseReturnValue:
    """Note the wish to verify; the next request does it, so that no writer waits meanwhile."""
    flask.session[ASKED] = True
    return redirect(url_for("audit.verify"), 303)


@blueprint.get("/audit/verify")
@requires(Permission.AUDIT)
def verify() -> ResponseReturnValue:
    """Explain the verification; when it was asked for, run it once and show what it found."""
    report = None
    if flask.session.pop(ASKED, False):
        report = verified(database())
        _note(report)
    return render_template("audit/verify.html", report=report, meanings=MEANINGS)


def _note(report: Report) -> None:
    """Write into the ledger that somebody looked, and what they saw."""
    story = {"events": report.events, "rows": report.rows, "findings": report.counts.total()}
    with database().writing(actor(), flask.g.request_id) as opened:
        acts.record(opened, "act", "ledger", str(report.leaves), "verify", story)


def _listed() -> tuple[dict[str, str], list[Entry], str | None]:
    """The filters asked for, the entries of this page and the address of the next one."""
    asked = {
        name: value.strip()[:LONGEST]
        for name in ("kind", "actor", "table", "pk", "request")
        if (value := request.args.get(name))
    }
    if asked.get("kind", "row") not in KINDS:
        raise Refused(
            "filter_unknown",
            {"zh": "没有这种记录。", "en": "There are no entries of this kind."},
            "kind",
        )
    if "actor" in asked and ":" not in asked["actor"] and asked["actor"] != "visitor":
        asked["actor"] = f"editor:{asked['actor']}"
    place = paging.read(NAME)
    before = int(place[1]) if place else None
    found = history.entries(
        session(),
        kind=asked.get("kind"),
        actor=asked.get("actor"),
        table=asked.get("table"),
        pk=asked.get("pk"),
        request=asked.get("request"),
        before=before,
        limit=PAGE + 1,
    )
    kept = found[:PAGE]
    more = len(found) > PAGE
    return asked, kept, paging.link(NAME, ("before", kept[-1].eid) if more else None)


def _plain(entry: Entry) -> dict[str, Any]:
    return {**vars(entry), "href": url_for("audit.entry", eid=entry.eid)}
