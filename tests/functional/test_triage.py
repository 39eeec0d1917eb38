"""Sorting a whole article in a real browser: by keyboard alone, and without JavaScript."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.ledger.verify import verify
from claims.models import Article, Claim
from tests.claims.sorting import TEXT, an_article_to_sort
from tests.functional.conftest import Desk, Reader

META = ".triage-head .meta"
TITLE = "#proposal-title"


def an_article(desk: Desk, text: str = TEXT) -> str:
    with desk.database.writing("editor:lin.yi") as session:
        return an_article_to_sort(session, text).article.key


def statements(desk: Desk, key: str) -> list[str]:
    with desk.database.reading() as session:
        query = select(Claim.statement).join(Article).where(Article.key == key)
        rows = session.scalars(query.where(Claim.stage != "dropped").order_by(Claim.number))
        return [row["zh"] for row in rows]


def press(page: Page, key: str, wanted: str) -> None:
    """Press a key and wait until the counts say what they must."""
    page.keyboard.press(key)
    expect(page.locator(META)).to_contain_text(wanted)
    expect(page.locator("#triage")).not_to_have_attribute("aria-busy", "true")


def decide_and_take_back(page: Page) -> None:
    """Keep one, drop one for a reason, and undo each."""
    first = page.inner_text(TITLE)
    press(page, "y", "保留 1 条")
    expect(page.locator(TITLE)).to_be_focused()
    expect(page.locator("#say")).to_contain_text("已保留")
    press(page, "z", "保留 0 条")
    assert page.inner_text(TITLE) == first
    page.keyboard.press("j")
    expect(page.locator(TITLE)).to_contain_text("跃升")
    page.keyboard.press("1")
    page.wait_for_timeout(200)
    expect(page.locator(META)).to_contain_text("舍弃 0 条")
    page.keyboard.press("n")
    press(page, "3", "舍弃 1 条")
    press(page, "z", "舍弃 0 条")


def merge_split_and_correct(page: Page) -> None:
    """Merge two, split them elsewhere, and put one half in other words."""
    page.keyboard.press("j")
    expect(page.locator(TITLE)).to_contain_text("340")
    press(page, "m", "7 条候选")
    page.keyboard.press("s")
    press(page, "2", "8 条候选")
    page.keyboard.press("e")
    page.wait_for_url("**/edit")
    page.focus("#statement")
    page.keyboard.press("Control+a")
    page.keyboard.type("y 是销量")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(re.compile(r"/intake\?at=\d+"))
    expect(page.locator(TITLE)).to_have_text("y 是销量")


def test_a_whole_article_is_sorted_by_keyboard_alone(chromium: Browser, desk: Desk) -> None:
    key = an_article(desk)
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    reader = Reader(context.new_page(), desk)
    page = reader.page
    reader.sign_in("lin.yi")
    reader.go(f"/articles/{key}/intake")
    expect(page.locator(META)).to_contain_text("8 条候选：保留 0 条，舍弃 0 条，待定 8 条")
    decide_and_take_back(page)
    merge_split_and_correct(page)
    press(page, "a", "保留 6 条")
    press(page, "z", "保留 0 条")
    press(page, "a", "保留 6 条")
    for left in ("1", "0"):
        page.keyboard.press("n")
        press(page, "8", f"待定 {left} 条")
    expect(page.locator(".done")).to_contain_text("候选都处理完了")
    assert "y 是销量" in statements(desk, key)
    assert len(statements(desk, key)) == 6
    page.reload()
    expect(page.locator(META)).to_contain_text("保留 6 条，舍弃 2 条，待定 0 条")
    context.close()
    assert verify(desk.database).findings == []


def decide_by_clicks(page: Page) -> None:
    """Keep, drop, undo, split, correct, keep all and reopen, by links and forms alone."""
    page.click(".dock button:has-text('Keep')")
    expect(page.locator(META)).to_contain_text("1 kept, 0 left out, 7 left")
    page.click("summary:has-text('Leave out')")
    page.click(".reasons button:has-text('Opinion')")
    expect(page.locator(META)).to_contain_text("1 kept, 1 left out, 6 left")
    page.click("button:has-text('Undo leaving a proposal out')")
    expect(page.locator(META)).to_contain_text("0 left out")
    page.click("summary:has-text('Split')")
    page.click(".reasons button:has-text('50%以上')")
    expect(page.locator(META)).to_contain_text("9 proposals")
    page.click(".dock a:has-text('Correct')")
    page.fill("#statement", "The share")
    page.click("button:has-text('Save')")
    expect(page.locator(TITLE)).to_have_text("The share")
    page.click("button:has-text('Keep all')")
    expect(page.locator(META)).to_contain_text("7 kept")
    page.click(".last button:has-text('Reopen') >> nth=0")
    expect(page.locator(META)).to_contain_text("6 kept")


def test_a_whole_article_is_sorted_without_javascript(chromium: Browser, sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    key = an_article(desk)
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    reader = Reader(context.new_page(), desk)
    page = reader.page
    reader.sign_in("lin.yi")
    reader.go(f"/articles/{key}")
    page.click("a:has-text('Sort 8 proposals')")
    decide_by_clicks(page)
    page.click("a:has-text('numbers accounted for')")
    page.select_option("select[name=reason] >> nth=0", "idiom")
    page.click("button:has-text('Dismiss') >> nth=0")
    page.click("a:has-text('Dismissed')")
    page.click("button:has-text('Reopen') >> nth=0")
    reader.go(f"/articles/{key}/claims/new")
    page.fill("#quote", "两条路都不好走")
    page.click("button:has-text('Find it in the text')")
    page.click("button:has-text('Add the claim')")
    expect(page.locator(".galley")).to_contain_text("两条路都不好走")
    assert "两条路都不好走" in statements(desk, key)
    context.close()
    assert verify(desk.database).findings == []


def test_selected_words_become_a_claim_at_their_very_place(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    desk = sqlite_desk
    key = an_article(desk, "# 😀 份额\n\n份额为5%。他说份额为5%，又说𠮷野家开了3家店。")
    context = chromium.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    reader = Reader(context.new_page(), desk)
    page = reader.page
    reader.sign_in("lin.yi")
    reader.go(f"/articles/{key}")
    page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document.querySelector(".galley"), 4);
          const nodes = [];
          while (walker.nextNode()) nodes.push(walker.currentNode);
          const first = nodes.find((one) => one.data.includes("又说"));
          const last = nodes.find((one) => one.data.includes("店"));
          const range = document.createRange();
          range.setStart(first, first.data.indexOf("又说") + 2);
          range.setEnd(last, last.data.indexOf("店") + 1);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
        }"""
    )
    expect(page.locator("#picker")).to_be_visible()
    page.keyboard.press("c")
    page.wait_for_url("**/claims/new?start=*")
    expect(page.locator("#statement")).to_have_value("𠮷野家开了3家店")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**claim=1*")
    assert statements(desk, key) == ["𠮷野家开了3家店"]
    reader.go(f"/articles/{key}")
    page.keyboard.press("u")
    expect(page.locator(".mention.open").first).to_be_focused()
    # The heading's marker stays in the text, where places are counted, and is not seen.
    expect(page.locator(".galley h2 .marker")).to_have_text("# ")
    expect(page.locator(".galley h2 .marker")).to_have_css("clip-path", "inset(50%)")
    context.close()


def test_a_long_text_is_read_on_by_itself(chromium: Browser, sqlite_desk: Desk) -> None:
    desk = sqlite_desk
    key = an_article(desk, "\n".join([TEXT] * 900))
    context = chromium.new_context(locale="en-GB")
    reader = Reader(context.new_page(), desk)
    reader.sign_in("lin.yi")
    reader.go(f"/articles/{key}/intake")
    expect(reader.page.locator(META)).to_contain_text("7200 proposals", timeout=60_000)
    expect(reader.page.locator("#reading section")).to_have_count(0)
    context.close()


@pytest.mark.parametrize("key", ["y", "n", "a", "z", "m"])
def test_single_keys_rest_while_somebody_types(
    chromium: Browser, sqlite_desk: Desk, key: str
) -> None:
    desk = sqlite_desk
    name = an_article(desk)
    context = chromium.new_context(locale="en-GB")
    reader = Reader(context.new_page(), desk)
    page = reader.page
    reader.sign_in("lin.yi")
    reader.go(f"/articles/{name}/intake/1/edit")
    page.focus("#statement")
    page.keyboard.press("End")
    page.keyboard.type(key)
    assert page.input_value("#statement").endswith(key)
    reader.go(f"/articles/{name}/intake")
    session = context.new_cdp_session(page)
    page.evaluate("document.querySelector('#proposal-title').focus()")
    session.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": key, "windowsVirtualKeyCode": 229, "code": "Process"},
    )
    page.wait_for_timeout(150)
    expect(page.locator(META)).to_contain_text("0 kept, 0 left out, 8 left")
    context.close()
