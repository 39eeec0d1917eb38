"""Two people and one claim in two browsers: merged, undone by key, refused (U15, U16)."""

import re

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from claims.models import Claim
from tests.functional.conftest import Desk, Reader
from tests.functional.test_accessibility import violations

NUMBER = 5
CLAIM = re.compile(r"/claims/[0-9a-f-]{36}(#.*)?$")
LOOKS = (("light", 1440), ("dark", 320))


def someone(chromium: Browser, desk: Desk, name: str) -> Reader:
    reader = Reader(chromium.new_context(locale="en-GB").new_page(), desk)
    reader.sign_in(name)
    return reader


def looked_at(page: Page) -> list[str]:
    """What axe finds on a page that only a refusal shows, and whether it fits a telephone."""
    found = []
    for scheme, width in LOOKS:
        page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
        page.set_viewport_size({"width": width, "height": 900})
        found += violations(page)
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(f"{width}: too wide")
    page.set_viewport_size({"width": 1440, "height": 900})
    return found


def test_two_editors_meet_and_nothing_is_lost(chromium: Browser, sqlite_desk: Desk) -> None:
    desk, path = sqlite_desk, sqlite_desk.claim_path(NUMBER)
    one, two = someone(chromium, desk, "lin.yi"), someone(chromium, desk, "chen.mo")
    for reader in (one, two):
        reader.go(f"{path}/edit")
    one.page.fill("#statement_zh", "甲的句子。")
    one.page.fill("#where_to_check", "甲说年报")
    two.page.fill("#statement_zh", "乙的句子。")
    two.page.click("main [data-submit]")
    two.page.wait_for_url(CLAIM)
    one.page.click("main [data-submit]")
    heading = one.page.locator("h1")
    expect(heading).to_contain_text("Conflict")
    expect(heading).to_be_focused()
    assert looked_at(one.page) == []
    one.page.check("input[name='merge.keep.statement_zh'][value=theirs]")
    one.page.keyboard.press("Control+Enter")
    one.page.wait_for_url(CLAIM)
    with desk.database.reading() as session:
        claim = session.scalars(select(Claim).where(Claim.number == NUMBER)).one()
        assert (claim.statement["zh"], claim.where_to_check) == ("乙的句子。", "甲说年报")
    for reader in (one, two):
        reader.page.context.close()


def test_a_key_undoes_the_last_act_and_an_overtaken_one_is_refused(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    desk, path = sqlite_desk, sqlite_desk.claim_path(NUMBER)
    one, two = someone(chromium, desk, "lin.yi"), someone(chromium, desk, "chen.mo")
    page = one.page
    one.go(f"{path}/edit")
    page.fill("#where_to_check", "到此一查")
    page.click("main [data-submit]")
    for _ in range(2):
        # The second press undoes the undo.
        expect(page.locator(".flash")).to_be_visible()
        page.wait_for_load_state()
        with page.expect_navigation():
            page.keyboard.press("z")
        expect(page.locator(".flash")).to_contain_text("Undone")
    with desk.database.reading() as session:
        claim = session.scalars(select(Claim).where(Claim.number == NUMBER)).one()
        assert claim.where_to_check == "到此一查"

    one.go(f"{path}/edit")
    page.fill("#where_to_check", "再查")
    page.click("main [data-submit]")
    page.wait_for_url(CLAIM)
    two.go(f"{path}/edit")
    two.page.fill("#where_to_check", "他查")
    two.page.click("main [data-submit]")
    two.page.wait_for_url(CLAIM)
    page.locator(".flash button").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_be_focused()
    expect(page.locator("main")).to_contain_text("他查")
    assert looked_at(page) == []
    for reader in (one, two):
        reader.page.context.close()
