"""A new source is captured while one looks on: how far it is, the copy, and what the page says."""

import socket
import threading

from playwright.sync_api import Browser, expect

from app.jobs.task import Extensions
from app.jobs.worker import Worker
from sources.store import Store
from tests.engines import Maker
from tests.functional.conftest import Reader, serve
from tests.sources.servers import answer, fetcher, serving
from tests.sources.test_capture import PAGE


def test_a_page_is_captured_while_its_source_is_looked_at(
    chromium: Browser, make_database: Maker
) -> None:
    going = threading.Event()
    said = answer(PAGE)
    head, body = said[: -len(PAGE)], said[-len(PAGE) :]

    def slowly(line: socket.socket, _head: bytes) -> None:
        line.sendall(head)
        going.wait(30)
        line.sendall(body)

    with serving(slowly) as site:
        web = fetcher(site, seconds=60)
        for desk in serve(make_database("sqlite", holding="sample"), web):
            store = Store(desk.database.settings.store)
            worker = Worker(desk.database, Extensions(store, web), 4)
            worker.start()
            reader = Reader(chromium.new_context(locale="en-GB").new_page(), desk)
            reader.sign_in("lin.yi")
            reader.go("/sources/new")
            reader.page.fill("#url", f"http://news.example.org:{site.port}/a")
            reader.page.locator("#url").press("Enter")
            told = reader.page.locator("#captures [data-told]")
            expect(told).to_contain_text("news.example.org")
            going.set()
            reader.page.get_by_role("link", name="Show the result").click()
            expect(reader.page.locator("#captures")).to_contain_text("Snapshot kept")
            reader.page.get_by_role("button", name="Take all of it over").click()
            expect(reader.page.get_by_role("heading", level=1)).to_have_text("份额升至 5%")
            expect(reader.page.get_by_text("The captured page says")).to_have_count(0)
            reader.page.context.close()
            worker.stop()
