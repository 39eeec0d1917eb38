"""What a page looks like where the eye, the hand or the machine is another one than ours.

Everything is asked of the open page by one script, so that the matrix costs a few loads only.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.functional import tour
from tests.functional.conftest import Desk, Reader

PAGES = (
    "/",
    "/queue",
    "/articles",
    f"/articles/ten-years?claim={tour.CLAIM}",
    "/articles/ten-years/print",
    "/articles/ten-years/sign-off",
    "/sources/new",
    "/audit",
    "/help/figures-and-intervals",
)
OF_THE_CLAIM = ("", "/evidence/new", "/assessment")
STATUSES = ["todo", "ok", "part", "context", "conflict", "wrong", "unver", "outdated", "nocheck"]
SPACING = """() => {
    for (const one of document.querySelectorAll("body, body *")) {
        one.style.lineHeight = "1.5";
        one.style.letterSpacing = ".12em";
        one.style.wordSpacing = ".16em";
    }
    for (const one of document.querySelectorAll("p")) one.style.marginBottom = "2em";
}"""
"""The spacing of WCAG 2.2, 1.4.12, set as a reader's own style sheet would."""
STOPS = """() => {
    // A link that is a line of text, a native control and what only readers hear may be small.
    const found = { covered: [], ringless: [], small: [] };
    const rgb = (text) => (text.match(/[\\d.]+/g) ?? [0, 0, 0]).slice(0, 3).map(Number);
    const light = (text) => rgb(text).map((one) => one / 255)
        .map((one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4)
        .reduce((sum, one, at) => sum + one * [0.2126, 0.7152, 0.0722][at], 0);
    const ratio = (a, b) =>
        (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05);
    const ground = (one) => {
        for (let at = one; at; at = at.parentElement) {
            const seen = getComputedStyle(at).backgroundColor;
            if (!/, 0\\)$|transparent/.test(seen)) return seen;
        }
        return "rgb(255, 255, 255)";
    };
    const focusable = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const stops = [...document.querySelectorAll(focusable)].filter((one) =>
        !one.disabled && one.tabIndex >= 0 && one.type !== "hidden"
        && !one.closest("dialog:not([open])") && one.checkVisibility({ visibilityProperty: true }));
    for (const one of stops) {
        one.focus({ focusVisible: true });
        if (document.activeElement !== one) continue;
        one.scrollIntoView({ block: "nearest", inline: "nearest" });
        const box = one.getBoundingClientRect();
        const places = [[.5, .5], [.1, .2], [.9, .8], [.1, .8], [.9, .2]].map(([x, y]) =>
            document.elementFromPoint(box.left + box.width * x, box.top + box.height * y));
        const seen = places.some((top) => top && (one.contains(top) || top.contains(one)
            || top.closest("label")?.control === one || one.labels?.[0]?.contains(top)));
        const name = one.outerHTML.slice(0, 110);
        if (!seen) found.covered.push(name);
        const ringed = one.closest(".tile") && one.matches("input") ? one.nextElementSibling : one;
        const style = getComputedStyle(ringed);
        const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        const stands = ratio(style.outlineColor, ground(ringed.parentElement)) >= 3;
        if (!ring || !stands) found.ringless.push(name);
    }
    found.stops = stops.length;
    const first = stops[0];
    found.skip = first?.matches(".skip") ?? false;
    return found;
}"""


def opened(reader: Reader, desk: Desk) -> Iterator[tuple[str, Page]]:
    """Open each of a dozen pages that differ in kind."""
    claim = desk.claim_path(tour.CLAIM)
    for path in [*PAGES, *(claim + of for of in OF_THE_CLAIM)]:
        reader.go(path)
        yield path.replace(claim, "claim"), reader.page


def too_wide(page: Page) -> int:
    """Return by how much the page must be scrolled sideways."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


def test_u8_nothing_scrolls_sideways_however_large_the_text(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    """U8: 320 px (400 % of 1280), text of 200 %, and the spacing of WCAG 1.4.12."""
    context = chromium.new_context(locale="en-GB", viewport={"width": 320, "height": 700})
    reader = Reader(context.new_page(), sqlite_desk)
    reader.sign_in("zhou.qi")
    wide: dict[str, int] = {}
    for path, page in opened(reader, sqlite_desk):
        wide[f"{path} at 320"] = too_wide(page)
        page.evaluate(SPACING)
        wide[f"{path} spaced"] = too_wide(page)
        page.set_viewport_size({"width": 1280, "height": 900})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        wide[f"{path} at 200 %"] = too_wide(page)
        page.set_viewport_size({"width": 320, "height": 700})
    context.close()
    assert {name: by for name, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (320, "dark")])
def test_u11_every_stop_of_the_focus_is_seen_and_ringed(
    chromium: Browser, sqlite_desk: Desk, width: int, scheme: str
) -> None:
    context = chromium.new_context(
        locale="zh-CN",
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": width, "height": 700},
    )
    reader = Reader(context.new_page(), sqlite_desk)
    reader.sign_in("zhou.qi")
    wrong: dict[str, object] = {}
    for path, page in opened(reader, sqlite_desk):
        found = page.evaluate(STOPS)
        assert found["stops"] > 10
        assert found["skip"], path
        wrong |= {f"{path} {k}": found[k] for k in ("covered", "ringless") if found[k]}
    context.close()
    assert wrong == {}


def test_u4_a_status_is_a_word_a_shape_and_a_line_of_its_own(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    reader = Reader(chromium.new_page(locale="en-GB"), sqlite_desk)
    reader.sign_in("chen.mo")
    reader.go("/articles/ten-years")
    told = reader.page.evaluate(
        """(looks) => {
            const word = {};
            for (const one of document.querySelectorAll(".legend li > :has(use)")) {
                word[one.className] = [one.textContent.replace(/[\\d\\s]+$/, "").trim(),
                    one.querySelector("use").href.baseVal.split("#")[1]];
            }
            const line = {};
            for (const look of looks) {
                const one = document.createElement("span");
                one.className = `hl s-${look}`;
                document.querySelector(".galley").append(one);
                const style = getComputedStyle(one);
                line[look] = `${style.textDecorationStyle} ${style.textDecorationThickness}`;
            }
            return { word, line };
        }""",
        STATUSES,
    )
    reader.page.close()
    lines = told["line"]
    assert len(lines) == len(set(lines.values())) == len(STATUSES)
    words, shapes = zip(*told["word"].values(), strict=True)
    assert len(set(words)) == len(set(shapes)) == len(told["word"]) >= 5


def test_u20_forced_colours_show_what_is_chosen(chromium: Browser, sqlite_desk: Desk) -> None:
    context = chromium.new_context(forced_colors="active", viewport={"width": 1440, "height": 900})
    reader = Reader(context.new_page(), sqlite_desk)
    page = reader.page
    reader.sign_in("chen.mo")
    reader.go(f"/articles/ten-years?claim={tour.CLAIM}")
    current = "(one) => getComputedStyle(one).outlineStyle + getComputedStyle(one).outlineWidth"
    for chosen in (".rail a[aria-current]", ".chip[aria-current]"):
        assert page.locator(chosen).first.evaluate(current) == "solid3px"
    reader.go(f"{sqlite_desk.claim_path(tour.CLAIM)}/assessment")
    page.locator(".tile input").first.check(force=True)
    assert page.locator(".tile input:checked + span").first.evaluate(current) == "solid3px"
    edges = page.locator(".tile > span, .input, .btn").evaluate_all(
        "(all) => all.filter((one) => one.checkVisibility())"
        ".map((one) => getComputedStyle(one).borderTopStyle)"
    )
    assert edges
    assert set(edges) <= {"solid", "dashed"}
    context.close()


def test_u24_help_stands_in_the_same_place_and_nothing_is_only_dragged(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    """Targets of 24 px are held by axe's rule on every page; here is the rest of U24."""
    reader = Reader(chromium.new_page(locale="en-GB"), sqlite_desk)
    reader.sign_in("zhou.qi")
    places = set()
    for _path, page in opened(reader, sqlite_desk):
        places.add(
            page.evaluate(
                """() => {
                    const links = [...document.querySelectorAll(".nav a")];
                    const help = links.findIndex((one) => one.pathname === "/help");
                    const keys = document.querySelectorAll("footer [data-keys-open]").length;
                    const dragged = document.querySelectorAll("[draggable=true]").length;
                    return JSON.stringify([help - links.length, keys, dragged]);
                }"""
            )
        )
    reader.page.close()
    assert places == {"[-1,1,0]"}
