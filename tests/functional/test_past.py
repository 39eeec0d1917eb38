"""The audit page in a real browser: a moment before a migration, by field, by slider, and back."""

import re

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from app import schema
from app.ledger import history
from claims.models import Claim
from claims.status import VerificationStatus
from tests.functional.conftest import Desk, Reader


class Migrated:
    """A desk whose schema went back and forth, and a claim that was refuted afterwards."""

    def __init__(self, desk: Desk) -> None:
        schema.downgrade(desk.database, "0007_appendices", actor="system:test")
        with desk.database.reading() as session:
            self.before = history.position(session)
            self.revision = history.schema_revision(session)
        schema.upgrade(desk.database, actor="system:test")
        with desk.database.writing("editor:chen.mo") as session:
            for claim in session.scalars(select(Claim)):
                claim.verification_status = VerificationStatus.REFUTED
        desk.database.seal()
        with desk.database.reading() as session:
            self.now = history.position(session)
            self.head = history.schema_revision(session)


@pytest.mark.parametrize("javascript", [True, False], ids=["with JavaScript", "without"])
def test_a_moment_before_a_migration_shows_that_schema_and_those_counts(
    chromium: Browser, desk: Desk, *, javascript: bool
) -> None:
    """U23: data and schema stand in one order, and the field goes before the migration."""
    migrated = Migrated(desk)
    context = chromium.new_context(locale="en-GB", java_script_enabled=javascript)
    reader = Reader(context.new_page(), desk)
    reader.sign_in("wu.an")
    page = reader.page
    reader.go("/audit")
    schema_now, legend = page.locator("[data-schema]"), page.locator(".asof .legend")
    expect(schema_now).to_have_text(migrated.head)
    kinds = page.locator(".timeline .event").evaluate_all(
        "(all) => all.map((one) => [Number(one.id.slice(1)), one.matches('.schema')])"
    )
    numbers = [number for number, _ in kinds]
    assert numbers == sorted(numbers, reverse=True)
    assert {is_schema for _, is_schema in kinds} == {True, False}
    expect(legend).to_have_text(re.compile(r"^\s*Refuted\s+\d+\s*$"))
    page.fill("#at", str(migrated.before))
    page.press("#at", "Enter")
    expect(page.locator("[data-position]")).to_have_text(str(migrated.before))
    expect(schema_now).to_have_text(migrated.revision)
    expect(legend).to_contain_text("Partly supported")
    expect(page.locator("main")).to_contain_text("Read-only")
    page.get_by_role("link", name="The queue then").click()
    expect(page.locator(".past")).to_contain_text(f"schema {migrated.revision}")
    assert page.locator("form:not([method=dialog])").count() == 0
    page.locator(".past").get_by_role("link", name="Return to now").click()
    expect(page.locator(".past")).to_have_count(0)
    context.close()


def test_u23_the_slider_goes_back_in_time(chromium: Browser, sqlite_desk: Desk) -> None:
    migrated = Migrated(sqlite_desk)
    page = chromium.new_page(locale="en-GB")
    reader = Reader(page, sqlite_desk)
    reader.sign_in("wu.an")
    reader.go("/audit")
    slider = page.locator("[data-slider]")
    slider.focus()
    page.keyboard.press("Home")
    page.wait_for_url("**/audit?*at=*")
    shown = int(page.locator("[data-position]").inner_text())
    assert shown < migrated.now
    expect(page.locator("main")).to_contain_text("Read-only")
    page.close()


def test_two_entries_are_compared_by_their_radios_without_javascript(
    chromium: Browser, sqlite_desk: Desk
) -> None:
    Migrated(sqlite_desk)
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    reader = Reader(context.new_page(), sqlite_desk)
    reader.sign_in("wu.an")
    reader.go("/audit?claim=ten-years/5")
    page = reader.page
    page.locator("input[name=a]").last.check()
    page.locator("input[name=b]").first.check()
    page.get_by_role("button", name="Compare the two selected").click()
    expect(page.locator("h1")).to_have_text("Two moments compared")
    expect(page.locator("main")).to_contain_text("Refuted")
    context.close()
