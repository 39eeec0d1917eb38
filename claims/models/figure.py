"""The figure: a structured quantity, of a claim or of an evidence item."""

import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.figures import ChangeKind, Comparator, ObservationStatus, Role
from claims.status import VerificationStatus
from claims.vocabulary import RelationKind
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Exact, Words, choice_check

if TYPE_CHECKING:
    from claims.models.claim import Claim
    from claims.models.evidence import Evidence

REAL = "CAST({0} AS DOUBLE PRECISION)"
WHOLE = "CAST(CAST({0} AS BIGINT) AS DOUBLE PRECISION)"
# A decimal is text on SQLite: the checks compare it as a floating number, which never refuses an
# honest pair because rounding keeps order. The digits themselves are checked per engine.
LOW, HIGH, WHOLE_LOW = REAL.format("low"), REAL.format("high"), WHOLE.format("low")


def plain_decimal(column: str) -> tuple[CheckConstraint, CheckConstraint]:
    """Keep a column to plain decimals of bounded size, in each engine's own words."""
    bounded = CheckConstraint(f"abs({column}) < 1e40", name=f"{column}_bounded")
    plain = CheckConstraint(
        f"{column} IS NULL OR (length({column}) <= 62 AND {column} NOT GLOB '*[^-0-9.]*'"
        f" AND {column} GLOB '*[0-9]')",
        name=f"{column}_bounded",
    )
    return (
        bounded.ddl_if(dialect="postgresql"),
        plain.ddl_if(dialect="sqlite"),
    )


class Figure(Identified, Recorded, Revised, Base):
    """What number is stated, how, of what, when and where.

    ``low`` and ``high`` are the stated bounds in ``unit`` with the multiplier applied: the same
    number for exactly, about, nearly and odd; one of them for over and under; both for a range;
    none where only a direction or an event is stated. The interval a reader would understand is
    computed by :mod:`claims.intervals`, never stored. A figure that is removed from its claim keeps
    its row, for what was concluded about it; ``Claim.figures`` leaves it out.
    """

    __tablename__ = "figure"
    __table_args__: Any = (
        choice_check("role", Role),
        choice_check("comparator", Comparator),
        choice_check("observation_status", ObservationStatus),
        choice_check("change_kind", ChangeKind),
        choice_check("verification_status", VerificationStatus),
        CheckConstraint("(claim_id IS NULL) <> (evidence_id IS NULL)", name="one_owner"),
        CheckConstraint(f"{LOW} <= {HIGH}", name="low_not_above_high"),
        CheckConstraint(
            "comparator <> 'range' OR (low IS NOT NULL AND high IS NOT NULL)",
            name="range_has_both",
        ),
        CheckConstraint(
            f"role <> 'rank' OR low IS NULL OR ({LOW} >= 1 AND {LOW} = {WHOLE_LOW})",
            name="rank_whole",
        ),
        CheckConstraint(
            "unit <> 'pp' OR (change_kind IS NOT NULL AND change_kind = 'percentage_points')",
            name="pp_is_a_change",
        ),
        CheckConstraint(
            "evidence_id IS NOT NULL OR role NOT IN ('from', 'to') OR pair IS NOT NULL",
            name="from_to_paired",
        ),
        CheckConstraint("start IS NULL OR (start >= 0 AND start < stop)", name="span"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(
            "(removed_by IS NULL) = (removal_reason IS NULL)", name="removal_has_reason"
        ),
        *plain_decimal("low"),
        *plain_decimal("high"),
        UniqueConstraint("claim_id", "number"),
        UniqueConstraint("claim_id", "pair", "role"),
        Index("ix_figure_evidence_id", "evidence_id", unique=True),
        Index("ix_figure_mention_id", "mention_id"),
        Index("ix_figure_period_mention_id", "period_mention_id"),
    )

    claim_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("claim.id"))
    evidence_id: Mapped[uuid.UUID | None] = mapped_column(
        ForeignKey("evidence.id", ondelete="CASCADE")
    )
    mention_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("quantity_mention.id"))
    period_mention_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("quantity_mention.id"))
    number: Mapped[int]
    role: Mapped[Role] = mapped_column(Choice(Role), default=Role.VALUE)
    stated_text: Mapped[str]
    start: Mapped[int | None]
    stop: Mapped[int | None]
    comparator: Mapped[Comparator | None] = mapped_column(Choice(Comparator))
    low: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)
    low_inclusive: Mapped[bool | None]
    high_inclusive: Mapped[bool | None]
    stated_decimals: Mapped[int | None]
    unit: Mapped[str | None]
    multiplier: Mapped[int | None]
    period: Mapped[str | None]
    period_note: Mapped[Words | None]
    subject: Mapped[Words | None]
    measure: Mapped[Words | None]
    geography: Mapped[Words | None]
    basis: Mapped[Words | None]
    observation_status: Mapped[ObservationStatus] = mapped_column(
        Choice(ObservationStatus), default=ObservationStatus.NORMAL
    )
    change_kind: Mapped[ChangeKind | None] = mapped_column(Choice(ChangeKind))
    pair: Mapped[str | None]
    material: Mapped[bool] = mapped_column(default=True)
    verification_status: Mapped[VerificationStatus] = mapped_column(
        Choice(VerificationStatus), default=VerificationStatus.UNCHECKED
    )

    removed_by: Mapped[str | None]
    removal_reason: Mapped[str | None]

    claim: Mapped["Claim | None"] = relationship(back_populates="figures")
    evidence: Mapped["Evidence | None"] = relationship(back_populates="figure")


class FigureRelation(Identified, Recorded, Base):
    """A stated dependence between two figures of one claim, for the arithmetic checks."""

    __tablename__ = "figure_relation"
    __table_args__: Any = (
        choice_check("kind", RelationKind),
        CheckConstraint("from_figure_id <> to_figure_id", name="not_self"),
        UniqueConstraint("from_figure_id", "to_figure_id", "kind"),
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    from_figure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("figure.id"))
    to_figure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("figure.id"))
    kind: Mapped[RelationKind] = mapped_column(Choice(RelationKind))
    note: Mapped[Words | None]

    claim: Mapped["Claim"] = relationship(back_populates="relations")
    from_figure: Mapped[Figure] = relationship(foreign_keys=[from_figure_id])
    to_figure: Mapped[Figure] = relationship(foreign_keys=[to_figure_id])
