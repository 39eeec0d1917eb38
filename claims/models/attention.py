"""What somebody put aside for a while: the claim waits for them, but out of their sight."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from sources.base import Base, Identified, Recorded


class Snooze(Identified, Recorded, Base):
    """One person's claim put aside, until a moment or, without one, until something happens.

    ``claim_version`` is the claim's version at that moment: another one ends the snooze early, and
    so does anything added to the claim since.
    """

    __tablename__ = "snooze"
    __table_args__: Any = (UniqueConstraint("created_by", "claim_id"),)

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    until: Mapped[dt.datetime | None]
    claim_version: Mapped[int]
