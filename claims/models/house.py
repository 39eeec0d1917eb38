"""The house's own figures: what each is about, and how two of them were reconciled."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, Index, delete, event, insert
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from claims.models.figure import Figure
from claims.topics import topics
from claims.vocabulary import Reconciled
from sources.base import Base, Identified, Recorded
from sources.columns import Choice, choice_check


class FigureTopic(Base):
    """What a claim's figure is about, in one language: an index, made of the figure's own columns.

    It says nothing that the figure does not say, so the ledger does not watch it. It is written
    with the figure; a figure written by another hand is only found less easily.
    """

    __tablename__ = "figure_topic"
    __table_args__: Any = (
        Index("ix_figure_topic_topic", "topic"),
        {"info": {"ledger": "unaudited"}},
    )

    figure_id: Mapped[uuid.UUID] = mapped_column(
        ForeignKey("figure.id", ondelete="CASCADE"), primary_key=True
    )
    topic: Mapped[str] = mapped_column(primary_key=True)


class Reconciliation(Identified, Recorded, Base):
    """Why two figures of the house that disagree both stand, or that one of them must not.

    The newest row of a pair is in force. ``figure_id`` is the smaller identifier of the two.
    """

    __tablename__ = "reconciliation"
    __table_args__: Any = (
        choice_check("outcome", Reconciled),
        CheckConstraint("figure_id < other_id", name="pair_in_order"),
        Index("ix_reconciliation_figure_id", "figure_id"),
        Index("ix_reconciliation_other_id", "other_id"),
        {"info": {"ledger": "immutable"}},
    )

    figure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("figure.id"))
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("figure.id"))
    outcome: Mapped[Reconciled] = mapped_column(Choice(Reconciled))
    note: Mapped[str]

    figure: Mapped[Figure] = relationship(foreign_keys=[figure_id])
    other: Mapped[Figure] = relationship(foreign_keys=[other_id])


@event.listens_for(Figure, "after_update")
def _rewrite_topics(_mapper: Mapper[Figure], connection: Connection, figure: Figure) -> None:
    """Keep the index in step with the figure, in the same transaction."""
    table: Any = FigureTopic.__table__
    connection.execute(delete(table).where(table.c.figure_id == figure.id))
    _write_topics(_mapper, connection, figure)


@event.listens_for(Figure, "after_insert")
def _write_topics(_mapper: Mapper[Figure], connection: Connection, figure: Figure) -> None:
    """Index a figure that is not in the index; keeping all of an article makes thousands."""
    found = topics(figure.subject, figure.measure) if figure.claim_id else ()
    if found:
        rows = [{"figure_id": figure.id, "topic": topic} for topic in found]
        connection.execute(insert(FigureTopic), rows)
