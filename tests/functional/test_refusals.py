"""Whatever refuses a form as a whole, its person finds what was typed; without JavaScript, too."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from playwright.sync_api import Browser, expect

from app.cli.demo import PASSWORD
from app.db_problems import StorageFull
from app.defaults import QUOTAS
from app.limits.reserves import Reserves
from app.limits.vocabulary import Quota
from tests.engines import Maker
from tests.functional.conftest import Desk, Reader, serve
from tests.functional.test_without_scripts import fill_in_evidence, send

NOTE = "一段很长的说明，没有人愿意再打一遍。A second sentence.\nA second line."


@pytest.fixture
def apps() -> list[Flask]:
    return []


@pytest.fixture
def full_desk(make_database: Maker, apps: list[Flask]) -> Iterator[Desk]:
    """The sample, with its application at hand, whose disk fills up."""
    database = make_database("sqlite", holding="sample")
    yield from serve(database, settled=lambda app, _address: apps.append(app))


def film(folder: Path) -> Path:
    """A file of 30 MB that takes no room."""
    file = folder / "film.txt"
    with file.open("wb") as opened:
        opened.truncate(30_000_000)
    return file


def open_evidence(reader: Reader, path: str) -> None:
    fill_in_evidence(reader, path)
    reader.page.fill("#note", NOTE)


def test_no_refusal_costs_a_word(
    chromium: Browser, full_desk: Desk, apps: list[Flask], tmp_path: Path
) -> None:
    context = chromium.new_context(locale="en-GB", java_script_enabled=False)
    context.set_default_timeout(15_000)
    reader, (app,) = Reader(context.new_page(), full_desk), apps
    page, path = reader.page, full_desk.claim_path(5)
    reader.sign_in("lin.yi")
    open_evidence(reader, path)
    page.set_input_files("#file", film(tmp_path))
    send(page)
    expect(page.locator("[data-summary]")).to_contain_text("larger than 20 MB")
    expect(page.locator("#note")).to_have_value(NOTE)
    # The disk is full, then it is not.
    views: dict[str, Any] = app.view_functions
    view = views["evidence.add"]
    views["evidence.add"] = no_room
    send(page)
    expect(page.locator("main .code")).to_have_text("507")
    views["evidence.add"] = view
    page.click("main form button")
    expect(page.locator(".flash")).to_contain_text("The evidence is attached")
    expect(page.locator("main")).to_contain_text("A second line.")
    open_evidence(reader, path)
    allow(full_desk, app, 1)
    send(page)
    expect(page.locator("main .code")).to_have_text("429")
    allow(full_desk, app, QUOTAS[Quota.WRITES])
    page.click("main a.primary")
    expect(page.locator("#note")).to_have_value(NOTE)
    context.clear_cookies(name="desk_session")
    send(page)
    expect(page.locator(".flash")).to_contain_text("Not saved yet")
    page.fill("#name", "lin.yi")
    page.fill("#password", PASSWORD)
    page.click("main form button[data-submit]")
    expect(page.locator("#note")).to_have_value(NOTE)
    context.close()


def test_a_page_says_that_a_file_is_too_large_before_it_is_sent(
    chromium: Browser, sqlite_desk: Desk, tmp_path: Path
) -> None:
    context = chromium.new_context(locale="en-GB")
    reader = Reader(context.new_page(), sqlite_desk)
    page, path = reader.page, sqlite_desk.claim_path(5)
    reader.sign_in("lin.yi")
    open_evidence(reader, path)
    asked: list[str] = []
    page.on("request", lambda sent: asked.append(sent.method))
    page.set_input_files("#file", film(tmp_path))
    expect(page.locator("[data-chosen]")).to_contain_text("film.txt has 30.00 MB; at most 20 MB")
    send(page)
    expect(page.locator("#file")).to_be_focused()
    assert "POST" not in asked
    page.set_input_files("#file", [])
    send(page)
    expect(page.locator(".flash")).to_contain_text("The evidence is attached")
    reader.go("/sources/import")
    page.set_input_files("#file", film(tmp_path))
    expect(page.locator("[data-chosen]")).to_contain_text("at most 1 MB are taken")
    context.close()


def allow(desk: Desk, app: Flask, writes: int) -> None:
    """Let an account write so often, as a process does that was started just now."""
    quotas = {**QUOTAS, Quota.WRITES: writes}
    desk.database.settings = replace(desk.database.settings, quotas=quotas)
    app.extensions["reserves"] = Reserves(desk.database)


def no_room(**_arguments: object) -> None:
    raise StorageFull
