"""The text of a copy as it is shown: part by part, with its pages, its tables and what is marked.

A part is about as long as a few printed pages and begins at a line, so that a text of two million
characters costs a page no more than a short one. Offsets are code points of the whole text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Final

from app.galley import Anchor, Paragraph, Spot, galley
from claims.quantities import read
from claims.selections import Copy
from sources.cells import Cell, cells_between
from sources.places import CELL, PAGE, PARAGRAPH, Place, place_at
from sources.quotes import Span, occurrences

FOUND: Final = "found"
"""The look of what is sought in a text."""
LONGEST_SOUGHT: Final = 200
PART: Final = 12_000
SNAP: Final = 2_000
"""How far the beginning of a line may be from where a part would begin."""
LARGEST_TABLE: Final = 20_000
"""Cells, empty ones included, of a part that is still drawn as a table."""
OFFSET: Final = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell with its words, and whether something marked stands in it."""

    cell: Cell
    text: str
    mark: Anchor | None


@dataclass(frozen=True, slots=True)
class Block:
    """A page break (``page``), a stretch of paragraphs, or a table by its rows."""

    page: str | None = None
    paragraphs: Sequence[Paragraph] = ()
    sheet: str = ""
    columns: Sequence[str] = ()
    rows: Sequence[tuple[int, Sequence[Shown | None]]] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a text: its number of how many, its bounds, and its blocks."""

    number: int
    total: int
    start: int
    stop: int
    blocks: list[Block] = field(default_factory=list)

    @property
    def previous(self) -> int | None:
        """The part before."""
        return self.number - 1 if self.number > 1 else None

    @property
    def next(self) -> int | None:
        """The part after."""
        return self.number + 1 if self.number < self.total else None


def parts(text: str) -> int:
    """In how many parts a text is shown."""
    total = max(1, -(-len(text) // PART))
    return total - 1 if total > 1 and begins(text, total) >= len(text) else total


def begins(text: str, number: int) -> int:
    """Where a part begins, counted from 1."""
    if number <= 1:
        return 0
    at = (number - 1) * PART
    line = text.find("\n", at, at + SNAP)
    return at if line < 0 else line + 1


def part_of(text: str, offset: int) -> int:
    """In which part a place stands."""
    number = min(max(offset, 0) // PART + 1, parts(text))
    return number - 1 if offset < begins(text, number) else number


def sought_in(text: str, words: str) -> tuple[str, list[tuple[Span, int]]]:
    """Return the words that are looked for, and each place they stand at with its part."""
    sought = words.strip()[:LONGEST_SOUGHT]
    return sought, [(span, part_of(text, span[0])) for span in occurrences(text, sought)]


def shown(copy: Copy, number: int, anchors: Iterable[Anchor] = ()) -> Part:
    """Return a part of a text, ready to be shown; a number outside means the nearest part."""
    text, total = copy.text, parts(copy.text)
    number = min(max(number, 1), total)
    start = begins(text, number)
    stop = begins(text, number + 1) if number < total else len(text)
    near = [one for one in anchors if one.start < stop and start < one.stop]
    numbers = [
        Spot(start + one.start, start + one.end, "number")
        for one in read(text[start:stop], copy.tongue.name, published=copy.tongue.day)
    ]
    blocks = [
        block
        for kind, begin, end, page in _segments(copy.places, start, stop)
        for block in _blocks(copy, kind, (begin, end), page, near, numbers)
    ]
    return Part(number, total, start, stop, blocks)


def _segments(
    places: Sequence[Place] | None, start: int, stop: int
) -> Iterator[tuple[str, int, int, str | None]]:
    """Yield stretches of one kind: its kind, its bounds, and the page that begins with it."""
    known = places or ()
    first, last = bisect_right(known, start, key=OFFSET), bisect_left(known, stop, key=OFFSET)
    kind, locator = place_at(known, start) or (PARAGRAPH, "")
    page = locator if kind == PAGE else None
    begin = start
    for offset, another, locator in known[first:last]:
        if another == PAGE or (another == CELL) != (kind == CELL):
            yield kind, begin, offset, page
            begin, page = offset, locator if another == PAGE else None
        kind = another
    yield kind, begin, stop, page


def _blocks(
    copy: Copy,
    kind: str,
    span: tuple[int, int],
    page: str | None,
    anchors: Sequence[Anchor],
    numbers: Sequence[Spot],
) -> Iterator[Block]:
    if page is not None:
        yield Block(page=page)
    if kind == CELL:
        tables = list(_tables(copy, span, anchors))
        if tables:
            yield from tables
            return
    said = copy.text[slice(*span)]
    if said.strip():
        paragraphs = galley(said, _moved(anchors, *span), _moved(numbers, *span))
        yield Block(paragraphs=[_placed(copy, one, span[0]) for one in paragraphs])


def _moved(marks: Iterable, start: int, stop: int) -> list:  # type: ignore[type-arg]
    """The marks of a stretch, counted from its beginning and cut at its ends."""
    return [
        one._replace(start=max(one.start, start) - start, stop=min(one.stop, stop) - start)
        for one in marks
        if one.start < stop and start < one.stop
    ]


def _placed(copy: Copy, paragraph: Paragraph, base: int) -> Paragraph:
    """A paragraph counted in the whole text, under the number its document knows it by."""
    runs = tuple(replace(run, start=run.start + base) for run in paragraph.runs)
    said = next((run for run in runs if run.text.strip()), runs[0])
    at = said.start + len(said.text) - len(said.text.lstrip())
    kind, locator = place_at(copy.places, at) or ("", "")
    number = int(locator) if kind == PARAGRAPH and locator.isdecimal() else None
    return replace(paragraph, runs=runs, number=number)


def _tables(copy: Copy, span: tuple[int, int], anchors: Sequence[Anchor]) -> Iterator[Block]:
    """Yield the cells of a stretch sheet by sheet; nothing where they fill no sensible table."""
    sheets: dict[str, list[Cell]] = {}
    for cell in cells_between(copy.places, copy.text, *span):
        sheets.setdefault(cell.sheet, []).append(cell)
    blocks = [_table(copy, sheet, cells, anchors) for sheet, cells in sheets.items()]
    drawn = [block for block in blocks if block is not None]
    if len(drawn) == len(blocks):
        yield from drawn


def _table(
    copy: Copy, sheet: str, cells: Sequence[Cell], anchors: Sequence[Anchor]
) -> Block | None:
    columns = sorted({cell.column for cell in cells}, key=lambda name: (len(name), name))
    rows: dict[int, dict[str, Shown]] = {}
    for cell in cells:
        mark = next(
            (one for one in anchors if one.start < cell.stop and cell.start < one.stop), None
        )
        text = copy.text[slice(*cell.span)]
        rows.setdefault(cell.row, {})[cell.column] = Shown(cell, text, mark)
    if len(rows) * len(columns) > LARGEST_TABLE:
        return None
    lines = [(row, [found.get(name) for name in columns]) for row, found in sorted(rows.items())]
    return Block(sheet=sheet, columns=columns, rows=lines)
