"""Files that carry the payloads: kept as they are, shown as words, handed out inert."""

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Route
from sqlalchemy import select
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from app.evidence_store import SANDBOX
from app.once.asked import new_key
from app.security import POLICY
from claims.models import Article
from sources.attempt_models import CaptureAttempt
from sources.models import Snapshot, Source
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.app.payloads import PAYLOADS
from tests.claims.newsroom import printed
from tests.engines import Maker
from tests.functional.carriers import CARRIERS, Carrier, capture, references
from tests.functional.poisoned import escaped
from tests.functional.test_payloads import DESK, Window, worth_opening
from tests.sources.test_capture import captured

INERT = {
    "application/gzip", "application/octet-stream", "application/pdf", "image/jpeg", "image/png",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv", "text/plain",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip
ARTICLES = ("page.html", "fields.docx", "script.pdf")


class Shelf:
    """A desk to which all carriers were brought: as copies, articles, imports, from the web."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.person = desk, desk.person("li.wei")
        self.refused: dict[str, TestResponse] = {}
        with desk.database.writing("system:test") as session:
            printed(session)
        self.told = {one.name: self._copy(one) for one in CARRIERS}
        for one in CARRIERS:
            if one.name in ARTICLES:
                assert self._article(one) == 303, one.name
        captured(desk.database, capture())
        for name, content in references():
            answer = send(self.person, "/sources/import", name, content)
            assert answer.status_code == 200, answer.text[-2000:]
            self.refused[f"import of {name}"] = answer

    def _copy(self, one: Carrier) -> int:
        path = f"/sources/{self.desk.source_key}"
        answer = send(self.person, path, one.name, one.content(), one.stated, f"{path}/snapshots")
        if answer.status_code >= 400:
            self.refused[one.name] = answer
        return answer.status_code

    def _article(self, one: Carrier) -> int:
        fields = {"way": "file", "published": "2025-02-03"}
        path = "/articles/new"
        return send(self.person, path, one.name, one.content(), **fields).status_code

    def paths(self) -> Iterator[str]:
        """The address of everything that shows or hands out what was brought."""
        with self.desk.database.reading() as session:
            for key in session.scalars(select(Source.key)):
                yield from (f"/sources/{key}", f"/sources/{key}.json", f"/sources/{key}/edit")
            for copy in session.scalars(select(Snapshot.id)):
                yield from (f"/snapshots/{copy}{end}" for end in ("", ".json", "/file"))
            for attempt in session.scalars(select(CaptureAttempt.id)):
                yield f"/captures/{attempt}/record"
            for key in session.scalars(select(Article.key)):
                views = ("", ".json", "/received", "/intake", "/numbers", "/text")
                yield from (f"/articles/{key}{end}" for end in views)
        yield from ("/sources", "/articles", "/publishers", "/search?q=canary", "/audit")


def send(
    person: Person,
    page: str,
    name: str,
    content: bytes,
    stated: str = "",
    action: str = "",
    **fields: str,
) -> TestResponse:
    """Send the form of a page with a file."""
    form = person.open(page, "retrieved_at" if action else "receipt")
    file = FileStorage(io.BytesIO(content), name, content_type=stated or None)
    sent = {**form.fields, "receipt": new_key(), **fields, "file": file}
    boundary, body = encode_multipart(MultiDict(sent))
    kind = f"multipart/form-data; boundary={boundary}"
    return person.client.post(action or page, data=body, content_type=kind)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    found = chromium.new_context(viewport={"width": 1000, "height": 800}, accept_downloads=True)
    yield found
    found.close()


def test_no_file_runs_and_each_is_handed_out_inert(
    make_database: Maker, context: BrowserContext
) -> None:
    """T-XSS: PDF, Word, Excel, SVG, pages, pictures, references, and what a site answered."""
    shelf = Shelf(Desk(make_database("sqlite")))
    assert shelf.told == {one.name: one.status for one in CARRIERS}
    found = {path: shelf.person.get(path) for path in shelf.paths()}
    found = {path: one for path, one in found.items() if one.status_code != 404}
    assert {one.status_code for one in found.values()} == {200}
    assert [said for path, one in found.items() for said in amiss(path, one)] == []
    assert {"text/html", "application/json"} < {one.mimetype for one in found.values()}
    shown = {path: one for path, one in found.items() if one.mimetype == "text/html"}
    shown |= {f"/refused/{n}": one for n, one in enumerate(shelf.refused.values())}
    told = {path: escaped(one.text) for path, one in shown.items()}
    assert {path: found for path, found in told.items() if found} == {}
    window = Window(context.new_page(), shelf.person, answers=shown)
    assert [one for path in worth_opening(shown) for one in window.amiss(path)] == []
    files = [path for path, one in found.items() if path not in shown]
    assert [said for path in files for said in opened(window, path)] == []


def amiss(path: str, answer: TestResponse) -> list[str]:
    """What an answer lacks that keeps a browser from running it."""
    headers, kind = answer.headers, answer.mimetype
    found = [] if headers["X-Content-Type-Options"] == "nosniff" else ["may be sniffed"]
    policy = headers["Content-Security-Policy"]
    if kind in {"text/html", "application/json"}:
        found += [] if policy == POLICY else ["another policy"]
    else:
        found += [] if policy == SANDBOX else ["no sandbox"]
        found += [] if headers["Content-Disposition"].startswith("attachment; ") else ["shown"]
        found += [] if kind in INERT else [str(kind)]
        found += [one for one in "\r\n<" if one in headers["Content-Disposition"].partition("*")[0]]
    return [f"{path}: {one}" for one in found]


def opened(window: Window, path: str) -> list[str]:
    """Open a file's address itself; a file to save shows no page, so the browser stays."""
    window.told.clear()
    try:
        window.page.goto(f"{DESK}{path}")
    except Error as problem:
        if "Download is starting" not in str(problem) and "ERR_ABORTED" not in str(problem):
            return [str(problem)]
    ran = window.page.evaluate("window.canary instanceof Node ? null : window.canary")
    return [f"{path}: {one}" for one in [*window.told, *([f"ran {ran}"] if ran else [])]]


def test_the_files_are_hostile_enough(context: BrowserContext) -> None:
    """What a browser would run of them, if they came as what they are."""
    page = context.new_page()
    content = {one.name: one.content() for one in CARRIERS}
    kinds = {"drawing.svg": "image/svg+xml", "page.html": "text/html"}

    def answer(route: Route) -> None:
        name = route.request.url.rpartition("/")[2]
        if name in kinds:
            route.fulfill(body=content[name], content_type=kinds[name])
        else:
            # Nothing comes, so nobody is led away.
            route.fulfill(status=204)

    page.route("**/*", answer)
    for name in kinds:
        page.goto(f"{DESK}/{name}", wait_until="commit")
        page.wait_for_function("window.canary")
    assert PAYLOADS[6].encode() in content["camera.jpg"]
    assert b"fldSimple" not in content["fields.docx"]
