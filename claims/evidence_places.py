"""Where in a copy the passage of an evidence item stands: found, checked, and never guessed."""

import re
from dataclasses import dataclass
from typing import Final

from claims.errors import Refused
from claims.models import Evidence
from claims.passage_figures import PassageFigure, Tongue, matching, same_number
from claims.selections import Copy, Selected, found_again, selected_at
from claims.typed_figures import TypedFigure
from claims.vocabulary import LocatorKind
from sources.cells import cell_named
from sources.families import survivor
from sources.models import Snapshot, Source
from sources.quotes import Span

CHINESE: Final = re.compile("[\u3400-\u9fff]")
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
SAMPLE: Final = 2_000
"""Code points in which the language of a text shows, where its source names none."""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a quote or the address of a cell leads to: one place, several, or none."""

    selected: Selected | None = None
    several: tuple[Span, ...] = ()


def copy_of(snapshot: Snapshot) -> Copy | None:
    """Return the text of a copy as it is read; None where no text could be taken out of it."""
    text = snapshot.extracted_text
    if not text:
        return None
    source = snapshot.source
    guessed = "zh" if CHINESE.search(text, 0, SAMPLE) else "en"
    issued = source.issued if source.issued and DAY.fullmatch(source.issued) else None
    return Copy(text, snapshot.places, Tongue(source.language or guessed, issued))


def settle(
    copy: Copy,
    quote: str | None,
    hint: Span | None = None,
    cell: str | None = None,
) -> Settled:
    """Return where a quote stands, or without one the cell of an address.

    ``hint`` is the place it was selected at. Words that occur several times are not chosen between.
    """
    wanted = (quote or "").strip()
    if not wanted:
        named = cell_named(copy.places, copy.text, cell) if cell else None
        found = [named.span] if named is not None and named.start < named.stop else []
    else:
        found = found_again(copy, wanted, hint)
    if len(found) == 1:
        return Settled(selected_at(copy, found[0]))
    return Settled(several=tuple(found))


def figure_read(selected: Selected, typed: str, hint: Span | None = None) -> PassageFigure | None:
    """Return the figure of a passage whose words somebody typed or took over; None for another.

    Where the same words stand twice in the passage, ``hint`` says which are meant.
    """
    words = "".join(typed.split())
    same = [one for one in selected.figures if "".join(one.figure.text.split()) == words]
    meant = [one for one in same if one.span == hint]
    return next(iter(meant or same), None)


def refuse_foreign(snapshot: Snapshot, source: Source | None, field: str) -> None:
    """Raise Refused for a copy of another source."""
    if source is None or survivor(snapshot.source) is not source:
        raise Refused(
            "foreign_snapshot",
            {"zh": "这份快照属于另一个来源。", "en": "That snapshot belongs to another source."},
            field,
        )


def refuse_misplaced(snapshot: Snapshot | None, quote: str | None, place: Span | None) -> None:
    """Raise Refused where the quote is not exactly what stands at its place in the copy."""
    if place is None:
        return
    text = (snapshot.extracted_text if snapshot is not None else None) or ""
    if not 0 <= place[0] < place[1] or text[slice(*place)] != (quote or "").strip():
        raise Refused(
            "quote_elsewhere",
            {
                "zh": "快照的这个位置上不是这段引文。请重新选取。",
                "en": "That is not what stands at this place of the snapshot. Select it again.",
            },
            "quote",
        )


def refuse_unread(
    snapshot: Snapshot | None, place: Span | None, figure: TypedFigure | None, at: Span | None
) -> None:
    """Raise Refused where a figure is not what is read at its place in the copy."""
    if at is None:
        return
    copy = copy_of(snapshot) if snapshot is not None and place is not None else None
    found = selected_at(copy, place).figures if copy is not None and place is not None else ()
    read = next((one.figure for one in found if one.span == at), None)
    if read is None or figure is None or read.text != figure.text or not same_number(read, figure):
        raise Refused(
            "figure_elsewhere",
            {
                "zh": "快照的这个位置上读不出这个数据。",
                "en": "That figure is not what is read at this place of the snapshot.",
            },
            "figure",
        )


def mark(item: Evidence) -> None:
    """Mark an item's passage in its copy where it stands there once, word for word."""
    copy = copy_of(item.snapshot) if item.snapshot is not None else None
    cell = item.locator if item.locator_kind is LocatorKind.TABLE_CELL else None
    selected = settle(copy, item.quote, item.quote_place, cell).selected if copy else None
    item.quote_start = item.quote_stop = item.figure_start = item.figure_stop = None
    if selected is None:
        return
    item.quote_start, item.quote_stop = selected.span
    item.quote = selected.quote
    stated = item.figure.stated_text if item.figure is not None else ""
    read = figure_read(selected, stated) if stated else None
    if read is not None and _same(item, read):
        item.figure_start, item.figure_stop = read.span


def keep_true(item: Evidence) -> None:
    """Take away the marks that no longer hold after a value of the item was set back."""
    text = (item.snapshot.extracted_text if item.snapshot is not None else None) or ""
    quote, figure = item.quote_place, item.figure_place
    if quote is not None and text[slice(*quote)] != item.quote:
        item.quote_start = item.quote_stop = item.figure_start = item.figure_stop = None
    elif figure is not None and not _states(item, text[slice(*figure)]):
        item.figure_start = item.figure_stop = None


def _states(item: Evidence, words: str) -> bool:
    stated = item.figure.stated_text if item.figure is not None else ""
    return "".join(stated.split()) == "".join(words.split())


def _same(item: Evidence, read: PassageFigure) -> bool:
    row = item.figure
    return row is not None and (row.low, row.high, row.unit) == (
        read.figure.low,
        read.figure.high,
        read.figure.unit,
    )


def differing(selected: Selected, typed: TypedFigure) -> bool:
    """Tell whether the passage states figures, and none of them is what somebody typed."""
    return bool(selected.figures) and not matching(selected.figures, typed)
