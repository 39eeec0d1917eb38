"""Every answer forbids what no page needs, and no template needs what is forbidden (U10)."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from app.db import Database
from app.evidence_store import SANDBOX
from app.once.asked import new_key
from app.security import HEADERS, MOST_SAID, OVER_HTTPS, inside
from sources.identifiers import uuid7
from tests.app.browser import PASSWORD, Person, Reader
from tests.app.claim_desk import Desk
from tests.app.forms.stands import EVERYBODY, Stands
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


HTTPS = "https://localhost"
CACHED = {"no-store", "private, no-cache", "no-cache"}
"""What may be kept: nothing, or only for asking again; the public feed has a test of its own."""


def test_every_page_has_every_header_and_nothing_inline(sqlite_database: Database) -> None:
    """T-XSS: each GET route of the desk, over https."""
    stands = Stands(sqlite_database)
    client, wrong = over_https(stands), []
    for rule in stands.app.url_map.iter_rules():
        if "GET" not in (rule.methods or set()) or rule.endpoint == "static":
            continue
        for name in rule.arguments - set(stands.known) - {"key"}:
            stands.known[name] = uuid7() if f"uuid:{name}" in rule.rule else "1"
        answer = client.get(stands.path(rule, rule.rule), base_url=HTTPS)
        wrong += [f"{rule.rule} ({answer.status_code}): {one}" for one in lacking(answer)]
    assert wrong == [], "\n".join(wrong)


def over_https(stands: Stands) -> FlaskClient:
    """Somebody with every role, signed in over https."""
    client = stands.app.test_client()
    form = Reader(client.get("/sign-in", base_url=HTTPS).text).form("password")
    sent = {**form.fields, "name": EVERYBODY, "password": PASSWORD}
    answer = client.post("/sign-in", data=sent, base_url=HTTPS)
    assert answer.status_code == 303, answer.text
    return client


def lacking(answer: TestResponse) -> list[str]:
    """What an answer lacks of the rules for all answers."""
    headers, found = answer.headers, []
    for name, value in {**HEADERS, **OVER_HTTPS}.items():
        is_file = name == "Content-Security-Policy" and headers[name] == SANDBOX
        if headers.get(name) != value and not is_file:
            found.append(f"{name}: {headers.get(name)}")
    if headers.get("Cache-Control") not in CACHED:
        found.append(f"Cache-Control: {headers.get('Cache-Control')}")
    for cookie in headers.getlist("Set-Cookie"):
        guarded = all(word in cookie for word in ("Secure", "SameSite=Lax", "HttpOnly"))
        if not guarded:
            found.append(f"cookie {cookie}")
    attached = headers.get("Content-Disposition", "").startswith("attachment")
    if answer.mimetype == "text/html" and not attached and INLINE.search(answer.text):
        found.append("something inline")
    if "Server" in headers or "X-Powered-By" in headers:
        found.append("it says what it is made with")
    return found


def test_answers_for_machines_and_strangers_give_no_cookie(desk: Desk) -> None:
    client = desk.app.test_client()
    for path in ("/healthz", "/version", "/help.json", "/static/css/house.css", "/queue.json"):
        assert "Set-Cookie" not in client.get(path).headers, path


def test_over_http_nothing_is_promised_for_https(desk: Desk) -> None:
    assert "Strict-Transport-Security" not in desk.app.test_client().get("/sign-in").headers


def test_signing_in_renews_the_session_and_signing_out_empties_the_cache(desk: Desk) -> None:
    """T-CSRF: a cookie that somebody planted before is worth nothing afterwards."""
    client = desk.app.test_client()
    form = Reader(client.get("/sign-in").text).form("password")
    sent = {**form.fields, "name": "li.wei", "password": PASSWORD}
    assert client.post("/sign-in", data=sent).status_code == 303
    token = form.fields["csrf_token"][0]
    planted = {"csrf_token": token, "receipt": new_key()}
    assert client.post("/sign-out", data=planted).status_code == 403
    own = Reader(client.get("/queue?view=all").text).form("csrf_token").fields["csrf_token"][0]
    assert own != token
    out = client.post("/sign-out", data={"csrf_token": own, "receipt": new_key()})
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.post("/sign-out", data={"csrf_token": own}).status_code == 403


NEXT = {
    "//evil.example": "/",
    "/\\evil.example": "/",
    "\\\\evil.example": "/",
    "https://evil.example": "/",
    "https:evil.example": "/",
    "javascript:alert(1)": "/",
    "data:text/html,x": "/",
    "/%09//evil.example": "/%09//evil.example",
    "/\t/evil.example": "/",
    "\t//evil.example": "/",
    "/queue\r\nSet-Cookie: a=b": "/",
    "/queue?view=all": "/queue?view=all",
    "http://localhost@evil.example/": "/",
}


def test_nobody_is_led_out_of_the_desk(desk: Desk) -> None:
    """T-AUTH: form-20, at every form that leads on to an address it was given."""
    person = desk.person("li.wei")
    token = person.read("/help").form("csrf_token").fields["csrf_token"][0]
    for target, leads in NEXT.items():
        signed = person.client.get("/sign-in", query_string={"next": target})
        assert (signed.status_code, signed.location) == (303, leads), target
        for path in ("/language", "/queue/rows", "/drafts/discard"):
            sent = {"csrf_token": token, "receipt": new_key(), "next": target, "language": "en"}
            answer = person.client.post(path, data=sent)
            assert (answer.status_code, answer.location) == (303, leads), (path, target)
            assert "evil" not in answer.headers.get("Set-Cookie", "")


def test_no_header_and_no_line_of_the_log_is_made_by_a_stranger(
    desk: Desk, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-INJ: form-19, and the header of every answer."""
    person = desk.person("li.wei")
    lie = "a\r\n2026-11-26 INFO sign in of xu.ke\r\nSet-Cookie: evil=1"
    for path in ("/queue", "/search", "/articles/x", "/audit", "/help/x"):
        answer = person.client.get(path, query_string={"q": lie, "next": lie, "actor": lie})
        assert answer.status_code < 500
        assert "evil" not in str(answer.headers.getlist("Set-Cookie"))
    person.client.get(f"/articles/{quote(lie)}")
    person.client.get("/queue", headers={"User-Agent": "x", "X-Forwarded-For": "1.2.3.4"})
    printed = capsys.readouterr()
    assert not any(
        line.startswith("2026-11-26 INFO") for line in (printed.out + printed.err).splitlines()
    )


def test_who_opens_no_page_for_long_is_told_the_newest_and_stays_signed_in(desk: Desk) -> None:
    """T-AUTH-5: what waits to be said is in the cookie, and browsers drop one past 4 KB."""
    person = desk.person("li.wei")
    form = person.open("/account", "display_name")
    first = int(form.fields["version"][0])
    for turn in range(MOST_SAID * 3):
        typed = {"display_name": f"Li {turn}", "version": first + turn, "receipt": new_key()}
        assert person.send(form, **typed).status_code == 303
    cookie = person.client.get_cookie("desk_session")
    assert cookie is not None
    assert len(cookie.value) < 3_000
    page = person.get("/account").text
    assert 1 < page.count('class="flash"') <= MOST_SAID


def test_what_is_longer_than_any_address_of_ours_is_told_so(desk: Desk) -> None:
    client = desk.app.test_client()
    assert client.get("/help?q=" + "a" * 5000).status_code == 414
    assert client.get("/" + "a" * 5000).status_code == 414
    assert client.get("/help?q=" + "a" * 2000).status_code == 200


def test_each_cookie_is_kept_from_other_sites_and_all_but_the_look_from_scripts(desk: Desk) -> None:
    person, client = desk.person("li.wei"), desk.app.test_client()
    profile = person.open("/account", "display_name")
    door = Reader(client.get("/sign-in").text).form("password")
    answers = [
        client.post("/sign-in", data={**door.fields, "name": "zhang.min", "password": PASSWORD}),
        client.get("/sign-in?next=/queue"),
        person.send(profile, language="en", theme="dark"),
        person.send(person.open("/queue", "csrf_token"), language="zh"),
    ]
    given = [cookie for answer in answers for cookie in answer.headers.getlist("Set-Cookie")]
    names = {cookie.partition("=")[0] for cookie in given}
    assert {"desk_session", "desk_browser", "desk_language", "desk_theme"} <= names
    assert [cookie for cookie in given if not re.search("SameSite=(Lax|Strict)", cookie)] == []
    open_to_scripts = {one.partition("=")[0] for one in given if "HttpOnly" not in one}
    assert open_to_scripts == {"desk_theme"}


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
