"""Every answer forbids what no page needs, and no template needs what is forbidden (U10)."""

import re

import pytest

from app.db import Database
from app.factory import create_app
from app.security import HEADERS, inside
from tests.app.browser import Person
from tests.app.claim_desk import Desk
from tests.conventions.tree import ROOT

PROVEN = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'; frame-ancestors 'none';"
    " require-trusted-types-for 'script'; trusted-types desk"
)
"""The policy under which the whole interface was tried, and that no page can be framed."""
INLINE = re.compile(r"""\sstyle\s*=|<style|\son\w+\s*=\s*["']|<script(?![^>]*\bsrc=)|javascript:""")
ANSWERS = {
    "/queue": 200,
    "/articles/no-such-article": 404,
    "/articles/no-such-article.json": 404,
    "/nowhere": 404,
    "/queue.json": 200,
    "/contested.csv": 200,
    "/healthz": 200,
    "/static/css/house.css": 200,
    "/static/js/desk.js": 200,
    "/static/img/icons.svg": 200,
    "/static/css/no-such-sheet.css": 404,
}


@pytest.mark.parametrize(("path", "status"), ANSWERS.items())
def test_u10_every_answer_has_the_policy(reviewer: Person, path: str, status: int) -> None:
    """T-XSS: markup that somebody wrote is shown, not obeyed."""
    answer = reviewer.get(path)
    assert answer.status_code == status
    assert HEADERS.items() <= dict(answer.headers).items()
    assert answer.headers["Content-Security-Policy"] == PROVEN


def test_u10_refused_forms_and_strangers_get_the_policy_too(desk: Desk, checker: Person) -> None:
    claim, figure = f"/claims/{desk.claim_id}", f"/figures/{desk.figure_id}/edit"
    stale = checker.open(figure, "version")
    stale.fields["version"] = ["0"]
    answers = {
        303: desk.app.test_client().get(claim),
        403: desk.app.test_client().post("/sign-in", data={"name": "a", "password": "b"}),
        405: checker.client.put(claim),
        409: checker.send(stale),
        422: checker.fill(f"{claim}/contests/new", "statement"),
    }
    for status, answer in answers.items():
        assert answer.status_code == status, answer.text[:300]
        assert answer.headers["Content-Security-Policy"] == PROVEN


def test_u10_no_template_has_a_style_or_a_script_of_its_own() -> None:
    assert INLINE.search('<p style="color: red">')
    assert INLINE.search("<button onclick='go()'>")
    assert INLINE.search("<script>go()</script>")
    assert not INLINE.search('<script src="/static/js/desk.js"></script>')
    pages = (ROOT / "app" / "templates").rglob("*.html")
    # The appendix is handed out as one file, which nobody serves.
    own = [page for page in pages if page.name != "export.html" and INLINE.search(page.read_text())]
    assert own == []


def test_a_session_cookie_is_kept_from_scripts_and_other_sites(sqlite_database: Database) -> None:
    config = create_app(sqlite_database.settings, sqlite_database).config
    assert config["SESSION_COOKIE_HTTPONLY"]
    assert config["SESSION_COOKIE_SAMESITE"] == "Lax"


def test_a_session_given_over_https_never_travels_without_it(desk: Desk) -> None:
    for scheme, secure in (("https", True), ("http", False)):
        client = desk.app.test_client()
        given = client.get("/sign-in", base_url=f"{scheme}://localhost").headers["Set-Cookie"]
        assert given.startswith("__Host-desk_session=" if secure else "desk_session=")
        assert "Path=/" in given
        assert "Domain" not in given
        assert ("Secure" in given) is secure


@pytest.mark.parametrize(
    "target", ["//[", "http://[", "//[::1", "https://elsewhere.example", "/\\elsewhere", "", "x"]
)
def test_what_is_no_address_of_ours_leads_to_the_start(target: str) -> None:
    assert inside(target) == "/"


def test_an_address_no_database_can_compare_is_refused(any_desk: Desk) -> None:
    reviewer = any_desk.person("zhang.min")
    for path in ("/articles/%00", "/articles/x%00.json", "/sources/%00", "/watch/articles/%00"):
        assert reviewer.get(path).status_code == 404, path
    for path in ("/queue?view=all&assignee=%00", "/audit?actor=a%00", "/figures?q=%00"):
        assert reviewer.get(path).status_code == 400, path
