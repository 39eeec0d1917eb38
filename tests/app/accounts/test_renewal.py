"""A renewed proof draws the session a new key; the one before opens nothing but its own form."""

import threading
from collections.abc import Iterator
from typing import Any

import flask
import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from app.accounts import renewal
from app.accounts.key_cookie import KEY
from app.accounts.models import ApiToken, FormerKey, OpenSession
from app.accounts.sessions import key_sha256
from app.db import Database
from app.once.asked import new_key
from tests.app.views.test_confirming import grow_old
from tests.app.views.visit import PASSWORD, Visit

PROOF = {"proof-password": PASSWORD}
TOKEN: dict[str, Any] = {"name": "board", "scopes": "read", "days": "90"} | PROOF


@pytest.fixture
def visit(sqlite_database: Database, monkeypatch: pytest.MonkeyPatch) -> Visit:
    monkeypatch.setattr(renewal, "PAUSE", 0)
    found = Visit(sqlite_database)
    grow_old(found)
    return found


def key_of(client: FlaskClient) -> str:
    with client.session_transaction() as kept:
        return str(kept[KEY])


def copied(visit: Visit) -> FlaskClient:
    """Another browser with the very cookie, as whoever stole it has it, or a second tab."""
    cookie = visit.client.get_cookie("desk_session")
    assert cookie is not None
    client = visit.app.test_client()
    client.set_cookie("desk_session", cookie.value)
    client.set_cookie("desk_language", "en")
    return client


def confirm(client: FlaskClient, onward: str = "/account/tokens") -> TestResponse:
    return client.post(f"/confirm?next={onward}", data=PROOF)


def count(database: Database, table: type[Any]) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_a_copied_cookie_opens_nothing_after_its_owner_proved_themselves(visit: Visit) -> None:
    """T-AUTH-5: V7.2.4, a proof at /confirm ends the key before it."""
    thief, before = copied(visit), key_of(visit.client)
    assert thief.get("/queue").status_code == 200
    assert confirm(visit.client).status_code == 303
    assert key_of(visit.client) != before
    visit.get("/queue")
    for _ in range(renewal.TRIES):
        sent = thief.get("/queue?q=a b")
        assert (sent.status_code, sent.location) == (307, "/queue?q=a%20b")
    assert thief.get("/queue").location == "/sign-in?next=/queue"
    with visit.database.reading() as session:
        hashes = session.scalars(select(OpenSession.key_sha256)).all()
        kept = session.scalars(select(FormerKey)).one()
    assert hashes == [key_sha256(key_of(visit.client))]
    assert before not in repr(vars(kept))
    assert key_of(visit.client).encode() not in kept.renewed_key


def test_the_very_form_again_gets_the_answer_and_the_new_key(visit: Visit) -> None:
    """The answer was lost, or the button clicked twice: nobody is thrown out."""
    again = copied(visit)
    first = confirm(visit.client)
    second = confirm(again)
    assert (second.status_code, second.location) == (first.status_code, first.location)
    assert key_of(again) == key_of(visit.client)
    assert again.get("/account/tokens").status_code == 200
    assert count(visit.database, FormerKey) == 1


@pytest.mark.parametrize(
    "changed",
    [{"proof-password": "another"}, {"name": "other"}, {"proof-password": ""}, {"more": "1"}],
)
def test_another_form_with_the_key_before_is_sent_back_undone(
    visit: Visit, changed: dict[str, str]
) -> None:
    sent, thief = TOKEN | {"receipt": new_key()}, copied(visit)
    assert visit.client.post("/account/tokens", data=sent).status_code == 200
    assert thief.post("/account/tokens", data=sent | changed).status_code == 307
    assert thief.post("/account/tokens?x=1", data=sent).status_code == 307
    assert thief.post("/account/factors/recovery-codes", data=sent).status_code == 307
    assert count(visit.database, ApiToken) == 1
    assert key_of(thief) != key_of(visit.client)


def test_a_form_that_brought_its_proof_is_done_once_however_often_it_comes(visit: Visit) -> None:
    sent, again = TOKEN | {"receipt": new_key()}, copied(visit)
    first = visit.client.post("/account/tokens", data=sent)
    second = again.post("/account/tokens", data=sent)
    assert (first.status_code, second.status_code) == (200, 200)
    assert count(visit.database, ApiToken) == 1
    assert key_of(again) == key_of(visit.client)
    refused = {**TOKEN, "name": "", "receipt": new_key()}
    grow_old(visit)
    before = key_of(visit.client)
    assert visit.client.post("/account/tokens", data=refused).status_code == 422
    assert key_of(visit.client) != before, "the proof was right, whatever the form was"
    visit.get("/queue")


def test_a_changed_password_is_a_new_key_and_its_form_may_come_again(visit: Visit) -> None:
    again, before = copied(visit), key_of(visit.client)
    changed = "kettle under lighthouse"
    sent = {"old": PASSWORD, "password": changed, "again": changed, "receipt": new_key()}
    assert visit.client.post("/account/password", data=sent).location == "/account"
    assert key_of(visit.client) != before
    visit.get("/account")
    assert again.post("/account/password", data=sent).location == "/account"
    assert again.get("/account").status_code == 200
    assert key_of(again) == key_of(visit.client)


def test_after_a_while_the_key_before_is_one_of_a_session_that_is_over(visit: Visit) -> None:
    thief, second = copied(visit), copied(visit)
    confirm(visit.client)
    with visit.database.writing("system:test") as session:
        row = session.scalars(select(FormerKey)).one()
        row.replaced_at -= renewal.UNDER_WAY * 2
    assert thief.get("/queue").status_code == 303
    assert confirm(second).location == "/account/tokens", "its form is good while the proof is"


def test_the_key_before_goes_with_its_session_and_with_the_next_renewal(visit: Visit) -> None:
    first = copied(visit)
    confirm(visit.client)
    second = copied(visit)
    grow_old(visit)
    confirm(visit.client)
    assert confirm(first).status_code == 303
    assert first.get("/queue").location == "/sign-in?next=/queue"
    assert count(visit.database, FormerKey) == 1
    visit.post("/sign-out")
    assert confirm(second).location.startswith("/sign-in")


@pytest.fixture
def interrupted(visit: Visit) -> Iterator[list[str]]:
    """In the middle of the next request of a second tab, the first one renews the key."""
    done = list[str]()

    def renew_now() -> None:
        if flask.request.headers.get("X-Tab") and not done:
            done.append(key_of(visit.client))
            assert confirm(visit.client).status_code == 303

    visit.app.before_request_funcs.setdefault(None, []).append(renew_now)
    yield done
    visit.app.before_request_funcs[None].remove(renew_now)


def test_an_answer_that_was_under_way_does_not_bring_the_key_before_back(
    visit: Visit, interrupted: list[str]
) -> None:
    """Two tabs share one cookie: what both answers say of it must leave the newer key."""
    tab = copied(visit)
    with tab.session_transaction() as kept:
        kept["_flashes"] = [("message", "Saved.")]
    answer = tab.get("/queue", headers={"X-Tab": "2"})
    assert (answer.status_code, "Saved." in answer.text) == (200, True)
    assert interrupted
    assert [told for told in answer.headers.getlist("Set-Cookie") if "desk_session=" in told] == []


def test_two_proofs_at_once_leave_both_tabs_in(database: Database) -> None:
    """On both engines: the same form twice, and another form beside it, all with one key."""
    visit = Visit(database)
    grow_old(visit)
    clients = [copied(visit) for _ in range(3)]
    places = ("/account/tokens", "/account/tokens", "/account/identities")
    meeting, answers = threading.Barrier(len(clients)), dict[int, int]()

    def go(number: int) -> None:
        meeting.wait()
        answers[number] = confirm(clients[number], places[number]).status_code

    threads = [threading.Thread(target=go, args=(number,)) for number in range(len(clients))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What came when another form was through already is asked once more, with the newer key.
    through = [client for number, client in enumerate(clients) if answers[number] == 303]
    assert set(answers.values()) <= {303, 307}
    assert through
    assert answers[2] == 303 or len(through) == 2, "the very form again gets its answer"
    assert len({key_of(client) for client in through}) == 1
    assert all(client.get("/queue").status_code == 200 for client in through)
    assert count(database, FormerKey) == 1
