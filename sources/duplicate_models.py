"""The table of what people said about two entries of the register that may be one document."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from sources.base import Base, Identified, Recorded
from sources.columns import Choice, choice_check
from sources.vocabulary import Doubled


class DuplicateAnswer(Identified, Recorded, Base):
    """What a person said about a pair; ``source_id`` is the smaller identifier of the two.

    The newest row of a pair is in force.
    """

    __tablename__ = "duplicate_answer"
    __table_args__: Any = (
        choice_check("outcome", Doubled),
        CheckConstraint("source_id < other_id", name="pair_in_order"),
        Index("ix_duplicate_answer_source_id", "source_id"),
        Index("ix_duplicate_answer_other_id", "other_id"),
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    other_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"))
    outcome: Mapped[Doubled] = mapped_column(Choice(Doubled))
