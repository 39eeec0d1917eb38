"""The queue: which claims wait, for whom, and since when."""

from typing import Any

from flask import Blueprint, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta, gettext, ngettext

from app import paging
from app.accounts.current import actor
from app.accounts.roles import Permission
from app.forms.queue import AssignForm, asked_filters, facets, parameters
from app.past.reading import moment_shown, readable_then, stated_past
from app.past.scope import of_queue
from app.permissions import requires
from app.undoing import undoable
from app.unit_of_work import session
from claims import assignment
from claims.queries import queue
from sources.base import now

blueprint = Blueprint("queue", __name__)
NAME = "queue"


@blueprint.get("/queue")
@requires(Permission.READ)
@readable_then(of_queue)
def page() -> ResponseReturnValue:
    """Show a page of the queue with its filters."""
    filters = asked_filters(request.args, actor())
    found = queue.page(session(), filters, _place())
    return render_template(
        "queue/page.html",
        rows=[(row, _waited(row)) for row in found.rows],
        facets=facets(filters, queue.articles(session())),
        filters=filters,
        asked=parameters(filters),
        form=AssignForm(),
        **_neighbours(found),
    )


@blueprint.get("/queue.json")
@requires(Permission.READ)
@readable_then(of_queue)
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine."""
    filters = asked_filters(request.args, actor())
    found = queue.page(session(), filters, _place())
    return jsonify(
        claims=[_plain(row) for row in found.rows], **_neighbours(found), **stated_past()
    )


@blueprint.post("/queue/assignment")
@requires(Permission.ASSESS)
def assign() -> ResponseReturnValue:
    """Take the chosen claims, or give them back."""
    form = AssignForm()
    asked = parameters(asked_filters(request.args, actor()))
    if not form.validate_on_submit():
        return render_template("queue/unassigned.html", form=form, asked=asked), 422
    chosen = form.claims.data or []
    if form.act.data == "take":
        count = assignment.take(session(), chosen, by=actor())
        undoable(ngettext("%(num)d claim is yours now.", "%(num)d claims are yours now.", count))
    else:
        count = assignment.release(session(), chosen, by=actor())
        undoable(ngettext("%(num)d claim given back.", "%(num)d claims given back.", count))
    if count < len(chosen):
        flash(gettext("The others are closed, or in somebody else's hands."))
    return redirect(url_for("queue.page", **asked), 303)


def _place() -> queue.Place | None:
    read = paging.read(NAME)
    return queue.place_of(*read) if read else None


def _neighbours(found: queue.Page) -> dict[str, str | None]:
    """The addresses of the pages beside this one."""
    return {
        name: paging.link(NAME, (place.direction.value, place.at) if place else None)
        for name, place in (("previous", found.previous), ("next", found.next))
    }


def _waited(row: queue.QueueRow) -> str:
    """How long nothing has happened, to the largest unit."""
    return str(format_timedelta((moment_shown() or now()) - row.since, threshold=1.2))


def _plain(row: queue.QueueRow) -> dict[str, Any]:
    return {
        "id": str(row.id),
        "number": row.number,
        "article": row.article_key,
        "statement": row.statement,
        "figures": list(row.figures),
        "verification_status": row.status.value,
        "stage": row.stage.value,
        "open_contests": row.contests,
        "blocking": row.blocking,
        "assignee": row.assignee,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "since": row.since.isoformat(),
    }
