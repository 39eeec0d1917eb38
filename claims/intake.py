"""Taking an article in: version 1, every number in it, and a proposal for each clause."""

import datetime as dt
import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.models import Article, ArticleVersion
from claims.readings import read_on
from claims.text import BLANK, Text
from sources.identifiers import uuid7

LONGEST_TITLE = 200
RESERVED = frozenset({"new"})
"""What stands in addresses where the name of an article would."""
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)


def add_article(
    session: Session,
    text: Text,
    *,
    title: str | None,
    language: str,
    published: str | None,
    file_name: str | None,
    by: str,
    media_type: str = "text/plain",
    byline: str | None = None,
) -> Article:
    """Store a text as version 1 of a new article, and read its first portion.

    A claim exists only once a person accepts a proposal. A text longer than one portion is read
    on by :func:`claims.readings.read_on`. ``published`` is EDTF (a day, month or year). Raises
    Refused naming the field.
    """
    tongue = _language(language)
    day = _published(published)
    shown = _title(title, text.content)
    article = Article(
        key=_key(session, shown),
        title={tongue.split("-", maxsplit=1)[0]: shown},
        language=tongue,
        published=day,
        byline=byline,
        created_by=by,
    )
    version = ArticleVersion(
        article=article,
        number=1,
        text=text.content,
        sha256=text.sha256,
        characters=len(text.content),
        file_name=file_name,
        media_type=media_type,
        charset=text.charset,
        received_sha256=text.received_sha256,
        created_by=by,
    )
    session.add_all([article, version])
    session.flush()
    read_on(session, version, by=by)
    return article


def _language(language: str) -> str:
    if LANGUAGE.fullmatch(language) is None:
        raise Refused(
            "language",
            {"zh": "语言写作 zh-Hans 或 en 这样。", "en": "Write the language as zh-Hans or en."},
            "language",
        )
    return language


def _published(published: str | None) -> str | None:
    day = (published or "").strip() or None
    if day is not None and not _is_day(day):
        raise Refused(
            "published",
            {"zh": "日期写作 2025-02-24 这样。", "en": "Write the date as 2025-02-24."},
            "published",
        )
    return day


def _is_day(text: str) -> bool:
    """Tell whether a year, month or day of the calendar is written as EDTF."""
    if DAY.fullmatch(text) is None:
        return False
    try:
        dt.date.fromisoformat(text + "-01-01"[: len("2025-02-24") - len(text)])
    except ValueError:
        return False
    return True


def _title(title: str | None, content: str) -> str:
    given = _shown(title or "") or _first_line(content)[:LONGEST_TITLE]
    if len(given) > LONGEST_TITLE:
        raise Refused(
            "title_too_long",
            {
                "zh": f"标题最多 {LONGEST_TITLE} 个字。",
                "en": f"A title has at most {LONGEST_TITLE} characters.",
            },
            "title",
        )
    return given


def _first_line(content: str) -> str:
    """Return the first line in which there is anything to see, a heading without its marks."""
    lines = [line for line in map(_shown, content.splitlines()) if line]
    headings = (_shown(line.lstrip("#")) for line in lines)
    return next((heading for heading in headings if heading), lines[0])


def _shown(line: str) -> str:
    """Return what a person typed or wrote in one line; nothing where it shows nothing."""
    bare = " ".join(line.split())
    return bare if any(char not in BLANK and not char.isspace() for char in bare) else ""


def _key(session: Session, title: str) -> str:
    """Return a short name for addresses: the title's Latin letters, else the identifier's tail."""
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", folded))[:40].strip("-")
    tail = uuid7().hex[-6:]
    if not any(char.isalpha() for char in name):
        name = f"article-{tail}"
    elif (
        name in RESERVED
        or session.scalar(select(Article.id).where(Article.key == name)) is not None
    ):
        name = f"{name}-{tail}"
    return name
