"""The appendix as a plain file of values: one row for each figure, or the checklist's columns."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from app.exports.plain_table import defused, written
from app.exports.tables import Sheet, checklist, heads, laid
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
        for done, rows in enumerate(_rows(view, sheet), start=1):
            for row in rows:
                writer.writerow(defused(cell) for cell in row)
            progress(done, whole)


def _rows(view: View, sheet: Sheet) -> Iterator[list[list[str]]]:
    if sheet.of_claim is None:
        return
    for claim in view.claims:
        yield [
            [str(cell) for cell in laid(sheet.columns, row, view.tongues)]
            for row in sheet.of_claim(claim)
        ]
