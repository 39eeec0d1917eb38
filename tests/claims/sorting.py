"""An article to sort, for the tests of proposals: read, with everything still to be decided."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.intake import add_article
from claims.journal import TABLES, digest_of
from claims.models import ArticleVersion, Claim, Proposal
from claims.text import read_text
from claims.vocabulary import Stage

TEXT = (
    "十年前，份额只有15%，3nm还没有客户。2024年，份额从1%跃升至50%以上，销量达到340万辆。\n"
    "公司计划2030年前投资约20万亿韩元，门店增至160余家，排名升至第四。两条路都不好走。"
)
MINE, THEIRS = "editor:li.wei", "editor:zhang.min"


def an_article_to_sort(
    session: Session, text: str = TEXT, *, published: str | None = "2025-03-25", **facts: Any
) -> ArticleVersion:
    """Return version 1 of a new article, read by the first portion."""
    article = add_article(
        session,
        read_text(text),
        title=facts.get("title", "排序"),
        language=facts.get("language", "zh-Hans"),
        published=published,
        file_name=None,
        by=MINE,
    )
    return article.versions[0]


def proposals_of(session: Session, version: ArticleVersion) -> list[Proposal]:
    """Return all proposals in text order."""
    query = select(Proposal).where(Proposal.version_id == version.id)
    return list(session.scalars(query.order_by(Proposal.start, Proposal.number)))


def one_with(session: Session, version: ArticleVersion, words: str) -> Proposal:
    """Return the first proposal that says these words."""
    return next(row for row in proposals_of(session, version) if words in row.statement)


def images(session: Session) -> dict[str, dict[str, str]]:
    """Return a digest of every row that sorting may touch, but for the rows' versions."""
    session.flush()
    found: dict[str, dict[str, str]] = {}
    for name, table in TABLES.items():
        rows = session.execute(select(table)).mappings()
        found[name] = {str(row["id"]): digest_of(table, dict(row)) for row in rows}
    live = select(Claim.id, Claim.number).where(Claim.stage != Stage.DROPPED)
    found["claim"] = {str(key): str(number) for key, number in session.execute(live)}
    return found
