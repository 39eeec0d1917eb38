"""Reading a table in a text (CSV, TSV): which character parts its cells is told by its rows."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from sources.documents.blocks import located
from sources.documents.document import Document
from sources.documents.grids import Cells, cut, fitting, lines, said
from sources.places import MOST_PLACES

DELIMITERS = ("\t", ";", ",", "|")
"""In the order in which an equal case is decided: the rarer a character is in words, the sooner."""
TRIED = 200
"""Rows that are looked at."""
DIRECTIVE = re.compile(r"\ufeff?sep=(.)\r?\n")
"""What spreadsheets write, and obey, in the first line."""
FIGURE = re.compile(r"[-+(]?[^\W\d_]{0,3}\s?\d[\d.,' \u00a0]*[^\W\d_%]{0,3}%?\)?")
"""A figure may hold a comma or a point that parts nothing."""
LONGEST_FIELD = 2_000_000


def read_delimited(text: str) -> Document:
    """Read a table whose rows are lines; a quoted cell may hold delimiters and line ends."""
    csv.field_size_limit(LONGEST_FIELD)
    stated = DIRECTIVE.match(text)
    body, mark = (text[stated.end() :], stated[1]) if stated else (text, delimiter(text))
    found = fitting(_rows(body, mark), MOST_PLACES)
    content, places = located(lines(found.rows))
    return Document(
        content, places=places, notices=() if found.whole else (cut(None, len(found.rows)),)
    )


def delimiter(text: str) -> str:
    """Return the character that parts a table's cells; a comma where nothing does.

    Rows of one table have equally many cells. Where two characters both make such rows, it is the
    one whose cells do not hold the other: in ``1,5;2,5`` the comma belongs to the figures.
    """
    scored = {mark: _score(list(islice(_records(text, mark), TRIED)), mark) for mark in DELIMITERS}
    best = max(DELIMITERS, key=lambda mark: scored[mark])
    return best if scored[best] > (0.0, 0.0, 0) else ","


def _score(rows: Sequence[Sequence[str]], mark: str) -> tuple[float, float, int]:
    """Return how alike the rows are, how clean their cells are, and how many cells they have."""
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    widths = Counter(len(row) for row in filled)
    width = max(widths, key=lambda one: (widths[one] if one > 1 else 0, one), default=1)
    if width < 2:  # noqa: PLR2004 - one cell a row is no table
        return 0.0, 0.0, 0
    cells = [cell for row in filled for cell in row if cell.strip()]
    clean = sum(_is_clean(cell, mark) for cell in cells) / max(len(cells), 1)
    alike = widths[width] / len(filled)
    return round(alike * clean, 2), clean, width


def _is_clean(cell: str, mark: str) -> bool:
    """Tell whether a cell holds no other delimiter, unless it is a figure or a sentence."""
    others = [other for other in DELIMITERS if other != mark and other in cell]
    return not others or FIGURE.fullmatch(cell.strip()) is not None or ", " in cell


def _rows(text: str, mark: str) -> Iterator[tuple[int, Cells]]:
    for number, record in enumerate(_records(text, mark), start=1):
        yield (
            number,
            {place: words for place, cell in enumerate(record, start=1) if (words := said(cell))},
        )


def _records(text: str, mark: str) -> Iterator[list[str]]:
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error:
        # A cell longer than any cell: what stands before it has been read.
        return
