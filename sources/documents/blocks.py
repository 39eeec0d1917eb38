"""The lines of a text that has headings, lists and tables, under Markdown's marks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sources.documents.document import readable
from sources.places import BETWEEN_CELLS, CELL, PARAGRAPH, SECTION, Place, ascending

TOGETHER = frozenset({"item", "row", "note"})
"""Kinds that follow each other line by line; everything else is parted by an empty line."""


@dataclass(frozen=True, slots=True)
class Row:
    """Where the cells of a table's row stand: the table's number and each cell's address.

    Without a number the addresses are whole locators, as those of a spreadsheet are.
    """

    table: int | None
    cells: tuple[tuple[str, str], ...]
    """Address, as in ``B2``, and words; together they are the row's text."""

    @property
    def text(self) -> str:
        """The row in one line."""
        return BETWEEN_CELLS.join(words for _, words in self.cells)


class Block(Protocol):
    """A paragraph, heading, list item or table row."""

    @property
    def kind(self) -> str:
        """``text``, ``heading``, ``item``, ``row``, ``note`` or ``sheet`` (the name of one)."""
        ...

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def level(self) -> int:
        """The rank of a heading from 1; how deep a list item stands."""
        ...

    @property
    def row(self) -> Row | None:
        """Its cells, where it is a row of a table."""
        ...


@dataclass(slots=True)
class TextBlock:
    """A block that is nothing but its text; a page's blocks know their element as well."""

    kind: str
    text: str
    level: int = 0
    row: Row | None = None


@dataclass(slots=True)
class _Text:
    """A text that grows, with the places in it."""

    parts: list[str] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    length: int = 0

    def add(self, said: str) -> None:
        """Add words as they are shown."""
        shown = readable(said)
        self.parts.append(shown)
        self.length += len(shown)

    def mark(self, kind: str, locator: str) -> None:
        """Let a place begin here."""
        self.places.append((self.length, kind, locator))


def lines(blocks: Iterable[Block]) -> str:
    """Return the text of blocks in reading order."""
    return located(blocks)[0]


def located(blocks: Iterable[Block]) -> tuple[str, tuple[Place, ...]]:
    """Return the text of blocks, and where in it each paragraph and each cell begins.

    Paragraphs are counted from 1 without the tables, tables from 1; a cell is ``T2!B3``.
    """
    found, before, paragraphs = _Text(), "", 0
    tables: dict[int, int] = {}
    for block in blocks:
        if before:
            found.add("\n" if before == block.kind and before in TOGETHER else "\n\n")
        before = block.kind
        if block.row is not None and block.row.text.strip() == block.text.strip():
            table = block.row.table
            number = tables.setdefault(table, len(tables) + 1) if table is not None else None
            _add_row(found, block.row, f"T{number}!" if number is not None else "")
            continue
        if block.kind == "sheet":
            found.mark(SECTION, block.text)
        else:
            paragraphs += 1
            found.mark(PARAGRAPH, str(paragraphs))
        found.add(_marked(block))
    return _trimmed("".join(found.parts), found.places)


def _add_row(found: _Text, row: Row, table: str) -> None:
    """Add a row; what stands before its first words belongs to them, empty cells to those before.

    Empty cells at its end leave only their marks, as they do in a line somebody strips.
    """
    whole = row.text
    edges = list(_starts(row))
    stripped = len(whole) - len(whole.lstrip())
    ends = [start for _, start in edges[1:]] + [len(whole.rstrip())]
    begin = stripped
    for (address, _), end in zip(edges, ends, strict=True):
        found.mark(CELL, f"{table}{address}")
        found.add(whole[begin:end])
        begin = end


def _starts(row: Row) -> Iterator[tuple[str, int]]:
    """Yield the address and the beginning of each cell that has words."""
    offset = 0
    for address, words in row.cells:
        if words:
            yield address, offset
        offset += len(words) + len(BETWEEN_CELLS)


def _trimmed(text: str, places: Sequence[Place]) -> tuple[str, tuple[Place, ...]]:
    """Take empty lines away at both ends."""
    gone = len(text) - len(text.lstrip("\n"))
    kept = text.strip("\n")
    moved = ((max(offset - gone, 0), kind, locator) for offset, kind, locator in places)
    return kept, ascending(place for place in moved if place[0] < len(kept))


def _marked(block: Block) -> str:
    text = block.text.strip()
    if block.kind in {"heading", "sheet"}:
        return "#" * min(block.level, 6) + " " + " ".join(text.split("\n"))
    if block.kind == "item":
        return "  " * max(block.level - 1, 0) + "- " + text
    return text
