"""The contested register: what is disputed, by whom, on which evidence, and until when."""

import csv
import io
from typing import Any

from flask import Blueprint, Response, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import to_user_timezone

from app import paging
from app.accounts.roles import Permission
from app.exports.plain_table import defused
from app.filters import label, person, words_text
from app.forms.queue import one_of
from app.past.reading import moment_shown, readable_then, stated_past
from app.past.registers import of_contests
from app.permissions import requires
from app.unit_of_work import session
from claims.errors import Refused
from claims.queries.contested import (
    Filters,
    Order,
    RegisterRow,
    State,
    register,
    whole_register,
)
from claims.vocabulary import ContestReason, Side
from sources.base import now

blueprint = Blueprint("contested", __name__)
NAME = "contested"
LONGEST = 100
AGES = (7, 30, 90)
"""Days that a dispute may at least have been raised ago."""
BOM = "\ufeff"
"""Without it a spreadsheet reads the Chinese of a CSV file as something else."""


@blueprint.get("/contested")
@requires(Permission.READ)
@readable_then(of_contests)
def page() -> ResponseReturnValue:
    """Show the register."""
    filters = _filters()
    rows, following = _rows(filters)
    return render_template(
        "contested/page.html",
        rows=rows,
        filters=filters,
        asked=_asked(filters),
        states=State,
        reasons=ContestReason,
        sides=Side,
        orders=Order,
        ages=AGES,
        today=filters.today,
        following=following,
        first=not request.args.get("cursor"),
    )


@blueprint.get("/contested.json")
@requires(Permission.READ)
@readable_then(of_contests)
def as_json() -> ResponseReturnValue:
    """Answer the same page for a machine."""
    filters = _filters()
    rows, following = _rows(filters)
    shown = [_plain(row, filters) for row in rows]
    return jsonify(contests=shown, next=following, **stated_past())


@blueprint.get("/contested.csv")
@requires(Permission.READ)
@readable_then(of_contests)
def as_csv() -> ResponseReturnValue:
    """Hand the whole register out as a table that no spreadsheet runs as formulas."""
    cells = [_cells(row) for row in whole_register(session(), _filters())]
    return Response(
        _table(cells),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="contested.csv"'},
    )


def _filters() -> Filters:
    return Filters(
        today=to_user_timezone(moment_shown() or now()).date(),
        state=one_of(request.args, "state", State) or State.OPEN,
        reason=one_of(request.args, "reason", ContestReason),
        side=one_of(request.args, "side", Side),
        blocking=request.args.get("blocking") == "1",
        overdue=request.args.get("overdue") == "1",
        older=_older(request.args.get("older", "")),
        words=request.args.get("q", "").strip()[:LONGEST],
        order=one_of(request.args, "order", Order) or Order.RAISED,
    )


def _older(typed: str) -> int | None:
    """The age asked for; raise Refused for one that is not offered."""
    if not typed:
        return None
    if typed not in {str(days) for days in AGES}:
        raise Refused(
            "filter_unknown", {"zh": "没有这个时长。", "en": "There is no such age."}, "older"
        )
    return int(typed)


def _asked(filters: Filters) -> dict[str, str]:
    """The address parameters of the register, without those at their default."""
    named = {
        "state": filters.state.value if filters.state is not State.OPEN else None,
        "reason": filters.reason.value if filters.reason else None,
        "side": filters.side.value if filters.side else None,
        "blocking": "1" if filters.blocking else None,
        "overdue": "1" if filters.overdue else None,
        "older": str(filters.older) if filters.older else None,
        "q": filters.words,
        "order": filters.order.value if filters.order is not Order.RAISED else None,
    }
    return {name: value for name, value in named.items() if value}


def _rows(filters: Filters) -> tuple[list[RegisterRow], str | None]:
    rows, more = register(session(), filters, after=paging.read_uuid(NAME))
    return rows, paging.link(NAME, ("after", rows[-1].id) if more else None)


def _plain(row: RegisterRow, filters: Filters) -> dict[str, Any]:
    shown = {name: value for name, value in vars(row).items() if name != "figure"}
    for name in ("raised_at", "settled_at", "due_on"):
        shown[name] = shown[name].isoformat() if shown[name] else None
    due = row.due_on is not None and row.due_on < filters.today
    return {**shown, "overdue": due and row.outcome is None}


def _cells(row: RegisterRow) -> list[str]:
    return [
        f"C-{row.claim_number:02d}",
        row.article_key,
        words_text(row.claim),
        " · ".join(row.figures),
        label(row.status),
        label(row.reason),
        label(row.side),
        words_text(row.party),
        words_text(row.statement),
        _("yes") if row.blocking else _("no"),
        row.raised_at.isoformat(),
        person(row.raised_by),
        str(row.evidence_for),
        str(row.evidence_against),
        row.due_on.isoformat() if row.due_on else "",
        label(row.outcome) if row.outcome else "",
        words_text(row.settlement),
    ]


def _table(rows: list[list[str]]) -> str:
    header = [
        _("Claim"),
        _("Article"),
        _("Statement"),
        _("Figure as printed"),
        _("Status"),
        _("Reason"),
        _("Who disputes"),
        _("Party"),
        _("What is disputed"),
        _("Blocks sign-off"),
        _("Since"),
        _("Raised by"),
        _("Evidence for"),
        _("Evidence against"),
        _("Due"),
        _("Outcome"),
        _("Settlement"),
    ]
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerows([defused(cell) for cell in cells] for cells in [header, *rows])
    return BOM + buffer.getvalue()
