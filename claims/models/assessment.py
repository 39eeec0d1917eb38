"""Who concluded what, and who signed for it: rows that are only ever added."""

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.figure import Figure
from claims.status import VerificationStatus
from claims.vocabulary import Disposition, SignOffDecision
from sources.base import Base, Identified, Recorded
from sources.columns import Choice, Words, choice_check

if TYPE_CHECKING:
    from claims.models.claim import Claim


class Assessment(Identified, Recorded, Base):
    """One conclusion about a figure, or about the claim as a whole (``figure_id`` is NULL).

    The newest row for a figure or claim is the one in force; the older ones are its history.
    """

    __tablename__ = "assessment"
    __table_args__: Any = (
        choice_check("status", VerificationStatus),
        choice_check("disposition", Disposition),
        CheckConstraint(
            "figure_id IS NULL OR status NOT IN ('partly_supported')",
            name="partly_only_by_fold",
        ),
        CheckConstraint(
            "lowered_from IS NULL OR reasoning IS NOT NULL", name="lowering_has_reason"
        ),
        Index("ix_assessment_claim_id_id", "claim_id", "id"),
        {"info": {"ledger": "immutable"}},
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"))
    figure_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("figure.id"), index=True)
    status: Mapped[VerificationStatus] = mapped_column(Choice(VerificationStatus))
    lowered_from: Mapped[VerificationStatus | None] = mapped_column(Choice(VerificationStatus))
    reasoning: Mapped[Words | None]
    disposition: Mapped[Disposition | None] = mapped_column(Choice(Disposition))
    proposed_wording: Mapped[str | None]

    claim: Mapped["Claim"] = relationship(back_populates="assessments")
    figure: Mapped[Figure | None] = relationship()


class SignOff(Identified, Recorded, Base):
    """A second person's signature under exactly this content, or the return with a reason.

    ``content_sha256`` is the SHA-256 of the claim's canonical material fields at that moment; the
    signature is void as soon as the claim's present hash is another. ``submission`` says which
    submission of the claim it answers.
    """

    __tablename__ = "sign_off"
    __table_args__: Any = (
        choice_check("decision", SignOffDecision),
        CheckConstraint("length(content_sha256) = 64", name="sha256_hex"),
        CheckConstraint("level BETWEEN 1 AND 3", name="level_range"),
        CheckConstraint("decision = 'signed' OR reason IS NOT NULL", name="return_has_reason"),
        Index(
            "uq_sign_off_one_level_each",
            "claim_id",
            "submission",
            "content_sha256",
            "created_by",
            "decision",
            unique=True,
        ),
        Index("ix_sign_off_created_by", "created_by"),
        {"info": {"ledger": "immutable"}},
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"))
    decision: Mapped[SignOffDecision] = mapped_column(Choice(SignOffDecision))
    level: Mapped[int]
    submission: Mapped[int] = mapped_column(server_default="1")
    content_sha256: Mapped[str]
    reason: Mapped[str | None]

    claim: Mapped["Claim"] = relationship(back_populates="sign_offs")
