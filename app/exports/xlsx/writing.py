"""One sheet of a workbook: its head, its rows one after the other, and how it is printed."""

from collections.abc import Iterable
from itertools import zip_longest

from xlsxwriter.worksheet import Worksheet

from app.exports.signs import straight, visible
from app.exports.tables import Address, Cell, Number, Sheet, Status, heads, laid, widths
from app.exports.tables.cells import Row
from app.exports.xlsx.limits import ROWS, WEB, decimals, exact, height, in_cells
from app.exports.xlsx.looks import Looks
from app.exports.xml import escaped
from sources.errors import Refused

A4 = 9
ACROSS = 190
"""How many letters a page has room for; a wider sheet goes on to the next page on its right."""
LINKS = 60_000
"""How many addresses a sheet may have to be opened; the others stand as text."""
TOO_LONG = {
    "zh": "附录太长，放不进一张工作表。请改用 CSV 或 JSON。",
    "en": "The appendix is longer than a sheet of a workbook can be. Use CSV or JSON.",
}


class Writing:
    """A sheet that is being filled from the top; a row that was written is let go."""

    def __init__(
        self, page: Worksheet, sheet: Sheet, tongues: tuple[str, ...], looks: Looks, continued: str
    ) -> None:
        """Write the head, which stays in sight and is printed on every page."""
        self._page, self._sheet, self._tongues = page, sheet, tongues
        self._looks, self._continued = looks, continued
        self._next, self._links = 1, 0
        self._widths = widths(sheet.columns, tongues)
        for place, width in enumerate(self._widths):
            page.set_column(place, place, width)
        for place, name in enumerate(heads(sheet.columns, tongues)):
            page.write_string(0, place, name, looks.head)
        page.freeze_panes(1, 1)
        self._set_print()

    def _set_print(self) -> None:
        """Landscape, the head and the first column on every page, as small as can still be read."""
        page = self._page
        page.repeat_rows(0)
        page.repeat_columns(0, 0)
        page.set_landscape()
        page.set_paper(A4)
        page.fit_to_pages(-(-sum(self._widths) // ACROSS), 0)
        page.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.6)

    def add(self, rows: Iterable[Row]) -> None:
        """Write rows below those that stand there."""
        for row in rows:
            self._add(laid(self._sheet.columns, row, self._tongues))

    def close(self) -> None:
        """Put a filter above what was written, down to its last row."""
        last, right = max(self._next - 1, 1), len(self._widths) - 1
        self._page.autofilter(0, 0, last, right)

    def _add(self, cells: list[Cell]) -> None:
        """Write a row; a text too long for its cell goes on below, under the row's first cell."""
        pieces = [self._pieces(cell) for cell in cells]
        for number, row in enumerate(zip_longest(*pieces, fillvalue="")):
            if self._next >= ROWS:
                raise Refused("too_long_for_a_workbook", TOO_LONG, "formats")
            self._page.set_row(self._next, height(row, self._widths), self._looks.text)
            for place, cell in enumerate(row):
                self._put(place, pieces[0][0] if number and place == 0 else cell)
            self._next += 1

    def _pieces(self, cell: Cell) -> list[Cell]:
        """What of a cell each of its rows holds; an address that nobody can open is text."""
        if isinstance(cell, Address) and not WEB.fullmatch(cell.text):
            cell = cell.text
        return (
            [*in_cells(straight(visible(cell)), self._continued)]
            if isinstance(cell, str)
            else [cell]
        )

    def _put(self, place: int, cell: Cell) -> None:
        looks, page = self._looks, self._page
        if isinstance(cell, Number):
            self._put_number(place, cell.text)
        elif isinstance(cell, Status):
            text = visible(f"{cell.sign} {cell.text}".strip())
            page.write_string(self._next, place, text, looks.status(cell.code))
        elif isinstance(cell, Address) and self._links < LINKS:
            self._links += 1
            page.write_url(self._next, place, cell.text, looks.link, cell.text)
        elif text := str(cell):
            look = looks.first if place == 0 else looks.text
            page.write_string(self._next, place, _plain(text), look)

    def _put_number(self, place: int, text: str) -> None:
        """Write a number where the workbook can keep its very value, else the text of it."""
        number = exact(text)
        if number is None:
            self._page.write_string(self._next, place, text, self._looks.text)
        else:
            look = self._looks.number(decimals(text))
            self._page.write_number(self._next, place, number, look)


def _plain(text: str) -> str:
    """A text that the writer would take for marked-up runs, as one run that says just that."""
    if text.startswith("<r>") and text.endswith("</r>"):
        return f'<r><t xml:space="preserve">{escaped(text)}</t></r>'
    return text
