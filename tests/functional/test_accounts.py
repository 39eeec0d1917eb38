"""U9: somebody is invited and comes in without JavaScript; with it, a password can be looked at."""

from playwright.sync_api import Browser, Page, expect

from tests.functional.conftest import Desk, Reader

CHOSEN = "a password nobody else knows"


def without_javascript(chromium: Browser) -> Page:
    """A page in a browser of its own that runs no scripts."""
    return chromium.new_context(java_script_enabled=False, locale="en-GB").new_page()


def test_a_colleague_is_invited_and_comes_in_without_javascript_u9(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    admin = Reader(without_javascript(chromium), sqlite_desk)
    admin.sign_in("xu.ke")
    admin.go("/admin/accounts/new")
    admin.page.fill("#name", "new.one")
    admin.page.get_by_label("Checker").check()
    admin.page.get_by_role("button", name="Make the link").click()
    link = admin.page.get_by_label("Link", exact=True)
    expect(link).to_have_count(1)
    guest = without_javascript(chromium)
    guest.goto(link.input_value())
    guest.fill("#password", CHOSEN)
    guest.fill("#again", CHOSEN)
    guest.get_by_role("button", name="Set the password and sign in").click()
    guest.wait_for_url(sqlite_desk.address + "/")
    expect(guest.get_by_role("status").first).to_contain_text("Welcome to the desk")
    for page in (admin.page, guest):
        page.context.close()


def test_a_password_is_shown_while_it_is_typed_and_hidden_when_it_is_sent(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    reader = Reader(chromium.new_context(locale="en-GB").new_page(), sqlite_desk)
    reader.go("/sign-in")
    field, button = reader.page.locator("#password"), reader.page.locator("[data-reveal]")
    reader.page.fill("#name", "wu.an")
    field.fill("wrong")
    button.click()
    expect(field).to_have_attribute("type", "text")
    expect(button).to_have_attribute("aria-pressed", "true")
    field.press("Enter")
    expect(reader.page.locator("[data-summary]")).to_be_focused()
    expect(reader.page).to_have_title("Error: Sign in · Claim Desk")
    expect(field).to_have_attribute("type", "password")
    reader.page.context.close()
