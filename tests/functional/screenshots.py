"""Takes the pictures of the README: python -m tests.functional.screenshots http://127.0.0.1:5000.

At the address a demo has to run; the pictures of sorting and of a passage add an article to it,
the latter a source as well, and that of an account gives it a second factor.
"""

import os
import sys
from pathlib import Path
from typing import Literal, NamedTuple

import pyotp
from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from app.cli.demo import PASSWORD
from tests.functional.conftest import FLAGS

FOLDER = Path(__file__).parents[2] / "docs" / "screenshots"
SIZE: ViewportSize = {"width": 1440, "height": 900}
CLAIM = 5
REPORT = (
    "年度报告（示例）\n\n2024年，公司全球销量为338万辆，上年为296万辆。\n\n数据截至12月31日。\n"
)
AROUND = """([first, last]) => {
  const walker = document.createTreeWalker(document.querySelector("#copy"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.data.includes(first)) range.setStart(node, node.data.indexOf(first));
    if (node.data.includes(last)) {
      range.setEnd(node, node.data.indexOf(last) + last.length);
      const { left, right, top, height } = range.getBoundingClientRect();
      return [left + 1, right - 1, top + height / 2];
    }
  }
}"""
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
    Picture("passage", "passage", who="lin.yi"),
    Picture("queue", "/queue", locale="en-GB"),
    Picture("triage", "intake", who="lin.yi", scheme="dark"),
    Picture("appendix", "/articles/ten-years/appendix?profile=public&language=both"),
    Picture("audit", "/audit", who="wu.an"),
    Picture("account", "factors", who="su.qing", locale="en-GB"),
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
        add_article(page, address)
    elif picture.path == "passage":
        select_passage(page, address)
    elif picture.path == "factors":
        set_up_codes(page, address)
    else:
        page.goto(address + picture.path)
    page.screenshot(path=FOLDER / f"{picture.name}.png", animations="disabled")
    context.close()


def add_article(page: Page, address: str) -> None:
    """Take an article in and wait for what is proposed of it."""
    page.goto(f"{address}/articles/new")
    page.fill("#title", "份额与销量")
    page.fill("#text", TEXT)
    page.click("main form button[data-submit]")
    page.wait_for_url("**/intake*")


def set_up_codes(page: Page, address: str) -> None:
    """Set up the codes of a telephone, and show who signed in with what."""
    page.goto(f"{address}/account/factors/telephone")
    page.fill("#name", "My telephone")
    page.click("main form button[data-submit]")
    seed = page.locator("#seed").inner_text().replace(" ", "")
    page.fill("#code", pyotp.TOTP(seed).now())
    page.click("main form button[data-submit]")
    page.get_by_role("link", name="I have kept them").click()
    expect(page.locator("main")).to_contain_text("recovery codes are left")


def select_passage(page: Page, address: str) -> None:
    """Keep a claim and a file of a new source, and mark the words in it that speak to the claim."""
    add_article(page, address)
    article = page.url.partition("/intake")[0]
    page.goto(f"{article}/intake?at=2")
    page.get_by_role("button", name="保留", exact=True).click()
    expect(page.locator("main")).to_contain_text("保留 1 条")
    page.goto(f"{article}?claim=1")
    claim = page.locator("#card a[data-key=o]").first.get_attribute("href") or ""
    page.goto(f"{address}/sources/new")
    page.fill("#title", "年度报告（示例）")
    page.click("main form button[data-submit]")
    page.wait_for_url("**/sources/*-*")
    source = page.url.rpartition("/")[2]
    page.click("#keep-file summary")
    file = {"name": "年度报告.txt", "mimeType": "text/plain", "buffer": REPORT.encode()}
    page.set_input_files("#keep-file input[type=file]", file)  # type: ignore[arg-type]
    page.click("#keep-file button[data-submit]")
    page.wait_for_url("**#snapshots")
    page.goto(f"{address}{claim.partition('#')[0]}/evidence/new?source={source}")
    left, right, line = page.evaluate(AROUND, ["公司全球", "万辆"])
    page.mouse.move(left, line)
    page.mouse.down()
    page.mouse.move(right, line, steps=5)
    page.mouse.up()
    expect(page.locator("#reading")).to_contain_text("338万辆")
    page.mouse.wheel(0, -2000)


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
