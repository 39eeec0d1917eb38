"""Whose account an identity opens: bound by oneself, by an invitation, by an administrator."""

import datetime as dt
import re
import time
from urllib.parse import parse_qsl, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse

from app.accounts import administration, identities
from app.accounts.factor_models import Factor
from app.accounts.identity_models import AccountIdentity
from app.accounts.models import NO_PASSWORD, Account, OpenSession
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import FactorKind
from app.db import Database
from app.ledger import history
from app.ledger.search import Asked
from app.security_events.reading import events, plain
from app.security_events.vocabulary import Event
from sources.base import now
from tests.app.browser import PASSWORD
from tests.app.claim_desk import Desk
from tests.app.oidc.hostile import LABEL, SUBJECT, Hostile
from tests.app.oidc.traveller import Traveller, bound, desk_of

OWN, MINE = "/sign-in/provider/own", "/account/identities"


@pytest.fixture
def database(desk: Desk) -> Database:
    with desk.database.writing("system:test") as session:
        known = {"display_name": "Chen", "password": PASSWORD, "by": "system:test"}
        add_account(session, name="chen.jie", roles={Role.ADMIN}, **known)
    return desk.database


@pytest.fixture
def app(database: Database, provider: Hostile) -> Flask:
    return desk_of(database, provider)


def signed_in(app: Flask, provider: Hostile, name: str) -> Traveller:
    traveller = Traveller(app, provider)
    traveller.by_password(name)
    return traveller


def holders(database: Database) -> list[tuple[str, str, str]]:
    """Whose each identity is, and who bound it."""
    with database.reading() as session:
        rows = session.scalars(select(AccountIdentity).order_by(AccountIdentity.id)).all()
        return [(row.account.name, row.subject, row.created_by) for row in rows]


def key_of(database: Database, name: str) -> str:
    with database.reading() as session:
        return str(session.scalars(select(Account.id).where(Account.name == name)).one())


def test_one_binds_oneself_after_saying_yes_and_then_signs_in_so(
    app: Flask, provider: Hostile, database: Database
) -> None:
    owner = signed_in(app, provider, "li.wei")
    back = owner.there_and_back(MINE, MINE)
    assert back.location == OWN
    assert holders(database) == []
    asked = owner.client.get(OWN)
    assert LABEL in asked.text
    before = owner.client.get_cookie("desk_session")
    assert before is not None
    assert owner.press(OWN, OWN).location == MINE
    assert holders(database) == [("li.wei", SUBJECT, "editor:li.wei")]
    assert LABEL in owner.client.get(MINE).text
    assert Traveller(app, provider).there_and_back().status_code == 303
    assert owner.client.get(OWN).status_code == 400, "the yes is said once"
    assert owner.press(MINE, unbinding(owner)).location == MINE
    owner.client.set_cookie("desk_session", before.value)
    assert owner.client.get(OWN).status_code == 400, "and not by a copy of the cookie"
    assert holders(database) == []
    with database.reading() as session:
        entries = history.entries(session, table="account_identity")
        assert [(one.op, one.actor) for one in entries] == [
            ("D", "editor:li.wei"),
            ("I", "editor:li.wei"),
        ]


def test_the_same_subject_at_another_provider_is_somebody_else(
    app: Flask, provider: Hostile, database: Database
) -> None:
    """T-OIDC: whoever runs a second provider may call anybody by any name there."""
    bound(database, "li.wei", "https://former.example")
    traveller = Traveller(app, provider)
    assert traveller.there_and_back().status_code == 403
    assert not traveller.is_in()


def test_an_identity_opens_one_account_only(
    app: Flask, provider: Hostile, database: Database
) -> None:
    bound(database, "zhang.min", provider.issuer)
    owner = signed_in(app, provider, "li.wei")
    owner.there_and_back(MINE, MINE)
    refused = owner.press(OWN, OWN)
    assert refused.status_code == 409
    assert "another account" in refused.text
    assert [name for name, *_ in holders(database)] == ["zhang.min"]


def test_what_one_session_began_another_does_not_end(
    app: Flask, provider: Hostile, database: Database
) -> None:
    """T-OIDC: nobody binds their identity to the account of whoever signs in after them."""
    browser = signed_in(app, provider, "li.wei")
    browser.there_and_back(MINE, MINE)
    assert browser.client.get(OWN).status_code == 200
    browser.press(MINE, "/sign-out")
    browser.by_password("zhang.min")
    assert browser.client.get(OWN).status_code == 400
    assert holders(database) == []


def test_an_invitation_is_answered_with_an_identity(
    app: Flask, provider: Hostile, database: Database
) -> None:
    page = f"/sign-in/link/{invited(database)}"
    guest = Traveller(app, provider)
    assert guest.there_and_back(page, f"{page}/provider").location == OWN
    assert not guest.is_in()
    assert guest.press(OWN, OWN).location == "/"
    assert guest.is_in()
    assert holders(database) == [("new.one", SUBJECT, "editor:new.one")]
    assert guest.client.get(page).status_code == 404, "the link is used"
    with database.reading() as session:
        row = session.scalars(select(Account).where(Account.name == "new.one")).one()
        assert row.active
        assert row.password_hash == NO_PASSWORD
    owner = Traveller(app, provider)
    assert owner.there_and_back().status_code == 303
    only = owner.press(MINE, unbinding(owner))
    assert only.status_code == 409
    assert "only proof" in only.text


def invited(database: Database) -> str:
    """Invite a person and return the token of the link."""
    by = "editor:chen.jie"
    with database.writing(by) as session:
        return administration.invite(
            session, name="new.one", display_name="New", roles={Role.REPORTER}, by=by
        ).token


def unbinding(traveller: Traveller, page: str = MINE) -> str:
    """The address of the first button that lets an identity go."""
    found = re.search(rf'action="({page}/[^"]+/unbind)"', traveller.client.get(page).text)
    assert found is not None
    return found[1]


def test_a_link_that_chooses_another_password_takes_no_identity(
    app: Flask, provider: Hostile, database: Database
) -> None:
    with database.writing("editor:chen.jie") as session:
        row = session.scalars(select(Account).where(Account.name == "li.wei")).one()
        made = administration.new_link(session, row, by="editor:chen.jie")
    page = f"/sign-in/link/{made.token}"
    assert "/provider" not in Traveller(app, provider).client.get(page).text
    sent = Traveller(app, provider).send(f"{page}/provider")
    assert (sent.status_code, sent.location) == (303, page)


def test_an_administrator_binds_a_subject_and_an_invited_person_comes_by_it(
    app: Flask, provider: Hostile, database: Database
) -> None:
    token = invited(database)
    page = f"/admin/accounts/{key_of(database, 'new.one')}/identities"
    chief = signed_in(app, provider, "chen.jie")
    assert chief.press(page, page, subject="").status_code == 422
    assert chief.press(page, page, subject=SUBJECT).location == page
    assert chief.press(page, page, subject=SUBJECT).status_code == 409
    assert holders(database) == [("new.one", SUBJECT, "editor:chen.jie")]
    guest = Traveller(app, provider)
    assert guest.there_and_back().status_code == 303
    assert guest.is_in()
    link = Traveller(app, provider).client.get(f"/sign-in/link/{token}")
    assert link.status_code == 404, "whoever came needs no link any more"
    assert chief.press(page, unbinding(chief, page)).location == page
    assert holders(database) == []
    assert not guest.is_in(), "the session that the identity began ends with it"


def test_letting_an_identity_go_keeps_this_session_and_ends_the_others(
    app: Flask, provider: Hostile, database: Database
) -> None:
    bound(database, "li.wei", provider.issuer)
    here, there = Traveller(app, provider), Traveller(app, provider)
    assert here.there_and_back().status_code == there.there_and_back().status_code == 303
    assert here.press(MINE, unbinding(here)).location == MINE
    assert here.is_in()
    assert not there.is_in()
    assert Traveller(app, provider).there_and_back().status_code == 403


def test_two_proofs_there_count_as_two_here_only_where_the_desk_says_so(
    database: Database, provider: Hostile
) -> None:
    bound(database, "li.wei", provider.issuer)
    for words, claims, proof in (
        ((), {"amr": ["pwd", "mfa"]}, "provider"),
        (("mfa",), {"amr": ["pwd", "mfa"]}, "provider_mfa"),
        (("mfa",), {"amr": ["pwd"]}, "provider"),
        (("gold",), {"acr": "gold"}, "provider_mfa"),
        (("mfa",), {"amr": [["mfa"]], "acr": ["mfa"]}, "provider"),
    ):
        provider.claims = dict(claims)
        app = desk_of(database, provider, oidc_mfa=words)
        assert Traveller(app, provider).there_and_back().status_code == 303
        with database.reading() as session:
            newest = select(OpenSession.proofs).order_by(OpenSession.id.desc()).limit(1)
            assert session.scalar(newest) == proof


def test_a_factor_of_the_desk_is_asked_for_after_the_provider(
    database: Database, provider: Hostile
) -> None:
    bound(database, "li.wei", provider.issuer)
    with_a_passkey(database, "li.wei")
    app = desk_of(database, provider, oidc_mfa=("mfa",))
    half = Traveller(app, provider)
    assert half.there_and_back().location.startswith("/sign-in/second")
    assert not half.is_in()
    provider.claims = {"amr": ["mfa"]}
    whole = Traveller(app, provider)
    assert whole.there_and_back().location == "/"
    assert whole.is_in()


def with_a_passkey(database: Database, name: str) -> None:
    """Give an account a factor that counts."""
    with database.writing("system:test") as session:
        row = session.scalars(select(Account).where(Account.name == name)).one()
        known = {"name": "key", "credential_id": "a", "public_key": "b", "confirmed_at": now()}
        factor = Factor(account_id=row.id, kind=FactorKind.PASSKEY, created_by="t", **known)
        session.add(factor)


def confirm(traveller: Traveller, provider: Hostile, **changed: str | None) -> TestResponse:
    """Prove anew who one is, by the provider."""
    sent = traveller.send("/confirm/provider", next="/queue")
    address = sent.headers["Refresh"].partition("url=")[2]
    asked = dict(parse_qsl(urlsplit(address).query))
    assert (asked["prompt"], asked["max_age"]) == ("login", "0")
    return traveller.client.get(provider.authorize(address, **changed))


def test_a_fresh_proof_comes_from_the_provider_only_if_it_asked_the_same_person_now(
    app: Flask, provider: Hostile, database: Database
) -> None:
    """T-OIDC: an old sign-in there, or one of a colleague, proves nothing about who is asking."""
    bound(database, "li.wei", provider.issuer)
    bound(database, "zhang.min", provider.issuer, "another")
    owner = signed_in(app, provider, "li.wei")
    began = proved_at(database)
    for claims, who in (
        ({}, SUBJECT),
        ({"auth_time": int(time.time()) - 120}, SUBJECT),
        ({"auth_time": "now"}, SUBJECT),
        ({"auth_time": int(time.time())}, "another"),
        ({"auth_time": int(time.time())}, "nobody"),
    ):
        provider.claims, provider.who = dict(claims), who
        assert confirm(owner, provider).status_code == 400, claims
    assert proved_at(database) == began
    provider.claims, provider.who = {"auth_time": int(time.time())}, SUBJECT
    back = confirm(owner, provider)
    assert (back.status_code, back.location) == (303, "/queue")
    assert proved_at(database) > began


def proved_at(database: Database) -> dt.datetime:
    with database.reading() as session:
        newest = select(OpenSession.proved_at).order_by(OpenSession.id.desc()).limit(1)
        found = session.scalar(newest)
        assert found is not None
        return found


def test_binding_asks_for_a_fresh_proof_which_the_provider_may_give(
    app: Flask, provider: Hostile, database: Database
) -> None:
    bound(database, "li.wei", provider.issuer)
    owner = Traveller(app, provider)
    assert owner.there_and_back().status_code == 303
    age_proofs(database)
    asked = owner.press(MINE, MINE)
    assert asked.status_code == 403
    assert "/confirm/provider" in asked.text
    provider.claims = {"auth_time": int(time.time())}
    page = f"/confirm?next={MINE}"
    assert owner.there_and_back(page, "/confirm/provider").location == MINE
    assert owner.press(MINE, MINE).headers["Refresh"]


def age_proofs(database: Database) -> None:
    """Let every proof be an hour old."""
    with database.writing("system:test") as session:
        session.execute(update(OpenSession).values(proved_at=now() - dt.timedelta(hours=1)))


def test_whoever_never_chose_a_password_is_not_asked_for_one(
    app: Flask, provider: Hostile, database: Database
) -> None:
    page = f"/sign-in/link/{invited(database)}"
    guest = Traveller(app, provider)
    guest.there_and_back(page, f"{page}/provider")
    guest.press(OWN, OWN)
    told = guest.client.get("/account/password").text
    assert "You have no password here" in told
    assert 'name="old"' not in told
    age_proofs(database)
    told = guest.client.get(f"/confirm?next={MINE}").text
    assert "You have no password here" in told
    assert "proof-password" not in told
    assert "/confirm/provider" in told
    known = signed_in(app, provider, "li.wei")
    assert 'name="old"' in known.client.get("/account/password").text
    age_proofs(database)
    assert "proof-password" in known.client.get("/confirm").text


def test_binding_and_letting_go_are_events_that_a_collector_reads(desk: Desk) -> None:
    """V16.2: by name, with who did it, and nothing of the identity itself."""
    with desk.database.writing("editor:chen.jie") as session:
        account = session.scalars(select(Account).where(Account.name == "li.wei")).one()
        known = {"issuer": "https://id.example.org", "subject": SUBJECT, "label": LABEL}
        row = identities.bind(session, account, by="editor:chen.jie", **known)
    with desk.database.writing("editor:chen.jie") as session:
        identities.unbind(session, row.id, session.get_one(Account, account.id))
    with desk.database.reading() as session:
        wanted = {Event.IDENTITY_BOUND, Event.IDENTITY_LET_GO}
        told = [plain(event, entry) for event, entry in events(session, Asked(), wanted)]
    assert [one["event"] for one in told] == ["identity_let_go", "identity_bound"]
    assert {(one["actor"], one["outcome"]) for one in told} == {("editor:chen.jie", "success")}
    assert SUBJECT not in str(told)
    assert LABEL not in str(told)
