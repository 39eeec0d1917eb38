"""The state an appendix is made of: an article's rows at a ledger number, read without any veil.

What may be shown of them is the profile's matter, so that a file is the same whoever issues it.
"""

import datetime as dt
import uuid
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import Self, TypedDict

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.models import Account
from app.appendix_issue.wish import Wish
from app.db import Database
from app.ledger import history, replay
from app.models import Base
from app.past.copies import close
from app.past.copy import Copy
from app.past.place import find
from app.past.scope import of_article, replayed
from claims.appendix.build import Progress, collected, count_claims, in_part, silently
from claims.appendix.gap_counts import CountedGaps, count_gaps
from claims.appendix.plain import PlainContent
from claims.errors import Missing
from claims.models import Article, ArticleVersion
from claims.queries.articles import article_id, no_text_yet
from sources.citation_styles import Style
from sources.veil import closed

NO_VERSION = {
    "zh": "文章在那一刻没有这个版本。",
    "en": "The article had no such version at that moment.",
}


@dataclass(frozen=True, slots=True)
class State:
    """What an appendix would say, of which version, and at which place of the ledger.

    ``position`` counts the sealed entries; ``at`` is when the last of them was written, in UTC.
    ``names`` are those of accounts by their stable strings. ``missing`` is what a query counted,
    where only a part of the claims was collected.
    """

    article: uuid.UUID
    version: uuid.UUID
    version_number: int
    position: int
    at: str
    schema_revision: str
    policy_version: str
    names: Mapping[str, str]
    content: PlainContent
    missing: CountedGaps | None = None


def state_of(
    database: Database,
    wish: Wish,
    zone: dt.tzinfo = dt.UTC,
    *,
    most: int | None = None,
    progress: Progress = silently,
) -> State:
    """Replay an article from the ledger and collect its content, or its first ``most`` claims.

    Raise Missing for an article, a version or a ledger number that is not there, and Refused for
    a moment that is none.
    """
    database.seal()
    with database.reading(steady=True) as live:
        article = article_id(live, wish.article)
        place = _Place.at_number(live, _position(live, wish, zone))
        with _then(live, article, place.position) as session:
            return _Reading(session, place, most, progress).state(article, wish)


def present(database: Database, wish: Wish, *, most: int | None = None) -> State:
    """Collect the content of an article, or its first claims, as it stands now, without a replay.

    Raise Missing for an article or a version that is not there.
    """
    with database.reading(steady=True) as live:
        article = article_id(live, wish.article)
        place = _Place.at_number(live, history.position(live))
        return _Reading(live, place, most, silently).state(article, wish)


def pinned(database: Database, wish: Wish, zone: dt.tzinfo = dt.UTC) -> Wish:
    """Return the same wish for the state of now by its ledger number: later changes are no part.

    Raise Missing and Refused as :func:`state_of` does.
    """
    database.seal()
    with database.reading() as live:
        return replace(wish, as_of=str(_position(live, wish, zone)))


@dataclass(frozen=True, slots=True)
class _Place:
    """A place of the ledger, and what is read of the present: today's shape and people's names."""

    position: int
    at: str
    schema_revision: str
    names: Mapping[str, str]

    @classmethod
    def at_number(cls, live: Session, position: int) -> Self:
        """Read what belongs to a ledger number."""
        names = {row.actor: row.display_name for row in live.scalars(select(Account))}
        at = replay.moment_of(live, position) or ""
        return cls(position, at, history.schema_revision(live), names)


@dataclass(frozen=True, slots=True)
class _Reading:
    """Reading the rows of a place: all claims, or the first ``most`` where there are more."""

    session: Session
    place: _Place
    most: int | None
    progress: Progress

    def state(self, article: uuid.UUID, wish: Wish) -> State:
        """Collect what an appendix of a version would say."""
        version, place = _version(self.session, article, wish), self.place
        content, missing = self._content(version, wish)
        return State(
            article,
            version.id,
            version.number,
            place.position,
            place.at,
            place.schema_revision,
            content.head["policy_version"],
            place.names,
            content,
            missing,
        )

    def _content(
        self, version: ArticleVersion, wish: Wish
    ) -> tuple[PlainContent, CountedGaps | None]:
        session, revision, names = self.session, self.place.schema_revision, self.place.names
        told: _Told = {"schema_revision": revision, "style": wish.style, "names": names}
        if self.most is None or count_claims(session, version.article_id) <= self.most:
            return collected(session, version, progress=self.progress, **told), None
        return in_part(session, version, self.most, **told), count_gaps(session, version)


class _Told(TypedDict):
    """What both ways to collect a content are told with."""

    schema_revision: str
    style: Style
    names: Mapping[str, str]


def _position(live: Session, wish: Wish, zone: dt.tzinfo) -> int:
    if not wish.as_of:
        return history.position(live)
    return find(live, wish.as_of, zone).position


@contextmanager
def _then(live: Session, article: uuid.UUID, position: int) -> Iterator[Session]:
    """A session on the article's rows as they were at a place of the ledger.

    What is confidential today is so in them, whatever it was then: an appendix leaves today.
    """
    head = history.schema_revision(live)
    then = replay.era(live, Base.metadata, position)
    rows = replayed(live, of_article(article), then, head)
    close(rows, closed(live))
    with closing(Copy(rows, then)) as copy, copy.reading(live.info) as session:
        yield session


def _version(session: Session, article: uuid.UUID, wish: Wish) -> ArticleVersion:
    query = select(ArticleVersion).join(Article).where(Article.id == article)
    if wish.version is not None:
        query = query.where(ArticleVersion.number == wish.version)
    found = session.scalar(query.order_by(ArticleVersion.number.desc()).limit(1))
    if found is None:
        raise no_text_yet() if wish.version is None else Missing("no_such_version", NO_VERSION)
    return found
