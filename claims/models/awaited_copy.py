"""Which evidence waits for a copy of its source that is being fetched."""

import uuid
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.evidence import Evidence
from sources.attempt_models import CaptureAttempt
from sources.base import Base, Identified, Recorded


class AwaitedCopy(Identified, Recorded, Base):
    """An item is to rest on the copy an attempt brings, if it comes in time.

    Whether it did is told by the item itself, by the attempt and by the stage of the claim.
    """

    __tablename__ = "awaited_copy"
    __table_args__: Any = (
        UniqueConstraint("evidence_id", "attempt_id"),
        {"info": {"ledger": "immutable"}},
    )

    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"))
    attempt_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("capture_attempt.id"), index=True)

    evidence: Mapped[Evidence] = relationship()
    attempt: Mapped[CaptureAttempt] = relationship()
