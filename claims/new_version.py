"""A new version of an article: stored, its claims carried over, what is new proposed."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.carrying import Carrying
from claims.errors import Conflict, Refused
from claims.models import Article, ArticleVersion
from claims.readings import read_on
from claims.text import Text


def add_version(
    session: Session,
    article: Article,
    text: Text,
    *,
    by: str,
    file_name: str | None = None,
    media_type: str = "text/plain",
    seen_number: int | None = None,
) -> ArticleVersion:
    """Store a text as the next version, carry every claim to it, and propose what is new.

    Raises Conflict when somebody stored another version meanwhile, and Refused, field ``text``,
    when nothing has changed.
    """
    session.execute(select(Article.id).where(Article.id == article.id).with_for_update())
    old = newest_version(session, article.id)
    _refuse_overtaken(old, seen_number)
    _refuse_unchanged(old, text)
    new = ArticleVersion(
        article=article,
        number=old.number + 1,
        text=text.content,
        sha256=text.sha256,
        characters=len(text.content),
        file_name=file_name,
        media_type=media_type,
        charset=text.charset,
        received_sha256=text.received_sha256,
        created_by=by,
    )
    session.add(new)
    session.flush()
    Carrying(session, old, new, by).run()
    read_on(session, new, by=by)
    return new


def _refuse_overtaken(old: ArticleVersion, seen_number: int | None) -> None:
    if seen_number is not None and seen_number != old.number:
        raise Conflict(
            "version_overtaken",
            {
                "zh": f"别人刚存了第 {old.number} 版。请先看过它，再提交您的文本。",
                "en": f"Somebody stored version {old.number} meanwhile. Look at it first.",
            },
        )


def _refuse_unchanged(old: ArticleVersion, text: Text) -> None:
    if old.sha256 == text.sha256:
        raise Refused(
            "unchanged",
            {"zh": "正文与上一版完全相同。", "en": "The text is the same as before."},
            "text",
        )


def newest_version(session: Session, article_id: uuid.UUID) -> ArticleVersion:
    """Return the newest version of an article."""
    return session.scalars(
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article_id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
    ).one()
