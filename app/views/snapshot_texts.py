"""The page of a copy: its text, what is known of the file, and the evidence that rests on it."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, request

from app import twins
from app.accounts.roles import Permission
from app.evidence_store import store
from app.galley import Anchor
from app.past.reading import readable_then
from app.past.registers import of_snapshot
from app.past.scope import Scope
from app.permissions import requires
from app.snapshot_text import FOUND, Part, part_of, shown, sought_in
from app.typed_numbers import whole
from app.unit_of_work import session
from claims.evidence_places import copy_of
from claims.models import Evidence
from claims.queries.resting import resting_on
from claims.selections import Copy
from sources.columns import Words
from sources.errors import Damaged, Missing
from sources.models import Snapshot
from sources.places import CELL, PAGE, PARAGRAPH, span_of
from sources.quotes import Span, places
from sources.snapshots import find
from sources.veil import withheld

blueprint = Blueprint("snapshot_texts", __name__)


@dataclass(frozen=True, slots=True)
class Resting:
    """An item of evidence, and where its passage stands in the text: None where that is unknown."""

    item: Evidence
    place: Span | None


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a text, where it was found, and in which part each place is."""

    words: str
    hits: Sequence[tuple[Span, int]]


def _rows(snapshot_id: uuid.UUID) -> Scope:
    """The rows the past of a copy needs: its own, its source's, and what rested on it."""
    return of_snapshot(snapshot_id, find(session(), snapshot_id).source_id)


@blueprint.get("/snapshots/<uuid:snapshot_id>")
@blueprint.get("/snapshots/<uuid:snapshot_id>.json", endpoint="as_json")
@requires(Permission.READ)
@readable_then(_rows)
def page(snapshot_id: uuid.UUID) -> twins.Shown:
    """Show a copy; ``?part=``, ``?from=`` or ``?where=`` choose where, ``?q=`` looks for words."""
    snapshot = find(session(), snapshot_id)
    copy = copy_of(snapshot)
    resting = [Resting(item, _place(item, copy)) for item in resting_on(session(), snapshot.id)]
    sought = _sought(copy)
    part = _part(copy, resting, sought)
    return twins.shown(
        "snapshots/page.html",
        lambda: _twin(snapshot, copy, part, resting),
        snapshot=snapshot,
        source=snapshot.source,
        part=part,
        resting=resting,
        sought=sought,
        trouble=_trouble(snapshot),
        hidden=snapshot.source_id in withheld(session()),
    )


def _twin(
    snapshot: Snapshot, copy: Copy | None, part: Part | None, resting: Sequence[Resting]
) -> dict[str, Any]:
    """What a program is told: the file, one part of its text, and the evidence by its places."""
    text = copy.text[part.start : part.stop] if copy and part else None
    return {
        **twins.columns(snapshot, ("extracted_text", "places")),
        "source": snapshot.source.key,
        "part": part
        and {
            "number": part.number,
            "of": part.total,
            "start": part.start,
            "stop": part.stop,
            "text": text,
        },
        "evidence": [
            {
                "id": one.item.id,
                "number": one.item.number,
                "claim": one.item.claim_id,
                "stance": one.item.stance,
                "quote": one.item.quote,
                "place": one.place,
                "figure_place": one.item.figure_place,
            }
            for one in resting
        ],
    }


def _trouble(snapshot: Snapshot) -> Words | None:
    """What is wrong with the stored file: then it is not handed out. A veiled one has no name."""
    if snapshot.source_id in withheld(session()):
        return None
    try:
        store().read(snapshot.sha256)
    except (Damaged, Missing) as problem:
        return problem.message
    return None


def _place(item: Evidence, copy: Copy | None) -> Span | None:
    """Where the passage of an item stands: where it was marked, or once by its words alone."""
    if copy is None or item.quote is None or not item.stands:
        return None
    if item.quote_place is not None:
        return item.quote_place
    found = places(copy.text, item.quote, 2)
    return found[0] if len(found) == 1 else None


def _sought(copy: Copy | None) -> Sought:
    return Sought(*sought_in(copy.text if copy is not None else "", request.args.get("q", "")))


def _part(copy: Copy | None, resting: Sequence[Resting], sought: Sought) -> Part | None:
    """The part that is asked for; with words to look for, the one they first stand in."""
    if copy is None:
        return None
    anchors = [
        Anchor(*one.place, number, one.item.stance)
        for number, one in enumerate(resting, start=1)
        if one.place is not None
    ]
    hits = [Anchor(*span, -at, FOUND) for at, (span, _) in enumerate(sought.hits, start=1)]
    return shown(copy, _asked(copy, sought), [*anchors, *hits])


def _asked(copy: Copy, sought: Sought) -> int:
    part, offset = request.args.get("part", type=whole), request.args.get("from", type=whole)
    if part is not None:
        return part
    if offset is not None:
        return part_of(copy.text, offset)
    where = request.args.get("where", "").strip()
    for kind in (PAGE, CELL, PARAGRAPH) if where else ():
        span = span_of(copy.places, len(copy.text), kind, where)
        if span is not None:
            return part_of(copy.text, span[0])
    return sought.hits[0][1] if sought.hits else 1
