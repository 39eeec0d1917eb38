"""An article whose appendix is issued, with a store, as the tests of issuing need them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import select

from app.appendix_issue import documents, issues
from app.appendix_issue.issuing import Issued, issue
from app.appendix_issue.making import make_now
from app.appendix_issue.wish import Wish
from app.db import Database
from claims.appendix.document import Document
from claims.models import Appendix, AppendixFile, Claim
from sources.store import Store
from tests.claims import newsroom

BY = "editor:li.wei"


class Killed(BaseException):
    """What nothing catches, as nothing catches a kill."""


@contextmanager
def killed(monkeypatch: pytest.MonkeyPatch, holder: object, step: str) -> Iterator[None]:
    """What is done in here dies when it comes to a step."""

    def die(*_arguments: object, **_named: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(holder, step, die)
        with pytest.raises(Killed):
            yield


@dataclass
class Newsdesk:
    """An article of some claims; ``wish`` is what is issued where nothing else is asked for."""

    database: Database
    claims: int = 3
    key: str = ""
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.store = Store(self.database.settings.store)
        with self.database.writing(BY) as session:
            article = newsroom.an_article(session)
            session.add(newsroom.a_version(article, 1, "2024 年的份额为 5%。"))
            for _ in range(self.claims):
                newsroom.a_submitted_claim(session, article=article)
            self.key = article.key

    def wish(self, **asked: Any) -> Wish:
        return Wish(self.key, **asked)

    def issue(self, by: str = BY, **asked: Any) -> Issued:
        return issue(self.database, self.store, self.wish(**asked), by=by)

    def row(self, number: int) -> Appendix:
        with self.database.reading() as session:
            return issues.issued(session, self.key, number)

    def document(self, number: int) -> Document:
        return documents.document(self.store, self.row(number))

    def make(self, number: int, form: str, by: str = BY) -> AppendixFile:
        return make_now(self.database, self.store, self.row(number), form, by=by)

    def reword(self, number: int, words: str) -> None:
        """Change what the article's claim with a number says."""
        with self.database.writing(BY) as session:
            rows = session.scalars(select(Claim).order_by(Claim.number)).all()
            next(row for row in rows if row.number == number).statement = {"en": words}

    def numbers(self) -> list[int]:
        """The numbers of the article's claims."""
        with self.database.reading() as session:
            return sorted(session.scalars(select(Claim.number)))
