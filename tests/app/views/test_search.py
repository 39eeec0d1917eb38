"""The search page and its JSON: found by kind, in the language it was found in, and honest."""

from app.db import Database
from tests.app.views.visit import Visit
from tests.claims import newsroom


def test_a_claim_is_found_by_two_chinese_characters_and_by_its_number(database: Database) -> None:
    with database.writing("editor:test") as session:
        claim = newsroom.a_claim(session)
    database.seal()
    visit = Visit(database)
    page = visit.get("/search?q=份额").text
    assert 'lang="zh-Hans">2024 年的份额为 5%。' in page
    assert f"/claims/{claim.id}" in page
    for asked in (f"C-{claim.number}", "share", "the 5"):
        found = visit.get("/search.json", query_string={"q": asked}).json
        assert found is not None
        assert str(claim.id) in {hit["href"].rpartition("/")[2] for hit in found["hits"]}
        assert found["entries_not_indexed_yet"] == 0


def test_nothing_found_and_nothing_asked_say_so(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    assert "Nothing was found" in visit.get("/search?q=zzz").text
    assert "Nothing was found" not in visit.get("/search").text
    assert "Nothing was found" in visit.get("/search", query_string={"q": "x" * 4000}).text


def test_a_found_page_takes_nine_statements_however_much_is_found(
    sqlite_database: Database,
) -> None:
    with sqlite_database.writing("editor:test") as session:
        for _ in range(30):
            newsroom.a_claim(session)
    visit = Visit(sqlite_database)
    visit.get("/search?q=share")
    with visit.statements() as sent:
        found = visit.get("/search.json?q=share").json
    assert found is not None
    assert len([hit for hit in found["hits"] if hit["kind"] == "claim"]) == 20
    assert len([one for one in sent if "account" not in one and "role_grant" not in one]) <= 9, sent
