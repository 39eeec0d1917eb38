"""Issuing an appendix: its content, its file and its entries in the register and the ledger."""

import hashlib

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.exports import Format
from app.ledger import acts, history
from claims.appendix import AppendixContent, article_content
from claims.models import Appendix, Article, ArticleVersion


def latest_version(session: Session, article: Article) -> ArticleVersion:
    """Return the newest version of an article."""
    return session.scalars(
        select(ArticleVersion)
        .where(ArticleVersion.article_id == article.id)
        .order_by(ArticleVersion.number.desc())
        .limit(1)
    ).one()


def current_content(session: Session, article: Article) -> AppendixContent:
    """Return what the appendix of an article says now."""
    return article_content(
        session,
        latest_version(session, article),
        ledger_position=history.position(session),
        schema_revision=history.schema_revision(session),
    )


def issue(
    session: Session, article: Article, *, form: Format, language: str, by: str
) -> tuple[Appendix, bytes]:
    """Number, hash and record an appendix; return its row and the bytes of the file.

    Two people issuing at once cannot get one number: the table refuses the second.
    """
    content = current_content(session, article)
    data = form.render(content).encode()
    last = session.scalar(
        select(Appendix)
        .where(Appendix.article_id == article.id)
        .order_by(Appendix.number.desc())
        .limit(1)
    )
    row = Appendix(
        article_id=article.id,
        version_id=latest_version(session, article).id,
        number=last.number + 1 if last is not None else 1,
        language=language,
        format=form.name,
        ledger_position=content.ledger_position,
        schema_revision=content.schema_revision,
        policy_version=content.policy_version,
        content_sha256=content.sha256,
        file_sha256=hashlib.sha256(data).hexdigest(),
        replaces_id=last.id if last is not None else None,
        created_by=by,
    )
    session.add(row)
    session.flush()
    _record(session, article, row, len(content.claims))
    return row, data


def _record(session: Session, article: Article, row: Appendix, claims: int) -> None:
    """Enter the issue in the ledger."""
    acts.record(
        session,
        "export",
        "article",
        str(article.id),
        "X",
        {
            "article": article.key,
            "number": row.number,
            "format": row.format,
            "language": row.language,
            "content_sha256": row.content_sha256,
            "file_sha256": row.file_sha256,
            "claims": claims,
        },
    )
