"""Adding a claim by hand: from a quote or a selection, with its figures or without any."""

from sqlalchemy import select

from app.accounts.roles import Role
from app.db import Database
from claims.models import Claim
from tests.app.views.test_triage import article
from tests.app.views.visit import Visit
from tests.claims.sorting import TEXT

QUOTE = "份额从1%跃升至50%以上"


def test_a_quote_becomes_a_claim_with_its_figures(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    path = f"/articles/{key}/claims/new"
    assert "Words of the text" in visit.get(path).text
    page = visit.get(path, query_string={"quote": QUOTE}).text
    assert "50%以上" in page
    assert 'value="2024"' in page
    start = TEXT.index(QUOTE)
    answer = visit.post(
        f"{path}?start={start}&stop={start + len(QUOTE)}",
        statement="份额大涨",
        take_2="y",
        period_2="2024",
        material_2="y",
    )
    assert "claim=1" in answer.location
    with database.reading() as session:
        claim = session.scalars(select(Claim)).one()
        assert [figure.stated_text for figure in claim.figures] == ["50%以上"]
        assert claim.statement == {"zh": "份额大涨"}
    assert "份额大涨" in visit.get(answer.location).text


def test_the_place_is_asked_where_the_words_stand_twice(database: Database) -> None:
    key = article(database, "份额为5%。他说份额为5%。")
    visit = Visit(database)
    path = f"/articles/{key}/claims/new"
    page = visit.get(path, query_string={"quote": "份额为5%"}).text
    assert "2 times. Which place is meant?" in page
    assert "start=8" in page
    chosen = visit.get(path, query_string={"start": 8, "stop": 13, "quote": "份额为5%"}).text
    assert "Part of this claim" in chosen
    assert "他说" in chosen
    moved = visit.get(path, query_string={"start": 1, "stop": 4, "quote": "份额为5%"}).text
    assert "Which place is meant?" in moved


def test_words_that_are_not_there_are_said_to_be_missing(database: Database) -> None:
    key = article(database)
    visit = Visit(database)
    path = f"/articles/{key}/claims/new"
    assert "Not found in the text" in visit.get(path, query_string={"quote": "没有这句"}).text
    assert "start=0" not in visit.get(path).text
    visit.post(f"{path}?start=5&stop=2", 422, statement="x")
    refused = visit.post(f"{path}?start=0&stop=5", 422, statement=" ")
    assert "Write the statement." in refused.text


def test_an_auditor_adds_nothing(database: Database) -> None:
    key = article(database)
    visit = Visit(database, Role.AUDITOR)
    visit.get(f"/articles/{key}/claims/new", 403)
    assert "data-claim-new" not in visit.get(f"/articles/{key}").text
