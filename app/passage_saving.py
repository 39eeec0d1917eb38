"""From the form of evidence to what is saved: the passage is found again in the copy it names."""

from dataclasses import replace

from flask import flash
from flask_babel import gettext as _

from app.forms.evidence import PassageForm
from app.unit_of_work import session
from claims.errors import Refused
from claims.evidence import Passage
from claims.evidence_places import copy_of, differing
from claims.models import Claim, Evidence
from claims.vocabulary import LocatorKind
from sources.families import survivor
from sources.models import Snapshot, Source


def passage_of(
    form: PassageForm, claim: Claim, source: Source | None, item: Evidence | None = None
) -> Passage:
    """Return the passage of a form as the domain takes it, found again in the chosen copy.

    A typed figure that the passage does not state is asked about once, and saved when it is sent
    again.
    """
    chosen = session().get(Snapshot, form.snapshot_id) if form.snapshot_id and source else None
    snapshot = (
        chosen
        if chosen is not None and source is not None and survivor(chosen.source) is source
        else None
    )
    settled = form.settled_in(copy_of(snapshot) if snapshot is not None else None)
    passage = replace(form.passage(claim, source, item, settled), snapshot=snapshot)
    selected, typed = settled.selected, passage.figure
    differs = (
        selected is not None
        and typed is not None
        and passage.figure_place is None
        and differing(selected, typed)
    )
    if differs and form.known_to_differ.data != form.figure.data:
        form.known_to_differ.data = form.figure.data
        raise Refused(
            "figure_differs",
            {
                "zh": "引文里的数据不是这个。再按一次保存，就按您填写的保存。",
                "en": "The passage does not state this figure. "
                "Save once more to keep it as you typed it.",
            },
            "figure",
        )
    return passage


def tell_of_place(item: Evidence) -> None:
    """Say what a cell or a passage is that is not marked in its copy, or holds a typed figure."""
    if item.snapshot is None or copy_of(item.snapshot) is None:
        return
    if item.quote and item.quote_place is None:
        flash(
            _(
                "The passage does not stand in the snapshot word for word, or stands there "
                "more than once: it is kept as typed and not marked there."
            )
        )
    elif item.locator_kind is LocatorKind.TABLE_CELL and item.figure and not item.is_cell:
        flash(_("Its figure was typed and not read from the cell, so it is an ordinary passage."))
