"""What people and rules remark about a claim: comments and findings."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.figure import Figure
from claims.vocabulary import Severity
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Words, choice_check

if TYPE_CHECKING:
    from claims.models.claim import Claim


class Comment(Identified, Recorded, Revised, Base):
    """A remark in a claim's discussion; it may be resolved, never erased."""

    __tablename__ = "comment"
    __table_args__: Any = (
        CheckConstraint("(resolved_by IS NULL) = (resolved_at IS NULL)", name="resolved_whole"),
        {"info": {"ledger": "kept"}},
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    figure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("figure.id"))
    reply_to_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("comment.id"))
    body: Mapped[str]
    resolved_by: Mapped[str | None]
    resolved_at: Mapped[dt.datetime | None]

    claim: Mapped["Claim"] = relationship(back_populates="comments")


class Finding(Identified, Recorded, Revised, Base):
    """A rule's hit (or a checker's note of the same kind); it is waived with a reason."""

    __tablename__ = "finding"
    __table_args__: Any = (
        choice_check("severity", Severity),
        CheckConstraint("(waived_by IS NULL) = (waiver_reason IS NULL)", name="waiver_has_reason"),
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    figure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("figure.id"))
    code: Mapped[str] = mapped_column(index=True)
    severity: Mapped[Severity] = mapped_column(Choice(Severity))
    message: Mapped[Words]
    waived_by: Mapped[str | None]
    waiver_reason: Mapped[str | None]

    claim: Mapped["Claim"] = relationship(back_populates="findings")
    figure: Mapped[Figure | None] = relationship()
