"""On paper: the galley with its numbered claims and the ledger to tick off, on two sheets (U19)."""

import re
from io import BytesIO
from unicodedata import normalize

from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.functional.conftest import Desk, Reader

CLAIMS = range(1, 38)
CHROME = {
    "zh-CN": ("搜索或前往", "队列", "退出"),
    "en-GB": ("Search or go to", "Queue", "Sign out"),
}
HEADER = {"zh-CN": ("论断", "状态", "来源"), "en-GB": ("Claim", "Status", "Sources")}
STATUSES = {"zh-CN": ("属实", "证据冲突"), "en-GB": ("Supported", "Conflicting evidence")}


def sheets(pdf: bytes) -> list[str]:
    """Return the words of each page of a PDF, without spaces, ligatures and radicals undone."""
    texts = (normalize("NFKC", page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages)
    return [re.sub(r"\s", "", text) for text in texts]


def holds(sheet: str, words: tuple[str, ...]) -> bool:
    """Whether a page holds all of these words."""
    return all(word.replace(" ", "") in sheet for word in words)


def test_u19_the_sample_is_two_sheets_of_galley_and_ledger(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    for locale in ("zh-CN", "en-GB"):
        context = chromium.new_context(locale=locale, color_scheme="dark")
        reader = Reader(context.new_page(), sqlite_desk)
        reader.sign_in("chen.mo")
        reader.go("/articles/ten-years/print")
        printed = sheets(reader.page.pdf(prefer_css_page_size=True))
        assert len(printed) == 2
        assert not any(holds("".join(printed), (word,)) for word in CHROME[locale])
        assert holds(printed[1], HEADER[locale])
        assert holds(printed[1], STATUSES[locale])
        numbers = reader.page.locator(".ledger tbody th").all_inner_texts()
        assert numbers == [str(number) for number in CLAIMS]
        reader.page.emulate_media(media="print")
        in_grey(reader.page)
        if locale == "en-GB":
            reader.page.evaluate("document.querySelector('.ledger').style.fontSize = '16pt'")
            longer = sheets(reader.page.pdf(prefer_css_page_size=True))
            assert len(longer) > 3
            assert all(holds(sheet, HEADER[locale]) for sheet in longer[1:])
        context.close()


def in_grey(page: Page) -> None:
    """Expect every status of the ledger as a word and a shape of its own, black on white."""
    told = page.evaluate(
        """() => [...document.querySelectorAll(".ledger td:nth-child(4)")].map((cell) => [
            cell.innerText.trim().split(/\\s{2}|\\n/)[0], cell.querySelector("use").href.baseVal,
            getComputedStyle(cell).color, getComputedStyle(cell.querySelector("svg")).color])"""
    )
    assert {colour for _, _, *colours in told for colour in colours} == {"rgb(0, 0, 0)"}
    shapes = {shape: word for word, shape, *_ in told}
    assert len(shapes) == 6
    assert all(shapes.values())
