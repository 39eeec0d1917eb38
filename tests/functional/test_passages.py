"""Words and cells chosen in a copy fill the form beside it, and the answer is there at once."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from sqlalchemy import select

from claims.models import Evidence
from claims.queries.choices import SHOWN
from sources.registry import add_source
from sources.snapshots import take_in
from sources.store import Store
from tests.functional.conftest import Desk, Reader
from tests.functional.tour import CLAIM

BY = "editor:lin.yi"
ENGLISH = "Report\n\nIn 2024 it held 4.6 percent of the market, up from 3.1 percent.\n"
CHINESE = "年报\n\n2024年份额约为5%，高于上年。\n"
TABLE = "公司,份额（%）\n长江存储,4.6\n三星,33.1\n"
SETTLED = 300
"""Milliseconds after which the page takes words that are marked."""
MARK = """([start, stop]) => {
  const block = document.querySelectorAll("#copy [data-start]")[1];
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const { data } = walker.currentNode;
    if (data.includes(start)) range.setStart(walker.currentNode, data.indexOf(start));
    if (data.includes(stop)) range.setEnd(walker.currentNode, data.indexOf(stop) + stop.length);
  }
  const { left, right, top, bottom } = range.getBoundingClientRect();
  return [left + 1, (top + bottom) / 2, right - 1];
}"""
"""Where somebody presses and lets go of the mouse to mark the words from one to another."""


@pytest.fixture
def reader(chromium: Browser, sqlite_desk: Desk) -> Iterator[Reader]:
    """Somebody who checks, signed in."""
    page = chromium.new_page(viewport={"width": 1440, "height": 900})
    found = Reader(page, sqlite_desk)
    found.sign_in("lin.yi")
    yield found
    page.context.close()


def beside(reader: Reader, text: str, name: str, language: str) -> Page:
    """Open the form with a copy beside it, in the language of the copy, its script running."""
    with reader.desk.database.writing(BY) as session:
        source = add_source(session, by=BY, title=name, language=language)
        store = Store(reader.desk.database.settings.store)
        take_in(session, store, source, io.BytesIO(text.encode()), name, BY)
        key = source.key
    cookie = {"name": "desk_language", "value": language, "url": reader.desk.address}
    reader.page.context.add_cookies([cookie])  # type: ignore[list-item]
    reader.go(f"{reader.desk.claim_path(CLAIM)}/evidence/new")
    page = reader.page
    page.fill("#source_words", key)
    page.select_option("#source", key)
    page.click("button[value=show]")
    page.wait_for_selector("#copy")
    page.wait_for_load_state("load")
    return page


def test_words_find_a_source_and_the_keyboard_chooses_it(reader: Reader) -> None:
    """Ninety-six sources, twenty of them listed; Enter in the field of the words saves nothing."""
    reader.go(f"{reader.desk.claim_path(CLAIM)}/evidence/new")
    page, words, listed = reader.page, "#source_words", reader.page.locator("#source")
    assert listed.locator("option").count() <= SHOWN + 1
    expect(page.locator("#source-found")).to_have_text(
        "The nearest are listed. Words find the others."
    )
    page.type(words, "trendforce news")
    expect(page.locator("#source-found")).to_have_text("4 sources found.")
    assert listed.evaluate("list => list.size") == 5
    page.press(words, "Enter")
    expect(listed).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert listed.evaluate("list => list.size") == 1
    chosen = listed.input_value()
    assert chosen.startswith("trendforce")
    page.fill(words, "nothing like that")
    expect(page.locator("#source-found")).to_have_text("No source on the register has these words.")
    expect(listed).to_have_value(chosen)
    assert reader.page.url.endswith("/evidence/new")


def test_what_is_looked_for_is_no_draft_and_what_was_chosen_of_it_is(reader: Reader) -> None:
    """A click meets what stood under the pointer, although the list above closes by it."""
    path = f"{reader.desk.claim_path(CLAIM)}/evidence/new"
    reader.go(path)
    page, words, listed = reader.page, "#source_words", reader.page.locator("#source")
    page.fill(words, "trendforce news")
    expect(page.locator("#source-found")).to_have_text("4 sources found.")
    page.wait_for_timeout(800)
    assert not page.evaluate("Object.keys(localStorage).filter((key) => key.includes('draft'))")

    page.route("**/drafts/**", lambda route: route.abort())
    page.press(words, "ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    chosen = listed.input_value()
    page.click("#quote", position={"x": 9, "y": 9}, delay=80)
    page.keyboard.type("It held.")
    assert page.input_value("#quote") == "It held."
    assert listed.evaluate("list => list.size") == 1
    page.wait_for_timeout(800)
    reader.go(path)
    expect(page.locator("#quote")).to_have_value("It held.")
    expect(listed).to_have_value(chosen)
    expect(page.locator(words)).to_have_value("")


def test_where_no_sources_come_it_is_said_and_asked_again(reader: Reader) -> None:
    reader.go(f"{reader.desk.claim_path(CLAIM)}/evidence/new")
    page, words, told = reader.page, "#source_words", reader.page.locator("#source-found")
    for status, body in ((401, "{}"), (200, "<html>")):
        page.route("**/source-choices.json*", answering(status, body))
        page.fill(words, f"trendforce {status}")
        expect(told).to_have_text("The sources could not be looked for. “Find” tries again.")
        page.unroute("**/source-choices.json*")
        page.press(words, "Enter")
        expect(told).to_have_text("No source on the register has these words.")


def test_find_keeps_the_file_that_was_chosen(reader: Reader) -> None:
    reader.go(f"{reader.desk.claim_path(CLAIM)}/evidence/new")
    page = reader.page
    file: Any = {"name": "page.txt", "mimeType": "text/plain", "buffer": b"It held."}
    page.set_input_files("#file", file)
    page.fill("#source_words", "trendforce news")
    page.click("button[value=sources]")
    expect(page.locator("#source-found")).to_have_text("4 sources found.")
    expect(page.locator("#source")).to_be_focused()
    assert page.evaluate("document.querySelector('#file').files.length") == 1
    page.press("#source_words", "Control+Enter")
    expect(page.locator(".summary")).to_contain_text("Choose a source")


def answering(status: int, body: str) -> Callable[[Route], None]:
    """Answer every request so."""
    return lambda route: route.fulfill(status=status, body=body)


def test_who_said_it_is_named_where_the_claim_lists_its_evidence(reader: Reader) -> None:
    reader.go(f"{reader.desk.claim_path(CLAIM)}/evidence/new?origin=person")
    page = reader.page
    page.fill("#said_by", "Wang Fang")
    page.fill("#quote", "We do not comment on licences.")
    row = page.locator(f"#evidence-{save(reader).number} th")
    expect(row).to_contain_text("Personal communication")
    expect(row).to_contain_text("Wang Fang")


def save(reader: Reader) -> Evidence:
    """Send the form and return what was saved."""
    reader.page.check("input[name=stance][value=refutes]")
    reader.page.click("main [data-submit]")
    reader.page.wait_for_url("**/claims/*#evidence")
    with reader.desk.database.reading() as session:
        return session.scalars(select(Evidence).order_by(Evidence.id.desc())).all()[0]


def test_words_marked_with_the_mouse_are_quoted_read_and_compared(reader: Reader) -> None:
    page = beside(reader, ENGLISH, "report.txt", "en")
    left, middle, right = page.evaluate(MARK, ["held", "3.1"])
    page.mouse.move(left, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=5)
    page.mouse.up()
    told = page.locator("#reading")
    expect(told).to_contain_text("The source gives 4.6 %, within the article's interval")
    quote = "held 4.6 percent of the market, up from 3.1 percent"
    expect(page.locator("#quote")).to_have_value(quote)
    expect(page.locator("#figure")).to_have_value("4.6 percent")
    expect(page.locator("#locator")).to_have_value("2")
    told.get_by_role("button", name="3.1 percent").click()
    expect(told).to_contain_text("below")
    expect(page.locator("#figure")).to_have_value("3.1 percent")
    page.fill("#figure", "9%")
    page.press("#figure", "Tab")
    expect(told).to_contain_text("does not state the figure you typed")
    told.get_by_role("button", name="4.6 percent").click()
    expect(page.locator("#figure")).to_have_value("4.6 percent")
    item = save(reader)
    assert item.quote_place == (ENGLISH.index("held"), ENGLISH.index("held") + len(quote))
    assert item.figure_place is not None


def test_words_and_cells_are_chosen_with_the_keyboard(reader: Reader) -> None:
    page = beside(reader, CHINESE, "年报.txt", "zh")
    page.focus("#copy")
    page.keyboard.press("ArrowDown")
    while "5" not in page.evaluate("getSelection().toString()"):
        page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator("#reading")).to_contain_text("区间")
    expect(page.locator("#quote")).to_have_value("2024年份额约为5%")
    expect(page.locator("#figure")).to_have_value("约为5%")
    assert save(reader).quote_place == (4, 15)
    page = beside(reader, TABLE, "份额.csv", "zh")
    page.focus(".cells button")
    for key in ("ArrowDown", "ArrowRight"):
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("#locator")).to_have_value("B2")
    expect(page.locator("#figure")).to_have_value("4.6")
    expect(page.locator("#reading")).to_contain_text("长江存储 · 份额（%）")
    item = save(reader)
    assert (item.is_cell, item.quote) == (True, "4.6")


ROW = "<tr><td>三星</td><td>33.1%</td></tr>"
MIXED = f"<p>年报</p><p>2024年份额约为5%，高于上年。</p><table>{ROW}</table>"


def test_a_cell_pressed_after_words_were_marked_is_what_is_taken(reader: Reader) -> None:
    """A browser leaves words marked while a button is pressed; they are not taken once more.

    Nor does the figure of one passage stay beside another one that has none.
    """
    page = beside(reader, MIXED, "年报.html", "zh")
    left, middle, right = page.evaluate(MARK, ["2024", "5%"])
    page.mouse.move(left, middle)
    page.mouse.down()
    page.mouse.move(right, middle, steps=5)
    page.mouse.up()
    expect(page.locator("#quote")).to_have_value("2024年份额约为5%")
    page.locator(".cells").get_by_role("button", name="33.1%").click()
    expect(page.locator("#locator")).to_have_value("T1!B1")
    page.wait_for_timeout(2 * SETTLED)
    assert page.input_value("#quote") == "33.1%"
    expect(page.locator("#figure")).to_have_value("33.1%")
    page.locator(".cells").get_by_role("button", name="三星").click()
    expect(page.locator("#quote")).to_have_value("三星")
    expect(page.locator("#figure")).to_have_value("")
    page.locator(".cells").get_by_role("button", name="33.1%").click()
    expect(page.locator("#figure")).to_have_value("33.1%")
    item = save(reader)
    assert (item.is_cell, item.quote) == (True, "33.1%")
