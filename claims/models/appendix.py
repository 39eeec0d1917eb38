"""The issued appendix: what left the newsroom, numbered and hashed."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.article import Article, ArticleVersion
from claims.vocabulary import Profile
from sources.base import Base, Identified, Recorded
from sources.columns import Choice, choice_check


class Appendix(Identified, Recorded, Base):
    """One export of an article's verification, as it was handed out.

    ``content_sha256`` is the digest of the content's canonical JSON, the same for every format;
    ``file_sha256`` that of the very bytes handed out.
    """

    __tablename__ = "appendix"
    __table_args__: Any = (
        UniqueConstraint("article_id", "number"),
        choice_check("profile", Profile),
        CheckConstraint("length(content_sha256) = 64", name="content_sha256_hex"),
        CheckConstraint("length(file_sha256) = 64", name="file_sha256_hex"),
        {"info": {"ledger": "immutable"}},
    )

    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    number: Mapped[int]
    profile: Mapped[Profile] = mapped_column(Choice(Profile), default=Profile.EDITOR)
    language: Mapped[str]
    format: Mapped[str]
    ledger_position: Mapped[int]
    schema_revision: Mapped[str]
    policy_version: Mapped[str]
    content_sha256: Mapped[str]
    file_sha256: Mapped[str]
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("appendix.id"))

    article: Mapped[Article] = relationship()
    article_version: Mapped[ArticleVersion] = relationship()
