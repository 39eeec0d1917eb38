"""The way to the provider and back: who it lets in, and each forgery that it does not."""

import copy
import json
import re
import time
from collections.abc import Callable
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from app import logs
from app.accounts.administration import disable
from app.accounts.models import Account
from app.db import Database
from app.ledger import history
from app.ledger.search import Asked
from app.oidc.line import Line
from app.oidc.provider import Client, Provider
from app.security_events.reading import events, plain
from app.security_events.vocabulary import Event
from tests.app.claim_desk import Desk
from tests.app.oidc import hostile as lies
from tests.app.oidc.hostile import KEY, SECOND, SECRET, SUBJECT, Hostile
from tests.app.oidc.traveller import ANSWER, Traveller, bound, desk_of, untouched
from tests.app.test_logs import as_it_was
from tests.sources.servers import answer

__all__ = ["as_it_was"]

NAME = "li.wei"
FAILED = {Event.SIGN_IN_FAILED}
DISCOVERY = "/.well-known/openid-configuration"


@pytest.fixture
def database(desk: Desk, provider: Hostile) -> Database:
    bound(desk.database, NAME, provider.issuer)
    return desk.database


@pytest.fixture
def app(database: Database, provider: Hostile) -> Flask:
    return desk_of(database, provider)


@pytest.fixture
def traveller(app: Flask, provider: Hostile) -> Traveller:
    return Traveller(app, provider)


def test_somebody_bound_is_signed_in_and_goes_where_they_wanted(traveller: Traveller) -> None:
    back = traveller.there_and_back("/sign-in?next=/queue")
    assert (back.status_code, back.location) == (303, "/queue")
    assert traveller.is_in()


def test_the_way_there_asks_for_a_code_with_a_challenge_and_nothing_of_ours(
    traveller: Traveller, provider: Hostile
) -> None:
    address = traveller.away()
    asked = dict(parse_qsl(urlsplit(address).query))
    assert address.startswith(f"{provider.issuer}/authorize?")
    assert asked["response_type"] == "code"
    assert asked["code_challenge_method"] == "S256"
    assert len(asked["code_challenge"]) == 43
    assert asked["redirect_uri"] == ANSWER
    assert asked["scope"] == "openid email"
    assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3
    assert len(asked["state"]) == len(asked["nonce"]) == 43
    again = dict(parse_qsl(urlsplit(traveller.away()).query))
    assert not {asked["state"], asked["nonce"]} & {again["state"], again["nonce"]}


@pytest.mark.usefixtures("as_it_was")
def test_what_a_provider_hands_the_server_goes_no_further(
    app: Flask, provider: Hostile, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """T-OIDC: neither browser, nor database, nor ledger, nor log has a token of the provider."""
    logs.set_up("text")
    logs.init_logs(app)
    told = list[str]()
    for claims in ({}, {"aud": "another"}):
        traveller = Traveller(app, provider)
        provider.claims = dict(claims)
        answers = [traveller.there_and_back(), *map(traveller.client.get, ("/account", "/sign-in"))]
        told += [f"{answer.headers}{answer.text}" for answer in answers]
        with traveller.client.session_transaction() as kept:
            told.append(repr(dict(kept)))
    with database.reading() as session:
        told.append(repr([(one.old, one.new) for one in history.entries(session, limit=500)]))
    files = [file for file in database.settings.home.rglob("*") if file.is_file()]
    told += [file.read_bytes().decode("latin-1") for file in files]
    log = capsys.readouterr().err
    assert "/sign-in/provider/answer" in log
    secret = {*provider.handed, SECRET} - {*provider.id_token().split(".")[:1]}
    assert len(secret) >= 11
    assert [one for one in secret if any(one in text for text in (*told, log))] == []


Spoil = Callable[[Hostile], None]


def _claims(**changed: object) -> Spoil:
    return lambda provider: provider.claims.update(changed)


def _header(**changed: object) -> Spoil:
    return lambda provider: provider.header.update(changed)


def _at(**seconds: int) -> Spoil:
    def spoil(provider: Hostile) -> None:
        provider.claims.update({name: int(time.time()) + by for name, by in seconds.items()})

    return spoil


def _token(make: Callable[[Hostile, str], str]) -> Spoil:
    def spoil(provider: Hostile) -> None:
        provider.token = lambda nonce: make(provider, nonce)

    return spoil


def _other_key(provider: Hostile) -> None:
    provider.key, provider.header = SECOND, {"alg": "RS256", "kid": "first"}


FORGERIES: dict[str, Spoil] = {
    "another nonce": _claims(nonce="another"),
    "no nonce": _claims(nonce=None),
    "another issuer": _claims(iss="https://evil.example"),
    "no issuer": _claims(iss=None),
    "another audience": _claims(aud="another"),
    "no audience": _claims(aud=None),
    "several audiences and no azp": _claims(aud=["another", lies.CLIENT]),
    "another azp": _claims(aud=[lies.CLIENT, "another"], azp="another"),
    "expired": _at(exp=-61),
    "no expiry": _claims(exp=None),
    "an expiry that never comes": _claims(exp="9999999999"),
    "issued in the future": _at(iat=120),
    "no time of issue": _claims(iat=None),
    "not valid yet": _at(nbf=120),
    "no subject": _claims(sub=None),
    "a subject that is no text": _claims(sub=7),
    "an empty subject": _claims(sub=""),
    "a subject without end": _claims(sub="a" * 256),
    "a list for amr that is none": _claims(amr="pwd"),
    "an unknown key": _header(kid="third"),
    "no key named among two": _header(kid=None),
    "signed with another key": _other_key,
    "the public key as a secret": _token(lambda one, nonce: lies.confused(one.about(nonce), KEY)),
    "unsigned": _token(lambda one, nonce: lies.unsigned(one.about(nonce))),
    "tampered": _token(lambda one, nonce: lies.tampered(one.id_token(nonce), email="root")),
    "no token": _token(lambda _one, _nonce: "nonsense"),
    "a token of one part": _token(lambda _one, _nonce: "a.b"),
    "a header without end": _token(lambda _one, _nonce: "W1tb" * 4000 + ".e30.e30"),
    "a token without end": _token(lambda _one, _nonce: "a" * 40_000),
}  # fmt: skip


def test_a_forged_token_signs_nobody_in(app: Flask, provider: Hostile, database: Database) -> None:
    """T-OIDC: whatever of the token does not hold, nothing is changed and nobody is in."""
    before = untouched(database)
    provider.keys = [KEY, SECOND]
    honest = copy.deepcopy(vars(provider))
    for name, spoil in FORGERIES.items():
        vars(provider).update(copy.deepcopy(honest))
        spoil(provider)
        traveller = Traveller(app, provider)
        back = traveller.there_and_back()
        assert back.status_code == 400, name
        assert "did not pass the checks" in back.text, name
        assert not traveller.is_in(), name
    assert untouched(database) == before
    vars(provider).update(honest)
    assert Traveller(app, provider).there_and_back().status_code == 303


@pytest.mark.parametrize("by", [-50, 59])
def test_clocks_may_differ_by_a_minute(traveller: Traveller, provider: Hostile, by: int) -> None:
    _at(iat=max(by, 0), exp=min(by, 0) or 300)(provider)
    assert traveller.there_and_back().status_code == 303


ASTRAY: dict[str, dict[str, str | None]] = {
    "another state": {"state": "another"},
    "no state": {"state": None},
    "another sender": {"iss": "https://evil.example"},
    "a sender that does not say who it is": {"iss": None},
    "no code": {"code": None},
    "a code without end": {"code": "a" * 5000},
    "a code the provider does not know": {"code": "guessed"},
    "an error": {"code": None, "error": "access_denied"},
    "an error that is a page": {"error": "<script>", "error_description": "<b>Call 555</b>"},
}


def test_an_answer_that_is_not_ours_signs_nobody_in(
    app: Flask, provider: Hostile, database: Database
) -> None:
    """T-OIDC: state, sender, code and error; nothing the sender says is shown."""
    before = untouched(database)
    for name, changed in ASTRAY.items():
        traveller = Traveller(app, provider)
        back = traveller.client.get(provider.authorize(traveller.away(), **changed))
        assert back.status_code in {400, 414}, name
        assert "Call 555" not in back.text
        assert "&lt;script" not in back.text
        assert "<script>" not in back.text
        assert not traveller.is_in(), name
    assert untouched(database) == before


def test_an_answer_counts_once_and_in_the_browser_that_began(
    app: Flask, traveller: Traveller, provider: Hostile, database: Database
) -> None:
    """T-OIDC: a copied answer, a copied cookie, a code of somebody else's session."""
    before = untouched(database)
    address = provider.authorize(traveller.away())
    assert Traveller(app, provider).client.get(address).status_code == 400
    other = Traveller(app, provider)
    stolen = dict(parse_qsl(urlsplit(address).query))["code"]
    mixed = other.client.get(provider.authorize(other.away(), code=stolen))
    assert mixed.status_code == 400
    assert untouched(database) == before
    address = provider.authorize(traveller.away())
    cookie = traveller.client.get_cookie("desk_session")
    assert cookie is not None
    assert traveller.client.get(address).status_code == 303
    thief = Traveller(app, provider)
    thief.client.set_cookie("desk_session", cookie.value)
    asked = len(provider.asked)
    assert thief.client.get(address).status_code == 400
    assert len(provider.asked) == asked
    assert not thief.is_in()


def test_what_is_given_twice_is_given_by_nobody(traveller: Traveller) -> None:
    address = traveller.provider.authorize(traveller.away())
    assert traveller.client.get(f"{address}&state=another").status_code == 400


def test_a_way_ends_after_ten_minutes(
    traveller: Traveller, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = traveller.provider.authorize(traveller.away())
    later = time.time() + 601
    monkeypatch.setattr("app.accounts.journeys.moment", lambda: int(later))
    assert traveller.client.get(address).status_code == 400


UNUSABLE: dict[str, Spoil] = {
    "down": lambda provider: provider.raw.update(
        {DISCOVERY: answer(b"", status="500 Internal Server Error")}
    ),
    "no json": lambda provider: provider.raw.update({DISCOVERY: answer(b"<html>")}),
    "a list": lambda provider: provider.raw.update({DISCOVERY: answer(b"[]")}),
    "nested without end": lambda provider: provider.raw.update({DISCOVERY: answer(b"[" * 200_000)}),
    "huge": lambda provider: provider.raw.update({DISCOVERY: answer(b" " * 300_000 + b"{}")}),
    "elsewhere": lambda provider: provider.raw.update(
        {DISCOVERY: answer(b"", status="302 Found", Location="http://169.254.169.254/")}
    ),
    "silent": lambda provider: provider.silent.add(DISCOVERY),
    "another issuer": lambda provider: provider.discovery.update(issuer="https://evil.example"),
    "no end for tokens": lambda provider: provider.discovery.update(token_endpoint=None),
    "plain http": lambda provider: provider.discovery.update(
        token_endpoint="http://id.example.org/token"
    ),
    "a script for an end": lambda provider: provider.discovery.update(
        authorization_endpoint="javascript:alert(1)"
    ),
    "no challenge": lambda provider: provider.discovery.update(
        code_challenge_methods_supported=["plain"]
    ),
}


def test_a_provider_that_cannot_be_used_leaves_the_password(
    app: Flask, traveller: Traveller, provider: Hostile
) -> None:
    """T-OIDC: down, slow, huge, another's discovery; the page says so and the password works."""
    honest = copy.deepcopy(vars(provider))
    for name, spoil in UNUSABLE.items():
        vars(provider).update(copy.deepcopy(honest))
        spoil(provider)
        app.extensions["provider"] = impatient(provider)
        sent = traveller.press("/sign-in", "/sign-in/provider")
        assert sent.status_code == 503, name
        assert "password" in sent.text, name
        asked = len(provider.asked)
        assert traveller.press("/sign-in", "/sign-in/provider").status_code == 503, name
        assert len(provider.asked) == asked, "a failure is remembered for a moment"
    traveller.by_password(NAME)
    assert traveller.is_in()


def impatient(provider: Hostile) -> Provider:
    """A desk's side that has fetched nothing yet and waits for nothing long."""
    client = Client(
        provider.issuer, lies.CLIENT, lies.SECRET, ANSWER, "openid", demo=False, rsa_bits=2048
    )
    return Provider(client, Line("test", seconds=0.3))


def test_a_provider_that_fails_at_the_end_signs_nobody_in(
    traveller: Traveller, provider: Hostile, database: Database
) -> None:
    before = untouched(database)
    for path, content in (("/token", b"<html>"), ("/token", b'{"token_type":"Bearer"}')):
        address = provider.authorize(traveller.away())
        provider.raw[path] = answer(content)
        assert traveller.client.get(address).status_code == 503
    del provider.raw["/token"]
    provider.raw["/keys"] = answer(json.dumps({"keys": [{"kty": "oct", "k": "AAAA"}]}).encode())
    assert traveller.there_and_back().status_code == 503
    assert untouched(database) == before


def test_a_new_key_is_found_and_an_unknown_one_asks_once_a_minute(
    app: Flask, traveller: Traveller, provider: Hostile, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert traveller.there_and_back().status_code == 303
    provider.key, provider.keys = SECOND, [SECOND]
    clock = time.monotonic() + 61
    monkeypatch.setattr(app.extensions["provider"]._keys, "_clock", lambda: clock)  # noqa: SLF001
    assert Traveller(app, provider).there_and_back().status_code == 303
    provider.header["kid"] = "third"
    asked = provider.asked.count("/keys")
    for _ in range(3):
        assert Traveller(app, provider).there_and_back().status_code == 400
    assert provider.asked.count("/keys") == asked


def test_a_secret_goes_into_the_form_where_the_provider_wants_it_there(
    app: Flask, provider: Hostile, database: Database
) -> None:
    assert Traveller(app, provider).there_and_back().status_code == 303
    assert "client_secret" not in provider.posted, "a header is the usual"
    provider.discovery["token_endpoint_auth_methods_supported"] = ["client_secret_post"]
    there = Traveller(desk_of(database, provider), provider)
    assert there.there_and_back().status_code == 303
    assert provider.posted["client_secret"] == SECRET


def test_an_unknown_subject_and_a_disabled_account_are_told_the_same(
    app: Flask, traveller: Traveller, provider: Hostile, database: Database
) -> None:
    """T-OIDC: no account begins at the provider, and nobody learns which accounts there are."""
    with database.writing("system:test") as session:
        row = session.scalars(select(Account).where(Account.name == NAME)).one()
        disable(session, row, typed=NAME, by="system:test")
    before = untouched(database)
    known = traveller.there_and_back()
    provider.who = "unknown-1234"
    unknown = Traveller(app, provider).there_and_back()
    assert (known.status_code, unknown.status_code) == (403, 403)
    assert _plain(known.text, SUBJECT) == _plain(unknown.text, "unknown-1234")
    assert untouched(database) == before


def test_who_comes_with_a_strange_or_a_forged_answer_is_on_record(
    app: Flask, provider: Hostile, database: Database
) -> None:
    """T-OIDC: from where, and why; many are one entry more, and nothing of the identity is kept."""
    provider.who = "unknown-1234"
    honest = dict(provider.claims)
    traveller = Traveller(app, provider)
    for claims in ({}, {"aud": "another"}, {}, {}):
        provider.claims = {**honest, **claims}
        assert traveller.there_and_back().status_code in {400, 403}
    app.extensions["tally"].tell()
    with database.reading() as session:
        found = [plain(event, one) for event, one in events(session, Asked(), FAILED)][::-1]
    assert [(one["reason"], one["count"]) for one in found] == [("provider", 1), ("provider", 3)]
    for one in found:
        assert (one["route"], one["subject"]["id"]) == ("/sign-in/provider/answer", "unknown")
        assert len(one["place"]) == 16
    with database.reading() as session:
        kept = repr([(one.old, one.new) for one in history.entries(session, limit=500)])
    assert "unknown-1234" not in kept


def _plain(page: str, subject: str) -> str:
    page = re.sub(r'value="[^"]*"|[0-9a-f]{8}-[0-9a-f-]{27}', "", page)
    return page.replace(subject, "SUBJECT")


def test_an_address_that_is_looked_at_is_not_used_up(traveller: Traveller) -> None:
    address = traveller.provider.authorize(traveller.away())
    assert traveller.client.head(address).status_code == 405
    assert traveller.client.get(address).status_code == 303
