"""The copy beside the form of evidence: which one, which part of it, and what it answers."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import flash, request
from flask_babel import gettext as _

from app.forms.evidence import EvidenceForm, From, PassageForm
from app.forms.placed import act_asked, span_or_none
from app.forms.source_choices import seeks
from app.galley import Anchor
from app.passage_reading import Reading, reading
from app.snapshot_text import FOUND, Part, part_of, shown, sought_in
from app.unit_of_work import session
from claims.evidence_places import copy_of
from claims.models import Claim, Evidence
from claims.selections import Copy
from sources.errors import Missing
from sources.models import Snapshot
from sources.queries import snapshots_of
from sources.quotes import Span
from sources.registry import find

SOUGHT, BEFORE = "sought", "sought_before"
SELECTED = "selected"


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """A copy as it stands beside the form; ``part`` is None where it has no text.

    ``hits`` are the places of what is sought in it, each with the part it stands in.
    """

    snapshot: Snapshot
    part: Part | None
    reading: Reading
    sought: str = ""
    hits: Sequence[tuple[Span, int]] = ()


def beside(form: PassageForm, claim: Claim, item: Evidence | None) -> Beside | None:
    """Return the copy that is chosen, with what its passage answers; None where none is."""
    copies = _copies(form)
    form.offer_copies(copies)
    known = {copy.id: copy for copy in copies}
    act, about = act_asked()
    asks = bool(act) and not seeks()
    snapshot = known.get(form.snapshot_id) if form.snapshot_id else None
    if snapshot is None and asks and copies:
        snapshot = copies[0]
    if snapshot is None:
        form.snapshot.data = ""
        if asks:
            flash(_("Nothing was kept of it yet."))
        return None
    form.snapshot.data = str(snapshot.id)
    _leave_other_copy(form)
    copy = copy_of(snapshot)
    _do(form, act, about, copy)
    found = reading(form, claim, item, copy)
    if copy is None:
        return Beside(snapshot=snapshot, part=None, reading=found)
    sought, hits = sought_in(copy.text, request.form.get(SOUGHT, ""))
    number = _part(form, act, about, copy, found, hits)
    form.part.data = str(number)
    return Beside(
        snapshot=snapshot,
        part=shown(copy, number, marks(found, [span for span, _ in hits])),
        reading=found,
        sought=sought,
        hits=hits,
    )


def newest(form: PassageForm) -> str:
    """Return the identifier of the newest copy of the chosen source; nothing where none is."""
    copies = _copies(form)
    return str(copies[0].id) if copies else ""


def marks(found: Reading, hits: Sequence[Span]) -> list[Anchor]:
    """What is marked in the text: the passage, and what is sought."""
    passage = [Anchor(*found.selected.span, 0, SELECTED)] if found.selected else []
    return [*passage, *(Anchor(*span, at, FOUND) for at, span in enumerate(hits, start=1))]


def _copies(form: PassageForm) -> Sequence[Snapshot]:
    """The copies of the chosen source, the newest first."""
    if isinstance(form, EvidenceForm) and form.origin.data is not From.KNOWN:
        return ()
    key = form.source.data
    try:
        return snapshots_of(session(), find(session(), key)) if key else ()
    except Missing:
        return ()


def _leave_other_copy(form: PassageForm) -> None:
    """Let go of the places in the copy that was read before, and of what was read at them.

    What was typed stays, and so does the quote, which is looked for in the other copy.
    """
    if form.read_in.data not in {None, "", form.snapshot.data}:
        if form.figure_place.data:
            form.figure.data = ""
        if form.place.data:
            form.locator_kind.data, form.locator.data = None, ""
        form.place.data = form.figure_place.data = form.part.data = ""
    form.read_in.data = form.snapshot.data


def _do(form: PassageForm, act: str, about: str, copy: Copy | None) -> None:
    """Take over what a button stands for: a place in the text, or a figure of the passage."""
    span = span_or_none(about)
    if act == "read":
        form.place.data = ""
    elif act == "at" and span is not None:
        # A figure that was read goes with its passage; one that was typed stays.
        if form.figure_place.data:
            form.figure.data = form.figure_place.data = ""
        form.place.data, form.quote.data = about, ""
    elif act == "figure" and span is not None and copy is not None:
        form.figure.data, form.figure_place.data = copy.text[slice(*span)], about


def _part(
    form: PassageForm,
    act: str,
    about: str,
    copy: Copy,
    found: Reading,
    hits: Sequence[tuple[Span, int]],
) -> int:
    """The part that is asked for: by number, by what is sought, by the passage, else as it was."""
    if act == "part" and about.isdecimal():
        return int(about[:9])
    # Enter in the field of what is sought asks to look again, and means to find it.
    finds = act == "find" or request.form.get(SOUGHT, "") != request.form.get(BEFORE, "")
    if finds and hits:
        return hits[0][1]
    if found.selected is not None and not finds:
        return part_of(copy.text, found.selected.start)
    was = form.part.data or ""
    return int(was[:9]) if was.isascii() and was.isdecimal() else 1
