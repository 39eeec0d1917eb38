"""A claim's pages: its twin, its history, what is not there, and what they cost."""

import json
import uuid

import pytest

from app.db import Database
from claims.models import Comment, Evidence, Figure
from tests.app.browser import Person
from tests.app.claim_desk import Desk, attach, submitted
from tests.claims.newsroom import a_claim, a_source
from tests.statements import statements


@pytest.mark.parametrize(
    "path",
    [
        "/claims/{}",
        "/claims/{}.json",
        "/claims/{}/history",
        "/claims/{}/evidence/new",
        "/evidence/{}/edit",
        "/evidence/{}/withdraw",
        "/contests/{}/withdraw",
        "/comments/{}/reply",
        "/findings/{}/waiver",
    ],
)
def test_what_does_not_exist_is_not_found(checker: Person, path: str) -> None:
    assert checker.get(path.format(uuid.uuid4())).status_code == 404
    assert checker.get(path.format("17")).status_code == 404


def test_the_json_twin_says_the_same(desk: Desk, checker: Person) -> None:
    attach(desk, checker, figure="4.6%", period="2024", same_scope="y")
    twin = json.loads(checker.get(f"{desk.path}.json").text)
    assert twin["id"] == str(desk.claim_id)
    assert twin["figures"][0]["comparisons"][0]["outcome"] == "within"
    assert twin["evidence"][0]["figure"]["low"] == "4.6"
    assert twin["origins"]["supporting"] == {"links": 1, "origins": 1, "primary": 1}
    assert twin["content_sha256"] in checker.read(desk.path).text


def test_the_history_tells_who_changed_what(any_desk: Desk) -> None:
    desk = any_desk
    checker = desk.person("li.wei")
    attach(desk, checker, quote="Before.")
    edit = f"/evidence/{desk.first(Evidence)}/edit"
    checker.fill(edit, "quote", quote="After.")
    page = checker.read(f"{desk.path}/history").text
    assert "Before." in page
    assert "After." in page
    assert "li.wei" in page


def test_every_page_has_unique_identifiers_and_both_languages(
    desk: Desk, checker: Person, reviewer: Person
) -> None:
    submitted(desk, checker)
    item, chinese = desk.first(Evidence), desk.person("wang.fang", "zh")
    checker.fill(desk.path, "body", body="By revenue?")
    for path in (
        "",
        "/history",
        "/evidence/new",
        "/assessment",
        "/contests/new",
        "/submit",
        "/sign-off",
        "/drop",
    ):
        page = chinese.read(desk.path + path)
        assert len(page.ids) == len(set(page.ids)), path
    assert 'lang="zh-Hans"' in chinese.get(desk.path).text
    page = reviewer.read(f"/evidence/{item}/edit")
    assert len(page.ids) == len(set(page.ids))


def statements_of(database: Database, person: Person, path: str) -> int:
    """Count what the database is asked while a page is answered."""
    with statements(database.engine) as asked:
        assert person.get(path).status_code == 200
    return len(asked)


@pytest.fixture
def crowded(desk: Desk) -> uuid.UUID:
    """Give a claim with many figures and items of evidence."""
    with desk.database.writing("system:test") as session:
        claim = a_claim(session, figures=4)
        for place in range(12):
            source = a_source(session)
            item = Evidence(
                claim=claim,
                number=place + 1,
                source=source,
                stance="supports",
                quote="x",
                created_by="editor:li.wei",
            )
            item.figure = Figure(
                number=1, stated_text="x", role="value", created_by="editor:li.wei"
            )
            session.add(item)
            session.add(Comment(claim=claim, body="x", created_by="editor:li.wei"))
        session.flush()
        return claim.id


def test_a_crowded_claim_costs_no_more_statements_than_a_bare_one(
    desk: Desk, checker: Person, crowded: uuid.UUID
) -> None:
    attach(desk, checker, figure="5%")
    # What is said of the saved form leaves the cookie, which is looked at once for that.
    checker.read(desk.path)
    few = statements_of(desk.database, checker, desk.path)
    many = statements_of(desk.database, checker, f"/claims/{crowded}")
    assert many <= few <= 33
