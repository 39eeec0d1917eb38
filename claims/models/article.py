"""The article, its immutable versions and every number a reader sees in them."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from claims.figures import ChangeKind, Comparator
from claims.vocabulary import DismissalReason
from sources.base import Base, Identified, Recorded, Revised
from sources.columns import Choice, Exact, Words, choice_check

if TYPE_CHECKING:
    from claims.models.article_sign_off import ArticleSignOff
    from claims.models.claim import Claim


class Article(Identified, Recorded, Revised, Base):
    """A text whose figures are checked; what it says stands in its versions."""

    __tablename__ = "article"

    key: Mapped[str] = mapped_column(unique=True)
    title: Mapped[Words]
    language: Mapped[str]
    published: Mapped[str | None]
    byline: Mapped[str | None]
    deadline: Mapped[dt.datetime | None]
    sample: Mapped[bool] = mapped_column(default=False)
    notice: Mapped[Words | None]

    versions: Mapped[list["ArticleVersion"]] = relationship(
        back_populates="article", order_by="ArticleVersion.number"
    )
    claims: Mapped[list["Claim"]] = relationship(back_populates="article", order_by="Claim.number")
    sign_offs: Mapped[list["ArticleSignOff"]] = relationship(
        back_populates="article", order_by="ArticleSignOff.id"
    )


class ArticleVersion(Identified, Recorded, Base):
    """One state of the text: Unicode NFC, never altered, known by the SHA-256 of its UTF-8."""

    __tablename__ = "article_version"
    __table_args__: Any = (
        UniqueConstraint("article_id", "number"),
        CheckConstraint("length(sha256) = 64", name="sha256_hex"),
        CheckConstraint("number >= 1", name="number_positive"),
        {"info": {"ledger": "immutable"}},
    )

    article_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article.id"))
    number: Mapped[int]
    text: Mapped[str]
    sha256: Mapped[str]
    characters: Mapped[int]
    file_name: Mapped[str | None]
    media_type: Mapped[str]
    charset: Mapped[str]
    received_sha256: Mapped[str]

    article: Mapped[Article] = relationship(back_populates="versions")
    mentions: Mapped[list["QuantityMention"]] = relationship(
        back_populates="article_version", order_by="QuantityMention.start"
    )


class QuantityMention(Identified, Recorded, Revised, Base):
    """A number as the reader sees it, by code points; claimed by a figure, or dismissed."""

    __tablename__ = "quantity_mention"
    __table_args__: Any = (
        UniqueConstraint("version_id", "start", "stop"),
        choice_check("comparator", Comparator),
        choice_check("change_kind", ChangeKind),
        choice_check("dismissed_as", DismissalReason),
        CheckConstraint("start >= 0 AND start < stop", name="span"),
        CheckConstraint(
            "low IS NOT NULL OR high IS NOT NULL OR reason IS NOT NULL OR period IS NOT NULL",
            name="value_or_reason",
        ),
    )

    version_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("article_version.id"))
    start: Mapped[int]
    stop: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str]
    low: Mapped[Decimal | None] = mapped_column(Exact)
    high: Mapped[Decimal | None] = mapped_column(Exact)
    unit: Mapped[str | None]
    comparator: Mapped[Comparator | None] = mapped_column(Choice(Comparator))
    change_kind: Mapped[ChangeKind | None] = mapped_column(Choice(ChangeKind))
    period: Mapped[str | None]
    rule: Mapped[str]
    reason: Mapped[str | None]
    reader_version: Mapped[str]
    dismissed_as: Mapped[DismissalReason | None] = mapped_column(Choice(DismissalReason))
    dismissed_by: Mapped[str | None]
    dismissal_note: Mapped[Words | None]

    article_version: Mapped[ArticleVersion] = relationship(back_populates="mentions")
