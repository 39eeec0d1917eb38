"""Three ways into the desk, in a real browser: a paste without JavaScript, a file, an address."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.claims.bad_texts import MARKDOWN, MARKUP, MUTATING
from tests.engines import Maker
from tests.functional.conftest import Desk, Reader, serve
from tests.sources.documents.small_files import docx, p
from tests.sources.servers import Server, answer, fetcher, pages, serving

SAID = "十月降雨量同比增长12.5%，达到340毫米，这是国家气象部门发布的数据，创下十年以来的最高纪录。"
HOSTILE = (
    "<html><head><title>降雨</title><base href='http://127.0.0.1:9/'>"
    "<meta http-equiv=refresh content='0;url=http://127.0.0.1:9/'></head><body>"
    "<script>window.canary = 1</script><img src=x onerror='window.canary = 2'>"
    f"<p>{SAID}<a href='javascript:window.canary=3'>链接</a></p>"
    "<math><mtext><table><mglyph><style><!--</style>"
    "<img title='--&gt;&lt;img src=1 onerror=window.canary=4&gt;'></table></math>"
    "<noscript><p title='</noscript><img src=x onerror=window.canary=5>'></noscript>"
    "<p>&lt;script&gt;window.canary = 6&lt;/script&gt;</p></body></html>"
)
BUTTON = "main form.intake button[data-submit]"


@pytest.fixture
def paper() -> Iterator[Server]:
    """A newspaper on this machine."""
    with serving(pages({"/rain": answer(HOSTILE.encode(), kind="text/html; charset=utf-8")})) as it:
        yield it


@pytest.fixture
def desk(make_database: Maker, paper: Server) -> Iterator[Desk]:
    """A served desk that may fetch from the newspaper."""
    yield from serve(make_database("sqlite", holding="sample"), fetcher(paper))


def reader(chromium: Browser, desk: Desk, language: str, *, scripts: bool = True) -> Reader:
    context = chromium.new_context(java_script_enabled=scripts)
    context.add_cookies([{"name": "desk_language", "value": language, "url": desk.address}])
    found = Reader(context.new_page(), desk)
    found.sign_in("lin.yi")
    found.go("/articles/new")
    return found


def taken_in(page: Page) -> None:
    to_the_text(page)
    expect(page.locator(".galley")).to_contain_text("340毫米")


def to_the_text(page: Page) -> None:
    """Take the article in, and go on from its proposals to its text."""
    page.click(BUTTON)
    page.wait_for_url("**/intake")
    page.goto(page.url.removesuffix("/intake"))


@pytest.mark.parametrize("language", ["zh", "en"])
def test_three_ways_in(
    chromium: Browser, desk: Desk, paper: Server, tmp_path: Path, language: str
) -> None:
    plain = reader(chromium, desk, language, scripts=False).page
    plain.fill("#text", SAID)
    taken_in(plain)

    file = tmp_path / "雨.docx"
    file.write_bytes(docx(p(SAID)))
    page = reader(chromium, desk, language).page
    expect(page.locator("#address")).to_be_hidden()
    page.check("[name=way][value=file]")
    expect(page.locator("#text")).to_be_hidden()
    page.set_input_files("#file", file)
    expect(page.locator("[data-chosen]")).to_contain_text("雨.docx")
    taken_in(page)

    page = reader(chromium, desk, language).page
    page.check("[name=way][value=address]")
    page.fill("#title", "我的题")
    page.fill("#address", f"http://paper.example:{paper.port}/none")
    page.click(BUTTON)
    expect(page.locator("[data-summary]")).to_contain_text("404")
    expect(page.locator("[data-summary]")).to_be_focused()
    assert page.input_value("#title") == "我的题"
    page.fill("#address", f"http://paper.example:{paper.port}/rain")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    taken_in(page)
    expect(page.locator(".galley")).to_contain_text("<script>window.canary = 6</script>")
    assert page.evaluate("window.canary") is None
    assert [url for url in asked if not url.startswith(desk.address)] == []


def test_a_file_dropped_on_the_form_is_chosen(chromium: Browser, desk: Desk) -> None:
    page = reader(chromium, desk, "en").page
    page.evaluate(
        """() => {
            const files = new DataTransfer();
            files.items.add(new File(["十月增长5%。"], "rain.txt", { type: "text/plain" }));
            const options = { dataTransfer: files, bubbles: true, cancelable: true };
            const form = document.querySelector("[data-intake]");
            form.dispatchEvent(new DragEvent("dragover", options));
            form.dispatchEvent(new DragEvent("drop", options));
        }"""
    )
    expect(page.locator("[name=way][value=file]")).to_be_checked()
    expect(page.locator("[data-chosen]")).to_contain_text("rain.txt")
    to_the_text(page)
    expect(page.locator(".galley")).to_contain_text("十月增长5%")


def test_no_markup_of_a_text_is_markup_of_a_page(chromium: Browser, desk: Desk) -> None:
    """T-XSS: article-16 article-17 article-19: nothing of it runs or asks another site."""
    page = reader(chromium, desk, "zh").page
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    said = f"{MARKUP}\n\n增长5%。\n\n{MUTATING}\n\n{MARKDOWN}"
    page.fill("#text", said)
    page.fill("#title", f"{MARKUP}"[:190])
    page.click(BUTTON)
    page.wait_for_url("**/intake")
    expect(page.locator("main")).to_contain_text("window.canary = 1")
    for path in (page.url.removesuffix("/intake"), f"{page.url.removesuffix('/intake')}/numbers"):
        page.goto(path)
        expect(page.locator("main")).to_be_visible()
        assert page.evaluate("window.canary") is None
        assert page.locator("main :is(img, base, math, form[action^='http:'], iframe)").count() == 0
    assert [url for url in asked if not url.startswith(desk.address)] == []
