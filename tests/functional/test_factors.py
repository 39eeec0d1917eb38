"""A passkey in a real browser: made, and used alone, beside a password, and to confirm."""

import re

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import update

from app.accounts.models import OpenSession
from app.accounts.sessions import FRESH
from app.cli.demo import PASSWORD
from sources.base import now
from tests.functional.conftest import Desk

NAME = "lin.yi"


def with_a_device(page: Page) -> None:
    """Give the browser a device that holds passkeys and is unlocked by a finger."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable", {"enableUI": False})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def type_password(page: Page, home: str) -> None:
    page.goto(f"{home}/sign-in")
    page.fill("#name", NAME)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")


def use_a_passkey(page: Page, button: str) -> None:
    """Press the button once the script listens, which takes the sentence beneath it away."""
    expect(page.get_by_text("A passkey needs scripts")).to_have_count(0)
    page.get_by_role("button", name=button).click()


def grow_old(desk: Desk) -> None:
    """Let every proof be too long ago."""
    with desk.database.writing("system:test") as session:
        session.execute(update(OpenSession).values(proved_at=now() - FRESH * 2))


def test_a_passkey_is_made_and_opens_the_desk(sqlite_desk: Desk, chromium: Browser) -> None:
    home = sqlite_desk.address.replace("127.0.0.1", "localhost")
    page = chromium.new_page(locale="en-GB", viewport={"width": 320, "height": 900})
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(f"{said.type}: {said.text}"))
    # A device that answered by itself while the page offers passkeys would take the first step.
    page.add_init_script("delete PublicKeyCredential.isConditionalMediationAvailable")
    with_a_device(page)
    type_password(page, home)
    page.wait_for_url(f"{home}/")
    page.goto(f"{home}/account/factors/passkey")
    page.fill("#name", "The key on my ring")
    page.get_by_role("button", name="Make the passkey").press("Enter")
    expect(page.locator("ol code")).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    with page.expect_download() as fetched:
        page.get_by_role("button", name="Download as a file").click()
    assert fetched.value.suggested_filename == "claim-desk-recovery-codes.txt"
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name=re.compile("^Remove")).wait_for()
    page.context.clear_cookies(name="desk_session")
    page.goto(f"{home}/sign-in?next=/queue")
    use_a_passkey(page, "Sign in with a passkey")
    page.wait_for_url(f"{home}/queue")
    page.context.clear_cookies(name="desk_session")
    type_password(page, home)
    page.wait_for_url(f"{home}/sign-in/second**")
    use_a_passkey(page, "Use a passkey")
    page.wait_for_url(f"{home}/")
    grow_old(sqlite_desk)
    page.goto(f"{home}/account/factors")
    page.get_by_role("button", name=re.compile("^Remove")).click()
    expect(page.get_by_role("heading", name="Is it still you?")).to_be_visible()
    use_a_passkey(page, "Use a passkey")
    expect(page.locator("main")).to_contain_text("None yet.")
    # The page that asks once more is a 403; of everything else the console has nothing to say.
    assert [one for one in complaints if "status of 403" not in one] == []
    page.close()


def test_a_refusal_is_said_and_the_password_still_works(
    sqlite_desk: Desk, chromium: Browser
) -> None:
    home = sqlite_desk.address.replace("127.0.0.1", "localhost")
    page = chromium.new_page(locale="en-GB")
    page.add_init_script(
        "navigator.credentials.get = () => Promise.reject(new DOMException('x', 'NotAllowedError'))"
    )
    page.goto(f"{home}/sign-in")
    use_a_passkey(page, "Sign in with a passkey")
    expect(page.get_by_role("alert").filter(has_text="No passkey was given")).to_be_visible()
    type_password(page, home)
    page.wait_for_url(f"{home}/")
    page.close()
    plain = chromium.new_context(locale="en-GB", java_script_enabled=False).new_page()
    plain.goto(f"{home}/sign-in")
    expect(plain.get_by_text("A passkey needs scripts")).to_be_visible()
    expect(plain.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()
    plain.goto(f"{sqlite_desk.address}/sign-in")
    expect(plain.get_by_role("heading", name="Sign in")).to_be_visible()
    plain.context.close()
