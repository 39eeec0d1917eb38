"""Asking outside the desk: an invitation to named claims, what it showed, and each answer."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.article import Article, ArticleVersion
from claims.models.claim import Claim
from claims.models.contest import Contest
from claims.models.evidence import Evidence
from claims.vocabulary import GUEST, AnswerChoice, Side
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Words, choice_check

if TYPE_CHECKING:
    from collections.abc import Sequence


class Invitation(Identified, Recorded, Revised, Base):
    """Somebody outside the desk, asked about named claims of one version through a link.

    Of the link only the SHA-256 of its token is kept; it stands in the ledger, so that a swapped
    one is noticed. ``language`` is that of the page they see.
    """

    __tablename__ = "invitation"
    __table_args__: Any = (
        choice_check("side", Side),
        CheckConstraint("side IN ('reader', 'expert', 'subject')", name="side_outside"),
        CheckConstraint("language IN ('zh', 'en')", name="language_of_a_page"),
        CheckConstraint("length(token_sha256) = 64", name="token_sha256_hex"),
        CheckConstraint("(revoked_by IS NULL) = (revoked_at IS NULL)", name="revoked_has_when"),
        {"info": {"ledger": "kept"}},
    )

    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id"), index=True)
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    contest_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contest.id"), index=True)
    side: Mapped[Side] = mapped_column(Choice(Side))
    name: Mapped[str]
    question: Mapped[str]
    language: Mapped[str]
    show_title: Mapped[bool]
    token_sha256: Mapped[str] = mapped_column(unique=True)
    expires_at: Mapped[dt.datetime]
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[dt.datetime | None]

    article: Mapped[Article] = relationship()
    article_version: Mapped[ArticleVersion] = relationship()
    contest: Mapped[Contest | None] = relationship()
    asked: Mapped[list["InvitedClaim"]] = relationship(
        back_populates="invitation", order_by="InvitedClaim.number"
    )

    @property
    def guest(self) -> str:
        """The stable string by which history knows whoever holds the link."""
        return f"{GUEST}{self.side}:{self.id}"

    @property
    def answers(self) -> "Sequence[Answer]":
        """All that was answered, claim by claim, the oldest first."""
        return [answer for asked in self.asked for answer in asked.answers]


class InvitedClaim(Identified, Recorded, Base):
    """A claim as an invitation shows it: its sentence, its figures in words, and their hashes."""

    __tablename__ = "invited_claim"
    __table_args__: Any = (
        UniqueConstraint("invitation_id", "claim_id"),
        CheckConstraint("length(version_sha256) = 64", name="version_sha256_hex"),
        CheckConstraint("length(material_sha256) = 64", name="material_sha256_hex"),
        {"info": {"ledger": "immutable"}},
    )

    invitation_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("invitation.id"))
    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    number: Mapped[int]
    sentence: Mapped[str]
    figures: Mapped[Words | None]
    version_sha256: Mapped[str]
    material_sha256: Mapped[str]

    invitation: Mapped[Invitation] = relationship(back_populates="asked")
    claim: Mapped[Claim] = relationship()
    answers: Mapped[list["Answer"]] = relationship(back_populates="asked", order_by="Answer.id")

    @property
    def newest(self) -> "Answer | None":
        """The answer in force."""
        return self.answers[-1] if self.answers else None


class Answer(Identified, Recorded, Revised, Base):
    """What somebody outside said about one claim, bound to what they were shown.

    The statement is the quote of ``evidence``. A later answer to the same claim is another row
    and another evidence item; the former stays. ``credited_as`` is printed only if ``by_name``.
    """

    __tablename__ = "answer"
    __table_args__: Any = (
        choice_check("choice", AnswerChoice),
        CheckConstraint("length(version_sha256) = 64", name="version_sha256_hex"),
        CheckConstraint("length(material_sha256) = 64", name="material_sha256_hex"),
        CheckConstraint("NOT by_name OR credited_as IS NOT NULL", name="name_to_credit"),
        CheckConstraint("(accepted_by IS NULL) = (accepted_at IS NULL)", name="accepted_has_when"),
        {"info": {"ledger": "kept"}},
    )

    invited_claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("invited_claim.id"), index=True)
    claim_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("claim.id"), index=True)
    evidence_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("evidence.id"), unique=True)
    contest_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("contest.id"))
    choice: Mapped[AnswerChoice] = mapped_column(Choice(AnswerChoice))
    stated_figure: Mapped[str | None]
    link: Mapped[str | None]
    credited_as: Mapped[str | None]
    by_name: Mapped[bool]
    version_sha256: Mapped[str]
    material_sha256: Mapped[str]
    accepted_by: Mapped[str | None]
    accepted_at: Mapped[dt.datetime | None]

    asked: Mapped[InvitedClaim] = relationship(back_populates="answers")
    claim: Mapped[Claim] = relationship()
    evidence: Mapped[Evidence] = relationship()
    contest: Mapped[Contest | None] = relationship()
