"""The key of a session is drawn anew at each sign-in, and only its hash is kept."""

from sqlalchemy import select

from app.accounts.models import OpenSession
from app.accounts.sessions import KEY_BYTES, key_sha256
from app.accounts.vocabulary import SessionEnd
from app.db import Database
from app.once.asked import new_key
from tests.app.browser import PASSWORD, Person, Reader
from tests.app.claim_desk import Desk


def keys(person: Person) -> str:
    """The key in a person's cookie."""
    with person.client.session_transaction() as kept:
        found: str = kept["desk_session_key"]
        return found


def kept_rows(database: Database) -> list[OpenSession]:
    with database.reading() as session:
        return list(session.scalars(select(OpenSession).order_by(OpenSession.id)))


def test_a_key_is_drawn_anew_and_only_its_hash_is_kept(desk: Desk) -> None:
    drawn = [keys(desk.person("li.wei")) for _ in range(3)]
    assert len(set(drawn)) == 3
    assert KEY_BYTES * 8 >= 128
    assert all(len(key) >= KEY_BYTES * 4 / 3 for key in drawn)
    rows = kept_rows(desk.database)
    assert {row.key_sha256 for row in rows} == {key_sha256(key) for key in drawn}
    assert not [key for key in drawn if key in repr([vars(row) for row in rows])]


def test_a_second_sign_in_in_one_browser_ends_the_first(desk: Desk) -> None:
    """T-AUTH-5: two pages to sign in lay open; the session of the first is not left behind."""
    client = desk.app.test_client()
    form = Reader(client.get("/sign-in").text).form("password")
    sent = {**form.fields, "name": "li.wei", "password": PASSWORD}
    assert client.post("/sign-in", data=sent).status_code == 303
    first = client.get_cookie("desk_session")
    assert first is not None
    token = Reader(client.get("/queue").text).form("csrf_token").fields["csrf_token"]
    sent |= {"csrf_token": token, "receipt": new_key()}
    assert client.post("/sign-in", data=sent).status_code == 303
    copied = desk.app.test_client()
    copied.set_cookie("desk_session", first.value)
    assert copied.get("/queue").status_code == 303
    assert client.get("/queue").status_code == 200
    assert [row.ended_as for row in kept_rows(desk.database)] == [SessionEnd.SIGNED_OUT, None]


def test_signing_in_again_ends_the_former_session(desk: Desk) -> None:
    """T-AUTH-5: a session that somebody else put into the browser is not the one that is opened."""
    person = desk.person("li.wei")
    former, cookie = keys(person), person.client.get_cookie("desk_session")
    assert cookie is not None
    copied = desk.app.test_client()
    copied.set_cookie("desk_session", cookie.value)
    assert copied.get("/queue").status_code == 200
    person.client.post("/sign-out", data=person.open("/queue", "csrf_token").fields)
    person.fill("/sign-in", "password", name="li.wei", password="a long password")
    assert keys(person) != former
    assert copied.get("/queue").status_code == 303
    assert [row.ended_as for row in kept_rows(desk.database)] == [SessionEnd.SIGNED_OUT, None]
