"""A passage selected in the text of a copy: its words as they stand, its place, its figures."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from claims.anchors import whole_words
from claims.errors import Refused
from claims.passage_figures import PassageFigure, Tongue, figures_in, whole_numbers
from claims.typed_figures import TypedFigure
from claims.vocabulary import LocatorKind
from sources.cells import Cell, beside, cell_at, cells_between
from sources.places import Place, place_at
from sources.quotes import Span, places

LONGEST: Final = 10_000
"""Code points of a passage; more is no passage but the document."""
IN_HEAD: Final = re.compile(
    r"[(（\[［]([^()（）\[\]［］]{1,30})[)）\]］]|[,，/／]\s*([^,，/／]{1,20})$"
)
"""Where the head of a column says in what its numbers are counted: "Share (%)", "产量，万吨"."""
MONEY_FIRST: Final = re.compile(r"([A-Z]{0,3}[$€£¥￥₩])\s*(.*)")
"""A head that names its money before the rest, as a number would: "US$ million"."""
YEAR: Final = re.compile(r"\d{4}", re.ASCII)
MOST_WIDENED: Final = 4
TABLE: Final = 20_000
"""Code points before a cell in which the head of its column is looked for."""


@dataclass(frozen=True, slots=True)
class Copy:
    """The text of a copy with the places in it, and how it is read."""

    text: str
    places: Sequence[Place] | None
    tongue: Tongue


@dataclass(frozen=True, slots=True)
class Selected:
    """A passage by its place (code points, ``stop`` exclusive), and what stands there.

    ``head`` are the words at the head of a cell's column and row.
    """

    start: int
    stop: int
    quote: str
    locator_kind: LocatorKind | None
    locator: str | None
    figures: tuple[PassageFigure, ...]
    head: tuple[str, ...] = ()

    @property
    def span(self) -> Span:
        """The place of the passage."""
        return self.start, self.stop


def select(copy: Copy, start: int, stop: int) -> Selected:
    """Return what somebody marked, without white space at its ends and with whole words.

    A number that the selection cuts is taken in whole. Raises Refused, field ``quote``, for a
    place that is none, holds no word, or is longer than a passage.
    """
    if not 0 <= start < stop <= len(copy.text) or not copy.text[start:stop].strip():
        raise Refused(
            "no_passage",
            {
                "zh": "快照里没有这段文字。请从快照里原样复制。",
                "en": "These words are not in the snapshot. Copy them from it exactly.",
            },
            "quote",
        )
    if stop - start > LONGEST:
        raise Refused(
            "passage_too_long",
            {
                "zh": f"一段引文最多 {LONGEST} 个字符。",
                "en": f"A passage has at most {LONGEST} characters.",
            },
            "quote",
        )
    return selected_at(copy, _whole(copy, *_trimmed(copy.text, start, stop)))


def selected_at(copy: Copy, place: Span) -> Selected:
    """Return what stands in exactly this place."""
    cell = cell_at(copy.places, copy.text, place[0])
    if cell is not None and cell.start <= place[0] and place[1] <= cell.stop:
        return _in_cell(copy, place, cell)
    locator = place_at(copy.places, place[0])
    kind = LocatorKind(locator[0]) if locator and locator[0] in set(LocatorKind) else None
    return Selected(
        *place,
        copy.text[slice(*place)],
        kind,
        locator[1] if locator and kind else None,
        tuple(figures_in(copy.text, place, copy.tongue)),
    )


def found_again(copy: Copy, quote: str, hint: Span | None = None) -> list[Span]:
    """Return where a quoted passage stands: where it is said to, else wherever it occurs.

    Several places mean that somebody has to say which one.
    """
    if hint is not None and copy.text[slice(*hint)] == quote:
        return [hint]
    return places(copy.text, quote)


def _trimmed(text: str, start: int, stop: int) -> Span:
    said = text[start:stop]
    return start + len(said) - len(said.lstrip()), stop - (len(said) - len(said.rstrip()))


def _whole(copy: Copy, start: int, stop: int) -> Span:
    place = whole_words(copy.text, start, stop)
    for _ in range(MOST_WIDENED):
        wider = whole_words(copy.text, *whole_numbers(copy.text, place, copy.tongue))
        if wider == place:
            break
        place = wider
    return place


def _in_cell(copy: Copy, place: Span, cell: Cell) -> Selected:
    near = cells_between(copy.places, copy.text, max(0, cell.start - TABLE), cell.start)
    column, row = beside(near, cell, copy.text)
    figures = figures_in(copy.text, place, copy.tongue, within=cell.span)
    figures = figures or _like_a_year(copy.text, place, column, copy.tongue)
    return Selected(
        *place,
        copy.text[slice(*place)],
        LocatorKind.TABLE_CELL,
        cell.name,
        tuple(_counted(one, column, copy.tongue) for one in figures),
        tuple(filter(None, (row, column))),
    )


def _counted(one: PassageFigure, column: str, tongue: Tongue) -> PassageFigure:
    """A bare number in a column whose head says in what it is counted is read as counted so."""
    if one.figure.unit is not None or one.figure.multiplier is not None:
        return one
    counted = _with_unit(one.figure.text, column, tongue)
    return one if counted is None else replace(one, figure=replace(counted, text=one.figure.text))


def _like_a_year(text: str, place: Span, column: str, tongue: Tongue) -> list[PassageFigure]:
    """The figure of a number that reads as a year by itself, where it is counted in something."""
    number = text[slice(*place)]
    counted = _with_unit(number, column, tongue) if YEAR.fullmatch(number) else None
    return [PassageFigure(*place, replace(counted, text=number))] if counted else []


def _with_unit(number: str, column: str, tongue: Tongue) -> TypedFigure | None:
    """A number as the head of its column counts it; None where that names a year, or no unit."""
    said = IN_HEAD.search(column)
    words = (said[1] or said[2]).strip() if said is not None else ""
    if not words or words[0].isdigit():
        return None
    ways = [f"{number}{words}", f"{number} {words}"]
    money = MONEY_FIRST.fullmatch(words)
    if money is not None:
        ways.append(f"{money[1]}{number} {money[2]}".rstrip())
    for written in ways:
        found = figures_in(written, (0, len(written)), tongue)
        if len(found) == 1 and found[0].span == (0, len(written)):
            figure = found[0].figure
            if figure.unit is not None or figure.multiplier is not None:
                return figure
    return None
