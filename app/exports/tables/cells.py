"""Cells and columns of a table, laid out for the languages of a view."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from app.exports.shapes import shape
from app.exports.view import Badge, Hidden, Said, Words, flat

DECIMAL = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Number:
    """A plain decimal, as the content has it."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Status:
    """A status in words, with the code that chooses its colour, and its shape."""

    text: str
    code: str
    sign: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Address:
    """An address of the web that can be opened."""

    text: str

    def __str__(self) -> str:
        return self.text


Cell = str | Number | Status | Address
Value = Words | Cell | Badge | None
"""What a table is given: words of any kind, a badge, or a cell that is ready."""
Row = Sequence[Value]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, how many letters wide it is, and whether it holds sentences.

    Sentences have a column for each language, so that a table can be read and sorted in one.
    """

    title: Words
    width: int = 16
    prose: bool = False


def heads(columns: Iterable[Column], tongues: tuple[str, ...]) -> list[str]:
    """The names of the columns as they are written, one or two for each."""
    found = []
    for column in columns:
        found += _each(column.title, tongues) if column.prose else [flat(column.title, tongues)]
    return found


def widths(columns: Iterable[Column], tongues: tuple[str, ...]) -> list[int]:
    """The width of each column as it is written."""
    return [column.width for column in columns for _ in (tongues if column.prose else tongues[:1])]


def laid(columns: Sequence[Column], row: Row, tongues: tuple[str, ...]) -> list[Cell]:
    """A row as its cells are written."""
    found: list[Cell] = []
    for column, value in zip(columns, row, strict=True):
        if column.prose:
            found += _each(value, tongues)
        else:
            found.append(_one(value, tongues))
    return found


def decimal(value: Words | None) -> Value:
    """A bound as a number; a mark where it is withheld."""
    if isinstance(value, Said) and DECIMAL.fullmatch(value.words):
        return Number(value.words)
    return value


def several(many: Iterable[Words | str | None], tongues: tuple[str, ...]) -> Words | None:
    """Values side by side in one cell, each in the language of its column; none leaves it empty."""
    found = [value for value in many if value]
    each = [[_in(value, index) for value in found] for index in range(len(tongues))]
    return tuple("; ".join(filter(None, parts)) for parts in each) if any(each) else None


def _one(value: Value, tongues: tuple[str, ...]) -> Cell:
    if value is None:
        return ""
    if isinstance(value, Badge):
        text = flat(value.words, tongues)
        return Status(text, value.code, shape(value)) if value.kind == "status" else text
    if isinstance(value, (str, Number, Status, Address)):
        return value
    return flat(value, tongues)


def _each(value: Value, tongues: tuple[str, ...]) -> list[str]:
    """A text in the column of its language; what has none, or reads the same, in the first."""
    if isinstance(value, Said) and len(tongues) > 1:
        place = tongues.index(value.tag[:2]) if value.tag[:2] in tongues else 0
        return [value.words if index == place else "" for index in range(len(tongues))]
    if value is None or isinstance(value, (str, Number, Status, Address, Badge)):
        return [str(_one(value, tongues)), *("" for _ in tongues[1:])]
    return [_in(value, index) for index in range(len(tongues))]


def _in(value: Words | str, index: int) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, Said):
        return value.words
    return value.mark[index] if isinstance(value, Hidden) else value[index]
