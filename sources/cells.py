"""The cells of a table whose text was taken out of its file: where each stands, and its neighbours.

A cell is known by its sheet and its address, ``Sheet1!B2``; a file with one nameless table has
addresses alone, ``B2``.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

from sources.places import CELL, EDGES, Place, span_of
from sources.quotes import Span

ADDRESS: Final = re.compile(
    r"(?:(?P<sheet>.*)!)?(?P<column>[A-Z]{1,3})(?P<row>[0-9]{1,7})", re.DOTALL
)
OFFSET: Final = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with its address and the place of its text (code points)."""

    sheet: str
    column: str
    row: int
    start: int
    stop: int

    @property
    def name(self) -> str:
        """Its address with its sheet."""
        return f"{self.sheet}!{self.address}" if self.sheet else self.address

    @property
    def address(self) -> str:
        """Its address in its sheet."""
        return f"{self.column}{self.row}"

    @property
    def span(self) -> Span:
        """The place of its text."""
        return self.start, self.stop


def cells_between(places: Sequence[Place] | None, text: str, start: int, stop: int) -> list[Cell]:
    """Return the cells that begin in a part of a text, in its order."""
    if not places:
        return []
    first = bisect_left(places, start, key=OFFSET)
    last = bisect_left(places, stop, key=OFFSET)
    found = (_cell(places, at, text) for at in range(first, last))
    return [cell for cell in found if cell is not None]


def cell_at(places: Sequence[Place] | None, text: str, offset: int) -> Cell | None:
    """Return the cell that holds a place; None where there is none."""
    at = bisect_right(places or (), offset, key=OFFSET)
    return _cell(places, at - 1, text) if places and at else None


def cell_named(places: Sequence[Place] | None, text: str, name: str) -> Cell | None:
    """Return the cell of an address; one without a sheet is meant where only one sheet has it."""
    span = span_of(places, len(text), CELL, name)
    return cell_at(places, text, span[0]) if span is not None else None


def beside(cells: Iterable[Cell], cell: Cell, text: str) -> tuple[str, str]:
    """Return the words at the head of a cell's column and of its row; empty where there are none.

    The head is the first cell that is no number: a table may begin with a line of its own title.
    """
    row = [one for one in cells if one.sheet == cell.sheet]
    above = [one for one in row if one.column == cell.column and one.row < cell.row]
    left = [one for one in row if one.row == cell.row and one.start < cell.start]
    return _head(above, text), _head(left, text)


def _head(cells: Sequence[Cell], text: str) -> str:
    said = (text[one.start : one.stop] for one in cells)
    return next((words for words in said if words and not words[0].isdigit()), "")


def _cell(places: Sequence[Place], at: int, text: str) -> Cell | None:
    begin, kind, name = places[at]
    address = _address(name) if kind == CELL else None
    if address is None:
        return None
    end = places[at + 1][0] if at + 1 < len(places) else len(text)
    said = EDGES.match(text[begin:end])
    low, high = said.span(1) if said is not None else (0, 0)
    return Cell(*address, begin + low, begin + high)


@lru_cache(maxsize=4096)
def _address(name: str) -> tuple[str, str, int] | None:
    found = ADDRESS.fullmatch(name)
    return (found["sheet"] or "", found["column"], int(found["row"])) if found else None
