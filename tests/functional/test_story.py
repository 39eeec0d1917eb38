"""The story the product is made for, in a real browser: from the article to the one history."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from app.ledger.verify import verify
from tests.functional.conftest import Desk, Reader

YMTC = 2
"""The number of the claim that SK hynix too was reported to pay YMTC for patents."""
QUOTE = "SK hynix is expected to sign a similar deal."
STATEMENT = {
    "zh": "海力士方面没有任何确认,报道只说“预计”。",
    "en": "Nobody at SK hynix confirms it; reports only expect it.",
}
SAMPLE = {"zh": "这是一篇样稿", "en": "This is a sample"}


def open_claim_from_article(reader: Reader) -> None:
    """Read the article, see its marked figures, open the card of the claim and the claim."""
    page = reader.page
    reader.go("/articles")
    page.click("main a[href*='/articles/ten-years']")
    expect(page.locator(".galley .hl").first).to_be_visible()
    expect(page.locator(".galley a.chip")).to_have_count(37)
    page.click(f".galley a.chip[href*='claim={YMTC}']")
    expect(page.locator("#card")).to_contain_text(f"C-{YMTC:02d}")
    page.click(f"#card a[href='{reader.desk.claim_path(YMTC)}']")
    page.wait_for_url(re.compile(r"/claims/[0-9a-f-]{36}$"))


def attach_evidence(reader: Reader, file: Path) -> None:
    """Attach a passage of a new source, with a file."""
    page = reader.page
    page.goto(page.url.partition("?")[0].partition("#")[0] + "/evidence/new")
    page.check("input[name=origin][value=new]")
    page.fill("#url", "https://example.org/hynix-licence")
    page.fill("#title", "Licence talks")
    page.fill("#publisher", "Example Wire")
    page.fill("#quote", QUOTE)
    page.select_option("#locator_kind", "paragraph")
    page.fill("#locator", "4")
    page.check("input[name=stance][value=qualifies]")
    page.set_input_files("#file", file)
    page.click("main form button[data-submit]")
    page.wait_for_url(re.compile(r"/claims/[0-9a-f-]{36}(#.*)?$"))
    expect(page.locator("main")).to_contain_text(QUOTE)


def raise_contest(reader: Reader, statement: str) -> None:
    """Flag the claim as contested."""
    page = reader.page
    page.goto(page.url.partition("#")[0] + "/contests/new")
    page.select_option("#reason", "party_denies")
    page.select_option("#side", "subject")
    page.fill("#party", "SK hynix")
    page.fill("#statement", statement)
    page.click("main form button[data-submit]")
    page.wait_for_url(re.compile(r"/claims/[0-9a-f-]{36}(#.*)?$"))
    expect(page.locator("main")).to_contain_text(statement)


def export_appendix(page: Page, desk: Desk, form: str) -> str:
    """Issue the appendix and return what was downloaded."""
    page.goto(desk.address + "/articles/ten-years/appendix")
    page.check(f"input[name=formats][value={form}]")
    page.click("main form button[data-submit]")
    page.wait_for_url(re.compile(r"/appendix/\d+$"))
    with page.expect_download() as download:
        page.click(f"#file-{form} a[download]")
    return Path(download.value.path()).read_text(encoding="utf-8")


def titles(page: Page) -> str:
    """Return the headings of the timeline."""
    return "\n".join(page.locator(".timeline .event h3").all_inner_texts())


@pytest.mark.parametrize(
    ("language", "scripting"), [("zh", True), ("en", True), ("zh", False)], ids=str
)
def test_a_checker_takes_a_claim_from_the_article_to_the_one_history(
    chromium: Browser, desk: Desk, tmp_path: Path, language: str, *, scripting: bool
) -> None:
    locale = {"zh": "zh-CN", "en": "en-GB"}[language]
    context = chromium.new_context(locale=locale, java_script_enabled=scripting)
    reader = Reader(context.new_page(), desk)
    page = reader.page
    reader.sign_in("lin.yi")
    open_claim_from_article(reader)
    expect(page.locator("body")).to_contain_text(SAMPLE[language])
    file = tmp_path / "note.txt"
    file.write_text("SK hynix is expected to sign.", encoding="utf-8")
    attach_evidence(reader, file)
    raise_contest(reader, STATEMENT[language])

    html = export_appendix(page, desk, "html")
    assert QUOTE in html
    assert STATEMENT[language] in html
    content = json.loads(export_appendix(page, desk, "json"))["content"]
    claim = next(row for row in content["claims"] if row["number"] == YMTC)
    assert [row["outcome"] for row in claim["contests"]] == [None, None]
    assert claim["evidence"][-1]["snapshot"]["sha256"]

    reader.go("/audit")
    told = titles(page)
    assert told.count({"zh": "导出", "en": "exported"}[language]) == 2, told
    for what in {"zh": ("争议", "证据"), "en": ("contest", "evidence")}[language]:
        assert what in told.lower(), told
    reader.go("/audit?kind=migration")
    assert page.locator(".timeline .event").count() >= 7
    context.close()
    assert desk.database.engine is not None
    assert verify(desk.database).findings == []
