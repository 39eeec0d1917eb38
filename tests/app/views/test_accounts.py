"""Signing in: equal answers, a limit, a reason when a session is over, and one-time links."""

import datetime as dt
import re
from types import SimpleNamespace

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.accounts import attempts, signin
from app.accounts.models import OpenSession
from app.accounts.roles import Role
from app.accounts.sessions import IDLE
from app.db import Database
from app.factory import create_app
from app.ledger import history
from app.limits.vocabulary import GATES, Gate, Limit
from sources.base import now
from tests.app.views.second import Telephone
from tests.app.views.visit import PASSWORD, Visit


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


@pytest.fixture
def stranger(visit: Visit) -> FlaskClient:
    """A browser in which nobody is signed in."""
    client = visit.app.test_client()
    client.set_cookie("desk_language", "en")
    return client


def sign_in(client: FlaskClient, name: str, password: str = PASSWORD) -> int:
    return client.post("/sign-in", data={"name": name, "password": password}).status_code


def test_a_wrong_name_and_a_wrong_password_have_the_same_answer(
    visit: Visit, stranger: FlaskClient
) -> None:
    answers = [
        stranger.post("/sign-in", data={"name": name, "password": "wrong password"})
        for name in (visit.name, "nobody")
    ]
    assert [answer.status_code for answer in answers] == [422, 422]
    plain = [
        re.sub(r'value="[^"]*"', "", answer.text).replace(visit.name, "nobody")
        for answer in answers
    ]
    assert plain[0] == plain[1]
    assert "Error:" in answers[0].text
    assert 'autocomplete="current-password"' in answers[0].text
    assert "onpaste" not in answers[0].text


def test_the_eleventh_attempt_is_told_to_wait_whoever_it_names(
    visit: Visit, stranger: FlaskClient
) -> None:
    """T-AUTH-1, with the right password at the end."""
    for name in (visit.name, "nobody"):
        assert {sign_in(stranger, name, "wrong password") for _ in range(10)} == {422}
        answer = stranger.post("/sign-in", data={"name": name, "password": PASSWORD})
        assert answer.status_code == 429
        assert 0 < int(answer.headers["Retry-After"]) <= 301
        assert "Too many attempts" in answer.text


def test_strangers_who_try_often_keep_out_nobody_who_was_here_before(
    visit: Visit, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-DOS: the limit of everybody binds browsers nobody signed in with, and no second step."""
    other = Visit(visit.database, Role.REVIEWER)
    telephone = Telephone(other)
    at_home, halfway = other.app.test_client(), other.app.test_client()
    assert sign_in(stranger, visit.name) == 303
    stranger.post("/sign-out", data={"receipt": "1"})
    assert sign_in(at_home, visit.name) == 303
    assert sign_in(halfway, other.name) == 303
    for gate in Gate:
        monkeypatch.setitem(GATES, gate, Limit(10, 3))
    for number in range(6):
        attempts.attempt(visit.database, f"nobody{number}", "192.0.2.9")
        attempts.attempt(visit.database, f"nobody{number}", "192.0.2.9", Gate.SECOND_FACTOR)
    assert sign_in(visit.app.test_client(), visit.name) == 429
    assert sign_in(stranger, other.name) == 429
    assert sign_in(stranger, visit.name) == 303
    code = {"proof-code": telephone.code(1), "receipt": "2"}
    assert halfway.post("/sign-in/second", data=code).headers["Location"] == "/"
    typed = {"password": "another sofa of mine", "again": "another sofa of mine", "receipt": "3"}
    assert at_home.post("/account/password", data={"old": PASSWORD, **typed}).status_code == 303
    assert {sign_in(stranger, visit.name, "wrong password") for _ in range(11)} == {422, 429}


def test_who_signs_in_after_a_few_mistakes_starts_again_from_none(
    visit: Visit, stranger: FlaskClient
) -> None:
    for _ in range(2):
        assert {sign_in(stranger, visit.name, "wrong password") for _ in range(9)} == {422}
        assert sign_in(stranger, visit.name) == 303


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"seen_at": now() - IDLE * 2}, "nobody used it for long"),
        ({"ended_at": now(), "ended_as": "elsewhere"}, "from another browser"),
        ({"ended_at": now(), "ended_as": "password"}, "password was changed"),
        ({"ended_at": now(), "ended_as": "disabled"}, "was disabled"),
    ],
)
def test_a_session_that_is_over_says_why(
    visit: Visit, stranger: FlaskClient, values: dict[str, object], said: str
) -> None:
    sign_in(stranger, visit.name)
    with visit.database.writing("system:test") as session:
        session.execute(update(OpenSession).values(**values))
    answer = stranger.get("/queue?status=refuted")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/sign-in?next=/queue?status%3Drefuted"
    assert said in stranger.get(answer.headers["Location"]).text
    assert said not in stranger.get("/sign-in").text
    assert stranger.get("/queue.json").status_code == 401


def test_being_seen_is_noted_now_and_then(visit: Visit, stranger: FlaskClient) -> None:
    sign_in(stranger, visit.name)
    query, seen = select(OpenSession.seen_at).order_by(OpenSession.id.desc()).limit(1), []
    for moved in (False, True):
        if moved:
            with visit.database.writing("system:test") as session:
                earlier = now() - dt.timedelta(minutes=30)
                session.execute(update(OpenSession).values(seen_at=earlier))
        with visit.database.reading() as session:
            before = session.scalars(query).one()
        assert stranger.get("/queue").status_code == 200
        with visit.database.reading() as session:
            seen.append(session.scalars(query).one() - before)
    assert seen[0] == dt.timedelta()
    assert seen[1] >= dt.timedelta(minutes=29)


def test_signing_out_ends_the_session_for_a_copied_cookie_too(
    visit: Visit, stranger: FlaskClient
) -> None:
    """T-AUTH-5: a cookie that somebody copied or planted opens nothing afterwards."""
    sign_in(stranger, visit.name)
    kept = stranger.get_cookie("desk_session")
    assert kept is not None
    stranger.post("/sign-out")
    copied = visit.app.test_client()
    copied.set_cookie("desk_session", kept.value)
    assert copied.get("/queue").status_code == 303


def test_a_link_is_used_once_by_its_owner_and_in_their_name(
    sqlite_database: Database, stranger: FlaskClient
) -> None:
    admin = Visit(sqlite_database, Role.ADMIN)
    page = admin.post(
        "/admin/accounts/new", 200, name="new.one", display_name="New One", roles=["checker"]
    ).text
    found = re.search(r'value="http://localhost(/sign-in/link/[^"]+)"', page)
    assert found is not None
    assert "You were given an account" in stranger.get(found[1]).text
    typed = {"password": PASSWORD, "again": "another password", "receipt": "r"}
    assert "The two passwords differ." in stranger.post(found[1], data=typed).text
    assert stranger.post(found[1], data=typed | {"again": PASSWORD}).status_code == 303
    assert stranger.get("/queue").status_code == 200
    again = stranger.get(found[1])
    assert again.status_code == 404
    assert "If you chose your password with it, sign in" in again.text
    assert "was used, has ended or was withdrawn" in stranger.get("/sign-in/link/x").text
    with sqlite_database.reading() as session:
        entries = history.entries(session, limit=20)
    used = next(entry for entry in entries if entry.op == "link_used")
    assert used.actor == "editor:new.one"
    assert found[1].rsplit("/", 1)[1] not in str(entries)


def test_a_browser_not_seen_before_is_told_of_at_the_next_sign_in_in_a_known_one(
    visit: Visit, stranger: FlaskClient
) -> None:
    """T-AUTH-1: whoever came in with a stolen password does so unnoticed once at most."""
    said = "a browser not seen before signed in"
    sign_in(stranger, visit.name)
    assert said not in stranger.get("/queue").text
    intruder = visit.app.test_client()
    intruder.set_cookie("desk_language", "en")
    for _ in range(2):
        agent = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"}
        intruder.post("/sign-in", data={"name": visit.name, "password": PASSWORD}, headers=agent)
        assert said not in intruder.get("/queue").text
    sign_in(stranger, visit.name)
    page = stranger.get("/queue").text
    assert said in page
    assert "Firefox · Windows, from 127.0.0.1" in page
    sign_in(stranger, visit.name)
    assert said not in stranger.get("/queue").text


def test_a_desk_without_accounts_says_the_one_command(sqlite_database: Database) -> None:
    app = create_app(sqlite_database.settings, sqlite_database)
    assert "manage.py user add" in app.test_client().get("/sign-in").text
    app = Visit(sqlite_database).app
    assert "manage.py user add" not in app.test_client().get("/sign-in").text


def test_both_wrong_answers_cost_one_hash_and_the_same_statements(
    visit: Visit, stranger: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """T-AUTH-2: work is counted, not timed; tests.benchmarks.known_and_unknown times it."""
    hashes, real = list[str](), signin.HASHER.verify

    def verify(kept: str, typed: str) -> bool:
        hashes.append(typed)
        return real(kept, typed)

    monkeypatch.setattr(signin, "HASHER", SimpleNamespace(verify=verify))
    sent: dict[int, list[str]] = {}
    # An address takes its first block of places whatever it asks for.
    stranger.post("/language", data={"language": "en"})
    # Cold and warm, the one name first and then the other: whoever asks may choose.
    for attempt, name in enumerate((visit.name, "nobody.here", visit.name, "nobody.here")):
        if attempt == 2:
            visit.app.extensions["tally"].tell()
        with visit.statements() as statements:
            assert sign_in(stranger, name, "a wrong password") == 422
        sent[attempt] = [statement.split("VALUES")[0] for statement in statements]
    assert hashes == ["a wrong password"] * 4
    assert sent[0] == sent[1]
    assert sent[2] == sent[3]
    assert len([one for one in sent[0] if "INTO ledger_event" in one]) == 1
    too_long = "x" * 10_000
    assert sign_in(stranger, visit.name, too_long) == 422
    assert len(hashes) == 4
