"""The appendix as a plain file of values: one row for each figure, or the checklist's columns."""

from collections.abc import Callable, Iterable, Iterator
from typing import BinaryIO

from app.exports.plain_table import defused, written
from app.exports.tables import Sheet, checklist, heads, laid
from app.exports.tables.cells import Row
from app.exports.tables.whole_rows import figure_by_figure
from app.exports.view import View
from app.exports.view.wording import Wording

Progress = Callable[[int, int], None]


def render(view: View, out: BinaryIO, progress: Progress) -> None:
    """Write one row for each figure; a claim without figures has one row."""
    _write(view, figure_by_figure(view, Wording(view.tongues)), out, progress)


def render_checklist(view: View, out: BinaryIO, progress: Progress) -> None:
    """Write one row for each claim, in the columns of the spreadsheet that newsrooms keep."""
    _write(view, checklist(Wording(view.tongues)), out, progress)


def _write(view: View, sheet: Sheet, out: BinaryIO, progress: Progress) -> None:
    whole = len(view.claims)
    with written(out) as writer:
        writer.writerow(defused(name) for name in heads(sheet.columns, view.tongues))
        for done, rows in enumerate(_rows(view, sheet)):
            for row in rows:
                cells = laid(sheet.columns, row, view.tongues)
                writer.writerow(defused(str(cell)) for cell in cells)
            progress(min(done + 1, whole), whole)


def _rows(view: View, sheet: Sheet) -> Iterator[Iterable[Row]]:
    """The rows of each claim, then those that belong to none."""
    if sheet.of_claim is not None:
        yield from map(sheet.of_claim, view.claims)
    if sheet.rows is not None:
        yield sheet.rows()
