"""The whole way by an identity provider that is not ours, in a browser that runs no scripts."""

from collections.abc import Iterator
from dataclasses import replace

import oidc_provider_mock
import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from app.accounts.provider import made
from app.provider_settings import ANSWER_PATH
from tests.app.oidc.traveller import told_of
from tests.engines import Maker
from tests.functional.conftest import Desk, Reader, serve
from tests.functional.test_accounts import without_javascript

WHO = "wu.an@news.example"


@pytest.fixture
def bound_desk(make_database: Maker) -> Iterator[Desk]:
    """A desk whose provider is a package's own, on a port of this machine."""
    database = make_database("sqlite", holding="sample")
    with oidc_provider_mock.run_server_in_thread() as server:
        issuer = f"http://localhost:{server.server_port}"
        database.settings = told_of(database.settings, issuer, oidc_client_id="desk")

        def settled(app: Flask, address: str) -> None:
            known = replace(database.settings, oidc_redirect_url=f"{address}{ANSWER_PATH}")
            app.extensions["provider"] = made(known)

        yield from serve(database, None, settled)


def prove_there(page: Page) -> None:
    """Say at the provider who one is."""
    page.wait_for_url("http://localhost:*/oauth2/authorize*")
    page.fill("input[name=sub]", WHO)
    page.get_by_role("button", name="Authorize", exact=True).click()


def test_somebody_binds_themselves_goes_out_and_comes_in_by_the_provider(
    chromium: Browser, bound_desk: Desk
) -> None:
    reader = Reader(without_javascript(chromium), bound_desk)
    page, home = reader.page, bound_desk.address
    reader.sign_in("wu.an")
    reader.go("/account/identities")
    page.get_by_role("button", name="Sign in at Newsroom <ID>").click()
    prove_there(page)
    page.wait_for_url(f"{home}/sign-in/provider/own")
    expect(page.get_by_role("main")).to_contain_text(WHO)
    page.get_by_role("button", name="Yes, bind them").click()
    page.wait_for_url(f"{home}/account/identities")
    page.get_by_label("Account: ").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{home}/sign-in")
    page.goto(f"{home}/sign-in?next=/queue")
    page.get_by_role("button", name="Sign in with Newsroom <ID>").click()
    prove_there(page)
    page.wait_for_url(f"{home}/queue*")
    page.get_by_label("Account: ").click()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(f"{home}/sign-in?left=provider")
    there = page.get_by_role("link", name="Sign out there as well")
    expect(there).to_have_count(1)
    page.context.close()
