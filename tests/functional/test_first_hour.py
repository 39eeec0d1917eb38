"""What somebody meets who sorts an article for the first time: menus in view, nothing assumed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from claims.triage import accept
from tests.claims.sorting import TEXT, an_article_to_sort
from tests.functional.conftest import Desk, Reader
from tests.functional.test_accessibility import violations


@pytest.fixture
def key(sqlite_desk: Desk) -> str:
    """An article with one claim and everything else undecided."""
    with sqlite_desk.database.writing("editor:lin.yi") as session:
        version = an_article_to_sort(session, TEXT, title="Order")
        accept(session, version, 1, by="editor:lin.yi")
        return version.article.key


@pytest.fixture
def reader(chromium: Browser, sqlite_desk: Desk) -> Iterator[Reader]:
    """Somebody with an English browser of ordinary size."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 1440, "height": 900})
    yield Reader(context.new_page(), sqlite_desk)
    context.close()


def test_every_reason_to_leave_a_proposal_out_is_in_view(reader: Reader, key: str) -> None:
    reader.sign_in("lin.yi")
    for height in (900, 640):
        reader.page.set_viewport_size({"width": 1440, "height": height})
        reader.go(f"/articles/{key}/intake")
        reader.page.keyboard.press("n")
        for reason in reader.page.locator(".reasons[open] button").all():
            expect(reason).to_be_in_viewport(ratio=1)


def test_no_reason_is_assumed_for_a_number(reader: Reader, key: str) -> None:
    reader.sign_in("lin.yi")
    reader.go(f"/articles/{key}/numbers")
    group = reader.page.locator("form:has(select[name=reason])").first
    group.locator("input[name=mentions]").first.check()
    group.locator("button").last.click()
    expect(group.locator("select:invalid")).to_be_focused()
    reader.go(f"/articles/{key}/numbers?view=dismissed")
    expect(reader.page.locator("main")).to_contain_text("No number was dismissed.")


def test_the_bar_of_the_card_leaves_the_foot_free_on_a_phone(reader: Reader, key: str) -> None:
    reader.page.set_viewport_size({"width": 320, "height": 900})
    reader.sign_in("lin.yi")
    reader.go(f"/articles/{key}?claim=1")
    assert violations(reader.page) == []
    reader.page.locator(".foot a").scroll_into_view_if_needed()
    foot, bar = (reader.page.locator(place).bounding_box() for place in (".foot", ".jump"))
    assert foot is not None
    assert bar is not None
    assert bar["y"] + bar["height"] <= foot["y"] or foot["y"] >= 900


def test_who_may_not_decide_reads_who_does(reader: Reader, key: str) -> None:
    reader.sign_in("he.yu")
    reader.go(f"/articles/{key}/intake")
    expect(reader.page.locator("main")).to_contain_text("checkers, reviewers and the desk lead")
    expect(reader.page.locator(".dock")).to_have_count(0)
