"""The table of figures: what is printed, the interval a reader takes it for, and how it stands."""

from collections.abc import Iterator

from app.exports.tables.cells import Column, Row, Value, decimal, several
from app.exports.tables.sheets import Sheet
from app.exports.view import ClaimView, FigureRow, View
from app.exports.view import columns as names
from app.exports.view.wording import Wording


def figure_columns(view: View, words: Wording) -> tuple[Column, ...]:
    """What is told of a figure wherever one has a row."""
    head = view.head
    return (
        Column(head.figure, 8),
        Column(head.printed, 22),
        Column(head.reads, 24, prose=True),
        Column(words.text(names.LOW), 22),
        Column(words.text(names.HIGH), 22),
        Column(words.text(names.UNIT), 12),
        Column(head.period, 18, prose=True),
        Column(head.measure, 30, prose=True),
        Column(words.text(names.REMARKS), 24, prose=True),
        Column(words.text(names.FIGURE_STATUS), 18),
    )


def figure_cells(row: FigureRow | None, tongues: tuple[str, ...]) -> list[Value]:
    """A figure's cells; empty ones for a claim without figures."""
    if row is None:
        return [None] * 10
    return [
        row.number,
        row.printed,
        row.reads,
        decimal(row.low),
        decimal(row.high),
        row.unit,
        row.period,
        row.measure,
        several(row.remarks, tongues),
        row.status,
    ]


def figures(view: View, words: Wording) -> Sheet:
    """One row for each figure."""
    columns = (
        Column(view.head.claim, 8),
        *figure_columns(view, words),
        Column(view.head.reasoning, 44, prose=True),
    )

    def rows(claim: ClaimView) -> Iterator[Row]:
        for row in claim.figures:
            yield [claim.number, *figure_cells(row, view.tongues), row.reasoning]

    return Sheet(view.head.figures, columns, rows)
