"""The search's index follows the ledger: what is added, changed or dropped anywhere is noticed."""

import pytest
from sqlalchemy import text, update
from sqlalchemy.orm import Session

from app import search_index
from app.db import Database
from app.ledger.verify import verify
from app.search_index import catch_up, rebuild
from claims.models import Claim
from claims.queries.search import Hit, Kind, search
from claims.vocabulary import Stage
from tests.claims import newsroom


def hits(database: Database, asked: str) -> dict[Kind, list[Hit]]:
    database.seal()
    catch_up(database)
    with database.reading() as session:
        return {kind: found for kind, found in search(session, asked).items() if found}


def a_claim_saying(session: Session, zh: str, en: str) -> Claim:
    claim = newsroom.a_claim(session)
    claim.statement = {"zh": zh, "en": en}
    session.flush()
    return claim


def test_what_was_saved_a_moment_ago_is_found_before_the_sealer_comes(
    late_database: Database,
) -> None:
    with late_database.writing("editor:test") as session:
        newsroom.a_source(session, title="Quasar yearbook")
    assert catch_up(late_database).rows
    with late_database.reading() as session:
        assert [len(found) for found in search(session, "quasar").values() if found] == [1]


def test_everything_there_is_to_find_is_found_by_its_words(database: Database) -> None:
    with database.writing("editor:test") as session:
        claim = a_claim_saying(session, "三星的份额降到 18.3%。", "Samsung's share fell to 18.3 %.")
        claim.figures[0].stated_text = "18.3%"
        claim.figures[0].measure = {"zh": "手机份额"}
        claim.article.title = {"zh": "韩国半导体"}
        newsroom.a_source(session, title="三星电子 2024 年报")
    assert {kind: len(found) for kind, found in hits(database, "三星").items()} == {
        Kind.CLAIM: 1,
        Kind.SOURCE: 1,
    }
    assert hits(database, "半导体").keys() == {Kind.ARTICLE}
    (figure,) = hits(database, "手机份额")[Kind.FIGURE]
    assert (figure.printed, figure.number) == ("18.3%", claim.number)
    assert hits(database, "fell share")[Kind.CLAIM][0].title == {
        "en": "Samsung's share fell to 18.3 %."
    }
    assert hits(database, f"c-{claim.number}")[Kind.CLAIM][0].key == str(claim.id)
    assert verify(database).codes == set()


def test_a_change_past_the_application_is_noticed_as_well(database: Database) -> None:
    with database.writing("editor:test") as session:
        claim = a_claim_saying(session, "旧的说法", "The old words")
    assert hits(database, "old words")
    with database.writing("editor:test") as session:
        session.execute(
            update(Claim).where(Claim.id == claim.id).values(statement={"en": "Other words"})
        )
    assert not hits(database, "old words")
    assert hits(database, "other words")


def test_a_dropped_claim_is_not_found_until_it_is_reopened(database: Database) -> None:
    with database.writing("editor:test") as session:
        claim = a_claim_saying(session, "消失的句子", "A vanished sentence")
    for stage, there in ((Stage.DROPPED, False), (Stage.CHECKING, True)):
        with database.writing("editor:test") as session:
            session.get_one(Claim, claim.id).stage = stage
        assert bool(hits(database, "消失的句子")) is there


def test_the_index_is_made_anew_from_the_rows(database: Database) -> None:
    with database.writing("editor:test") as session:
        for _ in range(3):
            a_claim_saying(session, "三星", "Samsung")
    before = hits(database, "三星")
    with database.keeping() as connection:
        connection.execute(text("DELETE FROM search_entry"))
    assert not hits(database, "三星")
    assert rebuild(database) == 3 + 3 + 3
    assert hits(database, "三星").keys() == before.keys()


def test_a_long_backlog_is_indexed_in_portions(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_index, "BATCH", 2)
    with sqlite_database.writing("editor:test") as session:
        for _ in range(4):
            a_claim_saying(session, "三星", "Samsung")
    first = catch_up(sqlite_database, 1)
    assert first.rows == 2
    assert first.behind > 0
    while catch_up(sqlite_database, 1).behind:
        pass
    with sqlite_database.reading() as session:
        assert len(search(session, "三星")[Kind.CLAIM]) == 4


def test_signs_of_the_query_language_are_mere_signs(database: Database) -> None:
    """T-INJ: signs of a query language are mere signs."""
    with database.writing("editor:test") as session:
        a_claim_saying(session, "三星", "AND OR NOT NEAR")
    assert hits(database, "not near")
    for asked in ('"', "三星*", "a AND", "') OR 1=1", "\\", ":* & !", "三星\x00", "NEAR(a b)"):
        hits(database, asked)
