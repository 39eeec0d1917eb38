"""The feed of reviews: those of each article's newest public appendix, and those withdrawn since.

A review keeps its address from issue to issue, so whoever reads the feed changes what they have.
"""

import datetime as dt
import hashlib
import hmac
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from sqlalchemy import ColumnElement, Select, func, select, true
from sqlalchemy.orm import Session

from app.config import Settings, release
from app.exports.claim_review import CONTEXT, Node, Reviews
from app.exports.review_files import lines, text_of
from app.newsroom import Newsroom, newsroom
from claims.appendix.document import read
from claims.models import Appendix, Article
from claims.vocabulary import Profile
from sources.models import Source
from sources.store import Store

ARTICLES = 20
"""How many articles a page of the feed tells of."""
PASSING = frozenset({"dateModified", "identifier"})
"""What differs between two issues though the review is the same."""


@dataclass(frozen=True, slots=True)
class Life:
    """When a review was first issued, when it last became another, and when it was withdrawn."""

    digest: str
    created: str
    modified: str
    deleted: str | None = None

    def dates(self) -> Node:
        """The dates as an item of a feed tells them."""
        found = {"dateCreated": self.created, "dateModified": self.modified}
        return found if self.deleted is None else {**found, "dateDeleted": self.deleted}


@dataclass(frozen=True)
class Feed:
    """A page of the feed. ``articles`` are the documents of all their issues, oldest first."""

    house: Newsroom
    store: Store
    articles: Sequence[Sequence[str]]
    closed: frozenset[str]
    modified: dt.datetime | None
    page: int = 1
    pages: int = 1

    def tag(self, secret: str) -> str:
        """Tell this state from any other; keyed, because it covers what is confidential now."""
        told = [release(), str(self.house), self.articles, sorted(self.closed), self.pages]
        return hmac.new(secret.encode(), json.dumps(told).encode(), hashlib.sha256).hexdigest()

    def text(self) -> Iterator[str]:
        """Write the feed piece by piece, an article's document in memory at a time."""
        head: Node = {
            "@context": CONTEXT,
            "@type": "DataFeed",
            "name": f"{self.house.name}: ClaimReview",
        }
        head["publisher"] = self.house.as_dict()
        if self.modified is not None:
            head["dateModified"] = self.modified.isoformat()
        yield f'{text_of(head)[:-1]}, "dataFeedElement": ['
        yield from lines(item for issues in self.articles for item in self._items(issues))
        yield "\n]}\n"

    def _items(self, issues: Sequence[str]) -> Iterator[Node]:
        lives: dict[str, Life] = {}
        for document in issues:
            newest = self._reviews(document)
            lives = _lived(lives, newest)
        for node in newest.nodes():
            life = lives.pop(node["@id"])
            review = {**node, "dateModified": life.modified}
            yield _item(node["@id"], life, [review])
        for address, life in sorted(lives.items()):
            yield _item(address, life, [])

    def _reviews(self, document: str) -> Reviews:
        return Reviews(read(self.store.read(document)), self.house, self.closed)


def feed(session: Session, store: Store, settings: Settings, page: int | None = None) -> Feed:
    """Return a page of the feed, or all of it; raise Conflict where no newsroom is named.

    Articles made as a sample are told of by a demo only.
    """
    house = newsroom(settings)
    heads = _newest(demo=settings.demo)
    every = heads.subquery()
    total, modified = session.execute(select(func.count(), func.max(every.c.created_at))).one()
    if page is not None:
        heads = heads.limit(ARTICLES).offset((page - 1) * ARTICLES)
    articles = _documents(session, [row.article_id for row in session.execute(heads)])
    _refuse_gaps(store, articles)
    return Feed(
        house=house,
        store=store,
        articles=articles,
        closed=frozenset(session.scalars(select(Source.key).where(Source.confidential))),
        modified=modified,
        page=page or 1,
        pages=max(1, -(-total // ARTICLES)) if page is not None else 1,
    )


def _refuse_gaps(store: Store, articles: Sequence[Sequence[str]]) -> None:
    """Raise Missing before anything is sent, where a document is not in the store."""
    for document in chain.from_iterable(articles):
        if not store.keeps(document):
            store.read(document)


def _public() -> ColumnElement[bool]:
    return (Appendix.profile == Profile.PUBLIC) & Appendix.document_sha256.is_not(None)


def _newest(*, demo: bool) -> Select[uuid.UUID, dt.datetime]:
    """The newest public issue of each article, the last issued first."""
    last = (
        select(Appendix.article_id, func.max(Appendix.number).label("number"))
        .where(_public())
        .group_by(Appendix.article_id)
        .subquery()
    )
    return (
        select(Appendix.article_id, Appendix.created_at)
        .join(last, (last.c.article_id == Appendix.article_id) & (last.c.number == Appendix.number))
        .join(Article, Article.id == Appendix.article_id)
        .where(true() if demo else Article.sample.is_(False))
        .order_by(Appendix.created_at.desc(), Appendix.id.desc())
    )


def _documents(session: Session, articles: Sequence[uuid.UUID]) -> list[list[str]]:
    """The documents of all public issues of articles, in the order of the articles."""
    rows = session.execute(
        select(Appendix.article_id, Appendix.document_sha256)
        .where(_public(), Appendix.article_id.in_(articles))
        .order_by(Appendix.article_id, Appendix.number)
    ).all()
    found: dict[uuid.UUID, list[str]] = {article: [] for article in articles}
    for article, document in rows:
        found[article].append(document or "")
    return list(found.values())


def _lived(lives: Mapping[str, Life], issue: Reviews) -> dict[str, Life]:
    """What became of each review with one more issue."""
    moment = issue.issued_at
    found = {
        address: replace(life, deleted=life.deleted or moment) for address, life in lives.items()
    }
    for node in issue.nodes():
        digest = _digest(node)
        former = lives.get(node["@id"], Life(digest, moment, moment))
        same = former.digest == digest and former.deleted is None
        modified = former.modified if same else moment
        found[node["@id"]] = Life(digest, former.created, modified)
    return found


def _digest(node: Node) -> str:
    lasting = {name: value for name, value in node.items() if name not in PASSING}
    return hashlib.sha256(text_of(lasting).encode()).hexdigest()


def _item(address: str, life: Life, reviews: list[Node]) -> Node:
    item: Node = {"@type": "DataFeedItem", "url": address, **life.dates()}
    return {**item, "item": reviews} if reviews else item
