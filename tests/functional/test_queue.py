"""The queue in a real browser: rows are chosen by keys, and the choice survives what follows."""

import re

from playwright.sync_api import Browser, expect
from sqlalchemy import select

from claims.models import Claim
from tests.functional.conftest import Desk, Reader


def test_rows_are_chosen_by_keys_kept_while_the_list_changes_and_taken_at_once(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    """U28 by keyboard: j, s, j, Space, another order, r."""
    reader = Reader(chromium.new_page(locale="en-US"), sqlite_desk)
    reader.sign_in("zhou.qi")
    page, table = reader.page, reader.page.locator("table")
    reader.go("/queue")
    count = page.locator("[data-chosen]")
    expect(page.locator("[data-key=r]")).to_have_attribute("aria-keyshortcuts", "r")
    page.keyboard.press("j")
    page.keyboard.press("s")
    expect(count).to_have_text("1 chosen")
    page.keyboard.press("j")
    page.keyboard.press("Space")
    expect(count).to_have_text("2 chosen")
    assert "chosen=" in page.url
    table.get_by_role("link", name="Risk").click()
    expect(page.locator("th[aria-sort=ascending]")).to_have_text(re.compile("Risk"))
    expect(page.locator("tbody input:checked")).to_have_count(2)
    page.locator(".facets").get_by_role("link", name="Refuted").click()
    expect(count).to_have_text("2 chosen")
    expect(page.locator("[data-key=r]")).to_have_attribute("aria-keyshortcuts", "r")
    page.keyboard.press("r")
    expect(page.locator(".flash")).to_have_text(re.compile("2 claims are yours now"))
    assert "chosen=" not in page.url
    expect(page.locator("[data-key=r]")).to_have_attribute("aria-keyshortcuts", "r")
    # Where nothing is chosen the key means the row it is pressed in.
    page.keyboard.press("j")
    page.keyboard.press("r")
    expect(page.locator(".flash")).to_have_text(re.compile("1 claim is yours now"))
    with sqlite_desk.database.reading() as session:
        taken = session.scalars(select(Claim.id).where(Claim.assignee == "editor:zhou.qi"))
        assert len(taken.all()) == 3
