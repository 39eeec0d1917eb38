"""What the article cites for a claim, and what reviewers attach to it."""

import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.figure import Figure
from claims.vocabulary import Channel, EvidenceKind, LocatorKind, Stance, Terms
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Words, choice_check
from sources.models import Snapshot, Source
from sources.quotes import Span

if TYPE_CHECKING:
    from claims.models.claim import Claim


class Citation(Identified, Recorded, Revised, Base):
    """What the ARTICLE gives as its source for the claim, known to us or only worded."""

    __tablename__ = "citation"
    __table_args__: Any = (
        CheckConstraint("source_id IS NOT NULL OR attribution IS NOT NULL", name="source_or_words"),
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    source_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source.id"), index=True)
    attribution: Mapped[Words | None]
    locator: Mapped[str | None]

    claim: Mapped["Claim"] = relationship(back_populates="citations")
    source: Mapped[Source | None] = relationship()


class Evidence(Identified, Recorded, Revised, Base):
    """What a REVIEWER attaches: a passage of a source, and what it does to the claim.

    An item without a locator or a quote is kept but does not count (:attr:`counts`), and so is
    one from outside the desk while it is ``pending``. Items are withdrawn with a reason rather
    than deleted. A calculation has a ``formula`` over other figures in the place of a source; its
    figure is the result. ``cited_as`` is the key its source had before that was merged into
    another: signatures were given under it, and the document is the same.

    Where the passage was found in the snapshot's text, ``quote_start`` and ``quote_stop`` say
    where (code points, the stop exclusive), and ``quote`` is exactly what stands there; the two of
    ``figure`` likewise, and then the figure was read there and not typed. The ``said`` columns
    tell of a personal communication: who, in which office, when, how, on which terms, and how the
    person was reached.
    """

    __tablename__ = "evidence"
    __table_args__: Any = (
        UniqueConstraint("claim_id", "number"),
        choice_check("kind", EvidenceKind),
        choice_check("stance", Stance),
        choice_check("locator_kind", LocatorKind),
        CheckConstraint("kind <> 'source' OR source_id IS NOT NULL", name="source_has_source"),
        CheckConstraint(
            "(kind = 'calculation') = (formula IS NOT NULL)", name="calculation_has_formula"
        ),
        CheckConstraint("(locator IS NULL) = (locator_kind IS NULL)", name="locator_has_kind"),
        CheckConstraint(
            "(withdrawn_by IS NULL) = (withdrawal_reason IS NULL)", name="withdrawal_has_reason"
        ),
        CheckConstraint("NOT pending OR kind = 'personal_communication'", name="pending_said"),
        CheckConstraint(
            "(quote_start IS NULL) = (quote_stop IS NULL) AND (quote_start IS NULL OR"
            " (snapshot_id IS NOT NULL AND quote_start >= 0 AND quote_start < quote_stop))",
            name="quote_place",
        ),
        CheckConstraint(
            "(figure_start IS NULL) = (figure_stop IS NULL) AND (figure_start IS NULL OR"
            " (quote_start IS NOT NULL AND figure_start >= quote_start"
            " AND figure_start < figure_stop AND figure_stop <= quote_stop))",
            name="figure_place",
        ),
        choice_check("said_via", Channel),
        choice_check("said_terms", Terms),
        CheckConstraint(
            "kind = 'personal_communication' OR coalesce(said_by, said_role, said_on, said_via,"
            " said_terms, said_reached) IS NULL",
            name="said_by_somebody",
        ),
        {"info": {"ledger": "kept"}},
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"))
    number: Mapped[int]
    kind: Mapped[EvidenceKind] = mapped_column(Choice(EvidenceKind), default=EvidenceKind.SOURCE)
    source_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("source.id"), index=True)
    snapshot_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("snapshot.id"), index=True)
    stance: Mapped[Stance] = mapped_column(Choice(Stance))
    locator_kind: Mapped[LocatorKind | None] = mapped_column(Choice(LocatorKind))
    locator: Mapped[str | None]
    quote: Mapped[str | None]
    says: Mapped[Words | None]
    note: Mapped[Words | None]
    formula: Mapped[str | None]
    cited_as: Mapped[str | None]
    quote_start: Mapped[int | None]
    quote_stop: Mapped[int | None]
    figure_start: Mapped[int | None]
    figure_stop: Mapped[int | None]
    said_by: Mapped[str | None]
    said_role: Mapped[str | None]
    said_on: Mapped[str | None]
    said_via: Mapped[Channel | None] = mapped_column(Choice(Channel))
    said_terms: Mapped[Terms | None] = mapped_column(Choice(Terms))
    said_reached: Mapped[str | None]
    withdrawn_by: Mapped[str | None]
    withdrawal_reason: Mapped[str | None]
    pending: Mapped[bool] = mapped_column(default=False, server_default=false())

    claim: Mapped["Claim"] = relationship(back_populates="evidence")
    source: Mapped[Source | None] = relationship()
    snapshot: Mapped[Snapshot | None] = relationship()
    targets: Mapped[list["EvidenceTarget"]] = relationship(
        back_populates="evidence", order_by="EvidenceTarget.id", cascade="all, delete-orphan"
    )
    figure: Mapped[Figure | None] = relationship(
        back_populates="evidence", uselist=False, cascade="all, delete-orphan"
    )

    @property
    def addresses(self) -> list[Figure]:
        """The claim's figures this item speaks to, as far as the claim still states them.

        An item without ``targets`` speaks to the claim as a whole.
        """
        return [target.figure for target in self.targets if target.figure.removed_by is None]

    @property
    def quote_place(self) -> Span | None:
        """Where the passage stands in the snapshot's text."""
        return _span(self.quote_start, self.quote_stop)

    @property
    def figure_place(self) -> Span | None:
        """Where the words of its figure stand in the snapshot's text; None: they were typed."""
        return _span(self.figure_start, self.figure_stop)

    @property
    def is_cell(self) -> bool:
        """Whether it is a cell of a table, whose figure was read there and not typed."""
        return self.locator_kind is LocatorKind.TABLE_CELL and self.figure_start is not None

    @property
    def counts(self) -> bool:
        """Whether the item weighs: it stands, and says where in its source the passage is.

        A calculation says so by its formula, as long as that has a result.
        """
        placed = self.locator or self.quote or (self.formula and self.figure)
        return self.stands and bool(placed)

    @property
    def stands(self) -> bool:
        """Whether the item is part of the checking: neither withdrawn nor still to be accepted."""
        return self.withdrawn_by is None and not self.pending


def _span(start: int | None, stop: int | None) -> Span | None:
    return None if start is None or stop is None else (start, stop)


class EvidenceTarget(Identified, Recorded, Base):
    """One figure of the claim that an evidence item speaks to."""

    __tablename__ = "evidence_target"
    __table_args__: Any = (UniqueConstraint("evidence_id", "figure_id"),)

    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id", ondelete="CASCADE"))
    figure_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("figure.id"), index=True)

    evidence: Mapped[Evidence] = relationship(back_populates="targets")
    figure: Mapped[Figure] = relationship()
