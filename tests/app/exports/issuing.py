"""Issues of an article put into the register with their documents, as issuing leaves them."""

import datetime as dt
import io
import json
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from app.config import Settings
from claims.models import Appendix, Article, ArticleVersion
from claims.vocabulary import Profile
from sources.store import Store
from tests.app.exports.an_issue import Document, an_issue
from tests.claims import newsroom
from tests.engines import PUBLISHING


def named(home: Path) -> Settings:
    """The settings of an installation that says who publishes."""
    return Settings.load({"DESK_HOME": str(home), **PUBLISHING})


def an_article_with_a_version(session: Session) -> ArticleVersion:
    """An article to issue appendices of."""
    version = newsroom.a_version(newsroom.an_article(session), 1, "份额为 5%。")
    session.add(version)
    session.flush()
    return version


def issued_at(number: int) -> str:
    """When the issue of a number was: one a day."""
    return dt.datetime(2026, 11, number, 9, tzinfo=dt.UTC).isoformat()


def put(
    session: Session,
    store: Store,
    version: ArticleVersion,
    number: int,
    *claims: Document,
    **facts: Any,
) -> Appendix:
    """Enter issue ``number`` of an article with these claims; ``facts`` are those of the issue."""
    document = an_issue(*claims, number=number, issued_at=issued_at(number), **facts)
    document["content"]["article"]["key"] = session.get_one(Article, version.article_id).key
    kept = store.put(io.BytesIO(json.dumps(document).encode()))
    row = Appendix(
        article_id=version.article_id,
        version_id=version.id,
        number=number,
        profile=Profile(document["issue"]["profile"]),
        language=document["issue"]["language"],
        style="apa",
        ledger_position=1,
        schema_revision="0025",
        policy_version="1",
        state_sha256="0" * 64,
        root_sha256="0" * 64,
        document_sha256=kept.sha256,
        created_by="editor:li.wei",
        created_at=dt.datetime.fromisoformat(issued_at(number)),
    )
    session.add(row)
    session.flush()
    return row
