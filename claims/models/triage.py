"""Readings of a version, what they propose, what people did about it, and how readings differ."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.figures import ChangeKind, Comparator, ObservationStatus, Role
from claims.models.article import ArticleVersion, QuantityMention
from claims.models.claim import Claim
from claims.models.figure import HIGH, LOW, WHOLE_LOW, plain_decimal
from claims.triage_vocabulary import (
    ActKind,
    DifferenceKind,
    DifferenceState,
    PeriodSource,
    ProposalState,
    RejectionReason,
    Strength,
)
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Exact, Words, choice_check


class Reading(Identified, Recorded, Revised, Base):
    """One run of the reader over a version: with what, how far, and when it was done.

    ``read_to`` counts the code points read so far; portions end at sentence ends, so a run that
    was interrupted goes on exactly there.
    """

    __tablename__ = "reading"
    __table_args__: Any = (
        UniqueConstraint("version_id", "number"),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("read_to >= 0", name="read_to_positive"),
        CheckConstraint("length(tables_sha256) = 64", name="tables_sha256_hex"),
        {"info": {"ledger": "kept"}},
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    number: Mapped[int]
    reader_version: Mapped[str]
    extractor_version: Mapped[str]
    tables_sha256: Mapped[str]
    language: Mapped[str]
    published: Mapped[str | None]
    read_to: Mapped[int] = mapped_column(default=0)
    finished_at: Mapped[dt.datetime | None]

    article_version: Mapped[ArticleVersion] = relationship()


class Proposal(Identified, Recorded, Revised, Base):
    """A stretch of text that may be a claim; a claim exists only once a person accepts it.

    ``statement`` is in the article's language. ``into_id`` names the proposal another was merged
    into, ``from_id`` the one it was split off. ``reading_id`` is empty for what a person marked.
    """

    __tablename__ = "proposal"
    __table_args__: Any = (
        UniqueConstraint("version_id", "number"),
        choice_check("strength", Strength),
        choice_check("state", ProposalState),
        choice_check("reason", RejectionReason),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("start >= 0 AND start < stop", name="span"),
        CheckConstraint(
            "sentence_start <= start AND sentence_start < sentence_stop", name="sentence"
        ),
        CheckConstraint("(state = 'accepted') = (claim_id IS NOT NULL)", name="accepted_has_claim"),
        CheckConstraint("(state = 'rejected') = (reason IS NOT NULL)", name="rejected_has_reason"),
        CheckConstraint("(state = 'merged') = (into_id IS NOT NULL)", name="merged_has_into"),
        CheckConstraint(
            "(state = 'pending') = (decided_by IS NULL)"
            " AND (decided_by IS NULL) = (decided_at IS NULL)",
            name="decided_has_who",
        ),
        Index("ix_proposal_version_id_start", "version_id", "start"),
        Index("ix_proposal_claim_id", "claim_id", unique=True),
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    reading_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("reading.id"), index=True)
    number: Mapped[int]
    start: Mapped[int]
    stop: Mapped[int]
    sentence_start: Mapped[int]
    sentence_stop: Mapped[int]
    statement: Mapped[str]
    kind: Mapped[str]
    strength: Mapped[Strength] = mapped_column(Choice(Strength))
    rule: Mapped[str]
    state: Mapped[ProposalState] = mapped_column(
        Choice(ProposalState), default=ProposalState.PENDING
    )
    reason: Mapped[RejectionReason | None] = mapped_column(Choice(RejectionReason))
    claim_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("claim.id"))
    into_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("proposal.id"))
    from_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("proposal.id"))
    edited_by: Mapped[str | None]
    decided_by: Mapped[str | None]
    decided_at: Mapped[dt.datetime | None]

    article_version: Mapped[ArticleVersion] = relationship()
    reading: Mapped[Reading | None] = relationship()
    claim: Mapped[Claim | None] = relationship()
    figures: Mapped[list["ProposedFigure"]] = relationship(
        back_populates="proposal", order_by="ProposedFigure.number"
    )

    @property
    def touched(self) -> bool:
        """Whether a person decided about it or changed it: no later reading overwrites it."""
        return self.state is not ProposalState.PENDING or self.edited_by is not None


class ProposedFigure(Identified, Recorded, Revised, Base):
    """A number as a figure of a proposal: what an accepted claim's figure is copied from."""

    __tablename__ = "proposed_figure"
    __table_args__: Any = (
        UniqueConstraint("proposal_id", "number"),
        choice_check("strength", Strength),
        choice_check("role", Role),
        choice_check("comparator", Comparator),
        choice_check("observation_status", ObservationStatus),
        choice_check("change_kind", ChangeKind),
        choice_check("period_source", PeriodSource),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("start >= 0 AND start < stop", name="span"),
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
        CheckConstraint("role NOT IN ('from', 'to') OR pair IS NOT NULL", name="from_to_paired"),
        CheckConstraint("period IS NULL OR period_source IS NOT NULL", name="period_has_source"),
        *plain_decimal("low"),
        *plain_decimal("high"),
        Index("ix_proposed_figure_mention_id", "mention_id"),
        Index("ix_proposed_figure_period_mention_id", "period_mention_id"),
    )

    proposal_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("proposal.id"))
    mention_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("quantity_mention.id"))
    period_mention_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("quantity_mention.id"))
    number: Mapped[int]
    strength: Mapped[Strength] = mapped_column(Choice(Strength))
    rule: Mapped[str]
    role: Mapped[Role] = mapped_column(Choice(Role), default=Role.VALUE)
    pair: Mapped[str | None]
    stated_text: Mapped[str]
    start: Mapped[int]
    stop: Mapped[int]
    comparator: Mapped[Comparator | None] = mapped_column(Choice(Comparator))
    low: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)
    low_inclusive: Mapped[bool | None]
    high_inclusive: Mapped[bool | None]
    stated_decimals: Mapped[int | None]
    unit: Mapped[str | None]
    multiplier: Mapped[int | None]
    change_kind: Mapped[ChangeKind | None] = mapped_column(Choice(ChangeKind))
    period: Mapped[str | None]
    period_source: Mapped[PeriodSource | None] = mapped_column(Choice(PeriodSource))
    period_note: Mapped[Words | None]
    subject: Mapped[Words | None]
    measure: Mapped[Words | None]
    geography: Mapped[Words | None]
    basis: Mapped[Words | None]
    observation_status: Mapped[ObservationStatus] = mapped_column(
        Choice(ObservationStatus), default=ObservationStatus.NORMAL
    )
    material: Mapped[bool] = mapped_column(default=True)

    proposal: Mapped[Proposal] = relationship(back_populates="figures")
    mention: Mapped[QuantityMention | None] = relationship(foreign_keys=[mention_id])


class TriageAct(Identified, Recorded, Revised, Base):
    """One thing a person did while sorting numbers and proposals, with what undoes it exactly.

    ``changes`` is JSON: for each row touched its values before and a digest of it afterwards.
    """

    __tablename__ = "triage_act"
    __table_args__: Any = (
        UniqueConstraint("version_id", "number"),
        choice_check("kind", ActKind),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("(undone_by IS NULL) = (undone_at IS NULL)", name="undone_has_when"),
        {"info": {"ledger": "kept"}},
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    number: Mapped[int]
    kind: Mapped[ActKind] = mapped_column(Choice(ActKind))
    about: Mapped[str | None]
    changes: Mapped[str]
    undone_by: Mapped[str | None]
    undone_at: Mapped[dt.datetime | None]


class ReadingDifference(Identified, Recorded, Revised, Base):
    """One thing a later reading sees differently; taken over or left by a person."""

    __tablename__ = "reading_difference"
    __table_args__: Any = (
        UniqueConstraint("reading_id", "number"),
        choice_check("kind", DifferenceKind),
        choice_check("state", DifferenceState),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint("start >= 0 AND start < stop", name="span"),
        CheckConstraint("(state = 'open') = (decided_by IS NULL)", name="decided_has_who"),
        {"info": {"ledger": "kept"}},
    )

    reading_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("reading.id"))
    number: Mapped[int]
    kind: Mapped[DifferenceKind] = mapped_column(Choice(DifferenceKind))
    start: Mapped[int]
    stop: Mapped[int]
    was: Mapped[Words | None]
    becomes: Mapped[Words | None]
    held_by: Mapped[str | None]
    state: Mapped[DifferenceState] = mapped_column(
        Choice(DifferenceState), default=DifferenceState.OPEN
    )
    decided_by: Mapped[str | None]

    reading: Mapped[Reading] = relationship()
