"""A desk with the sample, served on this machine, and a real Chromium in front of it."""

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from sqlalchemy import select
from waitress.server import create_server

from app.cli.demo import PASSWORD
from app.db import Database
from app.factory import create_app
from claims.models import Claim
from sources.fetching import Fetcher
from tests.engines import Maker

FLAGS = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Desk:
    """A served desk."""

    address: str
    database: Database

    def claim_path(self, number: int) -> str:
        """Return the path of a claim of the sample by its number."""
        with self.database.reading() as session:
            found = session.scalar(select(Claim.id).where(Claim.number == number))
        return f"/claims/{found}"


@dataclass(frozen=True)
class Reader:
    """Somebody in front of the browser."""

    page: Page
    desk: Desk

    def go(self, path: str) -> None:
        """Open a page and expect it to be there."""
        answer = self.page.goto(self.desk.address + path)
        assert answer is not None
        assert answer.status == 200, (path, answer.status)

    def sign_in(self, name: str) -> None:
        """Sign in by typing name and password."""
        self.go("/sign-in")
        self.page.fill("#name", name)
        self.page.fill("#password", PASSWORD)
        self.page.press("#password", "Enter")
        self.page.wait_for_url(self.desk.address + "/")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all tests; the gate names it in CHROMIUM."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=list(FLAGS)
        )
        yield browser
        browser.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def desk(request: pytest.FixtureRequest, make_database: Maker) -> Iterator[Desk]:
    """The sample on each engine, served by waitress on a free port."""
    yield from serve(make_database(request.param, holding="sample"))


@pytest.fixture
def sqlite_desk(make_database: Maker) -> Iterator[Desk]:
    """The sample on SQLite, for what does not depend on the engine."""
    yield from serve(make_database("sqlite", holding="sample"))


def serve(
    database: Database,
    fetcher: Fetcher | None = None,
    settled: Callable[[Flask, str], None] | None = None,
) -> Iterator[Desk]:
    """Serve a database with the sample until the test is over.

    ``settled`` is told the application and the address at which it came to stand.
    """
    app = create_app(database.settings, database, fetcher)
    server = create_server(app, host="127.0.0.1", port=0, threads=8)
    closing = threading.Event()

    def run() -> None:
        try:
            server.run()
        except OSError:
            # The loop may be looking at a socket at the moment in which it is closed.
            if not closing.is_set():
                raise

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    port = vars(server)["effective_port"]
    if settled is not None:
        settled(app, f"http://127.0.0.1:{port}")
    yield Desk(f"http://127.0.0.1:{port}", database)
    closing.set()
    server.close()
    thread.join(timeout=5)
    # A page that was left while it was being made still holds a connection to the database.
    vars(server)["task_dispatcher"].shutdown(timeout=10)
    # A browser keeps its connections; nobody else closes this end of them.
    for channel in [*vars(server)["active_channels"].values()]:
        channel.handle_close()
