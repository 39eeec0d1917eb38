"""The table of attempts to capture a source at its address."""

import datetime as dt
import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sources.base import Base, Identified, Recorded
from sources.columns import Choice, Words, choice_check
from sources.models import Snapshot, Source
from sources.vocabulary import CaptureOutcome


class CaptureAttempt(Identified, Recorded, Base):
    """Somebody asked for a copy of a source at its address, and what came of it.

    It is open until it has an ``outcome``. ``reason`` says why nothing was kept; ``warc_sha256`` is
    the record of what the site answered, which may be that there is no such page.
    """

    __tablename__ = "capture_attempt"
    __table_args__: Any = (
        choice_check("outcome", CaptureOutcome),
        CheckConstraint("(outcome IS NULL) = (ended_at IS NULL)", name="outcome_has_end"),
        CheckConstraint(
            "(snapshot_id IS NOT NULL) = (outcome IS NOT NULL AND outcome = 'kept')",
            name="kept_has_snapshot",
        ),
        CheckConstraint(
            "outcome IS NULL OR outcome <> 'refused' OR (code IS NOT NULL AND reason IS NOT NULL)",
            name="refused_has_reason",
        ),
        {"info": {"ledger": "kept"}},
    )

    source_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("source.id"), index=True)
    url: Mapped[str]
    outcome: Mapped[CaptureOutcome | None] = mapped_column(Choice(CaptureOutcome))
    code: Mapped[str | None]
    reason: Mapped[Words | None]
    final_url: Mapped[str | None]
    http_status: Mapped[int | None]
    warc_sha256: Mapped[str | None] = mapped_column(info={"stored": True})
    snapshot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("snapshot.id"))
    ended_at: Mapped[dt.datetime | None]

    source: Mapped[Source] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
