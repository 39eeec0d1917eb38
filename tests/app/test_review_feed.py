"""The feed tells each review once, at its address, with what became of it from issue to issue."""

import json
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from app.appendix_issue.documents import document
from app.appendix_issue.issuing import issue
from app.appendix_issue.wish import Wish
from app.db import Database
from app.exports.claim_review import Reviews
from app.exports.review_files import write
from app.newsroom import newsroom as newsroom_of
from app.review_feed import ARTICLES, Feed, feed
from claims.errors import Conflict, Missing
from claims.material import material_sha256
from claims.models import Appendix, ArticleVersion, Claim
from claims.sign_offs import sign
from claims.vocabulary import Profile
from claims.workflow import reopen, submit
from sources.store import Store
from sources.vocabulary import Tier
from tests.app.exports.an_issue import Document, a_claim, reasoned
from tests.app.exports.issuing import an_article_with_a_version, issued_at, named, put
from tests.app.exports.schema_org import faults, lacking
from tests.app.planted import SAMPLE, Planted
from tests.claims import newsroom
from tests.claims.newsroom import CHECKER, LEAD, REVIEWER

pytestmark = pytest.mark.usefixtures("labels")


class Press:
    """A newsroom that issues appendices of its articles."""

    def __init__(self, session: Session, home: Path) -> None:
        self.session = session
        self.settings = named(home)
        self.store = Store(self.settings.store)

    def article(self) -> ArticleVersion:
        return an_article_with_a_version(self.session)

    def issue(self, version: ArticleVersion, number: int, *claims: Document, **facts: str) -> None:
        put(self.session, self.store, version, number, *claims, **facts)

    def feed(self, page: int | None = None) -> Feed:
        return feed(self.session, self.store, self.settings, page)

    def items(self, page: int | None = None) -> list[Document]:
        told = json.loads("".join(self.feed(page).text()))
        assert list(faults(told, {"DataFeed"})) == []
        reviews = [review for item in told["dataFeedElement"] for review in item.get("item", [])]
        assert all(lacking(review) == set() for review in reviews)
        found: list[Document] = told["dataFeedElement"]
        return found


@pytest.fixture
def press(session: Session, tmp_path: Path) -> Press:
    return Press(session, tmp_path)


def dates(item: Document) -> dict[str, Any]:
    return {name: value for name, value in item.items() if name.startswith("date")}


def test_a_desk_that_issued_nothing_has_an_empty_feed(press: Press) -> None:
    assert press.items() == []
    assert press.feed().modified is None
    assert press.feed(page=1).pages == 1


def test_an_article_is_told_by_its_newest_public_issue(press: Press) -> None:
    version = press.article()
    press.issue(version, 1, a_claim(4), a_claim(5))
    press.issue(version, 2, a_claim(4), a_claim(5), a_claim(6, stage="checking"))
    press.issue(version, 3, a_claim(7), profile="legal")
    items = press.items()
    assert [item["url"][-2:] for item in items] == ["c4", "c5"]
    assert [len(item["item"]) for item in items] == [1, 1]
    identified = {row["propertyID"]: row["value"] for row in items[0]["item"][0]["identifier"]}
    assert identified["appendix"] == "2"


def test_a_review_keeps_its_address_and_says_when_it_became_another(press: Press) -> None:
    version = press.article()
    changed = a_claim(5, assessment=reasoned({"en": "It was corrected."}))
    press.issue(version, 1, a_claim(4), a_claim(5))
    press.issue(version, 2, a_claim(4), changed, a_claim(6))
    press.issue(version, 3, a_claim(4), changed, a_claim(6))
    first, second, third = press.items()
    assert dates(first) == {"dateCreated": issued_at(1), "dateModified": issued_at(1)}
    assert dates(second) == {"dateCreated": issued_at(1), "dateModified": issued_at(2)}
    assert dates(third) == {"dateCreated": issued_at(2), "dateModified": issued_at(2)}
    assert second["item"][0]["dateModified"] == issued_at(2)
    assert second["item"][0]["@id"] == second["url"]


def test_a_review_that_is_no_longer_made_is_told_as_withdrawn_until_it_returns(
    press: Press,
) -> None:
    version = press.article()
    press.issue(version, 1, a_claim(4), a_claim(5))
    press.issue(version, 2, a_claim(4), a_claim(5, stage="checking"))
    press.issue(version, 3, a_claim(4))
    kept, withdrawn = press.items()
    assert "dateDeleted" not in kept
    assert withdrawn["url"].endswith("#c5")
    assert withdrawn["dateDeleted"] == issued_at(2)
    assert "item" not in withdrawn
    press.issue(version, 4, a_claim(4), a_claim(5))
    _kept, back = press.items()
    assert dates(back) == {"dateCreated": issued_at(1), "dateModified": issued_at(4)}


def test_samples_are_told_of_by_a_demo_only(press: Press) -> None:
    version = press.article()
    press.issue(version, 1, a_claim())
    version.article.sample = True
    press.session.flush()
    assert press.items() == []
    press.settings = replace(press.settings, demo=True)
    assert len(press.items()) == 1


def test_a_source_that_became_confidential_is_not_named_again(press: Press) -> None:
    version = press.article()
    press.issue(version, 1, a_claim())
    before = press.feed().tag("secret")
    assert press.items()[0]["item"][0]["citation"]
    source = newsroom.a_source(press.session)
    source.key = "report-1"
    source.confidential = True
    press.session.flush()
    assert "Annual report" not in json.dumps(press.items())
    assert press.feed().tag("secret") != before
    assert press.feed().tag("secret") != press.feed().tag("another secret")


def test_a_long_feed_comes_in_pages_of_articles_the_last_issued_first(press: Press) -> None:
    for number in range(1, ARTICLES + 2):
        press.issue(press.article(), number, a_claim())
    assert press.feed(page=1).pages == 2
    assert len(press.items(page=1)) == ARTICLES
    assert press.items(page=1)[0]["dateCreated"] == issued_at(ARTICLES + 1)
    assert [item["dateCreated"] for item in press.items(page=2)] == [issued_at(1)]
    assert press.items(page=3) == []
    assert len(press.items()) == ARTICLES + 1


def test_a_document_that_is_gone_is_said_before_anything_is_sent(press: Press) -> None:
    press.issue(press.article(), 1, a_claim())
    for file in press.settings.store.iterdir():
        file.unlink()
    with pytest.raises(Missing):
        press.feed()


def test_a_newsroom_without_a_name_has_no_feed(press: Press) -> None:
    press.settings = replace(press.settings, newsroom="")
    with pytest.raises(Conflict, match="DESK_NEWSROOM"):
        press.feed()


UNSIGNED = "Ocelotine"
HOSTILE = "</script>\u2028<b>"


def published(database: Database, article: str, language: str) -> tuple[list[Document], str]:
    """Issue the public appendix; return what the feed tells then, and the file of reviews."""
    settings = database.settings
    store, wish = Store(settings.store), Wish(article, Profile.PUBLIC, language)
    made = issue(database, store, wish, by=CHECKER)
    with database.reading() as session:
        told = json.loads("".join(feed(session, store, settings).text()))
        found = document(store, session.get_one(Appendix, made.key))
    assert list(faults(told, {"DataFeed"})) == []
    write(Reviews(found, newsroom_of(settings)), out := BytesIO(), lambda *_: None)
    items: list[Document] = told["dataFeedElement"]
    return items, out.getvalue().decode() + json.dumps(told, ensure_ascii=False)


def submitted(session: Session, claim: Claim, **words: str) -> None:
    claim.statement = words
    newsroom.assessed(session, claim)
    submit(session, claim, by=CHECKER)


@pytest.fixture
def planted(sqlite_database: Database) -> Planted:
    """An article: a signed claim that rests on a confidential source too, and an unsigned one."""
    found = Planted(sqlite_database)
    with found.database.writing(CHECKER) as session:
        claim = session.get_one(Claim, found.desk.claim_id)
        newsroom.attached(
            session,
            claim,
            source=newsroom.a_source(session, title=f"Report {HOSTILE}", tier=Tier.PRIMARY),
        )
        submitted(session, claim, zh=f"份额是 5% {HOSTILE}", en=f"The share was 5 % {HOSTILE}")
        sign(session, claim, by=REVIEWER, seen_sha256=material_sha256(claim))
        other = newsroom.a_claim(session, article=claim.article)
        newsroom.attached(session, other)
        submitted(session, other, zh=UNSIGNED, en=UNSIGNED)
    return found


@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_no_word_in_confidence_and_nothing_unsigned_leaves_the_house(
    planted: Planted, language: str
) -> None:
    items, text = published(planted.database, planted.article, language)
    [item] = items
    [review] = item["item"]
    assert lacking(review) == set()
    assert HOSTILE in review["claimReviewed"]
    assert [work["name"] for work in review["citation"]] == [f"Report {HOSTILE}"]
    assert not SAMPLE.search(text)
    assert not any(word in text for word in (UNSIGNED, planted.key, CHECKER, REVIEWER, "withheld"))
    assert planted.sha256 not in text


def test_a_claim_that_is_reopened_is_withdrawn_by_the_next_issue(planted: Planted) -> None:
    [before], _text = published(planted.database, planted.article, "en")
    with planted.database.writing(LEAD) as session:
        claim = session.get_one(Claim, planted.desk.claim_id)
        reopen(session, claim, by=LEAD, reason="The company corrected its report.")
    [after], text = published(planted.database, planted.article, "en")
    assert after["url"] == before["url"]
    assert after["dateCreated"] == before["dateCreated"]
    assert after["dateDeleted"] > before["dateModified"]
    assert HOSTILE not in text
