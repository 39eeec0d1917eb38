"""The contest: an open dispute by an identifiable side, never deleted, settled by a third."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.assessment import Assessment
from claims.models.evidence import Evidence
from claims.models.figure import Figure
from claims.vocabulary import Bearing, ContestOutcome, ContestReason, Side
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Words, choice_check

if TYPE_CHECKING:
    from claims.models.claim import Claim


class Contest(Identified, Recorded, Revised, Base):
    """A dispute about a claim, or about one of its figures, evidence items or assessments."""

    __tablename__ = "contest"
    __table_args__: Any = (
        UniqueConstraint("claim_id", "number"),
        choice_check("reason", ContestReason),
        choice_check("side", Side),
        choice_check("outcome", ContestOutcome),
        CheckConstraint(
            "(outcome IS NULL) = (settled_by IS NULL) AND (outcome IS NULL) = (settled_at IS NULL)",
            name="settled_whole",
        ),
        CheckConstraint(
            "settled_by IS NULL OR outcome = 'withdrawn' OR settled_by <> created_by",
            name="settled_by_another",
        ),
        Index("ix_contest_open", "outcome", "id"),
        {"info": {"ledger": "kept"}},
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"))
    number: Mapped[int]
    figure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("figure.id"))
    evidence_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("evidence.id"))
    assessment_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("assessment.id"))
    reason: Mapped[ContestReason] = mapped_column(Choice(ContestReason))
    side: Mapped[Side] = mapped_column(Choice(Side))
    party: Mapped[Words | None]
    statement: Mapped[Words]
    blocking: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[dt.date | None]
    outcome: Mapped[ContestOutcome | None] = mapped_column(Choice(ContestOutcome))
    settlement: Mapped[Words | None]
    settled_by: Mapped[str | None]
    settled_at: Mapped[dt.datetime | None]

    claim: Mapped["Claim"] = relationship(back_populates="contests")
    figure: Mapped[Figure | None] = relationship()
    evidence: Mapped[Evidence | None] = relationship()
    assessment: Mapped[Assessment | None] = relationship()
    items: Mapped[list["ContestEvidence"]] = relationship(
        back_populates="contest", order_by="ContestEvidence.id"
    )


class ContestEvidence(Identified, Recorded, Base):
    """An evidence item named in a contest, for it or against it."""

    __tablename__ = "contest_evidence"
    __table_args__: Any = (
        UniqueConstraint("contest_id", "evidence_id"),
        choice_check("bearing", Bearing),
        {"info": {"ledger": "kept"}},
    )

    contest_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("contest.id"))
    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"))
    bearing: Mapped[Bearing] = mapped_column(Choice(Bearing))

    contest: Mapped[Contest] = relationship(back_populates="items")
    evidence: Mapped[Evidence] = relationship()
