"""A passkey opens its own account at this desk, once for each challenge, and nothing else."""

import json
import uuid
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from flask.testing import FlaskClient
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.accounts import challenges, passkeys, proving
from app.accounts.factor_models import Factor, FactorUse
from app.accounts.models import Account
from app.accounts.passkeys import Site
from app.accounts.roles import Role
from app.db import Database
from app.once.asked import new_key
from tests.app.accounts.authenticator import PRESENT, Authenticator
from tests.app.views.second import Telephone
from tests.app.views.visit import PASSWORD, Visit

ADD, ALONE, SECOND = "/account/factors/passkey", "/sign-in/passkey", "/sign-in/second"


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def id_of(visit: Visit) -> uuid.UUID:
    with visit.database.reading() as session:
        return session.scalars(select(Account.id).where(Account.name == visit.name)).one()


def drawn(client: FlaskClient, path: str) -> str:
    answer = client.post(f"{path}/challenge")
    assert answer.status_code == 200, answer.text
    assert answer.json is not None
    return str(answer.json["challenge"])


def add(visit: Visit, device: Authenticator, status: int = 200, **claims: Any) -> str:
    """Register a device; ``claims`` are what it says wrongly meanwhile."""
    challenge = drawn(visit.client, ADD)
    true = {name: getattr(device, name) for name in claims}
    for name, value in claims.items():
        setattr(device, name, value)
    answer = device.made(challenge, id_of(visit))
    for name, value in true.items():
        setattr(device, name, value)
    return visit.post(ADD, status, name="ring", answer=answer).text


def stranger(visit: Visit) -> FlaskClient:
    client = visit.app.test_client()
    client.set_cookie("desk_language", "en")
    return client


def enter(client: FlaskClient, answer: str) -> bool:
    """Send an answer as the only proof; tell whether the desk opened."""
    assert client.post(ALONE, data={"proof-answer": answer}).status_code == 303
    return client.get("/queue").status_code == 200


def test_a_passkey_alone_opens_the_desk_in_one_step(visit: Visit) -> None:
    device = Authenticator()
    page = add(visit, device)
    assert page.count('<code class="nw">') == 10
    client = stranger(visit)
    assert enter(client, device.signed(drawn(client, ALONE)))
    listed = visit.get("/account/factors").text
    assert ">passkey</td>" in listed
    assert "ring" in listed
    with visit.database.reading() as session:
        row = session.scalars(select(Factor)).one()
        assert row.transports == "internal"
        assert session.get_one(FactorUse, row.id).used_at is not None


def test_a_password_is_not_enough_beside_a_passkey_and_the_two_are(visit: Visit) -> None:
    device = Authenticator()
    add(visit, device)
    client = stranger(visit)
    client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    assert client.get("/queue").status_code == 303
    answer = device.signed(drawn(client, SECOND))
    assert client.post(SECOND, data={"proof-answer": answer}).status_code == 303
    assert client.get("/queue").status_code == 200


@pytest.mark.parametrize(
    "claims",
    [
        {"origin": "https://desk.example.net"},
        {"origin": "http://localhost:8000"},
        {"host": "desk.example.net"},
        {"flags": PRESENT},
        {"flags": 0},
        {"handle": uuid.uuid4().bytes},
        {"handle": None},
        {"credential": b"somebody else's!"},
        {"key": Authenticator().key},
    ],
)
def test_what_another_site_or_person_would_have_signed_opens_nothing(
    visit: Visit, claims: dict[str, Any]
) -> None:
    """T-AUTH-1: another origin, host, owner or key, or a device that asked for no finger."""
    device = Authenticator()
    add(visit, device)
    client = stranger(visit)
    true = {name: getattr(device, name) for name in claims}
    for name, value in claims.items():
        setattr(device, name, value)
    assert not enter(client, device.signed(drawn(client, ALONE)))
    for name, value in true.items():
        setattr(device, name, value)
    assert enter(client, device.signed(drawn(client, ALONE)))


@pytest.mark.parametrize(
    "claims", [{"origin": "https://desk.example.net"}, {"host": "desk"}, {"flags": PRESENT}]
)
def test_a_device_that_answered_another_site_is_not_registered(
    visit: Visit, claims: dict[str, Any]
) -> None:
    assert "no passkey for this desk" in add(visit, Authenticator(), 422, **claims)
    with visit.database.reading() as session:
        assert session.scalars(select(Factor)).all() == []


def test_an_answer_opens_once_however_it_is_sent_again(visit: Visit) -> None:
    """T-AUTH-1: neither the same answer, nor it with the cookie it came with, opens again."""
    device = Authenticator()
    add(visit, device)
    client = stranger(visit)
    answer = device.signed(drawn(client, ALONE))
    cookie = client.get_cookie(challenges.COOKIE)
    assert cookie is not None
    thief = stranger(visit)
    thief.set_cookie(challenges.COOKIE, cookie.value)
    assert enter(client, answer)
    assert not enter(thief, answer)
    other = stranger(visit)
    drawn(other, ALONE)
    assert not enter(other, answer)
    assert not enter(stranger(visit), answer)


def test_a_challenge_is_for_one_purpose_and_not_for_ever(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    device = Authenticator()
    add(visit, device)
    client = stranger(visit)
    client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    assert not enter(client, device.signed(drawn(client, SECOND)))
    late = stranger(visit)
    answer = device.signed(drawn(late, ALONE))
    monkeypatch.setattr(challenges, "LASTS", -1)
    assert not enter(late, answer)


def test_the_passkey_of_another_account_is_no_second_step_here(visit: Visit) -> None:
    """T-AUTH-1: whoever knows a password brings a passkey of their own in vain."""
    Telephone(visit)
    add(visit, Authenticator(), 303)
    mallory, device = Visit(visit.database, Role.REVIEWER), Authenticator()
    add(mallory, device)
    client = stranger(visit)
    client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    for handle in (device.handle, id_of(visit).bytes, None):
        device.handle = handle
        answer = device.signed(drawn(client, SECOND))
        assert client.post(SECOND, data={"proof-answer": answer}).status_code == 422
    assert client.get("/queue").status_code == 303


def test_a_copy_of_a_device_is_noticed_by_its_count(visit: Visit) -> None:
    device = Authenticator(count=5)
    add(visit, device)
    client = stranger(visit)
    assert enter(client, device.signed(drawn(client, ALONE)))
    device.count -= 2
    other = stranger(visit)
    assert not enter(other, device.signed(drawn(other, ALONE)))


def test_a_removed_passkey_and_a_disabled_account_open_nothing(visit: Visit) -> None:
    device, other = Authenticator(), Authenticator()
    add(visit, device)
    add(visit, other, 303)
    assert "registered already" in add(visit, other, 409)
    with visit.database.reading() as session:
        first = session.scalars(select(Factor.id).order_by(Factor.id)).first()
    visit.post(f"/account/factors/{first}/remove")
    client = stranger(visit)
    assert not enter(client, device.signed(drawn(client, ALONE)))
    assert enter(client, other.signed(drawn(client, ALONE)))
    with visit.database.writing("system:test") as session:
        session.execute(update(Account).values(active=False))
    late = stranger(visit)
    assert not enter(late, other.signed(drawn(late, ALONE)))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "{}",
        "[]",
        "null",
        "\0",
        '{"id":1}',
        '{"id":"AA","rawId":"AA","response":{}}',
        "x" * 9**5,
        "[" * 9**5,
        '{"a":' * 4000,
    ],
)
def test_what_is_no_answer_is_refused_without_a_server_error(visit: Visit, answer: str) -> None:
    """T-BAD: a browser's answer that is no JSON, or JSON within JSON without end."""
    client = stranger(visit)
    drawn(client, ALONE)
    assert not enter(client, answer)
    drawn(visit.client, ADD)
    sent = {"name": "ring", "answer": answer, "receipt": new_key()}
    assert visit.client.post(ADD, data=sent).status_code == 422


@pytest.mark.parametrize("name", ["\0", "\ud800", "é", "A" * 9000, ""])
def test_a_name_no_passkey_has_is_looked_up_in_no_database(session: Session, name: str) -> None:
    """T-BAD: PostgreSQL has no text with a NUL in it to be asked for."""
    device = Authenticator()
    answer = {**json.loads(device.signed("AA")), "id": name}
    site = Site(device.host, device.origin)
    assert passkeys.accept(session, site, json.dumps(answer), b"\0") is None


def test_the_keys_of_windows_machines_open_the_desk_and_shorter_ones_are_refused(
    visit: Visit,
) -> None:
    """T-AUTH-1: their chips make RSA of 2,048 bits and nothing else; no less is believed."""
    asked = visit.client.post(f"{ADD}/challenge").json
    assert asked is not None
    assert [one["alg"] for one in asked["pubKeyCredParams"]] == [-8, -7, -257]
    short = Authenticator(key=rsa.generate_private_key(65537, 1024))  # noqa: S505 - it must be refused.
    assert "fewer than 2048 bits" in add(visit, short, 422)
    with visit.database.reading() as session:
        assert session.scalars(select(Factor)).all() == []
    device = Authenticator(key=rsa.generate_private_key(65537, 2048))
    add(visit, device)
    client = stranger(visit)
    assert enter(client, device.signed(drawn(client, ALONE)))


def test_the_eleventh_unknown_passkey_of_an_address_waits(visit: Visit) -> None:
    """T-AUTH-1: counted by address, whoever it is for."""
    client = stranger(visit)
    assert {client.post(ALONE).status_code for _ in range(10)} == {303}
    assert client.post(ALONE).status_code == 429


@pytest.mark.parametrize("address", ["http://192.0.2.7", "http://desk.example", "http://[::1]:80"])
def test_passkeys_want_a_name_and_an_address_nobody_changes(visit: Visit, address: str) -> None:
    with visit.app.test_request_context(base_url=address):
        assert proving.site() is None
    with visit.app.test_request_context(base_url="https://desk.example:8443"):
        assert proving.site() == Site("desk.example", "https://desk.example:8443")
