"""Two moments of a claim, an article, the queue and the desk: what came, went and changed."""

import re

import pytest

from app.db import Database
from app.ledger import history
from claims.models import Claim, Figure
from claims.status import VerificationStatus
from tests.app.views.visit import Visit
from tests.claims import newsroom


class Two:
    """A claim at two numbers: a figure came, another went, its wording and status changed."""

    def __init__(self, database: Database) -> None:
        self.database = database
        with database.writing("editor:li.wei") as session:
            claim = newsroom.a_claim(session, figures=2)
            self.claim_id, self.key, self.number = claim.id, claim.article.key, claim.number
            newsroom.a_claim(session)
        self.a = self.position()
        with database.writing("editor:zhang.min") as session:
            claim = session.get_one(Claim, self.claim_id)
            claim.verification_status = VerificationStatus.REFUTED
            claim.statement = {**claim.statement, "en": "The share was 6 % in 2024."}
            session.add(newsroom.a_figure(claim, 3, stated_text="=6%"))
            gone = next(figure for figure in claim.figures if figure.number == 2)
            session.delete(gone)
            self.gone = gone.id
        self.b = self.position()

    def position(self) -> int:
        self.database.seal()
        with self.database.reading() as session:
            return history.position(session)


@pytest.fixture
def two(database: Database) -> Two:
    return Two(database)


def counts(visit: Visit, path: str) -> dict[str, dict[str, int]]:
    found = visit.get(path).json
    assert found is not None
    counted: dict[str, dict[str, int]] = found["counts"]
    return counted


def test_what_came_went_and_changed_of_a_claim(two: Two) -> None:
    visit = Visit(two.database)
    path = f"/audit/compare.json?a={two.a}&b={two.b}&claim={two.claim_id}"
    assert counts(visit, path) == {
        "claim": {"came": 0, "went": 0, "changed": 1},
        "figure": {"came": 1, "went": 1, "changed": 0},
    }
    page = visit.get(path.replace(".json", "")).text
    for word in ("came", "went", "changed", "Refuted", "Unchecked", "=6%"):
        assert word in page
    assert f"/claims/{two.claim_id}?at={two.a}" in page
    assert f"at={two.b}" in page


def test_the_order_in_which_the_moments_are_given_does_not_matter(two: Two) -> None:
    visit = Visit(two.database)
    path = "/audit/compare.json?a={}&b={}&claim={}"
    one = visit.get(path.format(two.a, two.b, two.claim_id)).json
    other = visit.get(path.format(two.b, two.a, two.claim_id)).json
    assert one == other


def test_an_article_the_queue_and_the_whole_desk(two: Two) -> None:
    visit = Visit(two.database)
    query = f"/audit/compare.json?a={two.a}&b={two.b}"
    expected = {
        "claim": {"came": 0, "went": 0, "changed": 1},
        "figure": {"came": 1, "went": 1, "changed": 0},
    }
    for more in (f"&article={two.key}", "&queue=1", ""):
        assert counts(visit, query + more) == expected, more
    page = visit.get(query.replace(".json", "")).text
    assert f"table=figure&amp;since={two.a}&amp;until={two.b}" in page
    listed = visit.get(f"/audit.json?table=figure&since={two.a}&until={two.b}").json
    assert listed is not None
    assert {entry["op"] for entry in listed["entries"]} == {"I", "D"}


def test_a_row_that_came_and_went_in_between_is_no_difference(database: Database) -> None:
    two = Two(database)
    with database.writing("editor:li.wei") as session:
        session.add(newsroom.a_figure(session.get_one(Claim, two.claim_id), 9))
    with database.writing("editor:li.wei") as session:
        found = session.query(Figure).filter(Figure.number == 9).one()
        session.delete(found)
    visit = Visit(database)
    path = f"/audit/compare.json?a={two.b}&b={two.position()}"
    desk = counts(visit, path)
    assert "figure" not in desk
    assert "figure" not in counts(visit, f"{path}&claim={two.claim_id}")


def test_nothing_differs_from_itself(two: Two) -> None:
    page = Visit(two.database).get(f"/audit/compare?a={two.b}&b={two.b}&article={two.key}").text
    assert "Nothing differs between these two moments." in page


def test_two_entries_chosen_by_radio_are_compared_without_javascript(two: Two) -> None:
    visit = Visit(two.database)
    page = visit.get(f"/audit?claim={two.key}/{two.number}").text
    chosen = re.findall(r'<input type="radio" name="([ab])" value="(\d+)" form="compare">', page)
    assert {name for name, _ in chosen} == {"a", "b"}
    places = [value for _, value in chosen]
    visit.get(f"/audit/compare?a={places[-1]}&b={places[0]}&claim={two.key}/{two.number}")
    assert '<form id="compare" method="get" action="/audit/compare">' in page


@pytest.mark.parametrize("query", ["a=nonsense", "claim=nobody", "article=nowhere", "b=99999999"])
def test_a_comparison_of_nothing_is_refused(sqlite_database: Database, query: str) -> None:
    answer = Visit(sqlite_database).client.get(f"/audit/compare?{query}")
    assert answer.status_code in {404, 422}
