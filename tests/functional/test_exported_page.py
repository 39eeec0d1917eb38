"""The file that leaves the house: readable for everybody, at any width, on paper, without a net."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page

from tests.app.exports.a_paper import a_paper
from tests.app.exports.printing import printed
from tests.functional.test_accessibility import LOOK_AGAIN, violations
from tests.functional.test_print import sheets

CLAIMS = 4


@pytest.fixture
def exported(tmp_path: Path) -> str:
    """The address of an appendix in both languages, on this disk."""
    return saved(tmp_path, "both", 2)


def saved(folder: Path, language: str, claims: int) -> str:
    """The address of a public appendix that was saved to a folder."""
    file = folder / f"appendix-{language}.html"
    file.write_text(printed("html", a_paper(language, "public", claims)), encoding="utf-8")
    return file.as_uri()


@contextmanager
def opened(chromium: Browser, address: str, scheme: Literal["light", "dark"]) -> Iterator[Page]:
    """The page as somebody opens it; it may ask for nothing and complain of nothing."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900}, color_scheme=scheme)
    page, told = context.new_page(), list[str]()
    page.on("console", lambda message: told.append(message.text))
    page.on("request", lambda request: told.append(request.url))
    page.goto(address)
    yield page
    assert told == [address]
    context.close()


def test_the_file_is_accessible_wide_and_narrow_light_and_dark(
    chromium: Browser, exported: str
) -> None:
    with opened(chromium, exported, "light") as page:
        assert violations(page) == []
        page.emulate_media(color_scheme="dark")
        page.set_viewport_size({"width": 320, "height": 900})
        assert violations(page, *LOOK_AGAIN) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_file_prints_with_numbered_sheets_and_no_short_claim_is_torn(
    chromium: Browser, tmp_path: Path
) -> None:
    with opened(chromium, saved(tmp_path, "zh", CLAIMS), "dark") as page:
        papers = sheets(page.pdf(prefer_css_page_size=True))
    for number, paper in enumerate(papers, start=1):
        assert f"{number}/{len(papers)}" in paper
        assert "第3号·十年换位" in paper
    for claim in (1, 3, 4):
        whole = [paper for paper in papers if f"份额为18.3%({claim})" in paper]
        assert len(whole) == 1
        assert "承诺值" in whole[0].partition(f"份额为18.3%({claim})")[2]
