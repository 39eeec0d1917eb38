"""The page of an issue's reviews shows what is pasted into a page, and which claims have none."""

import json

import pytest

from app.db import Database
from app.views.reviews import ON_A_PAGE
from sources.store import Store
from tests.app.exports.an_issue import Document, a_claim
from tests.app.exports.issuing import an_article_with_a_version, put
from tests.app.views.visit import Visit

HOSTILE = "</script></pre><b>\u2028 5 %"


def issued(visit: Visit, *claims: Document, **facts: str) -> str:
    """The address of the reviews of a new issue."""
    with visit.database.writing("editor:li.wei") as session:
        version = an_article_with_a_version(session)
        key = version.article.key
        put(session, Store(visit.database.settings.store), version, 1, *claims, **facts)
    return f"/articles/{key}/appendix/1/reviews"


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def test_a_review_is_shown_as_it_is_pasted_and_told_to_programs(visit: Visit) -> None:
    path = issued(
        visit,
        a_claim(4, statement={"en": HOSTILE}),
        a_claim(5, stage="checking"),
        a_claim(6, status="unchecked"),
    )
    page = visit.get(path).text
    assert "&lt;script type=&#34;application/ld+json&#34;&gt;" in page
    assert "1 of 3 claims are reviews" in page
    assert "</svg>Supported</span>" in page
    assert "Not signed off" in page
    assert HOSTILE not in page
    told = visit.get(f"{path}.json").get_json()
    assert [review["claimReviewed"] for review in told["reviews"]] == [HOSTILE]
    assert told["left_out"] == {"unsigned": [5], "unchecked": [6]}


def test_many_claims_come_in_pages(visit: Visit) -> None:
    path = issued(visit, *(a_claim(number) for number in range(1, ON_A_PAGE + 2)))
    assert len(visit.get(f"{path}.json").get_json()["reviews"]) == ON_A_PAGE
    assert len(visit.get(f"{path}.json?page=2").get_json()["reviews"]) == 1
    assert 'rel="next"' in visit.get(path).text
    assert 'rel="prev"' in visit.get(f"{path}?page=2").text


def test_only_a_public_appendix_of_a_named_newsroom_has_reviews(
    visit: Visit,
) -> None:
    assert "public" in visit.get(issued(visit, a_claim(), profile="legal"), 409).text
    path = issued(visit, a_claim())
    visit.get(path.replace("/1/", "/2/"), 404)
    assert json.dumps("withheld") not in visit.get(f"{path}.json").text
