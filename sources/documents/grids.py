"""Rows of a spreadsheet as lines of text: what is empty throughout leaves no trace.

A cell keeps the address it has in the sheet, however much emptiness stands before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from sources.documents.blocks import Row, TextBlock
from sources.places import column, of_sheet
from sources.words import Words

Cells = Mapping[int, str]
"""The words of a row's cells by their column, counted from 1; none of them empty."""
SHEET_LEVEL = 2
"""The rank of a sheet's name among headings."""


def lines(rows: Iterable[tuple[int, Cells]], sheet: str | None = None) -> Iterator[TextBlock]:
    """Yield a sheet's rows, given with their numbers; ``sheet`` is None where it has no name."""
    if sheet is not None:
        yield TextBlock("sheet", sheet, SHEET_LEVEL)
    listed = list(rows)
    used = sorted({place for _, cells in listed for place in cells})
    for number, cells in listed:
        if cells:
            last = max(cells)
            addressed = tuple(
                (_locator(sheet, place, number), cells.get(place, ""))
                for place in used
                if place <= last
            )
            row = Row(None, addressed)
            yield TextBlock("row", row.text.strip(), row=row)


@dataclass(frozen=True, slots=True)
class Fitting:
    """The rows of a sheet that were read, how many cells they hold, and whether they are all."""

    rows: list[tuple[int, Cells]]
    held: int
    whole: bool


def fitting(rows: Iterable[tuple[int, Cells]], room: int) -> Fitting:
    """Return the first rows that fit into so many cells."""
    kept: list[tuple[int, Cells]] = []
    held = 0
    for number, cells in rows:
        if held + len(cells) > room:
            return Fitting(kept, held, whole=False)
        held += len(cells)
        kept.append((number, cells))
    return Fitting(kept, held, whole=True)


def cut(name: str | None, rows: int) -> Words:
    """Say that only the first rows of a sheet were read."""
    zh, en = (f"工作表“{name}”", f"the sheet “{name}”") if name else ("表格", "the table")
    return {
        "zh": f"{zh}很大，只读取了前 {rows:,} 行；文件本身完整保存。",
        "en": f"Of {en} only the first {rows:,} rows were read; the file itself is kept whole.",
    }


def said(value: str) -> str:
    """Return the words of a cell on one line."""
    return " ".join(value.split())


def _locator(sheet: str | None, place: int, number: int) -> str:
    address = f"{column(place)}{number}"
    return address if sheet is None else of_sheet(sheet, address)
