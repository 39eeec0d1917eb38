"""Finding articles, claims, figures and sources by their words, and claims by their number."""

import re
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from claims.models import Article, Claim, Figure
from claims.search_words import Question, folded, question
from claims.status import VerificationStatus
from claims.vocabulary import Stage
from sources.columns import Words
from sources.models import Source
from sources.veil import withheld

SHOWN = 20
"""Hits of one kind on the page."""
READ = 400
"""Entries of the index that are read for one kind; a single common character has many more."""
FEW = 40
"""Of these, the rows that are looked at first."""
NUMBER = re.compile(r"(?:c-?)?0*([0-9]{1,9})")

SQLITE = """
SELECT e.row_id FROM search_words w JOIN search_entry e ON e.id = w.rowid
WHERE search_words MATCH :question ORDER BY w.rowid DESC LIMIT :size
"""
POSTGRESQL = """
SELECT row_id FROM search_entry WHERE words @@ CAST(:question AS tsquery)
ORDER BY id DESC LIMIT :size
"""


class Kind(StrEnum):
    """What can be found; the value is the table's name."""

    ARTICLE = "article"
    CLAIM = "claim"
    FIGURE = "figure"
    SOURCE = "source"


MARKS = {kind: f"\ue000{kind.value}" for kind in Kind}
"""A word no text has, by which the index tells the kinds apart."""


@dataclass(frozen=True)
class Hit:
    """One row that was found.

    ``key`` leads to its page: an article's or source's key, a claim's identifier. ``title`` is
    what it says, ``printed`` a figure as the article prints it, ``article`` where it belongs.
    """

    kind: Kind
    key: str
    title: Words | str
    article: Words | None = None
    number: int | None = None
    status: VerificationStatus | None = None
    printed: str | None = None


def search(session: Session, typed: str, kinds: Iterable[Kind] = Kind) -> dict[Kind, list[Hit]]:
    """Return up to 20 hits of each kind, the newest first; three statements a kind at most.

    ``C-14`` (or ``14``) finds the claims with that number as well, before all others.
    """
    asked = question(typed)
    found = {kind: _of_kind(session, asked, kind) for kind in kinds} if asked.parts else {}
    number = NUMBER.fullmatch(folded(typed).strip())
    if number and Kind.CLAIM in found:
        numbered = _rows(session, Kind.CLAIM, Claim.number == int(number[1]))
        first = [_claim(row) for row in numbered[:SHOWN]]
        rest = [hit for hit in found[Kind.CLAIM] if hit not in first]
        found[Kind.CLAIM] = (first + rest)[:SHOWN]
    return found


def _of_kind(session: Session, asked: Question, kind: Kind) -> list[Hit]:
    sqlite = session.get_bind().dialect.name == "sqlite"
    query, write = (SQLITE, _fts5) if sqlite else (POSTGRESQL, _tsquery)
    known = {"question": write(asked, MARKS[kind]), "size": READ}
    keys = [uuid.UUID(key) for key in session.scalars(text(query), known)]
    model, told = KINDS[kind]
    hits: list[Hit] = []
    # Nearly every entry holds what was asked for, so the first few mostly suffice.
    for few in (keys[:FEW], keys[FEW:]):
        if few and len(hits) < SHOWN:
            rows = _rows(session, kind, model.id.in_(few))
            hits += [told(row) for row in rows if asked.stands_in(said(kind, row))]
    return [_as_asked(hit, asked) for hit in hits[:SHOWN]]


def _as_asked(hit: Hit, asked: Question) -> Hit:
    """Show the title in the language in which it was found, where it was found in one only."""
    if isinstance(hit.title, str):
        return hit
    told = {tongue: words for tongue, words in hit.title.items() if asked.stands_in(words)}
    return replace(hit, title=told or hit.title)


def _rows(session: Session, kind: Kind, condition: Any) -> Sequence[Any]:
    """The rows of a kind that meet a condition, the newest first; one statement."""
    model, _ = KINDS[kind]
    statement = columns(kind).where(condition).order_by(model.id.desc()).limit(READ)
    if kind is Kind.SOURCE:
        known = Source.merged_into_id.is_(None), Source.id.not_in(withheld(session))
        statement = statement.where(*known)
    if kind in (Kind.CLAIM, Kind.FIGURE):
        statement = statement.where(Claim.stage != Stage.DROPPED)
    return session.execute(statement).all()


def columns(kind: Kind) -> Select[*tuple[Any, ...]]:
    """What is read of a kind: its words for the index, and what a hit shows."""
    if kind is Kind.ARTICLE:
        return select(Article.id, Article.key, Article.title, Article.byline)
    if kind is Kind.SOURCE:
        return select(
            Source.id, Source.key, Source.title, Source.publisher, Source.authors, Source.url
        )
    shown = (
        Claim.id.label("claim_id"),
        Claim.number,
        Claim.verification_status,
        Article.title.label("article_title"),
    )
    if kind is Kind.CLAIM:
        chosen: Select[*tuple[Any, ...]] = select(Claim.id, Claim.statement, *shown).select_from(
            Claim
        )
    else:
        chosen = select(
            Figure.id, Figure.stated_text, Figure.subject, Figure.measure, Claim.statement, *shown
        ).join(Claim, Claim.id == Figure.claim_id)
    return chosen.join(Article, Article.id == Claim.article_id)


def said(kind: Kind, row: Any) -> str:
    """Everything by which a row is found, as one text."""
    if kind is Kind.ARTICLE:
        parts = [*row.title.values(), row.key, row.byline]
    elif kind is Kind.SOURCE:
        parts = [row.title, row.publisher, row.authors, row.key, row.url]
    elif kind is Kind.CLAIM:
        parts = [*row.statement.values()]
    else:
        parts = [row.stated_text, *(row.subject or {}).values(), *(row.measure or {}).values()]
    return "\n".join(part for part in parts if part)


def _claim(row: Any) -> Hit:
    return Hit(
        Kind.CLAIM,
        str(row.claim_id),
        row.statement,
        row.article_title,
        row.number,
        row.verification_status,
    )


def _figure(row: Any) -> Hit:
    return Hit(
        Kind.FIGURE,
        str(row.claim_id),
        _told(row.subject, row.measure) or row.statement,
        row.article_title,
        row.number,
        row.verification_status,
        row.stated_text,
    )


def _told(subject: Words | None, measure: Words | None) -> Words:
    """What a figure is about and what it measures, in each language that says either."""
    subject, measure = subject or {}, measure or {}
    tongues = dict.fromkeys([*subject, *measure])
    both = {tongue: (subject.get(tongue), measure.get(tongue)) for tongue in tongues}
    return {tongue: " · ".join(part for part in parts if part) for tongue, parts in both.items()}


def _article(row: Any) -> Hit:
    return Hit(Kind.ARTICLE, row.key, row.title)


def _source(row: Any) -> Hit:
    return Hit(Kind.SOURCE, row.key, row.title or row.publisher or row.url or row.key)


KINDS: dict[Kind, tuple[Any, Callable[[Any], Hit]]] = {
    Kind.ARTICLE: (Article, _article),
    Kind.CLAIM: (Claim, _claim),
    Kind.FIGURE: (Figure, _figure),
    Kind.SOURCE: (Source, _source),
}


def _fts5(asked: Question, mark: str) -> str:
    """The question as SQLite's index wants it: words in double quotes, none next to another."""
    words = [f'"{word}"' for word in (mark, *asked.exact)]
    return " AND ".join([*words, *(f'"{word}" *' for word in asked.beginnings)])


def _tsquery(asked: Question, mark: str) -> str:
    """The question as PostgreSQL's index wants it: lexemes in single quotes."""
    words = [f"'{word}'" for word in (mark, *asked.exact)]
    return " & ".join([*words, *(f"'{word}':*" for word in asked.beginnings)])
