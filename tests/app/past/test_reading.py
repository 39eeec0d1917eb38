"""``?at=`` shows a page as it was, read-only, on both engines."""

import re
import uuid

import pytest
from sqlalchemy import delete

from app.accounts.roles import Role
from app.db import Database
from app.ledger import history
from claims.models import Claim, Figure
from tests.app.past.story import CHANGING, Story, dated
from tests.app.views.visit import Visit
from tests.claims import newsroom

AT = re.compile(r'href="(/(?:articles/|claims/|queue)[^"#]*)')


@pytest.fixture
def story(database: Database) -> Story:
    return Story(database)


@pytest.fixture
def sqlite_story(sqlite_database: Database) -> Story:
    return Story(sqlite_database)


def test_the_present_read_from_the_ledger_is_the_page_of_today(story: Story) -> None:
    visit = Visit(story.database)
    at = story.position()
    for path in (f"{story.claim}.json", f"{story.article}.json", "/queue.json"):
        live, then = visit.get(path).json, visit.get(dated(path, at)).json
        assert live is not None
        assert then is not None
        then.pop("as_of", None)
        # What resembles the claim is a hint of today; nobody knows what it would have been then.
        hints = {"resembling", "sources_alike"} & live.keys()
        assert then == {name: value for name, value in live.items() if name not in hints}, path


def test_what_was_deleted_a_moment_ago_is_still_there_in_the_past(late_database: Database) -> None:
    """Before the deletion has its place in the ledger as well."""
    story = Story(late_database)
    with late_database.writing("editor:li.wei") as session:
        claim = session.get_one(Claim, story.claim_id)
        session.add(newsroom.a_figure(claim, 4, material=False))
    then = story.position()
    with late_database.writing("editor:li.wei") as session:
        session.execute(delete(Figure).where(Figure.number == 4))
    visit = Visit(late_database)
    assert 'id="figure-4"' not in visit.get(story.claim).text
    assert 'id="figure-4"' in visit.get(dated(story.claim, then)).text


def test_a_page_of_the_past_shows_what_stood_there(story: Story) -> None:
    visit = Visit(story.database, Role.DESK_LEAD)
    then = visit.get(dated(story.claim, story.then)).text
    assert "The share was 5 % in 2024." in then
    assert "The share was 6 %" not in then
    assert 'id="figure-3"' in then
    today = visit.get(story.claim).text
    assert "The share was 6 %." in today
    assert 'id="figure-3"' not in today
    found = visit.get(dated(f"{story.claim}.json", story.then)).json
    assert found is not None
    assert found["verification_status"] == "supported"
    assert [len(found[name]) for name in ("figures", "evidence", "assessments")] == [3, 1, 1]


def test_every_page_of_the_past_says_so_and_has_no_form(story: Story) -> None:
    visit = Visit(story.database, Role.DESK_LEAD)
    for path in story.pages:
        page = visit.get(dated(path, story.then)).text
        assert f"ledger number {story.then}, schema 0" in page, path
        assert "Read-only" in page
        assert CHANGING.search(page) is None, path
        assert not re.search(r'href="[^"]*(/assessment|/evidence/new|/contests/new|/submit)"', page)
        assert CHANGING.search(visit.get(path).text), path


def test_links_of_the_past_lead_to_the_past_and_one_leads_back(story: Story) -> None:
    visit = Visit(story.database, Role.DESK_LEAD)
    for path in story.pages:
        page = visit.get(dated(path, story.then)).text.replace("&amp;", "&")
        back = path
        links = set(AT.findall(page)) - {back}
        assert links, path
        for link in links:
            assert f"at={story.then}" in link, (path, link)
            assert visit.client.get(link).status_code == 200, (path, link)
        assert f'class="btn" href="{back}"' in page


def test_the_chinese_page_says_it_in_chinese(sqlite_story: Story) -> None:
    page = Visit(sqlite_story.database, language="zh").get(
        dated(sqlite_story.claim, sqlite_story.then)
    )
    assert "只读" in page.text
    assert "回到现在" in page.text


def test_history_beside_a_claim_of_the_past_ends_there(story: Story) -> None:
    visit = Visit(story.database)
    found = visit.get(dated(f"{story.claim}/history.json", story.then)).json
    assert found is not None
    assert max(entry["seq"] for entry in found["entries"]) < story.then
    assert "Refuted" not in visit.get(dated(f"{story.claim}/history", story.then)).text


def test_before_it_was_entered_it_is_not_there(story: Story) -> None:
    visit = Visit(story.database)
    for path in (story.article, story.claim, f"{story.claim}.json", f"{story.article}/appendix"):
        visit.get(dated(path, 5), 404)
    assert "Nothing is waiting here." in visit.get("/queue?at=5").text


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("yesterday", 422),
        ("2026-13-01", 422),
        ("２０２６-01-01", 422),
        ("1" * 60, 422),
        ("-1", 422),
        ("999999999", 404),
        ("2999-01-01 00:00", 200),
        ("2999-01-01T00:00:00%2B08:00", 200),
        ("%232", 404),
    ],
)
def test_only_a_moment_or_a_number_is_taken(sqlite_story: Story, typed: str, status: int) -> None:
    Visit(sqlite_story.database).get(dated(sqlite_story.claim, typed), status)


def test_nothing_of_the_live_tables_is_read_for_the_page_itself(sqlite_story: Story) -> None:
    visit = Visit(sqlite_story.database)
    path = dated(sqlite_story.claim, sqlite_story.then)
    visit.get(path)
    with visit.statements() as warm:
        visit.get(path)
    assert not [sent for sent in warm if "FROM figure" in sent or "FROM evidence" in sent]
    assert len(warm) <= 12


def test_building_a_state_takes_the_same_statements_for_two_claims_and_for_twenty(
    database: Database,
) -> None:
    counts = []
    visit = Visit(database)
    for size in (2, 20):
        with database.writing("editor:li.wei") as session:
            article = newsroom.an_article(session)
            session.add(newsroom.a_version(article, 1, "份额为 5%。"))
            for _ in range(size):
                newsroom.attached(session, newsroom.a_claim(session, article=article))
            path = f"/articles/{article.key}"
        database.seal()
        with database.reading() as session:
            position = history.position(session)
        visit.get(dated(path, position - 1))
        with visit.statements() as cold:
            visit.get(dated(path, position))
        counts.append(len(cold))
    assert counts[0] == counts[1]


def test_an_unknown_claim_is_unknown_in_the_past_too(sqlite_story: Story) -> None:
    Visit(sqlite_story.database).get(dated(f"/claims/{uuid.uuid4()}", sqlite_story.then), 404)
    Visit(sqlite_story.database, Role.ADMIN).get(dated("/articles/none", sqlite_story.then), 404)


def test_the_appendix_of_the_past_is_the_one_that_would_have_been_issued(story: Story) -> None:
    visit = Visit(story.database)
    page = visit.get(dated(f"{story.article}/appendix", story.then)).text
    assert f"ledger number {story.then}," in page
    assert "The share was 5 % in 2024." in page
