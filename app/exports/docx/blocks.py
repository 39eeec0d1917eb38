"""Paragraphs, headings and tables of a word processor, as XML."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from app.exports.docx.text import words
from app.exports.xml import attribute

EMPTY = "<w:p/>"
"""A cell must hold a paragraph."""
ROW = "<w:trPr><w:cantSplit/></w:trPr>"
HEAD_ROW = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
OPEN = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
WIDTH = 9638
"""The text's width in twentieths of a point: A4 with margins of two centimetres."""


def paragraph(content: str, style: str = "", extra: str = "") -> str:
    """Runs as a paragraph; ``extra`` are properties that follow the style."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    told = f"<w:pPr>{named}{extra}</w:pPr>" if named or extra else ""
    return f"<w:p>{told}{content}</w:p>"


def heading(content: str, level: int, mark: "Mark | None" = None, extra: str = "") -> str:
    """A heading, with the mark that the contents and cross-references lead to."""
    return paragraph(mark.around(content) if mark else content, f"Heading{level}", extra)


@dataclass(frozen=True, slots=True)
class Mark:
    """A bookmark: a name that begins with a letter or a low line, and a number of its own."""

    name: str
    number: int

    def around(self, content: str) -> str:
        """Runs with the mark around them."""
        start = f'<w:bookmarkStart w:id="{self.number}" w:name="{self.name}"/>'
        return f'{start}{content}<w:bookmarkEnd w:id="{self.number}"/>'


def link(content: str, name: str) -> str:
    """Runs that lead to a mark."""
    return f'<w:hyperlink w:anchor="{name}" w:history="1">{content}</w:hyperlink>'


def cell(content: str, width: int, extra: str = "") -> str:
    """A cell of paragraphs."""
    told = f'<w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{extra}</w:tcPr>'
    return f"<w:tc>{told}{content or EMPTY}</w:tc>"


@dataclass(frozen=True, slots=True)
class Table:
    """The frame of a table: its style, its columns' widths, and what it is for those who hear it.

    ``first`` says that the first column names its rows.
    """

    style: str
    widths: tuple[int, ...]
    title: str
    first: bool = False

    def lines(self, head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
        """The table in pieces: a head that each page repeats, then rows that no page splits.

        A cell is given as its paragraphs.
        """
        yield self.opening(headed=bool(head))
        if head:
            yield self.row([words(text, "TableHead") for text in head], head=True)
        for row in rows:
            yield self.row(row)
        yield "</w:tbl>"

    def opening(self, *, headed: bool) -> str:
        """What stands before the rows."""
        before, after = _frame(self.style, self.widths, headed, self.first)
        return f"{before}{attribute(self.title)}{after}"

    def row(self, cells: Sequence[str], *, head: bool = False) -> str:
        """One row; a head is repeated on each page that the table goes on to."""
        inside = "".join(
            [
                f"{start}{held or EMPTY}</w:tc>"
                for start, held in zip(_cells(self.widths), cells, strict=True)
            ]
        )
        return f"<w:tr>{HEAD_ROW if head else ROW}{inside}</w:tr>"

    def under(self, content: str) -> str:
        """A row of one cell that goes on about the row above, below all columns but the first."""
        first, *rest = self.widths
        lonely = cell("", first, OPEN)
        wide = cell(content, sum(rest), f'<w:gridSpan w:val="{len(rest)}"/>{OPEN}')
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{lonely}{wide}</w:tr>"


@cache
def _frame(style: str, widths: tuple[int, ...], headed: bool, first: bool) -> tuple[str, str]:  # noqa: FBT001 - both are keys of the cache
    """What stands before and after the title of a table; the few there are, are made once."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    before = (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/>'
        f'<w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        f'<w:tblLook w:val="{"04A0" if first else "0420"}" w:firstRow="{int(headed)}"'
        f' w:lastRow="0" w:firstColumn="{int(first)}" w:lastColumn="0" w:noHBand="0"'
        ' w:noVBand="1"/><w:tblCaption w:val="'
    )
    return before, f'"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'


@cache
def _cells(widths: tuple[int, ...]) -> tuple[str, ...]:
    """How the cells of a row begin."""
    return tuple(f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths)


def columns(parts: Sequence[int], width: int = WIDTH) -> tuple[int, ...]:
    """Widths in the given proportions that fill the text's width to the last twentieth."""
    total = sum(parts)
    found = [width * part // total for part in parts]
    found[-1] += width - sum(found)
    return tuple(found)
