"""A formula that a checker sets against what a claim states."""

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Words

if TYPE_CHECKING:
    from claims.models.claim import Claim


class FormulaCheck(Identified, Recorded, Revised, Base):
    """An equation over the figures of a claim, such as ``(F2 - F1) / F1 = F3``.

    Whether it holds is computed each time and never stored. A check is withdrawn with a reason
    rather than deleted.
    """

    __tablename__ = "formula_check"
    __table_args__: Any = (
        UniqueConstraint("claim_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(
            "(withdrawn_by IS NULL) = (withdrawal_reason IS NULL)", name="withdrawal_has_reason"
        ),
        {"info": {"ledger": "kept"}},
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"))
    number: Mapped[int]
    formula: Mapped[str]
    note: Mapped[Words | None]
    withdrawn_by: Mapped[str | None]
    withdrawal_reason: Mapped[str | None]

    claim: Mapped["Claim"] = relationship(back_populates="checks")
