"""The queue: which claims wait, for whom, and since when."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_timedelta
from flask_babel import gettext as _

from app import paging, queue_facets, selection
from app.accounts import saved_filters
from app.accounts.current import account, may
from app.accounts.roles import Permission
from app.exports.plain_table import BOM, defused
from app.filters import label, person, words_text
from app.forms.bulk import BulkForm
from app.forms.queue import asked_filters, asked_sorting, parameters
from app.forms.saved_filters import SavedFilterForm
from app.once.course import repeatable
from app.past.reading import moment_shown, past, readable_then, stated_past
from app.past.scope import of_queue
from app.permissions import requires
from app.security import inside, recalled, remember
from app.unit_of_work import session
from app.views.queue_bulk import people
from app.views.saved_filters import address
from claims.queries import queue
from claims.queries.queue_facets import count_facets
from claims.queries.queue_filters import Filters
from claims.queries.queue_order import Place, Sorting, place_of
from sources.base import now

blueprint = Blueprint("queue", __name__)
SEE_OTHER = 303
DENSITY, COMPACT = "desk_rows", "compact"
EXPORTED = 10_000
"""Claims that one table hands out at most."""
AT_A_TIME = 500


@blueprint.get("/queue")
@requires(Permission.READ)
@readable_then(of_queue)
def page() -> ResponseReturnValue:
    """Show a page of the queue with its filters; without an address, what its reader opens with."""
    opening = _opening()
    if opening is not None:
        return redirect(opening)
    filters, sorting = asked_filters(request.args), asked_sorting(request.args)
    found = queue.page(session(), filters, _place(sorting), sorting=sorting)
    counted = count_facets(session(), filters)
    chosen = selection.read(request.args.getlist("chosen"))
    asked = parameters(filters, sorting)
    kept = {"chosen": selection.written(chosen)} if chosen else {}
    return render_template(
        "queue/page.html",
        rows=[(row, _waited(row), selection.short(row.id, row.version)) for row in found.rows],
        counted=counted,
        groups=queue_facets.groups(filters, sorting, counted, kept),
        chips=queue_facets.chips(filters, sorting, counted, kept),
        headers=queue_facets.headers(filters, sorting, kept),
        filters=filters,
        sorting=sorting,
        asked=asked,
        chosen=chosen,
        elsewhere=_elsewhere(chosen, found),
        tabs=_tabs(asked),
        **_forms(asked),
        **_neighbours(found, sorting),
    )


@blueprint.get("/queue.json")
@requires(Permission.READ)
@readable_then(of_queue)
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine."""
    filters, sorting = asked_filters(request.args), asked_sorting(request.args)
    found = queue.page(session(), filters, _place(sorting), sorting=sorting)
    counted = count_facets(session(), filters)
    return jsonify(
        claims=[_plain(row) for row in found.rows],
        total=counted.total,
        counted_all=counted.whole,
        facets=queue_facets.plain(counted),
        sort=str(sorting),
        **_neighbours(found, sorting),
        **stated_past(),
    )


@blueprint.get("/queue.csv")
@requires(Permission.EXPORT)
@readable_then(of_queue)
def as_csv() -> ResponseReturnValue:
    """Hand the chosen claims, or the whole list, out as a table no spreadsheet runs."""
    chosen = selection.read(request.args.getlist("chosen"))
    if chosen:
        rows: Iterable[queue.QueueRow] = queue.chosen(session(), chosen)
    else:
        rows = _all_rows(asked_filters(request.args), asked_sorting(request.args))
    return Response(
        _table([_cells(row) for row in rows]),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="queue.csv"'},
    )


@blueprint.post("/queue/rows")
@requires(Permission.READ)
@repeatable("the height is the one that was chosen")
def rows() -> ResponseReturnValue:
    """Set the height of the rows of every list, for this browser."""
    response = redirect(inside(request.form.get("next")), SEE_OTHER)
    wanted = COMPACT if request.form.get("rows") == COMPACT else ""
    remember(response, DENSITY, wanted)
    return response


def _opening() -> str | None:
    """Where somebody is led who asked for the queue and nothing more."""
    known = account()
    if request.args or known is None or past() is not None:
        return None
    found = saved_filters.opening(session(), known.id)
    return address(found) if found is not None else None


def _tabs(asked: dict[str, Any]) -> list[dict[str, Any]]:
    """The saved filters as links above the list; none in the past, where nobody keeps any."""
    known = account()
    if known is None or past() is not None:
        return []
    plain = address("view=all")
    kept = [("", plain, False)] + [
        (row.name, address(row.query), row.account_id != known.id)
        for row in saved_filters.saved_filters(session(), known.id)
    ]
    here = url_for("queue.page", **asked) if asked else plain
    return [
        {"name": name or _("All claims"), "href": href, "current": href == here, "theirs": theirs}
        for name, href, theirs in kept
    ]


def _forms(asked: dict[str, Any]) -> dict[str, Any]:
    """The forms of the page, where the person asking may use them."""
    acting = may(Permission.COMMENT)
    query = url_for("queue.page", **asked).partition("?")[2]
    return {
        "acting": acting,
        "bulk": BulkForm(formdata=None).offer(people() if may(Permission.ASSESS) else {}),
        "saving": SavedFilterForm(formdata=None, data={"query": query}),
        "compact": recalled(DENSITY) == COMPACT,
    }


def _elsewhere(chosen: dict[Any, int], found: queue.Page) -> list[str]:
    """The chosen claims that are not on this page."""
    here = {row.id for row in found.rows}
    return [selection.short(key, version) for key, version in chosen.items() if key not in here]


def _name(sorting: Sorting) -> str:
    """What the cursors of a list in this order are written for: another order has others."""
    return f"queue {sorting}"


def _place(sorting: Sorting) -> Place | None:
    read = paging.read(_name(sorting))
    return place_of(sorting.order, *read) if read else None


def _neighbours(found: queue.Page, sorting: Sorting) -> dict[str, str | None]:
    """The addresses of the pages beside this one."""
    return {
        name: paging.link(_name(sorting), (place.direction.value, place.text) if place else None)
        for name, place in (("previous", found.previous), ("next", found.next))
    }


def _all_rows(filters: Filters, sorting: Sorting) -> Iterator[queue.QueueRow]:
    place, number = None, 0
    while number < EXPORTED:
        found = queue.page(session(), filters, place, AT_A_TIME, sorting)
        yield from found.rows
        number += len(found.rows)
        place = found.next
        if place is None:
            return


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
        "risk": row.risk.value,
        "open_contests": row.contests,
        "blocking": row.blocking,
        "assignee": row.assignee,
        "due_at": row.due_at.isoformat() if row.due_at else None,
        "since": row.since.isoformat(),
    }


def _cells(row: queue.QueueRow) -> list[str]:
    return [
        f"C-{row.number:02d}",
        row.article_key,
        words_text(row.article_title),
        words_text(row.statement),
        " · ".join(row.figures),
        label(row.status),
        label(row.stage),
        label(row.risk),
        str(row.contests),
        person(row.assignee) if row.assignee else "",
        row.due_at.isoformat() if row.due_at else "",
        row.since.isoformat(),
    ]


def _table(rows: list[list[str]]) -> str:
    header = [
        _("Claim"),
        _("Article"),
        _("Title"),
        _("Statement"),
        _("Figure as printed"),
        _("Status"),
        _("Stage"),
        _("Risk"),
        _("Open contests"),
        _("Checker"),
        _("Due"),
        _("Since"),
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in cells] for cells in [header, *rows])
    return BOM + buffer.getvalue()
