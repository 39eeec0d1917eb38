"""Every page, in both languages, light and dark, wide and narrow: axe finds nothing on it."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from claims.new_version import add_version
from claims.text import read_text
from claims.triage import accept, reject
from claims.triage_vocabulary import RejectionReason
from tests.claims.sorting import TEXT, an_article_to_sort
from tests.functional.conftest import Desk, Reader

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
VIEWS = [
    ("zh-CN", "light", 1440),
    ("en-GB", "dark", 1440),
    ("zh-CN", "dark", 320),
    ("en-GB", "light", 320),
]
CLAIM = 5
HOME_PAGES = (
    "/",
    "/?snoozed=1",
    "/search?q=三星",
    "/account",
    *(f"/account/{what}" for what in ("keys", "password", "sessions", "tokens")),
    "/queue",
    "/queue?status=refuted&contested=1",
    "/queue?stage=dropped",
)
ADMINISTRATION = ("accounts", "accounts/new", "roles", "policy", "health")
SORTING = "order"
SORTING_PAGES = (
    "intake",
    "intake?at=2",
    "intake/2/edit",
    "numbers",
    "numbers?view=dismissed",
    "differences",
    "claims/new",
    "claims/new?quote=2024",
    "claims/new?quote=份额",
    "claims/new?quote=nowhere",
    "versions/new",
    "v/2",
)


def pages(desk: Desk) -> list[str]:
    """Return one address of every kind of page."""
    claim = desk.claim_path(CLAIM)
    return [
        *HOME_PAGES,
        f"{claim}/snooze",
        "/articles",
        "/articles/new",
        f"/articles/ten-years?claim={CLAIM}",
        "/articles/ten-years/sign-off",
        "/articles/ten-years/intake",
        f"/articles/{SORTING}",
        *(f"/articles/{SORTING}/{path}" for path in SORTING_PAGES),
        "/articles/ten-years/appendix",
        "/figures?q=三星",
        claim,
        f"{claim}/history",
        f"{claim}/evidence/new",
        f"{claim}/assessment",
        *(f"{claim}/{what}/new" for what in ("contests", "invitations")),
        f"{claim}/submit",
        "/sources",
        "/sources/new",
        "/sources/zdnetkr-2025-02-24",
        "/sources/zdnetkr-2025-02-24/recheck",
        "/contested",
        "/audit",
        "/audit/900",
        "/audit?at=700&q=5",
        "/audit/migrations",
        f"/audit/compare?a=500&claim=ten-years/{CLAIM}",
        "/audit/questions",
        "/audit/questions/roles-changed",
        f"/articles/ten-years?claim={CLAIM}&at=700",
        f"{claim}?at=700",
        f"{claim}/history?order=oldest",
        "/queue?at=700",
        "/help",
        "/help/figures-and-intervals",
    ]


def an_article_to_look_at(desk: Desk) -> None:
    """Take an article in, with a proposal kept and one dropped, and then its next version."""
    with desk.database.writing("editor:lin.yi") as session:
        version = an_article_to_sort(session, f"{TEXT}份额再说一遍。", title="Order")
        accept(session, version, 1, by="editor:lin.yi")
        reject(session, version, 4, RejectionReason.OPINION, by="editor:lin.yi")
        changed = version.text.replace("1%", "2%").replace("份额", "占比", 1)
        add_version(session, version.article, read_text(changed), by="editor:lin.yi")


def violations(page: Page) -> list[str]:
    """Return what axe finds on the page that is open, without the lists of what it found right."""
    only = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
    found = Axe().run(page, options=only)
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found.response["violations"]
        for node in one["nodes"]
    ]


def looked_at(reader: Reader, path: str, width: int) -> list[str]:
    """What is wrong with a page: axe's violations, and that it is wider than the window."""
    reader.go(path)
    found = [f"{path} {one}" for one in violations(reader.page)]
    wide = reader.page.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{path} is {wide} pixels wide"] if wide > width else [])


def test_axe_cries_about_a_planted_fault(chromium: Browser) -> None:
    page = chromium.new_page()
    page.set_content("<html lang='en'><title>x</title><main><h1>x</h1><img src='x'></main>")
    assert any("image-alt" in one for one in violations(page))
    page.close()


@pytest.mark.parametrize(("locale", "scheme", "width"), VIEWS)
def test_every_page_is_accessible_and_fits_its_width(
    chromium: Browser, sqlite_desk: Desk, locale: str, scheme: str, width: int
) -> None:
    context = chromium.new_context(
        locale=locale,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 900},
    )
    reader = Reader(context.new_page(), sqlite_desk)
    complaints: list[str] = []
    reader.page.on(
        "console",
        lambda said: complaints.append(f"console: {said.text}") if said.type == "error" else None,
    )
    an_article_to_look_at(sqlite_desk)
    reader.go("/sign-in")
    complaints += violations(reader.page)
    reader.sign_in("chen.mo")
    for path in pages(sqlite_desk):
        complaints += looked_at(reader, path, width)
    reader.page.keyboard.press("Control+k")
    reader.page.keyboard.type("三星")
    reader.page.locator("#palette [role=option] small").first.wait_for()
    complaints += [f"palette {one}" for one in violations(reader.page)]
    context.clear_cookies()
    reader.sign_in("xu.ke")
    for name in ADMINISTRATION:
        complaints += looked_at(reader, f"/admin/{name}", width)
    reader.go("/admin/accounts")
    link = reader.page.locator("tbody a").first.get_attribute("href") or ""
    complaints += looked_at(reader, link, width)
    context.close()
    assert not complaints, "\n".join(complaints)


@pytest.mark.parametrize(
    ("path", "status"),
    [("/articles/no-such-article", 404), ("/claims/not-an-id", 404), ("/articles/new", 403)],
)
def test_a_page_that_is_refused_says_so_accessibly(
    chromium: Browser, sqlite_desk: Desk, path: str, status: int
) -> None:
    reader = Reader(chromium.new_page(), sqlite_desk)
    reader.sign_in("wu.an")
    answer = reader.page.goto(sqlite_desk.address + path)
    assert answer is not None
    assert answer.status == status
    assert violations(reader.page) == []
    assert re.search(r"[0-9a-f]{8}-[0-9a-f]{4}", reader.page.inner_text("main"))
    reader.page.close()
