"""The issued appendix: what left the newsroom, numbered and hashed, and its files."""

import uuid
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.models.article import Article, ArticleVersion
from claims.vocabulary import Profile
from sources.base import Base, Identified, Recorded
from sources.columns import Choice, choice_check


class Appendix(Identified, Recorded, Base):
    """One issue of an article's verification: its content is fixed, its files are made from it.

    ``state_sha256`` is keyed and tells whether the same would be issued again; it is never shown.
    ``root_sha256`` is the root of the tree of commitments, ``document_sha256`` names the kept JSON
    document that every file is made from. Issues of format 2 have none of the three, nor a style,
    but ``content_sha256``, the plain digest of their content.
    """

    __tablename__ = "appendix"
    __table_args__: Any = (
        UniqueConstraint("article_id", "number"),
        choice_check("profile", Profile),
        CheckConstraint("language IN ('zh', 'en', 'both')", name="language_known"),
        CheckConstraint("length(content_sha256) = 64", name="content_sha256_hex"),
        CheckConstraint("length(state_sha256) = 64", name="state_sha256_hex"),
        CheckConstraint("length(root_sha256) = 64", name="root_sha256_hex"),
        CheckConstraint("length(document_sha256) = 64", name="document_sha256_hex"),
        CheckConstraint(
            "(content_sha256 IS NULL) = (document_sha256 IS NOT NULL)"
            " AND (document_sha256 IS NULL) = (root_sha256 IS NULL)"
            " AND (document_sha256 IS NULL) = (state_sha256 IS NULL)"
            " AND (document_sha256 IS NULL) = (style IS NULL)",
            name="document_whole",
        ),
        {"info": {"ledger": "immutable"}},
    )

    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id"))
    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    number: Mapped[int]
    profile: Mapped[Profile] = mapped_column(Choice(Profile), default=Profile.EDITOR)
    language: Mapped[str]
    style: Mapped[str | None]
    ledger_position: Mapped[int]
    schema_revision: Mapped[str]
    policy_version: Mapped[str]
    content_sha256: Mapped[str | None]
    state_sha256: Mapped[str | None]
    root_sha256: Mapped[str | None]
    document_sha256: Mapped[str | None] = mapped_column(info={"stored": True})
    replaces_id: Mapped[uuid.UUID | None] = mapped_column(ForeignKey("appendix.id"))

    article: Mapped[Article] = relationship()
    article_version: Mapped[ArticleVersion] = relationship()
    files: Mapped[list["AppendixFile"]] = relationship(
        back_populates="appendix", order_by="AppendixFile.id"
    )


class AppendixFile(Identified, Recorded, Base):
    """One file of an issue, made once and handed out again byte for byte.

    ``proof_sha256`` names the proof that lies beside a file which has no place for one. ``size``
    is in bytes. Both are empty for a file issued in format 2; of the earliest of those no copy
    was kept.
    """

    __tablename__ = "appendix_file"
    __table_args__: Any = (
        UniqueConstraint("appendix_id", "format"),
        CheckConstraint("length(file_sha256) = 64", name="file_sha256_hex"),
        CheckConstraint("length(proof_sha256) = 64", name="proof_sha256_hex"),
        CheckConstraint("size >= 0", name="size_counted"),
        Index("ix_appendix_file_file_sha256", "file_sha256"),
        {"info": {"ledger": "immutable"}},
    )

    appendix_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("appendix.id"))
    format: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(info={"stored": "kept"})
    kept: Mapped[bool] = mapped_column(default=True)
    size: Mapped[int | None]
    proof_sha256: Mapped[str | None] = mapped_column(info={"stored": True})

    appendix: Mapped[Appendix] = relationship(back_populates="files")
