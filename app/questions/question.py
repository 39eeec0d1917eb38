"""A saved question: what an auditor of a newsroom asks again and again, with its answer's shape."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from app.ledger import search
from app.ledger.history import Entry
from app.ledger.replay import Keys
from app.ledger.search import Asked
from sources.columns import Words

MOST = 5000
"""Answers of one question at most; an auditor narrows it by article, person or period."""


@dataclass(frozen=True)
class Narrowed:
    """What a question is narrowed to: an article's or claim's rows, a person, a period.

    ``since`` and ``until`` are ledger numbers; ``article`` is the article's identifier.
    """

    rows: Mapping[str, Keys] | None = None
    article: Any = None
    actor: str | None = None
    since: int | None = None
    until: int | None = None

    def asked(self, **more: Any) -> Asked:
        """The same as a search of the ledger."""
        known = Asked(rows=self.rows, actor=self.actor, since=self.since, until=self.until)
        return replace(known, **more)


@dataclass(frozen=True)
class Answer:
    """One line of an answer; ``said`` is what is to be known about the entry, in both languages."""

    entry: Entry
    said: Words


Ask = Callable[[Session, Narrowed], list[Answer]]


@dataclass(frozen=True)
class Question:
    """A named question; ``explained`` says exactly what is looked for, and what is not."""

    name: str
    title: Words
    explained: Words
    ask: Ask


def found(session: Session, asked: Asked) -> list[Entry]:
    """The newest entries of a search, as many as an answer may have."""
    return search.entries(session, asked, limit=MOST)


def both(zh: str, en: str) -> Words:
    """A sentence in both languages."""
    return {"zh": zh, "en": en}
