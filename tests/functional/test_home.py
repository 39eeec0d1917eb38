"""The home page and the palette in a real browser: by keyboard, and without JavaScript."""

import re
import uuid

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select, update

from claims.models import Claim
from tests.functional.conftest import Desk, Reader

TAKEN = (3, 5)


def take(desk: Desk, holder: str) -> dict[int, uuid.UUID]:
    """Let somebody have taken two claims of the sample."""
    with desk.database.writing(f"editor:{holder}") as session:
        session.execute(
            update(Claim).where(Claim.number.in_(TAKEN)).values(assignee=f"editor:{holder}")
        )
        rows = session.execute(select(Claim.number, Claim.id).where(Claim.number.in_(TAKEN)))
        return {row.number: row.id for row in rows}


def palette_options(page: Page) -> list[str]:
    return page.locator("#palette [role=option]").all_inner_texts()


def compose(page: Page, text: str) -> None:
    """Type through an input method, whose own key press must choose nothing."""
    driver = page.context.new_cdp_session(page)
    driver.send(
        "Input.imeSetComposition", {"text": "sanxing", "selectionStart": 7, "selectionEnd": 7}
    )
    driver.send(
        "Input.dispatchKeyEvent",
        {"type": "rawKeyDown", "key": "Process", "windowsVirtualKeyCode": 229},
    )
    expect(page.locator("#palette")).to_be_visible()
    driver.send("Input.insertText", {"text": text})


def test_the_palette_leads_by_keyboard_and_minds_an_input_method(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    reader = Reader(chromium.new_page(locale="zh-CN"), sqlite_desk)
    reader.sign_in("lin.yi")
    page = reader.page
    palette, field = page.locator("#palette"), page.locator("#palette input")
    page.keyboard.press("Control+k")
    expect(palette).to_be_visible()
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-activedescendant", "palette-0")
    assert any("g q" in " ".join(text.split()) for text in palette_options(page))
    # Single keys are letters of the question here.
    page.keyboard.type("三星")
    expect(palette.locator("[role=option] small").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", "palette-1")
    expect(palette.locator("#palette-1")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Escape")
    expect(palette).to_be_hidden()
    page.keyboard.press("/")
    page.keyboard.type("C-05")
    expect(palette.locator("#palette-0 small")).to_be_visible()
    expect(palette.locator("#palette-0")).to_contain_text("C-05")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{sqlite_desk.claim_path(5)}")
    page.keyboard.press("Control+k")
    page.keyboard.type("来源")
    expect(palette.locator("[role=option]").first).to_contain_text("来源")
    page.keyboard.press("Enter")
    page.wait_for_url("**/sources")
    page.keyboard.press("Control+k")
    compose(page, "三星")
    expect(field).to_have_value("三星")
    expect(palette.locator("[role=option] small").first).to_be_visible()
    page.close()


def put_aside_the_second(reader: Reader) -> None:
    """Move to the second row, and put that claim aside until something happens to it."""
    page = reader.page
    for key in "jjkj":
        page.keyboard.press(key)
    second = page.locator("table[data-rows] tbody tr").nth(1).locator(".id").inner_text()
    page.keyboard.press("h")
    page.wait_for_url("**/snooze")
    expect(page.locator("h1")).to_contain_text(second)
    page.locator("main form input[value='event']").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(reader.desk.address + "/")


def change_keys(reader: Reader, **typed: str) -> None:
    """Write other keys and save them; without any, switch all single keys off."""
    reader.go("/account/keys")
    for name, key in typed.items():
        reader.page.fill(f"#{name}", key)
    if not typed:
        reader.page.uncheck("input[name=single_keys]")
    reader.page.click("main form button[data-submit]")
    expect(reader.page.locator(".flash")).to_be_visible()


def test_ones_turn_is_worked_through_by_keyboard_with_ones_own_keys(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    reader = Reader(chromium.new_page(locale="en-GB"), sqlite_desk)
    take(sqlite_desk, "lin.yi")
    reader.sign_in("lin.yi")
    page = reader.page
    rows = page.locator("table[data-rows] tbody tr")
    expect(rows).to_have_count(2)
    expect(page.locator(".nav .count")).to_contain_text("2")
    put_aside_the_second(reader)
    expect(rows).to_have_count(1)
    change_keys(reader, key_h="w")
    reader.go("/")
    page.keyboard.press("h")
    expect(rows).to_have_count(1)
    page.keyboard.press("w")
    page.wait_for_url("**/snooze")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url(sqlite_desk.address + "/")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/claims/[0-9a-f-]{36}$"))
    change_keys(reader)
    for key in "gq/":
        page.keyboard.press(key)
    expect(page.locator("#palette")).to_be_hidden()
    assert page.url.endswith("/account/keys")
    page.close()


def test_home_search_and_putting_aside_work_without_javascript(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    context = chromium.new_context(locale="zh-CN", java_script_enabled=False)
    reader = Reader(context.new_page(), sqlite_desk)
    taken = take(sqlite_desk, "lin.yi")
    reader.sign_in("lin.yi")
    page = reader.page
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(2)
    page.click(f"a[href='/claims/{taken[5]}/snooze']")
    page.check("input[value=event]")
    page.click("main form button[data-submit]")
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(1)
    page.click("a[href*='snoozed=1']")
    page.click(f"form[action='/claims/{taken[5]}/wake'] button")
    expect(page.locator("table[data-rows] tbody tr")).to_have_count(2)
    page.click("a[data-palette]")
    page.wait_for_url("**/search")
    page.fill("#q", "三星")
    page.press("#q", "Enter")
    expect(page.locator(".hits li").first).to_be_visible()
    page.click(".hits a >> nth=0")
    page.wait_for_url(re.compile(r"/(claims|articles|sources)/"))
    context.close()
