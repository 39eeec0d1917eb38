"""Somebody outside is asked, answers without script or account, and the desk accepts it."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from app.ledger.verify import verify
from tests.functional.conftest import Desk, Reader

CLAIM = 5
WORDS = {
    "zh": ("thanks", "我们的数字是 18.9%，按收入计。", "已经收到"),
    "en": ("thanks", "Our figure is 18.9 %, by revenue.", "it is kept"),
}
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page that is open, and whether it is too wide."""
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": TAGS}})
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [
        *(["too wide"] if wide > 0 else []),
        *(one["id"] for one in found.response["violations"]),
    ]


def ask(reader: Reader, language: str) -> str:
    """Ask an expert about the claim and return the link."""
    page = reader.page
    reader.go(f"{reader.desk.claim_path(CLAIM)}/invitations/new")
    page.fill("#name", "Prof. Wang")
    page.fill("#question", "Is this right? 对吗？")
    page.check(f"input[name=language][value={language}]")
    page.click("main form button[data-submit]")
    expect(page.locator("#link")).to_be_visible()
    assert violations(page) == []
    return page.input_value("#link")


def accept(page: Page, statement: str) -> None:
    """Go from the link to the answer, accept it, and see it stand under evidence and contests."""
    page.click("main a.btn.primary")
    expect(page.locator(".answer")).to_contain_text(statement)
    assert violations(page) == []
    page.click("a[href$='/accept']")
    expect(page.locator("input[name=stance][value=refutes]")).to_be_checked()
    assert violations(page) == []
    page.click("main form button[data-submit]")
    expect(page.locator(".flash")).to_contain_text("the answer now weighs")
    expect(page.locator("#contests")).to_contain_text(statement)
    assert violations(page) == []


@pytest.mark.parametrize(
    ("language", "scheme", "width"), [("zh", "light", 1440), ("en", "dark", 320)], ids=str
)
def test_an_expert_answers_and_a_checker_accepts(
    chromium: Browser, sqlite_desk: Desk, language: str, scheme: str, width: int
) -> None:
    anchor, statement, thanks = WORDS[language]
    facts: dict[str, Any] = {
        "color_scheme": scheme,
        "viewport": {"width": width, "height": 900},
    }
    staff = chromium.new_context(locale="en-GB", **facts)
    reader = Reader(staff.new_page(), sqlite_desk)
    reader.sign_in("chen.mo")
    link = ask(reader, language)

    outside = chromium.new_context(locale="fr-FR", java_script_enabled=False, **facts)
    guest = outside.new_page()
    answer = guest.goto(link)
    assert answer is not None
    assert answer.headers["referrer-policy"] == "same-origin"
    guest.check("input[type=radio][value=dispute]")
    guest.fill("textarea", statement)
    guest.click("button[data-submit]")
    expect(guest.locator(f"#{anchor}")).to_contain_text(thanks)
    outside.close()

    seen = chromium.new_context(locale="fr-FR", **facts)
    again = seen.new_page()
    again.goto(link)
    assert violations(again) == []
    seen.close()

    accept(reader.page, statement)
    staff.close()
    assert verify(sqlite_desk.database).findings == []
