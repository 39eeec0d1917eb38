"""The feed of reviews is read like any page, or by anybody where a newsroom opens it."""

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from app.accounts import tokens
from app.accounts.models import Account
from app.accounts.vocabulary import Scope
from app.config import Settings
from app.db import Database
from app.factory import create_app
from app.review_feed import ARTICLES
from sources.store import Store
from tests.app.exports.an_issue import a_claim
from tests.app.exports.issuing import an_article_with_a_version, put
from tests.app.views.visit import Visit

FEED = "/feeds/claimreview.json"


def published(database: Database, articles: int = 1) -> Settings:
    """A newsroom with a name, and articles with a public appendix."""
    settings = database.settings
    with database.writing("editor:li.wei") as session:
        for number in range(1, articles + 1):
            version = an_article_with_a_version(session)
            put(session, Store(settings.store), version, number, a_claim())
    return settings


def stranger(database: Database, settings: Settings) -> FlaskClient:
    app = create_app(settings, database)
    return app.test_client()


def test_nobody_reads_the_feed_without_an_account_unless_the_newsroom_opens_it(
    sqlite_database: Database,
) -> None:
    settings = published(sqlite_database)
    assert stranger(sqlite_database, settings).get(FEED).status_code == 401
    opened = replace(settings, public_feed=True)
    answer = stranger(sqlite_database, opened).get(FEED)
    assert answer.status_code == 200
    assert answer.mimetype == "application/ld+json"
    assert answer.cache_control.public
    assert len(answer.get_json(force=True)["dataFeedElement"]) == 1


def test_a_token_that_may_read_reads_the_feed(sqlite_database: Database) -> None:
    settings = published(sqlite_database)
    visit = Visit(sqlite_database)
    with sqlite_database.writing("system:test") as session:
        holder = session.query(Account).filter_by(name=visit.name).one()
        issued = tokens.issue(session, holder.id, "site", [Scope.READ], 30, "system:test")
    bearer = {"Authorization": f"Bearer {issued.text}"}
    answer = stranger(sqlite_database, settings).get(FEED, headers=bearer)
    assert answer.status_code == 200
    assert answer.cache_control.no_store
    wrong = {"Authorization": "Bearer desk_unknown"}
    assert stranger(sqlite_database, settings).get(FEED, headers=wrong).status_code == 401


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    published(sqlite_database, ARTICLES + 1)
    return Visit(sqlite_database)


def test_what_has_not_changed_is_not_sent_again(visit: Visit) -> None:
    first = visit.get(FEED)
    known = {"If-None-Match": first.headers["ETag"]}
    again = visit.get(FEED, 304, headers=known)
    assert again.data == b""
    assert visit.get(FEED, 304, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    with visit.database.writing("editor:li.wei") as session:
        version = an_article_with_a_version(session)
        put(session, Store(visit.database.settings.store), version, 28, a_claim())
    assert visit.get(FEED, headers=known).headers["ETag"] != first.headers["ETag"]


def test_a_long_feed_names_its_other_pages(visit: Visit) -> None:
    first = visit.get(FEED)
    assert 'page=2>; rel="next"' in first.headers["Link"]
    second = visit.get(f"{FEED}?page=2")
    assert second.headers["Link"].endswith('page=1>; rel="prev"')
    assert len(second.get_json(force=True)["dataFeedElement"]) == 1
    assert visit.get(f"{FEED}?page=x").data == first.data


def test_who_publishes_must_be_known(sqlite_database: Database) -> None:
    unnamed = replace(sqlite_database.settings, newsroom="", public_feed=True)
    answer = stranger(sqlite_database, unnamed).get(FEED)
    assert answer.status_code == 409
    assert "DESK_NEWSROOM" in answer.get_json()["message"]["en"]
