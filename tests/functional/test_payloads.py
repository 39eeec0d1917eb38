"""T-XSS: forty payloads in every text of every form, and every page that shows them in Chromium.

The pages are answered by the application itself, without a server between: what the browser asks
for is handed to it, with its headers, and anything it asks of another address is a failure.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Route, expect
from werkzeug.test import TestResponse

from app.exports.plain_table import defused, restored
from app.security import POLICY
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.app.payloads import PAYLOADS, TOGETHER
from tests.conventions.tree import ROOT
from tests.engines import Maker
from tests.functional.poisoned import Poisoned, escaped

DESK = "https://desk.example"
FEWEST_TEXTS, FEWEST_PAGES = 100, 60
SENT = ("accept", "content-type", "x-csrftoken")
REFUSAL = "Failed to load resource: the server responded"
"""What Chromium says of the page of a refusal."""
OURS = {"sources.add", "sources.correct", "formulas.add", "claim_figures.add", "evidence.save"}
"""The forms that take no words in one of their fields, and want something in it."""
RUNNING = re.compile(
    r"<f[ >]|externalLink|attachedTemplate|vbaProject|Target=.(?:javascript:|data:|file:|//evil)"
    r"|(?:instrText[^>]*>|w:instr=.)[^<>]*(?:canary|evil|DDE|INCLUDE)"
)
"""Formulas, parts from elsewhere, macros, links that are scripts, fields made of a text."""
VISITING = PAYLOADS[11]
WATCHING = "addEventListener('securitypolicyviolation', e => console.warn('CSP', e.blockedURI))"


@dataclass
class Window:
    """A browser in front of the application, and what it must not do."""

    page: Page
    person: Person
    told: list[str] = field(default_factory=list)
    answers: dict[str, TestResponse] = field(default_factory=dict)
    careless: bool = False
    """Whether a script makes markup of a text: what must be noticed."""

    def __post_init__(self) -> None:
        self.page.add_init_script(WATCHING)
        self.page.on("console", self._hear)
        self.page.on("dialog", lambda asked: self.told.append(f"dialog {asked.message}"))
        self.page.on("pageerror", lambda problem: self.told.append(str(problem)))
        self.page.route("**/*", self._answer)

    def _hear(self, said: ConsoleMessage) -> None:
        self.told += [] if said.text.startswith(REFUSAL) else [said.text]

    def _answer(self, route: Route) -> None:
        address = urlsplit(route.request.url)
        file = Path(*Path(address.path).parts[1:])
        if address.hostname == "desk.example" and file.suffix == ".js" and self.careless:
            script = (ROOT / "app" / file).read_text("utf-8")
            careless = script.replace("textContent: text", "innerHTML: text")
            route.fulfill(body=careless, content_type="text/javascript")
            return
        if address.hostname != "desk.example":
            self.told.append(f"asked {route.request.url}")
            route.abort()
            return
        path = address.path + (f"?{address.query}" if address.query else "")
        known = self.answers.get(path) if route.request.method == "GET" else None
        answer = known or self.person.client.open(
            path,
            method=route.request.method,
            data=route.request.post_data_buffer,
            headers={name: route.request.headers.get(name, "") for name in SENT},
        )
        headers = {name: value for name, value in answer.headers if name != "Set-Cookie"}
        if self.careless:
            # Trusted Types would not let a careless script make markup at all.
            headers["Content-Security-Policy"] = POLICY.partition("; require-trusted-types-for")[0]
        route.fulfill(status=answer.status_code, headers=headers, body=answer.get_data())

    def amiss(self, path: str, typed: str = "") -> list[str]:
        """Open a page, move about in it, and return what was done that must not be.

        What is typed is typed into the list of places, which a script fills.
        """
        self.told.clear()
        self.page.goto(f"{DESK}{path}")
        self.page.mouse.move(200, 200)
        if typed:
            self.page.keyboard.press("Control+k")
            self.page.keyboard.type(typed)
            expect(self.page.locator("dialog [role=option]").first).to_be_visible()
            self.page.wait_for_load_state("networkidle")
        try:
            ran = self.page.evaluate("window.canary instanceof Node ? null : window.canary")
        except Error as problem:
            # Somebody led the page elsewhere.
            self.told.append(str(problem))
            ran = None
        return [f"{path}: {said}" for said in [*self.told, *([f"ran {ran}"] if ran else [])]]


@pytest.fixture
def poisoned(make_database: Maker) -> Poisoned:
    return Poisoned(make_database("sqlite"))


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    found = chromium.new_context(viewport={"width": 1000, "height": 800})
    yield found
    found.close()


def test_no_payload_runs_and_all_are_shown_as_they_were_typed(
    poisoned: Poisoned, context: BrowserContext, tmp_path: Path
) -> None:
    """T-XSS: through every field, and on every page that shows it."""
    assert poisoned.accepted == poisoned.sent >= OURS
    assert len(poisoned.taken) >= FEWEST_TEXTS, sorted(poisoned.taken)
    pages = poisoned.pages()
    assert len(pages) >= FEWEST_PAGES
    shown = {path: one for path, one in pages.items() if one.mimetype == "text/html"}
    answered = {f"/refused/{name}": one for name, one in poisoned.refused.items()}
    said = {path: escaped(one.text) for path, one in (shown | answered).items()}
    assert {path: found for path, found in said.items() if found} == {}
    window = Window(context.new_page(), poisoned.person, answers=shown | answered)
    assert [one for path in worth_opening(shown | answered) for one in window.amiss(path)] == []
    assert window.amiss("/queue", typed=VISITING) == []
    assert window.amiss("/queue", typed="window.canary") == []
    for name, files in poisoned.appendices():
        for form, page in pages_of(files).items():
            file = tmp_path / f"{name}.{form}.html"
            file.write_bytes(page)
            assert opened(context, file) == []
        assert armed(files) == []


def test_what_is_not_escaped_is_noticed(make_database: Maker, context: BrowserContext) -> None:
    """A template that prints a text as it is, and a script that makes markup of one."""
    desk = Desk(make_database("sqlite"))
    person = desk.person("wang.fang")
    assert person.fill(desk.path, "body", body=TOGETHER).status_code == 303
    window = Window(context.new_page(), person)
    assert window.amiss(desk.path) == []
    window.careless = True
    assert window.amiss("/queue", typed=VISITING) != []
    window.careless = False
    name, printed = "claims/_discussion.html", "{{ comment.body }}"
    template = (ROOT / "app" / "templates" / name).read_text("utf-8")
    assert printed in template
    careless = DictLoader({name: template.replace(printed, "{{ comment.body|safe }}")})
    environment = desk.app.jinja_env
    environment.loader = ChoiceLoader([careless, FileSystemLoader(ROOT / "app" / "templates")])
    assert environment.cache is not None
    environment.cache.clear()
    assert escaped(person.get(desk.path).text) != []
    assert any("CSP" in said for said in window.amiss(desk.path))


def opened(context: BrowserContext, file: Path) -> list[str]:
    """Open an issued file from the disk as a reader does, and return what it did amiss."""
    page, told = context.new_page(), list[str]()
    page.add_init_script(WATCHING)
    page.on("console", lambda said: told.append(said.text))
    page.on("dialog", lambda asked: told.append(f"dialog {asked.message}"))
    page.on("request", lambda asked: told.append(asked.url))
    page.goto(file.as_uri())
    page.mouse.move(200, 200)
    assert "window.canary" in page.inner_text("body")
    ran = page.evaluate("window.canary instanceof Node ? null : window.canary")
    return [one for one in [*told, *([f"ran {ran}"] if ran else [])] if one != file.as_uri()]


def pages_of(files: dict[str, bytes]) -> dict[str, bytes]:
    """What a browser shows of the files: the page, and the page any reader makes of Markdown."""
    found = {"html": files["html"]}
    if "md" in files:
        made = MarkdownIt("commonmark").enable(["table"]).render(files["md"].decode())
        assert escaped(made) == []
        found["md"] = f"<!doctype html><body>{made}".encode()
    return found


def armed(files: dict[str, bytes]) -> list[str]:
    """What a spreadsheet or a word processor would run or fetch of the files."""
    found = []
    if "csv" in files:
        rows = csv.reader(io.StringIO(files["csv"].decode("utf-8-sig")))
        found += [cell for row in rows for cell in row if cell != defused(restored(cell))]
    for form in {"xlsx", "docx"} & files.keys():
        with zipfile.ZipFile(io.BytesIO(files[form])) as package:
            for part in package.namelist():
                said = package.read(part).decode("utf-8", "replace")
                found += [f"{part}: {one}" for one in RUNNING.findall(said)]
    if "json" in files:
        assert "canary" in str(json.loads(files["json"]))
    return found


def worth_opening(pages: dict[str, TestResponse]) -> list[str]:
    """The pages that show something no page before them does: what stands in a head is in all."""
    seen: set[str] = set()
    worth = []
    for path, answer in sorted(pages.items(), key=lambda item: -item[1].text.count("canary")):
        new = {line.strip() for line in answer.text.splitlines() if "canary" in line} - seen
        if len(new) > 1:
            seen |= new
            worth.append(path)
    return worth
