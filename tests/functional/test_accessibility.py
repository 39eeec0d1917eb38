"""Every page, in both languages, light and dark, wide and narrow: axe finds nothing on it (U2).

A page is opened once per language. Everything is asked of it at its first scheme and width, and at
the others what may depend on them, so that of any two of the three all four pairs are looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, ConsoleMessage, Page

from app.factory import create_app
from tests.functional import tour
from tests.functional.conftest import Desk, Reader

Scheme = Literal["light", "dark"]
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
LOOK_AGAIN = ["color-contrast", "link-in-text-block", "target-size", "scrollable-region-focusable"]
"""The rules whose answer may be another in another scheme or at another width."""
ALIKE = [
    ".appendix .claim:nth-of-type(n+6)",
    ".event:nth-of-type(n+12)",
    ".table tr:nth-child(n+16)",
]
"""What only repeats what stands above it."""
ASK = """async ([again, alike]) => {
    const only = again.length ? { type: "rule", values: again } : { type: "tag", values: %s };
    const rules = again.length ? {} : { "target-size": { enabled: true } };
    const found = await axe.run({ exclude: alike.map((one) => [one]) }, {
        runOnly: only, rules, resultTypes: ["violations"], preload: false, elementRef: false });
    return found.violations.flatMap((one) =>
        one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 160)}`));
}"""
FITTED = "() => new Promise(requestAnimationFrame)"
"""Done when the page was told its new width: what scrolls now can be reached by the keyboard."""
WIDTHS = {"light": {"zh-CN": 1440, "en-GB": 320}, "dark": {"zh-CN": 320, "en-GB": 1440}}


def violations(page: Page, *again: str) -> list[str]:
    """Return what axe finds on the page that is open: by all rules, or by these alone."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    alike = page.evaluate("(all) => all.filter((one) => document.querySelector(one))", ALIKE)
    told: list[str] = page.evaluate(ASK % TAGS, [list(again), alike])
    return told


@dataclass
class Inspector:
    """Looks at the page that is open, in both schemes, and keeps what is wrong with it."""

    reader: Reader
    locale: str
    complaints: list[str] = field(default_factory=list)

    def show(self, scheme: Scheme) -> int:
        """Show the page in a scheme, at the width that goes with it in this language."""
        width = WIDTHS[scheme][self.locale]
        self.reader.page.set_viewport_size({"width": width, "height": 900})
        self.reader.page.emulate_media(color_scheme=scheme)
        self.reader.page.evaluate(FITTED)
        return width

    def heard(self, said: ConsoleMessage) -> None:
        """Keep what the console complains of, but for the errors that were asked for."""
        if said.type in {"error", "warning"} and "Failed to load resource" not in said.text:
            self.complaints.append(f"console: {said.text}")

    def look(self, name: str) -> None:
        """Look at a page: wholly where it is wide, again where it is narrow."""
        page = self.reader.page
        wide: Scheme = "light" if self.locale == "zh-CN" else "dark"
        schemes: tuple[Scheme, ...] = (wide, "dark" if wide == "light" else "light")
        for scheme in schemes:
            width = self.show(scheme)
            again = LOOK_AGAIN if scheme != wide else []
            self.complaints += [f"{name} {scheme} {one}" for one in violations(page, *again)]
            across = page.evaluate("document.documentElement.scrollWidth")
            if across > width:
                self.complaints.append(f"{name} is {across} pixels wide at {width}")
        self.show(wide)


def test_axe_cries_about_a_planted_fault(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content(
        "<html lang='en'><title>x</title><main><h1>x</h1><img src='x'>"
        "<p style='color: #999'>pale</p></main>"
    )
    assert {one.partition(":")[0] for one in violations(page)} == {"image-alt", "color-contrast"}
    assert [one.partition(":")[0] for one in violations(page, *LOOK_AGAIN)] == ["color-contrast"]
    page.close()


def test_every_page_is_visited_or_excused(sqlite_desk: Desk) -> None:
    tour.furnish(sqlite_desk)
    app = create_app(sqlite_desk.database.settings, sqlite_desk.database)
    visited = [*tour.pages(sqlite_desk), *tour.administration(sqlite_desk), "/sign-in"]
    assert tour.unvisited(app, visited) == set()
    assert set(tour.NOT_PAGES) <= {rule.endpoint for rule in app.url_map.iter_rules()}
    app.add_url_rule("/newcomer", "newcomer", lambda: "")
    assert tour.unvisited(app, visited) == {"newcomer"}


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_u2_every_page_is_accessible_and_fits_its_width(
    chromium: Browser, sqlite_desk: Desk, locale: str
) -> None:
    tour.furnish(sqlite_desk)
    context = chromium.new_context(locale=locale)
    inspector = Inspector(Reader(context.new_page(), sqlite_desk), locale)
    page = inspector.reader.page
    page.on("console", inspector.heard)
    inspector.reader.go("/sign-in")
    inspector.look("sign-in")
    inspector.reader.sign_in("zhou.qi")
    for path in dict.fromkeys([*tour.pages(sqlite_desk), *tour.REFUSED]):
        answer = page.goto(sqlite_desk.address + path)
        assert answer is not None
        assert answer.status == tour.REFUSED.get(path, 200), path
        inspector.look(path)
    for name in states(page, sqlite_desk):
        inspector.look(name)
    context.clear_cookies()
    inspector.reader.sign_in("xu.ke")
    for path in tour.administration(sqlite_desk):
        inspector.reader.go(path)
        inspector.look(path)
    context.close()
    assert not inspector.complaints, "\n".join(inspector.complaints)


def states(page: Page, desk: Desk) -> Iterator[str]:
    """Bring the page into states that no address leads to, and name each."""
    claim = desk.address + desk.claim_path(tour.CLAIM)
    page.goto(f"{claim}/contests/new")
    page.click("main form button[data-submit]")
    page.locator("[data-summary]").wait_for()
    yield "422"
    page.goto(f"{claim}/edit")
    page.locator("main form input[name=version]").evaluate("(field) => { field.value = '0'; }")
    page.fill("main form [name=kind]", "another kind")
    page.click("main form button[data-submit]")
    page.locator(".conflict").first.wait_for()
    yield "409"
    page.keyboard.press("Control+k")
    page.keyboard.type("三星")
    page.locator("#palette [role=option] small").first.wait_for()
    yield "palette"
    page.keyboard.press("Escape")
    page.goto(claim)
    page.keyboard.press("?")
    page.locator("dialog.keys[open] tbody tr").first.wait_for()
    yield "keys"


def test_an_error_names_the_number_of_the_incident(chromium: Browser, sqlite_desk: Desk) -> None:
    reader = Reader(chromium.new_page(), sqlite_desk)
    reader.sign_in("wu.an")
    answer = reader.page.goto(sqlite_desk.address + "/articles/no-such-article")
    assert answer is not None
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", reader.page.inner_text("main"))
    reader.page.close()
