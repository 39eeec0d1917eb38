"""What docs/asvs.csv promises of every answer, and of what stands behind it, asked in one place."""

import datetime as dt
import re

import pytest
from flask import Flask

from app.accounts.roles import Permission
from app.accounts.tokens import PREFIX
from app.db import Database
from app.factory import create_app
from app.ledger import acts, history
from app.once.asked import noted_path
from app.permissions import collect_permissions, requires
from sources.base import now
from tests.app.browser import PASSWORD, Person
from tests.app.claim_desk import Desk
from tests.app.views.visit import Visit

WRITING = {"POST", "PUT", "PATCH", "DELETE"}
ANSWERS = ("/queue", "/queue.json", "/contested.csv", "/sources.bib", "/account", "/nowhere",
           "/help/review", "/static/js/desk.js", "/healthz", "/admin/accounts")  # fmt: skip
CANARY = "canary-3f1c"


def test_no_answer_lets_another_origin_read_it(reviewer: Person) -> None:
    for origin in ("https://evil.example", "null", "http://localhost"):
        for path in ANSWERS:
            answer = reviewer.client.get(path, headers={"Origin": origin})
            assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


def test_every_answer_says_its_type_and_character_set(reviewer: Person) -> None:
    for path in ANSWERS:
        said = reviewer.get(path).headers["Content-Type"]
        kind, _, charset = said.partition("; charset=")
        assert kind == "application/json" or charset == "utf-8", (path, said)


def test_no_answer_is_kept_by_a_cache(reviewer: Person) -> None:
    for path in ANSWERS:
        if not path.startswith("/static/"):
            said = reviewer.get(path).headers["Cache-Control"]
            assert "no-store" in said or said == "private, no-cache", (path, said)


def test_every_page_has_the_way_out(reviewer: Person) -> None:
    for path in ("/", "/queue", "/account", "/sources", "/audit", "/help/review", "/nowhere"):
        assert 'action="/sign-out"' in reviewer.get(path).text, path


def test_nothing_of_the_machine_is_served(reviewer: Person) -> None:
    """T-INJ: paths that climb, hidden files and folders lead nowhere."""
    for path in ("/.git/HEAD", "/.env", "/pyproject.toml", "/static/", "/static/css/", "/static",
                 "/static/../config.py", "/static/..%2fconfig.py", "/static/%2e%2e/config.py",
                 "/static/..%252fconfig.py", "/static//etc/passwd", "/static/..\\config.py",
                 "/help/../../../config", "/help/..%2f..%2fconfig"):  # fmt: skip
        answer = reviewer.client.get(path)
        assert answer.status_code in {308, 404}, path
        assert "Settings" not in answer.text, path


def test_no_answer_repeats_a_request(desk: Desk) -> None:
    for method in ("TRACE", "TRACK", "CONNECT", "DEBUG"):
        answer = desk.app.test_client().open(
            "/sign-in", method=method, headers={"X-Planted": CANARY}
        )
        assert answer.status_code in {400, 403, 405}, method
        assert CANARY not in answer.text + str(answer.headers)


def test_an_address_that_writes_answers_no_reading_request(desk: Desk) -> None:
    """T-CSRF: no view writes under an address that a picture or a link could ask for."""
    both = [
        rule.rule
        for rule in desk.app.url_map.iter_rules()
        if "GET" in (rule.methods or set()) and WRITING & (rule.methods or set())
    ]
    assert both == []


def test_nothing_runs_in_a_debugging_mode(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("FLASK_DEBUG", "1")
    app = create_app(sqlite_database.settings, sqlite_database)
    assert not app.debug
    assert not app.testing
    assert app.test_client().get("/console").status_code in {303, 404}


def test_an_unforeseen_error_tells_the_log_everything_and_the_visitor_nothing(
    sqlite_database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-SEC: whatever stood in an exception, the page has its number alone."""
    visit = Visit(sqlite_database)
    visit.app.config["TESTING"] = False
    visit.app.view_functions["health.version"] = requires(Permission.PUBLIC)(broken)
    for headers in ({}, {"Accept": "application/json"}):
        answer = visit.client.get("/version", headers=headers)
        assert answer.status_code == 500
        assert CANARY not in answer.text
        assert "Traceback" not in answer.text
        said = capsys.readouterr()
        assert answer.headers["X-Request-ID"] in said.out + said.err
        assert CANARY in said.out + said.err


def failing(token: str) -> str:
    """Stand in for a view of a link that fails."""
    raise ZeroDivisionError(len(token))


def broken() -> str:
    """Stand in for a view that fails as nobody foresaw."""
    raise ZeroDivisionError(CANARY)


def test_the_address_of_a_one_time_link_is_kept_nowhere(
    sqlite_database: Database,
    desk: Desk,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """T-SEC: neither the ledger nor a log has it, also where the page fails."""
    visit = Visit(sqlite_database)
    visit.app.config["TESTING"] = False
    visit.app.view_functions["accounts.link"] = requires(Permission.PUBLIC)(failing)
    assert visit.client.get(f"/sign-in/link/{CANARY}").status_code == 500
    said = capsys.readouterr()
    assert "ZeroDivisionError" in said.out + said.err
    assert "Exception on" not in said.out + said.err + caplog.text
    assert CANARY not in caplog.text
    for path in (f"/sign-in/link/{CANARY}", f"/answers/{CANARY}"):
        with desk.app.test_request_context(path):
            assert CANARY not in noted_path(), path


def test_signing_in_leads_nowhere_else(desk: Desk) -> None:
    """form-20: every foreign target leads to the start."""
    for target in ("//evil.example", "https://evil.example", "javascript:alert(1)", "/\\evil"):
        person = Person(desk.app, "li.wei")
        answer = person.client.get("/sign-in", query_string={"next": target})
        assert answer.headers["Location"] == "/", target


def test_what_belongs_into_a_form_is_not_read_from_the_address(desk: Desk) -> None:
    client = desk.app.test_client()
    typed = f"name=li.wei&password={PASSWORD.replace(' ', '+')}"
    page = client.get("/sign-in").text
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    sent = {"csrf_token": token[1]} if token else {}
    assert client.post(f"/sign-in?{typed}", data=sent).status_code == 422
    assert client.get("/queue").status_code == 303


def test_a_silent_route_keeps_the_program_from_starting() -> None:
    """T-ROLE: what declares no permission is open to nobody, because nothing starts."""
    app = Flask(__name__)
    app.add_url_rule("/silent", "silent", lambda: "")
    with pytest.raises(RuntimeError, match="silent"):
        collect_permissions(app)


def test_times_are_told_in_utc(database: Database) -> None:
    assert now().utcoffset() == dt.timedelta()
    with database.writing("system:test") as session:
        acts.record(session, "act", "account", "1", "sign_out", {"name": "li.wei"})
    with database.reading() as session:
        (entry,) = history.entries(session, kind="act", limit=1)
    moment = dt.datetime.fromisoformat(str(entry.at))
    assert moment.utcoffset() == dt.timedelta()
    assert abs(now() - moment) < dt.timedelta(minutes=5)


def test_a_token_says_what_it_is_to_whoever_looks_for_lost_ones() -> None:
    assert re.fullmatch(r"[a-z]+_", PREFIX)


BODIES = {
    "api-01": b"[" * 100_000,
    "api-02": b'{"name": "li.wei",} {"name": 1} // two',
    "api-04": b'{"low": NaN, "high": -Infinity}',
    "api-05": '{"name": "li.wei"}'.encode("utf-16"),
    "api-05, not UTF-8": b'{"name": "\xff\xfe\xfa"}',
    "api-06": b'{"name": [], "password": {"a": true}, "version": 1e400}',
    "api-10": b'{"status": "signed_off", "is_admin": true, "created_by": "system:x"}',
}


@pytest.mark.parametrize("body", BODIES.values(), ids=list(BODIES))
def test_no_address_reads_json_and_whatever_it_says_changes_nothing(
    desk: Desk, checker: Person, body: bytes
) -> None:
    """T-BAD: api-01 api-02 api-04 api-05 api-06 api-10, while there is no API that writes."""
    with desk.database.reading() as session:
        before = history.position(session)
        refusals = len(history.entries(session, kind="security", limit=500))
    paths = (f"{desk.path}/assessment", f"{desk.path}/evidence/new", "/articles/new", "/account",
             "/sources/new", "/queue/filters", f"/figures/{desk.figure_id}/edit")  # fmt: skip
    for path in paths:
        for kind in ("application/json", "application/json; charset=utf-16", "text/plain"):
            answer = checker.client.post(path, data=body, content_type=kind)
            assert 400 <= answer.status_code < 500, (path, kind, answer.status_code)
    with desk.database.reading() as session:
        told = len(history.entries(session, kind="security", limit=500)) - refusals
        assert history.position(session) == before + told, "that it was refused may be told"


def test_a_value_given_twice_or_as_a_list_counts_alike_everywhere(desk: Desk) -> None:
    """form-17: the first of two counts, in an address and in a form; a[]= is another name."""
    reviewer = desk.person("zhang.min")
    for path in ("/queue?view=all&view=mine", "/sources?text=a&text=b", "/queue?view%5B%5D=mine"):
        assert reviewer.get(path).status_code == 200, path
    assert reviewer.get("/queue?sort=none&sort=risk").status_code == 422
    form = reviewer.open("/account", "display_name")
    reviewer.send(form, display_name=["First", "Second"], **{"display_name[]": "Third"})
    page = reviewer.get("/account").text
    assert "First" in page
    assert "Second" not in page
    assert "Third" not in page


SAFE = "https://localhost"


def test_over_https_every_answer_asks_for_https_for_a_year(desk: Desk) -> None:
    client = desk.app.test_client()
    for path in ("/sign-in", "/nowhere", "/static/js/desk.js", "/queue.json", "/healthz"):
        said = client.get(path, base_url=SAFE).headers["Strict-Transport-Security"]
        age = re.fullmatch(r"max-age=(\d+); includeSubDomains", said)
        assert age is not None
        assert int(age[1]) >= 365 * 24 * 60 * 60
        assert "Strict-Transport-Security" not in client.get(path).headers


def test_over_https_every_cookie_belongs_to_this_host_alone(sqlite_database: Database) -> None:
    """Secure, for the whole path, of no domain, and not sent along by other sites."""
    visit = Visit(sqlite_database)
    with visit.client.session_transaction(base_url=SAFE) as kept, visit.client.session_transaction() as plain:  # fmt: skip  # noqa: E501
        kept.update(plain)
    given: list[str] = []
    for path, sent in (
        ("/language", {"language": "en"}),
        ("/account", {"display_name": "Li", "language": "zh", "theme": "dark"}),
        ("/queue/rows", {"rows": "compact"}),
        ("/sign-in", {"name": visit.name, "password": "a long enough password"}),
    ):
        given += visit.client.post(path, base_url=SAFE, data=sent).headers.getlist("Set-Cookie")
    assert {one.partition("=")[0] for one in given} >= {"__Host-desk_session"}
    for one in given:
        parts = {part.strip().lower() for part in one.split(";")[1:]}
        assert one.startswith("__Host-"), one
        assert {"secure", "path=/", "samesite=lax"} <= parts, one
        assert "httponly" in parts or one.startswith("__Host-desk_theme="), one
        assert not [part for part in parts if part.startswith("domain")], one


def test_a_cookie_that_another_host_could_set_is_not_believed(desk: Desk) -> None:
    client = desk.app.test_client()
    client.set_cookie("desk_language", "en", domain="localhost")
    assert '<html lang="zh' in client.get("/sign-in", base_url=SAFE).text
    client.set_cookie("__Host-desk_language", "en", domain="localhost", secure=True)
    assert '<html lang="en' in client.get("/sign-in", base_url=SAFE).text


def test_signing_out_clears_what_the_browser_keeps(sqlite_database: Database) -> None:
    answer = Visit(sqlite_database).post("/sign-out")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'


def test_cookies_and_forms_are_sealed_with_sha_256(desk: Desk) -> None:
    """The signature of each is as long as that digest, and one of SHA-1 opens nothing."""
    client = desk.app.test_client()
    page = client.get("/sign-in").text
    cookie = client.get_cookie("desk_session")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert cookie is not None
    assert token is not None
    for sealed in (cookie.value, token[1]):
        assert len(sealed.rpartition(".")[2]) == 43
