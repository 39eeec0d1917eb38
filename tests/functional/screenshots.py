"""Takes the pictures of the README: python -m tests.functional.screenshots http://127.0.0.1:5000.

At the address a demo has to run; the picture of sorting adds an article to it.
"""

import os
import sys
from pathlib import Path
from typing import Literal, NamedTuple

from playwright.sync_api import Browser, ViewportSize, sync_playwright

from app.cli.demo import PASSWORD
from tests.functional.conftest import FLAGS

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZE: ViewportSize = {"width": 1440, "height": 900}
CLAIM = 5
TEXT = "2024年，全球份额从1%跃升至50%以上，销量达到340万辆。公司计划2030年前投资约20万亿韩元。"


class Picture(NamedTuple):
    """A picture: its file, the page, and as whom, in which language and scheme it is taken."""

    name: str
    path: str
    who: str = "chen.mo"
    locale: str = "zh-CN"
    scheme: Literal["light", "dark"] = "light"


PICTURES = (
    Picture("home", "/"),
    Picture("article", f"/articles/ten-years?claim={CLAIM}"),
    Picture("claim-en-dark", "claim", locale="en-GB", scheme="dark"),
    Picture("queue", "/queue", locale="en-GB"),
    Picture("triage", "intake", who="lin.yi", scheme="dark"),
    Picture("audit", "/audit", who="wu.an"),
)


def take(browser: Browser, address: str, picture: Picture) -> None:
    """Sign in, go to the page of a picture and take it."""
    context = browser.new_context(
        locale=picture.locale, color_scheme=picture.scheme, viewport=SIZE, reduced_motion="reduce"
    )
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#name", picture.who)
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    page.wait_for_url(f"{address}/")
    if picture.path == "claim":
        page.goto(f"{address}/articles/ten-years?claim={CLAIM}")
        link = page.locator("#card a[data-key=o]").first.get_attribute("href")
        page.goto(f"{address}{link}".partition("#")[0])
    elif picture.path == "intake":
        page.goto(f"{address}/articles/new")
        page.fill("#title", "份额与销量")
        page.fill("#text", TEXT)
        page.click("main form button[data-submit]")
        page.wait_for_url("**/intake*")
    else:
        page.goto(address + picture.path)
    page.screenshot(path=FOLDER / f"{picture.name}.png", animations="disabled")
    context.close()


def main(address: str) -> None:
    """Take all pictures from the demo at an address."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(FLAGS)
        )
        for picture in PICTURES:
            take(browser, address.rstrip("/"), picture)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
