"""Comparing two moments: of an article, a claim, the queue, or the whole desk by counts."""

import datetime as dt
from typing import Any, NamedTuple

from flask import Blueprint, jsonify, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_timezone

from app import timeline
from app.accounts.roles import Permission
from app.entry_titles import Names
from app.filters import words
from app.forms.timeline import claim_id, scope_of
from app.ledger import history
from app.object_names import names
from app.past import comparison
from app.past.comparison import Difference
from app.past.copy import NOT_RECORDED
from app.past.place import Place, find
from app.past.scope import of_queue
from app.permissions import requires
from app.table_labels import table_label
from app.unit_of_work import session
from claims.queries import queue

blueprint = Blueprint("comparison", __name__)
MOST = 500
"""Rows told one by one; beyond, the counts say how many more there are."""


class Two(NamedTuple):
    """The two places, the earlier one first."""

    a: Place
    b: Place


@blueprint.get("/audit/compare")
@requires(Permission.AUDIT)
def page() -> ResponseReturnValue:
    """Show what came, went and changed between two moments."""
    two = _two()
    found = _found(two)
    known = names(
        session(), timeline.row_keys((row.table, row.pk, row.old, row.new) for row in found)
    )
    claim = request.args.get("claim")
    return render_template(
        "audit/compare.html",
        two=two,
        what=_what(),
        typed={
            name: request.args.get(name, "") for name in ("a", "b", "article", "claim", "queue")
        },
        claim=claim_id(session(), claim) if claim else None,
        counts=_counts(found, two),
        rows=[_told(row, known) for row in found[:MOST]],
        more=max(len(found) - MOST, 0),
        position=history.position(session()),
        zone=get_timezone(),
        articles=queue.articles(session()),
    )


@blueprint.get("/audit/compare.json")
@requires(Permission.AUDIT)
def as_json() -> ResponseReturnValue:
    """Answer the same comparison for a machine."""
    two = _two()
    found = _found(two)
    return jsonify(
        a={"position": two.a.position, "moment": two.a.moment.isoformat()},
        b={"position": two.b.position, "moment": two.b.moment.isoformat()},
        counts=_counts(found, two),
        rows=[plain(row) for row in found],
    )


def _found(two: Two) -> list[Difference]:
    """What differs between the two; nothing where no object is asked for."""
    scope = _scope()
    if scope is None:
        return []
    return comparison.differences(session(), scope, two.a.position, two.b.position)


def plain(row: Difference) -> dict[str, Any]:
    """One difference as JSON."""
    return {
        "table": row.table,
        "pk": row.pk,
        "what": row.what,
        "not_recorded_then": sorted(row.unrecorded),
        "fields": [{"field": name, "old": old, "new": new} for name, old, new in row.fields],
    }


def _two() -> Two:
    """The places asked for, in the order of time; what is left out is the beginning, or now."""
    zone = get_timezone() or dt.UTC
    typed = request.args.get("a", "").strip() or "0", request.args.get("b", "").strip()
    places = [find(session(), text or str(history.position(session())), zone) for text in typed]
    return Two(*sorted(places, key=lambda place: place.position))


def _scope() -> Any:
    if request.args.get("queue"):
        return of_queue()
    return scope_of(session(), request.args.get("article"), request.args.get("claim"))


def _what() -> str:
    chosen = (name for name in ("claim", "article", "queue") if request.args.get(name))
    return next(chosen, "desk")


def _counts(found: list[Difference], two: Two) -> dict[str, dict[str, int]]:
    """Rows by table: of the scope, or of the whole desk."""
    if _what() == "desk":
        return dict(comparison.table_counts(session(), two.a.position, two.b.position))
    counts: dict[str, dict[str, int]] = {}
    for row in found:
        counts.setdefault(row.table, {"came": 0, "went": 0, "changed": 0})[row.what] += 1
    return counts


def _told(row: Difference, known: Names) -> dict[str, Any]:
    name = known.get((row.table, row.pk))
    return {
        "row": row,
        "name": name,
        "title": name.text if name else table_label(row.table),
        "changes": _changes(row, known),
        "history": url_for("audit.page", table=row.table, pk=row.pk),
    }


def _changes(row: Difference, known: Names) -> list[timeline.Change]:
    """The fields in words; an older side without the field says that it was not recorded."""
    found: list[timeline.Change] = []
    for name, old, new in row.fields:
        changes = timeline.field_changes(row.table, name, old, new, known)
        if row.old is not None and name in row.unrecorded:
            changes = [change._replace(old=words(NOT_RECORDED), merged=None) for change in changes]
        found += changes
    return found
