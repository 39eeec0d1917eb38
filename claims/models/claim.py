"""The claim: one checkable statement, one row, with the place where it stands in a version."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.article import Article, ArticleVersion
from claims.status import VerificationStatus
from claims.vocabulary import AnchorState, Disposition, Stage
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Words, choice_check

if TYPE_CHECKING:
    from claims.models.assessment import Assessment, SignOff
    from claims.models.contest import Contest
    from claims.models.discussion import Comment, Finding
    from claims.models.evidence import Citation, Evidence
    from claims.models.figure import Figure, FigureRelation
    from claims.models.formula import FormulaCheck


class Claim(Identified, Recorded, Revised, Base):
    """A statement of the article that can be checked.

    ``verification_status`` is what the evidence says, ``stage`` where the work is and
    ``disposition`` what happens to the sentence: three answers, never one. ``stage`` is moved
    only by :mod:`claims.workflow`. ``submission`` counts how often the claim was submitted, and
    ``sign_off_levels`` is what the desk asked for the last time.
    """

    __tablename__ = "claim"
    __table_args__: Any = (
        UniqueConstraint("article_id", "number"),
        UniqueConstraint("article_id", "key"),
        choice_check("verification_status", VerificationStatus),
        choice_check("stage", Stage),
        choice_check("disposition", Disposition),
        CheckConstraint("number >= 1", name="number_positive"),
        CheckConstraint(
            "stage NOT IN ('submitted', 'signed_off') OR disposition IS NOT NULL",
            name="disposition_before_submission",
        ),
        CheckConstraint("sign_off_levels BETWEEN 1 AND 3", name="sign_off_levels_range"),
        Index("ix_claim_queue_stage", "stage", "id"),
        Index("ix_claim_queue_status", "verification_status", "id"),
        Index("ix_claim_queue_assignee", "assignee", "id"),
        Index("ix_claim_queue_article", "article_id", "id"),
        Index("ix_claim_submitted_by", "submitted_by"),
        {"info": {"ledger": "kept"}},
    )

    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    key: Mapped[str]
    kind: Mapped[str]
    statement: Mapped[Words]
    verification_status: Mapped[VerificationStatus] = mapped_column(
        Choice(VerificationStatus), default=VerificationStatus.UNCHECKED
    )
    stage: Mapped[Stage] = mapped_column(Choice(Stage), default=Stage.OPEN)
    disposition: Mapped[Disposition | None] = mapped_column(Choice(Disposition))
    proposed_wording: Mapped[str | None]
    checkability: Mapped[str | None]
    where_to_check: Mapped[str | None]
    assignee: Mapped[str | None]
    submitted_by: Mapped[str | None]
    submission: Mapped[int] = mapped_column(default=0, server_default="0")
    sign_off_levels: Mapped[int | None]
    due_at: Mapped[dt.datetime | None]

    article: Mapped[Article] = relationship(back_populates="claims")
    anchors: Mapped[list["ClaimAnchor"]] = relationship(back_populates="claim")
    figures: Mapped[list["Figure"]] = relationship(
        back_populates="claim",
        order_by="Figure.number",
        primaryjoin="and_(Claim.id == foreign(Figure.claim_id), Figure.removed_by.is_(None))",
    )
    relations: Mapped[list["FigureRelation"]] = relationship(back_populates="claim")
    citations: Mapped[list["Citation"]] = relationship(
        back_populates="claim", order_by="Citation.id"
    )
    evidence: Mapped[list["Evidence"]] = relationship(
        back_populates="claim", order_by="Evidence.number"
    )
    assessments: Mapped[list["Assessment"]] = relationship(
        back_populates="claim", order_by="Assessment.id"
    )
    sign_offs: Mapped[list["SignOff"]] = relationship(back_populates="claim", order_by="SignOff.id")
    contests: Mapped[list["Contest"]] = relationship(
        back_populates="claim", order_by="Contest.number"
    )
    comments: Mapped[list["Comment"]] = relationship(back_populates="claim", order_by="Comment.id")
    findings: Mapped[list["Finding"]] = relationship(back_populates="claim", order_by="Finding.id")
    later_authors: Mapped[list["ClaimAuthor"]] = relationship(
        back_populates="claim", order_by="ClaimAuthor.id"
    )
    checks: Mapped[list["FormulaCheck"]] = relationship(
        back_populates="claim", order_by="FormulaCheck.number"
    )


class ClaimAuthor(Identified, Recorded, Base):
    """Somebody who changed what a claim states after it was written down; they do not sign it."""

    __tablename__ = "claim_author"
    __table_args__: Any = (
        UniqueConstraint("claim_id", "created_by"),
        {"info": {"ledger": "immutable"}},
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"))

    claim: Mapped[Claim] = relationship(back_populates="later_authors")


class ClaimAnchor(Identified, Recorded, Revised, Base):
    """Where a claim stands in one version (W3C TextQuoteSelector and TextPositionSelector).

    ``start`` and ``stop`` count Unicode code points of the version's text; an orphaned anchor has
    none. ``sentence_start`` and ``sentence_stop`` bound the sentence around it.
    """

    __tablename__ = "claim_anchor"
    __table_args__: Any = (
        UniqueConstraint("claim_id", "version_id"),
        choice_check("state", AnchorState),
        CheckConstraint(
            "(state = 'orphaned' AND start IS NULL AND stop IS NULL)"
            " OR (state <> 'orphaned' AND start >= 0 AND start < stop)",
            name="span",
        ),
        Index("ix_claim_anchor_version_id_start", "version_id", "start"),
    )

    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    exact: Mapped[str]
    prefix: Mapped[str]
    suffix: Mapped[str]
    start: Mapped[int | None]
    stop: Mapped[int | None]
    sentence_start: Mapped[int | None]
    sentence_stop: Mapped[int | None]
    state: Mapped[AnchorState] = mapped_column(Choice(AnchorState), default=AnchorState.EXACT)
    confirmed_by: Mapped[str | None]

    claim: Mapped[Claim] = relationship(back_populates="anchors")
    article_version: Mapped[ArticleVersion] = relationship()
