"""What claims are found again by: the words of their statements and the size of their figures.

Both tables are indexes, made of the rows' own columns; they say nothing that those do not say, so
the ledger does not watch them. A row written by another hand is only found less easily.
"""

import uuid
from typing import Any

from sqlalchemy import Connection, ForeignKey, delete, event, insert
from sqlalchemy.orm import Mapped, Mapper, attributes, mapped_column

from claims.models.claim import Claim
from claims.models.figure import Figure
from claims.resemblance_marks import size_marks, word_marks
from sources.base import Base

SAID = ("statement",)
MEASURED = (
    "comparator",
    "low",
    "high",
    "stated_decimals",
    "multiplier",
    "unit",
    "role",
)
"""What the two indexes are made of: a change of anything else leaves them as they are."""


class ClaimWord(Base):
    """A word (or pair of Chinese characters) of a claim's statement, as a number of 31 bits."""

    __tablename__ = "claim_word"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    word: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    claim_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("claim.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class FigureMark(Base):
    """The size of a claim's figure in its family of units, as a number of 31 bits."""

    __tablename__ = "figure_mark"
    __table_args__: Any = ({"info": {"ledger": "unaudited"}},)

    mark: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    figure_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("figure.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    claim_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("claim.id", ondelete="CASCADE"), index=True
    )


def write_words(connection: Connection, claim: Claim) -> int:
    """Index a statement that has no index yet, and return how many words it has."""
    table: Any = ClaimWord.__table__
    marks = word_marks(" ".join((claim.statement or {}).values()))
    if marks:
        rows = [{"claim_id": claim.id, "word": mark} for mark in sorted(marks)]
        connection.execute(insert(table), rows)
    return len(marks)


def write_marks(connection: Connection, figure: Figure) -> int:
    """Index a figure that has no index yet, and return how many marks it has; evidence has none."""
    table: Any = FigureMark.__table__
    marks = size_marks(figure) if figure.claim_id else set()
    if marks:
        rows = [
            {"figure_id": figure.id, "claim_id": figure.claim_id, "mark": mark}
            for mark in sorted(marks)
        ]
        connection.execute(insert(table), rows)
    return len(marks)


@event.listens_for(Claim, "after_insert")
def _index_claim(_mapper: Mapper[Claim], connection: Connection, claim: Claim) -> None:
    """Index a new claim in the same transaction."""
    write_words(connection, claim)


@event.listens_for(Figure, "after_insert")
def _index_figure(_mapper: Mapper[Figure], connection: Connection, figure: Figure) -> None:
    """Index a new figure in the same transaction."""
    write_marks(connection, figure)


@event.listens_for(Claim, "after_update")
def _index_claim_anew(_mapper: Mapper[Claim], connection: Connection, claim: Claim) -> None:
    """Keep the words in step with the claim."""
    if _changed(claim, SAID):
        table: Any = ClaimWord.__table__
        connection.execute(delete(table).where(table.c.claim_id == claim.id))
        write_words(connection, claim)


@event.listens_for(Figure, "after_update")
def _index_figure_anew(_mapper: Mapper[Figure], connection: Connection, figure: Figure) -> None:
    """Keep the marks in step with the figure."""
    if _changed(figure, MEASURED):
        table: Any = FigureMark.__table__
        connection.execute(delete(table).where(table.c.figure_id == figure.id))
        write_marks(connection, figure)


def _changed(row: Claim | Figure, fields: tuple[str, ...]) -> bool:
    """Tell whether one of the fields the index is made of is new."""
    return any(attributes.get_history(row, name).has_changes() for name in fields)
