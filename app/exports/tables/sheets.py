"""Every table of an appendix, in the order in which a workbook shows them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app.exports.tables.cells import Column, Row
from app.exports.view import ClaimView, Words

ClaimRows = Callable[[ClaimView], Iterable[Row]]
Rows = Callable[[], Iterable[Row]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: ``of_claim`` makes the rows of one claim, ``rows`` those that belong to none.

    Each is walked once, the claims first, so that a long appendix never stands in memory.
    """

    title: Words
    columns: tuple[Column, ...]
    of_claim: ClaimRows | None = None
    rows: Rows | None = None
