"""Nothing typed is lost (U17), and nobody works unseen beside another."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import func, select, update

from app.accounts.models import Account
from app.ledger.tables import EVENT, options
from claims.models import Claim
from tests.functional.conftest import Desk, Reader

CHECKER, OTHER = "lin.yi", "chen.mo"
SHIFTS = """() => {
  window.shifts = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
  }).observe({ type: "layout-shift", buffered: true });
}"""

SLOWLY = """(() => {
  const real = window.fetch;
  let flying = 0;
  window.fetch = async (address, options) => {
    if (!String(address).includes("/drafts/")) return real(address, options);
    flying += 1;
    sessionStorage.sent = Number(sessionStorage.sent || 0) + 1;
    sessionStorage.most = Math.max(flying, sessionStorage.most || 0);
    await new Promise((done) => setTimeout(done, 2500));
    try { return await real(address, options); } finally { flying -= 1; }
  };
})()"""
"""Each autosave takes longer than the pause after which the next one would begin."""


class Browsers:
    """Browsers without a past: each person has a device of their own."""

    def __init__(self, chromium: Browser, desk: Desk) -> None:
        self.chromium, self.desk = chromium, desk
        self.opened: list[BrowserContext] = []

    def device(self, name: str, *, scripts: bool = True, clock: bool = False) -> Reader:
        context = self.chromium.new_context(
            locale="en-GB", viewport={"width": 1440, "height": 900}, java_script_enabled=scripts
        )
        self.opened.append(context)
        reader = Reader(context.new_page(), self.desk)
        reader.page.set_default_timeout(10_000)
        if clock:
            reader.page.clock.install()
        reader.sign_in(name)
        return reader


@pytest.fixture
def browsers(chromium: Browser, sqlite_desk: Desk) -> Iterator[Browsers]:
    found = Browsers(chromium, sqlite_desk)
    yield found
    for context in found.opened:
        context.close()


def entries(desk: Desk) -> int:
    """How many entries of rows the ledger has."""
    with desk.database.reading() as session:
        query = select(func.count()).where(EVENT.c.kind == "row")
        return session.execute(query, execution_options=options(session)).scalar_one()


def change(desk: Desk, number: int) -> None:
    """Let somebody else save a claim."""
    with desk.database.writing(f"editor:{OTHER}") as session:
        claim = session.scalars(select(Claim).where(Claim.number == number)).one()
        claim.where_to_check = "Somewhere else"


def expect_draft(page: Page, field: str, text: str) -> None:
    expect(page.locator(field)).to_have_value(text)
    expect(page.locator("form [data-restored]")).to_be_visible()


def test_a_draft_survives_crash_sign_out_and_409_and_never_enters_the_chain_u17(
    browsers: Browsers,
) -> None:
    desk = browsers.desk
    path, field = f"{desk.claim_path(1)}/edit", "#kind"
    first = browsers.device(CHECKER)
    before = entries(desk)
    first.go(path)
    first.page.fill(field, "kept on the server")
    expect(first.page.locator("[data-kept]")).to_contain_text("Draft kept")
    first.page.context.close()

    second = browsers.device(CHECKER)
    second.go(path)
    expect_draft(second.page, field, "kept on the server")
    second.page.fill(field, "typed just now")
    second.page.locator("details.menu summary").click()
    second.page.get_by_role("button", name="Sign out").click()
    second.page.wait_for_url("**/sign-in")
    assert second.page.evaluate("localStorage.length") == 0
    assert entries(desk) == before

    second.sign_in(CHECKER)
    second.go(path)
    expect_draft(second.page, field, "typed just now")
    change(desk, 1)
    second.page.locator("main [data-submit]").click()
    expect(second.page.locator("h1")).to_contain_text("Somebody else saved this meanwhile")
    second.go(path)
    expect_draft(second.page, field, "typed just now")
    second.page.locator("form [data-restored] button").click()
    expect(second.page.locator(".flash")).to_contain_text("discarded")
    expect(second.page.locator(field)).not_to_have_value("typed just now")
    expect(second.page.locator("form [data-restored]")).to_be_hidden()


def test_one_autosave_is_in_flight_and_a_sent_form_leaves_no_draft_u17(browsers: Browsers) -> None:
    reader = browsers.device(CHECKER)
    path = f"{browsers.desk.claim_path(2)}/edit"
    reader.page.add_init_script(SLOWLY)
    reader.go(path)
    for text in ("one", "one two"):
        reader.page.fill("#kind", text)
        reader.page.wait_for_timeout(2050)
    reader.page.fill("#kind", "share")
    reader.page.locator("main [data-submit]").click()
    reader.page.wait_for_url(f"**{browsers.desk.claim_path(2)}", timeout=30_000)
    assert reader.page.evaluate("Number(sessionStorage.sent)") >= 2
    assert reader.page.evaluate("Number(sessionStorage.most)") == 1
    reader.go(path)
    expect(reader.page.locator("#kind")).to_have_value("share")
    expect(reader.page.locator("form [data-restored]")).to_be_hidden()


def test_a_refusal_takes_the_focus_u14_and_what_cannot_be_sent_stays_on_the_device(
    browsers: Browsers,
) -> None:
    desk = browsers.desk
    reader = browsers.device(CHECKER)
    path = f"{desk.claim_path(3)}/edit"
    reader.go(path)
    reader.page.fill("#kind", "bad \u202e text")
    reader.page.locator("main [data-submit]").click()
    expect(reader.page.locator("[data-summary]")).to_be_focused()
    reader.page.locator("[data-summary] a").click()
    expect(reader.page.locator("#kind")).to_be_focused()
    reader.go(path)
    banner = reader.page.locator("[data-lost]")
    reader.page.context.set_offline(True)
    reader.page.fill("#kind", "offline")
    reader.page.locator("main [data-submit]").click()
    expect(banner).to_contain_text("Not saved. Your text is kept on this device.")
    expect(reader.page).to_have_url(desk.address + path)
    assert reader.page.evaluate("localStorage.length") == 1
    reader.page.context.set_offline(False)
    reader.page.wait_for_url(f"**{desk.claim_path(3)}")

    reader.go(path)
    reader.page.fill("#kind", "signed out elsewhere")
    with desk.database.writing("system:test") as session:
        token = update(Account).where(Account.name == CHECKER).values(session_token="another")
        session.execute(token)
    reader.page.locator("main [data-submit]").click()
    expect(banner).to_be_visible()
    banner.get_by_role("link", name="Sign in").click()
    sign_in_here(reader, path)
    expect_draft(reader.page, "#kind", "signed out elsewhere")


def test_without_javascript_a_lost_session_leads_back_to_what_was_typed(browsers: Browsers) -> None:
    desk = browsers.desk
    reader = browsers.device(CHECKER, scripts=False)
    path = f"{desk.claim_path(4)}/edit"
    reader.go(path)
    reader.page.context.clear_cookies()
    reader.page.fill("#kind", "kept without a session")
    reader.page.locator("main [data-submit]").click()
    expect(reader.page.locator(".flash")).to_contain_text("Not saved yet")
    sign_in_here(reader, path)
    expect_draft(reader.page, "#kind", "kept without a session")


def sign_in_here(reader: Reader, back: str) -> None:
    """Sign in on the page that is shown, and be led back."""
    reader.page.fill("#name", CHECKER)
    reader.page.fill("#password", "claim-desk-demo")
    reader.page.press("#password", "Enter")
    reader.page.wait_for_url(reader.desk.address + back)


def test_who_edits_and_what_was_saved_meanwhile_is_said_without_moving_the_page(
    browsers: Browsers,
) -> None:
    desk = browsers.desk
    path = desk.claim_path(5)
    with desk.database.reading() as session:
        name = session.scalars(select(Account.display_name).where(Account.name == CHECKER)).one()
    reader = browsers.device(OTHER, clock=True)
    reader.go(path)
    reader.page.evaluate(SHIFTS)
    editor = browsers.device(CHECKER)
    editor.go(f"{path}/assessment")
    expect(editor.page.locator("[data-watch]")).to_be_attached()
    editor.page.wait_for_load_state("networkidle")
    with desk.database.writing(f"editor:{CHECKER}", "a request") as session:
        claim = session.scalars(select(Claim).where(Claim.number == 5)).one()
        claim.kind = "changed"
    reader.page.clock.fast_forward(21_000)
    status = reader.page.locator("[data-watch]")
    expect(status.locator("[data-people]")).to_have_text(f"{name} is editing this claim")
    expect(status.locator("[data-news] span")).to_have_text(
        f"1 change by {name} since you opened this"
    )
    assert reader.page.evaluate("window.shifts") <= 0.01
    status.get_by_role("link", name="show them").click()
    expect(reader.page.locator("main")).to_contain_text("changed")
    unscripted = browsers.device(OTHER, scripts=False)
    unscripted.go(path)
    expect(unscripted.page.locator("[data-people]")).to_contain_text(f"{name} is editing")
