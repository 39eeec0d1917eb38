"""What claims are found again by: the words of their statements and the size of their figures.

Both tables are indexes, made of the rows' own columns; they say nothing that those do not say, so
the ledger does not watch them. A row written by another hand is only found less easily.
"""

import uuid
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, ForeignKey, delete, event, insert
from sqlalchemy.orm import Mapped, Mapper, Session, UOWTransaction, attributes, mapped_column

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
    "removed_by",
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


def write_words(connection: Connection, claims: Iterable[Claim]) -> int:
    """Index statements that have no index yet, and return how many words they have."""
    rows = [
        {"claim_id": claim.id, "word": mark}
        for claim in claims
        for mark in sorted(word_marks(" ".join((claim.statement or {}).values())))
    ]
    return _write(connection, ClaimWord, rows)


def write_marks(connection: Connection, figures: Iterable[Figure]) -> int:
    """Index figures that have no index yet, and return how many marks they have.

    A figure of evidence and one that was removed have none.
    """
    rows = [
        {"figure_id": figure.id, "claim_id": figure.claim_id, "mark": mark}
        for figure in figures
        if figure.claim_id and figure.removed_by is None
        for mark in sorted(size_marks(figure))
    ]
    return _write(connection, FigureMark, rows)


def _write(connection: Connection, index: type[Base], rows: list[dict[str, Any]]) -> int:
    table: Any = index.__table__
    if rows:
        connection.execute(insert(table), rows)
    return len(rows)


@event.listens_for(Session, "after_flush")
def _index_new(session: Session, _context: UOWTransaction) -> None:
    """Index what is new in the same transaction, all of it at once: an article has thousands."""
    claims = [row for row in session.new if isinstance(row, Claim)]
    figures = [row for row in session.new if isinstance(row, Figure)]
    if claims or figures:
        connection = session.connection()
        write_words(connection, claims)
        write_marks(connection, figures)


@event.listens_for(Claim, "after_update")
def _index_claim_anew(_mapper: Mapper[Claim], connection: Connection, claim: Claim) -> None:
    """Keep the words in step with the claim."""
    if _changed(claim, SAID):
        table: Any = ClaimWord.__table__
        connection.execute(delete(table).where(table.c.claim_id == claim.id))
        write_words(connection, [claim])


@event.listens_for(Figure, "after_update")
def _index_figure_anew(_mapper: Mapper[Figure], connection: Connection, figure: Figure) -> None:
    """Keep the marks in step with the figure."""
    if _changed(figure, MEASURED):
        table: Any = FigureMark.__table__
        connection.execute(delete(table).where(table.c.figure_id == figure.id))
        write_marks(connection, [figure])


def _changed(row: Claim | Figure, fields: tuple[str, ...]) -> bool:
    """Tell whether one of the fields the index is made of is new."""
    return any(attributes.get_history(row, name).has_changes() for name in fields)
