"""The whole story without JavaScript: judge, undo, sign, meet, export, look back (U9)."""

import json
import re
from pathlib import Path

from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from app.ledger.verify import verify
from claims.models import Claim
from claims.vocabulary import Stage
from tests.functional.conftest import Desk, Reader

NUMBER = 5
CLAIM = re.compile(r"/claims/[0-9a-f-]{36}(#.*)?$")
REASONING = "按年报的口径，数字相符。"


def someone(chromium: Browser, desk: Desk, name: str) -> Reader:
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(15000)
    reader = Reader(context.new_page(), desk)
    reader.sign_in(name)
    return reader


def send(page: Page) -> None:
    page.click("main form button[data-submit]")


def stage(desk: Desk) -> Stage:
    with desk.database.reading() as session:
        found = session.scalar(select(Claim.stage).where(Claim.number == NUMBER))
    assert found is not None
    return found


def fill_in_evidence(reader: Reader, path: str) -> None:
    """Open the form of evidence and fill it in with what a person said."""
    page = reader.page
    reader.go(f"{path}/evidence/new")
    page.check("input[name=origin][value=person]")
    page.fill("#quote", "They said so.")
    page.select_option("#locator_kind", "paragraph")
    page.fill("#locator", "1")
    page.check("input[name=stance][value=supports]")


def add_evidence(reader: Reader, path: str) -> None:
    page = reader.page
    fill_in_evidence(reader, path)
    send(page)
    page.wait_for_url(CLAIM)
    expect(page.locator("main")).to_contain_text("They said so.")


def judge(reader: Reader, path: str) -> None:
    page = reader.page
    reader.go(f"{path}/assessment")
    for group in page.locator("main fieldset:has(input[name^=figure_])").all():
        group.locator("input[value=misleading]").check(force=True)
    page.fill("#reasoning", REASONING)
    page.check("input[name=disposition][value=stet]")
    send(page)
    page.wait_for_url(CLAIM)
    expect(page.locator("main")).to_contain_text(REASONING)


def answer_findings(desk: Desk) -> None:
    """What the sample holds against the claim is answered by somebody else."""
    with desk.database.writing("editor:su.qing") as session:
        claim = session.scalars(select(Claim).where(Claim.number == NUMBER)).one()
        for finding in claim.findings:
            finding.waived_by, finding.waiver_reason = "editor:su.qing", "reviewed"
        for anchor in claim.anchors:
            anchor.confirmed_by = anchor.confirmed_by or "editor:su.qing"
        for contest in claim.contests:
            contest.blocking = False


def waits(reader: Reader, path: str) -> None:
    """The claim stands among what waits for the person (U26)."""
    reader.go("/")
    expect(reader.page.locator(f"section:has(#turn) td a[href='{path}']")).to_have_count(1)


def judged_and_signed(checker: Reader, second: Reader, path: str) -> None:
    """Evidence, a conclusion, its undo, the conclusion again, and a second person's signature."""
    desk = checker.desk
    page = checker.page
    add_evidence(checker, path)
    judge(checker, path)
    page.click(".flash button")
    page.wait_for_url(CLAIM)
    expect(page.locator(".flashes")).to_contain_text("Undone")
    expect(page.locator("aside .facts").first).not_to_contain_text(REASONING)
    judge(checker, path)
    answer_findings(desk)
    checker.go(f"{path}/submit")
    send(page)
    page.wait_for_url(CLAIM)
    assert stage(desk) is Stage.SUBMITTED

    # The second reader is never the one who concluded it.
    waits(second, path)
    second.go(f"{path}/sign-off")
    second.page.check("input[name=answer][value=sign]")
    send(second.page)
    second.page.wait_for_url(CLAIM)
    assert stage(desk) is Stage.SIGNED_OFF


def met(checker: Reader, lead: Reader, path: str) -> None:
    """Two people edit the claim; what both changed is asked."""
    desk, page = checker.desk, checker.page
    checker.go(f"{path}/edit")
    page.fill("#statement_zh", "这是我改的论断。")
    page.fill("#where_to_check", "公司年报")
    lead.go(f"{path}/edit")
    lead.page.fill("#statement_zh", "这是主任改的论断。")
    lead.page.fill("#checkability", "可核")
    send(lead.page)
    lead.page.wait_for_url(CLAIM)
    send(page)
    expect(page.locator("h1")).to_contain_text("Conflict")
    expect(page.locator("main")).to_contain_text("这是我改的论断。")
    expect(page.locator("main")).to_contain_text("这是主任改的论断。")
    page.check("input[name='merge.keep.statement_zh'][value=both]")
    send(page)
    page.wait_for_url(CLAIM)
    with desk.database.reading() as session:
        claim = session.scalars(select(Claim).where(Claim.number == NUMBER)).one()
        assert claim.statement["zh"].split() == ["这是主任改的论断。", "这是我改的论断。"]
        assert (claim.where_to_check, claim.checkability) == ("公司年报", "可核")


def looked_back(checker: Reader, path: str) -> None:
    """The appendix, the history, the claim as it was, and what differs."""
    desk, page = checker.desk, checker.page
    page.goto(desk.address + "/articles/ten-years/appendix")
    page.check("input[name=formats][value=json]")
    send(page)
    page.wait_for_url(re.compile(r"/appendix/\d+$"))
    with page.expect_download() as download:
        page.click("#file-json a[download]")
    content = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))["content"]
    assert any("主任" in row["statement"]["zh"] for row in content["claims"])

    checker.go(f"{path}/history")
    expect(page.locator(".timeline")).to_contain_text("an act was undone")
    checker.go(f"{path}?at=700")
    expect(page.locator("main")).not_to_contain_text("这是主任改的论断。")
    assert page.locator("main form[method=post]").count() == 0
    checker.go(f"/audit/compare?a=700&claim=ten-years/{NUMBER}")
    expect(page.locator("main")).to_contain_text("这是主任改的论断。")


def test_three_people_take_a_claim_from_evidence_to_the_past_without_scripts(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    desk, path = sqlite_desk, sqlite_desk.claim_path(NUMBER)
    checker, second, lead = (
        someone(chromium, desk, name) for name in ("lin.yi", "chen.mo", "zhou.qi")
    )
    judged_and_signed(checker, second, path)
    met(checker, lead, path)
    # What was signed is another now: whoever concluded it and whoever signed it are asked again.
    assert stage(desk) is Stage.CHECKING
    waits(checker, path)
    waits(second, path)
    looked_back(checker, path)
    assert verify(desk.database).findings == []
    for reader in (checker, second, lead):
        reader.page.context.close()
