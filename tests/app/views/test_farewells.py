"""The provider's own word that somebody is out: it ends sessions here at once, and nothing else."""

import time
from typing import Any

import pytest
from flask import Flask

from app.db import Database
from app.ledger import history
from app.ledger.search import Asked
from app.security_events.reading import events, plain
from app.security_events.vocabulary import Event
from tests.app.claim_desk import Desk
from tests.app.oidc import hostile as lies
from tests.app.oidc.hostile import KEY, SECOND, SUBJECT, Hostile
from tests.app.oidc.traveller import Traveller, bound, desk_of

OUT = "/sign-in/provider/out"


@pytest.fixture
def database(any_desk: Desk, provider: Hostile) -> Database:
    bound(any_desk.database, "li.wei", provider.issuer)
    bound(any_desk.database, "zhang.min", provider.issuer, "another")
    return any_desk.database


@pytest.fixture
def app(database: Database, provider: Hostile) -> Flask:
    return desk_of(database, provider)


def come(
    app: Flask, provider: Hostile, subject: str = SUBJECT, sid: str | None = None
) -> Traveller:
    provider.who, provider.claims = subject, {"sid": sid}
    traveller = Traveller(app, provider)
    assert traveller.there_and_back().status_code == 303
    provider.who, provider.claims = SUBJECT, {}
    return traveller


def say(app: Flask, token: str) -> int:
    """The provider speaks, without cookie, form or header of ours."""
    return app.test_client().post(OUT, data={"logout_token": token}).status_code


def test_whom_the_provider_signs_out_is_out_at_once_and_nobody_else(
    app: Flask, provider: Hostile, database: Database
) -> None:
    """T-OIDC: a newsroom that disables somebody there ends their work here."""
    first, second = come(app, provider), come(app, provider)
    colleague = come(app, provider, "another")
    by_password = Traveller(app, provider)
    by_password.by_password("li.wei")
    token = provider.farewell()
    assert say(app, token) == 200
    assert not first.is_in()
    assert not second.is_in()
    assert colleague.is_in()
    assert by_password.is_in(), "this session never rested on the provider"
    assert say(app, token) == 400, "each word counts once"
    with database.reading() as session:
        entry = history.entries(session, kind="act", table="account")[0]
        assert (entry.op, entry.actor) == ("signed_out_by_provider", "system:provider")
        assert entry.new == {"name": "li.wei", "sessions": 2}


def test_one_session_there_ends_one_here(app: Flask, provider: Hostile) -> None:
    first, second = come(app, provider, sid="a"), come(app, provider, sid="b")
    assert say(app, provider.farewell(sid="a", sub=None)) == 200
    assert not first.is_in()
    assert second.is_in()
    assert say(app, provider.farewell(sid="b")) == 200
    assert not second.is_in()


FORGED: dict[str, dict[str, Any]] = {
    "another issuer": {"iss": "https://evil.example"},
    "another audience": {"aud": "another"},
    "too old": {"iat": int(time.time()) - 400},
    "from the future": {"iat": int(time.time()) + 3600},
    "expired": {"exp": int(time.time()) - 120},
    "no event": {"events": {}},
    "another event": {"events": {"http://example.org/other": {}}},
    "events that are none": {"events": "all"},
    "an id token": {"nonce": "x"},
    "nobody": {"sub": None},
    "no number": {"jti": None},
}


def test_a_forged_word_ends_nothing(app: Flask, provider: Hostile, database: Database) -> None:
    """T-OIDC: whoever wants colleagues out of the desk on the day it matters."""
    here = come(app, provider)
    for name, changed in FORGED.items():
        assert say(app, provider.farewell(**changed)) == 400, name
    provider.key, provider.header = SECOND, {"alg": "RS256", "kid": "first"}
    assert say(app, provider.farewell()) == 400
    claims = {"iss": provider.issuer, "sub": SUBJECT}
    for token in ("", "nonsense", lies.unsigned(claims), lies.confused(claims, KEY)):
        assert say(app, token) == 400
    provider.key = KEY
    assert say(app, provider.id_token("x")) == 400
    assert here.is_in()
    app.extensions["tally"].tell()
    with database.reading() as session:
        told = [
            plain(event, one) for event, one in events(session, Asked(), {Event.REQUEST_FORGED})
        ]
    assert sum(one["count"] for one in told) == len(FORGED) + 6, "each is counted, from where"
    assert {(one["route"], len(one["place"])) for one in told} == {(OUT, 16)}
    assert say(app, provider.farewell()) == 200, "the same word, when nothing about it is forged"
    assert not here.is_in()
