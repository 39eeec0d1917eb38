"""The register of what was issued: an issue by its number, the newest of a kind, and the rest."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, selectinload

from app.appendix_issue.wish import Wish
from claims.errors import Missing
from claims.models import Appendix, AppendixFile, Article, Claim

NO_SUCH = {"zh": "没有这一号附录。", "en": "There is no such appendix."}
NO_FILE = {
    "zh": "这一号附录还没有这种格式的文件。",
    "en": "This appendix has no file of this format yet.",
}


def issued(session: Session, key: str, number: int) -> Appendix:
    """Return an issue of an article with its files; raise Missing."""
    query = select(Appendix).join(Appendix.article)
    found = session.scalar(
        query.where(Article.key == key, Appendix.number == number).options(
            selectinload(Appendix.files), selectinload(Appendix.article_version)
        )
    )
    if found is None:
        raise Missing("no_such_appendix", NO_SUCH)
    return found


def listed(session: Session, article: uuid.UUID, most: int | None = None) -> Sequence[Appendix]:
    """Return the issues of an article with their files, the newest first."""
    query = _of(article).options(
        selectinload(Appendix.files), selectinload(Appendix.article_version)
    )
    return session.scalars(query.limit(most) if most else query).all()


def last_number(session: Session, article: uuid.UUID) -> int:
    """Return the number of an article's last issue; 0 where there is none."""
    query = select(func.max(Appendix.number)).where(Appendix.article_id == article)
    return session.scalar(query) or 0


def former(session: Session, article: uuid.UUID, wish: Wish) -> Appendix | None:
    """Return what an issue would replace: the newest for the same readers in that language."""
    same = (Appendix.profile == wish.profile, Appendix.language == wish.language)
    return session.scalar(_of(article).where(*same).limit(1))


def newest_alike(
    session: Session, article: uuid.UUID, version: uuid.UUID, wish: Wish
) -> Appendix | None:
    """Return the newest issue of a version in the same profile, language and style."""
    query = _of(article).where(
        Appendix.version_id == version,
        Appendix.profile == wish.profile,
        Appendix.language == wish.language,
        Appendix.style == wish.style.value,
    )
    return session.scalar(query.limit(1))


def replaced_by(session: Session, issue: Appendix) -> Appendix | None:
    """Return the issue that replaced one; None while it is the newest of its kind."""
    query = select(Appendix).where(Appendix.replaces_id == issue.id)
    return session.scalar(query.order_by(Appendix.number).limit(1))


def by_key(session: Session, key: uuid.UUID | None) -> Appendix | None:
    """Return an issue by its identifier, if there is one."""
    return session.get(Appendix, key) if key is not None else None


def claims_by_number(session: Session, article: uuid.UUID) -> dict[int, uuid.UUID]:
    """Return the identifier of each claim of an article by its number."""
    rows = session.execute(select(Claim.number, Claim.id).where(Claim.article_id == article))
    return {row.number: row.id for row in rows}


def file_of(issue: Appendix, form: str) -> AppendixFile | None:
    """Return an issue's file of a format; None where it was not made yet."""
    return next((file for file in issue.files if file.format == form), None)


def _of(article: uuid.UUID) -> Select[Appendix]:
    query = select(Appendix).where(Appendix.article_id == article)
    return query.order_by(Appendix.number.desc())
