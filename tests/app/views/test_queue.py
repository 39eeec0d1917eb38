"""The page of the queue: filtered by its address, paged by cursors nobody can forge."""

import uuid
from typing import Any

import pytest

from app.accounts.roles import Role
from app.db import Database
from app.selection import short
from claims.models import Finding
from claims.status import VerificationStatus
from claims.vocabulary import Severity
from tests.app.views.visit import Visit
from tests.claims import newsroom


def claims(database: Database, count: int = 1, **facts: Any) -> list[uuid.UUID]:
    with database.writing("system:test") as session:
        article = newsroom.an_article(session)
        return [newsroom.a_claim(session, article=article, **facts).id for _ in range(count)]


def test_a_stranger_is_sent_to_sign_in(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    visit.client.delete_cookie("desk_session")
    assert visit.get("/queue", 303).headers["Location"].startswith("/sign-in")


def test_a_row_shows_statement_figure_status_and_leads_to_the_reading_view(
    database: Database,
) -> None:
    claims(database, verification_status=VerificationStatus.REFUTED)
    page = Visit(database).get("/queue").text
    assert "The share was 5 % in 2024." in page
    assert "Refuted" in page
    assert "?claim=" in page


def test_the_page_is_chinese_for_a_chinese_reader(sqlite_database: Database) -> None:
    claims(sqlite_database)
    page = Visit(sqlite_database, language="zh").get("/queue").text
    assert '<html lang="zh-Hans">' in page
    assert "2024 年的份额为 5%。" in page


def test_an_empty_queue_says_so(sqlite_database: Database) -> None:
    assert "Nothing is waiting here." in Visit(sqlite_database).get("/queue").text


def test_the_next_page_begins_where_the_first_ended(database: Database) -> None:
    made = claims(database, 53)
    visit = Visit(database)
    first = visit.get("/queue.json").json
    assert first is not None
    assert [row["id"] for row in first["claims"]] == [str(key) for key in made[:50]]
    second = visit.get(first["next"]).json
    assert second is not None
    assert [row["id"] for row in second["claims"]] == [str(key) for key in made[50:]]
    back = visit.get(second["previous"]).json
    assert back is not None
    assert back["claims"] == first["claims"]


@pytest.mark.parametrize("cursor", ["x", "WyJhZnRlciJd.forged", "a" * 500, "文"])
def test_a_forged_cursor_is_refused_with_its_field(sqlite_database: Database, cursor: str) -> None:
    """api-08: a forged cursor is 422."""
    visit = Visit(sqlite_database)
    answer = visit.get("/queue.json", 422, query_string={"cursor": cursor})
    assert answer.json is not None
    assert answer.json["code"] == "cursor_forged"
    assert visit.get("/queue", 422, query_string={"cursor": cursor}).mimetype == "text/html"


def test_a_cursor_of_another_list_is_refused(sqlite_database: Database) -> None:
    """api-08: so is one of another list."""
    claims(sqlite_database, 51)
    visit = Visit(sqlite_database)
    following = visit.get("/queue.json").json
    assert following is not None
    cursor = following["next"].partition("cursor=")[2]
    visit.get(f"/sources.json?cursor={cursor}", 422)


@pytest.mark.parametrize("asked", ["status=wrong", "stage=late", "view=theirs"])
def test_an_unknown_word_in_the_address_is_refused(sqlite_database: Database, asked: str) -> None:
    """api-18: an order or a filter that is none is 422."""
    name = asked.partition("=")[0]
    answer = Visit(sqlite_database).get(f"/queue.json?{asked}", 422).json
    assert answer is not None
    assert name in answer["message"]["en"]


@pytest.mark.parametrize("name", ["_external", "_scheme", "_anchor", "endpoint", "self"])
def test_foreign_parameters_do_no_harm(sqlite_database: Database, name: str) -> None:
    page = Visit(sqlite_database).get(f"/queue?{name}=x&status=refuted").text
    assert f"{name}=x" not in page.partition("<main")[2]


def of_the_page(sent: list[str]) -> list[str]:
    """Leave out what finding out who is asking takes on every page."""
    return [one for one in sent if "FROM account" not in one and "FROM role_grant" not in one]


def test_a_page_takes_five_statements_and_the_count_of_whose_turn_it_is(
    sqlite_database: Database,
) -> None:
    claims(sqlite_database, 10)
    visit = Visit(sqlite_database, Role.AUDITOR)
    visit.get("/queue?view=all")
    with visit.statements() as sent:
        visit.get("/queue?view=all")
    # The list, its figures, the counts, the saved filters.
    assert len(of_the_page(sent)) == 5, sent
    with visit.statements() as sent:
        visit.get("/queue.json")
    assert len(of_the_page(sent)) == 3, sent


def test_the_list_narrows_to_what_a_rule_found(database: Database) -> None:
    (found, _) = claims(database, 2)
    with database.writing("system:test") as session:
        session.add(
            Finding(
                claim_id=found,
                code="single_origin",
                severity=Severity.WARNING,
                message={"en": "One origin."},
                created_by="system:rules",
            )
        )
    visit = Visit(database)
    listed = visit.get("/queue.json?flag=single_origin").json
    assert listed is not None
    assert [row["id"] for row in listed["claims"]] == [str(found)]
    assert "Single origin" in visit.get("/queue?flag=single_origin").text
    visit.get("/queue?flag=unheard", 422)


def test_counts_are_those_of_the_list_behind_each_link(database: Database) -> None:
    claims(database, 3, verification_status=VerificationStatus.REFUTED)
    claims(database, 2, assignee="editor:zhang.min")
    visit = Visit(database)
    for asked in ("", "status=refuted", "assignee=nobody", "status=refuted&stage=open"):
        twin = visit.get(f"/queue.json?{asked}").json
        assert twin is not None
        assert twin["total"] == len(twin["claims"])
        for group, counted in twin["facets"].items():
            others = "&".join(part for part in asked.split("&") if not part.startswith(group))
            for value, number in counted.items():
                narrowed = visit.get(f"/queue.json?{others}&{group}={value}").json
                assert narrowed is not None
                assert len(narrowed["claims"]) == number, (asked, group, value)


def test_a_set_filter_is_a_chip_that_takes_it_away(sqlite_database: Database) -> None:
    claims(sqlite_database)
    page = Visit(sqlite_database).get("/queue?status=refuted&stage=open&sort=-risk").text
    assert "Remove the filter What the evidence says: Refuted" in page
    assert 'href="/queue?stage=open&amp;sort=-risk"' in page
    assert "Nothing is waiting here." in page


@pytest.mark.parametrize("order", ["risk", "deadline", "waiting", "article", "status", "entered"])
@pytest.mark.parametrize("way", ["", "-"])
def test_each_order_pages_through_all_claims_once(
    sqlite_database: Database, order: str, way: str
) -> None:
    made = {str(key) for key in claims(sqlite_database, 53)}
    visit = Visit(sqlite_database)
    first = visit.get(f"/queue.json?sort={way}{order}").json
    assert first is not None
    second = visit.get(first["next"]).json
    assert second is not None
    seen = [row["id"] for page in (first, second) for row in page["claims"]]
    assert (len(seen), set(seen)) == (53, made)
    back = visit.get(second["previous"]).json
    assert back is not None
    assert back["claims"] == first["claims"]


def test_the_heading_says_how_the_list_is_ordered(sqlite_database: Database) -> None:
    claims(sqlite_database)
    visit = Visit(sqlite_database)
    assert (
        'aria-sort="ascending"><a href="/queue?sort=-risk">' in visit.get("/queue?sort=risk").text
    )
    assert (
        'aria-sort="descending"><a href="/queue?sort=risk">' in visit.get("/queue?sort=-risk").text
    )
    visit.get("/queue?sort=colour", 422)


def test_compact_rows_are_remembered_without_a_script(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    assert 'data-density="compact"' not in visit.get("/queue").text
    visit.post("/queue/rows", rows="compact", next="/queue")
    assert 'data-density="compact"' in visit.get("/queue").text


def test_the_whole_list_is_handed_out_as_a_table(database: Database) -> None:
    made = claims(database, 53)
    visit = Visit(database)
    rows = visit.get("/queue.csv?sort=risk").text.strip().splitlines()
    assert len(rows) == len(made) + 1
    chosen = short(made[0], 1)
    assert len(visit.get(f"/queue.csv?chosen={chosen}").text.strip().splitlines()) == 2
