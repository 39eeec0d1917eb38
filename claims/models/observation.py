"""What a look at a source's page found of a quoted passage, where it was something new."""

import uuid
from typing import Any

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.evidence import Evidence
from claims.vocabulary import Watched
from sources.base import Base, Identified, Recorded
from sources.columns import Choice, choice_check
from sources.models import Snapshot
from sources.veil import bare


class Observation(Identified, Recorded, Base):
    """A passage was found to be otherwise than at the look before; the newest row is in force.

    It speaks of the ``quote`` and the copy (``snapshot_id``) the item rested on then: with another
    quote or another copy it says nothing any more. ``kept_id`` is the copy that was taken at this
    look. An item without a row stood unaltered at every look, or was never looked at.
    """

    __tablename__ = "observation"
    __table_args__: Any = (
        choice_check("outcome", Watched),
        Index("ix_observation_evidence_id_id", "evidence_id", "id"),
        {"info": {"ledger": "immutable"}},
    )

    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"))
    snapshot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("snapshot.id"))
    kept_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("snapshot.id"))
    outcome: Mapped[Watched] = mapped_column(Choice(Watched))
    quote: Mapped[str]
    old_words: Mapped[str]
    new_words: Mapped[str | None]
    http_status: Mapped[int | None]

    evidence: Mapped[Evidence] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship(foreign_keys=[snapshot_id])
    kept: Mapped[Snapshot | None] = relationship(foreign_keys=[kept_id])

    def speaks_of(self, item: Evidence) -> bool:
        """Whether the item still rests on what was compared."""
        said, says = bare(self, "quote"), bare(item, "quote")
        return bool(said == says) and self.snapshot_id == item.snapshot_id
