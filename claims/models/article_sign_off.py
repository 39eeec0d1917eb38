"""The article's own sign-off, and the loud act of publishing without it: rows only added."""

import json
import uuid
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.vocabulary import ArticleDecision
from sources.base import Base, Identified, Recorded
from sources.columns import Choice, Words, choice_check

if TYPE_CHECKING:
    from claims.models.article import Article, ArticleVersion


class ArticleSignOff(Identified, Recorded, Base):
    """A person answers for one version of an article as it stands, or publishes it unfinished.

    ``version_sha256`` is that of the text, ``state_sha256`` that of everything the sign-off rests
    on: the content hash and stage of each claim, its place, and how each number is accounted for.
    ``missing`` is what stood in the way of an emergency publication at that moment, as a JSON list
    of words.
    """

    __tablename__ = "article_sign_off"
    __table_args__: Any = (
        choice_check("decision", ArticleDecision),
        CheckConstraint("length(version_sha256) = 64", name="version_sha256_hex"),
        CheckConstraint("length(state_sha256) = 64", name="state_sha256_hex"),
        CheckConstraint(
            "(decision = 'signed' AND reason IS NULL AND missing IS NULL)"
            " OR (decision = 'emergency' AND missing IS NOT NULL"
            " AND length(trim(coalesce(reason, ''))) > 0)",
            name="emergency_has_reason",
        ),
        Index("ix_article_sign_off_article_id_id", "article_id", "id"),
        {"info": {"ledger": "immutable"}},
    )

    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"), index=True)
    decision: Mapped[ArticleDecision] = mapped_column(Choice(ArticleDecision))
    version_sha256: Mapped[str]
    state_sha256: Mapped[str]
    reason: Mapped[str | None]
    missing: Mapped[str | None]

    article: Mapped["Article"] = relationship(back_populates="sign_offs")
    article_version: Mapped["ArticleVersion"] = relationship()

    @property
    def lacked(self) -> list[Words]:
        """What was missing at that moment, one thing at a time."""
        found: list[Words] = json.loads(self.missing or "[]")
        return found
