"""Taking an article in: version 1, every number in it, and a claim proposed for each clause."""

import datetime as dt
import re
import unicodedata

from sqlalchemy import select
from sqlalchemy.orm import Session

from claims.anchors import quote, sentence
from claims.errors import Refused
from claims.mentions import find, list_mentions
from claims.models import Article, ArticleVersion, Claim, ClaimAnchor, Figure, QuantityMention
from claims.text import Text
from claims.vocabulary import Stage
from sources.identifiers import uuid7

LONGEST_TITLE = 200
DAY = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}", re.ASCII)
PERIOD_KINDS = ("date", "period")
FOLDED_KINDS = frozenset({"ordinal", "model", "designation"})


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
    """Store a text as version 1 of a new article, list its numbers and propose claims.

    ``published`` is EDTF (a day, month or year). Raises Refused naming the field.
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
    mentions = list_mentions(session, version, find(version, tongue, day), by)
    propose(session, article, version, mentions, by)
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
    given = (title or "").strip()
    if not given:
        lines = (line.strip().lstrip("#").strip() for line in content.splitlines())
        given = next(line for line in lines if line)[:LONGEST_TITLE]
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


def _key(session: Session, title: str) -> str:
    """Return a short name for addresses: the title's Latin letters, else the identifier's tail."""
    folded = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    name = "-".join(re.findall(r"[a-z0-9]+", folded))[:40].strip("-")
    tail = uuid7().hex[-6:]
    if not any(char.isalpha() for char in name):
        name = f"article-{tail}"
    elif session.scalar(select(Article.id).where(Article.key == name)) is not None:
        name = f"{name}-{tail}"
    return name


def propose(
    session: Session,
    article: Article,
    version: ArticleVersion,
    mentions: list[QuantityMention],
    by: str,
) -> list[Claim]:
    """Propose one claim per sentence that holds a number which states something.

    The claim's words are the sentence's own; its figures are the numbers in it, with the period
    of the nearest date of the sentence. A person corrects, merges and drops.
    """
    ordered = sorted(mentions, key=lambda row: row.start)
    groups: dict[tuple[int, int], list[QuantityMention]] = {}
    for row in ordered:
        groups.setdefault(sentence(version.text, row.start, row.stop), []).append(row)
    proposed: list[Claim] = []
    for bounds, rows in groups.items():
        strong = [row for row in rows if not _is_period(row) and row.kind not in FOLDED_KINDS]
        if strong:
            number = len(proposed) + 1
            proposed.append(_claim(session, article, version, bounds, rows, number, by))
    session.flush()
    return proposed


def _is_period(row: QuantityMention) -> bool:
    return row.kind.startswith(PERIOD_KINDS)


def _claim(
    session: Session,
    article: Article,
    version: ArticleVersion,
    bounds: tuple[int, int],
    rows: list[QuantityMention],
    number: int,
    by: str,
) -> Claim:
    found = quote(version.text, *_trimmed(version.text, *bounds))
    claim = Claim(
        article_id=article.id,
        number=number,
        key=f"c-{number}",
        kind="statement",
        statement={article.language.split("-", maxsplit=1)[0]: found.exact},
        stage=Stage.OPEN,
        created_by=by,
    )
    session.add(claim)
    session.flush()
    session.add(
        ClaimAnchor(
            claim_id=claim.id,
            version_id=version.id,
            exact=found.exact,
            prefix=found.prefix,
            suffix=found.suffix,
            start=found.start,
            stop=found.stop,
            sentence_start=bounds[0],
            sentence_stop=bounds[1],
            created_by=by,
        )
    )
    session.add_all(_figures(claim, rows, by))
    return claim


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the bounds without the white space at either end."""
    said = text[start:stop]
    return start + len(said) - len(said.lstrip()), stop - (len(said) - len(said.rstrip()))


def _figures(claim: Claim, rows: list[QuantityMention], by: str) -> list[Figure]:
    periods = [row for row in rows if _is_period(row)]
    numbers = [row for row in rows if not _is_period(row)]
    return [
        _figure(claim, row, _nearest(periods, row), number, by)
        for number, row in enumerate(numbers, start=1)
    ]


def _nearest(periods: list[QuantityMention], row: QuantityMention) -> QuantityMention | None:
    before = [period for period in periods if period.start <= row.start]
    return before[-1] if before else next(iter(periods), None)


def _figure(
    claim: Claim, row: QuantityMention, period: QuantityMention | None, number: int, by: str
) -> Figure:
    return Figure(
        claim_id=claim.id,
        mention_id=row.id,
        period_mention_id=period.id if period else None,
        number=number,
        stated_text=row.text,
        start=row.start,
        stop=row.stop,
        comparator=row.comparator,
        low=row.low,
        high=row.high,
        low_inclusive=None if row.low is None else row.comparator != "over",
        high_inclusive=None if row.high is None else row.comparator != "under",
        unit=row.unit,
        change_kind=row.change_kind,
        period=period.period if period else None,
        created_by=by,
    )
