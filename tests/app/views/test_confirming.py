"""What changes who can get in asks again who one is; what was being sent is done, not lost."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select, update

from app.accounts.models import Account, ApiToken, OpenSession
from app.accounts.roles import Role
from app.accounts.sessions import FRESH
from app.db import Database
from app.ledger import history
from app.once.asked import new_key
from app.permissions import needs_fresh_proof
from tests.app.views.second import Telephone
from tests.app.views.visit import PASSWORD, Visit

GUARDED = (
    "/admin/accounts",
    "/admin/tokens",
    "/account/factors",
    "/account/tokens",
    "/account/identities",
)
TOKEN: dict[str, Any] = {"name": "board", "scopes": "read", "days": "90"}


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def grow_old(visit: Visit, by: dt.timedelta = FRESH) -> None:
    """Let the last proof of every session be too long ago."""
    with visit.database.writing("system:test") as session:
        before = OpenSession.proved_at
        row = session.scalars(select(before).limit(1)).one()
        assert row is not None
        session.execute(update(OpenSession).values(proved_at=row - by - dt.timedelta(seconds=1)))


def tokens(visit: Visit) -> list[str]:
    with visit.database.reading() as session:
        return list(session.scalars(select(ApiToken.name)))


def test_what_was_sent_is_done_with_the_proof(visit: Visit) -> None:
    visit.post("/account/tokens", 200, **TOKEN)
    grow_old(visit)
    page = visit.post("/account/tokens", 403, **(TOKEN | {"name": "second <b>"})).text
    assert "What you sent is not lost" in page
    assert '<input type="hidden" name="name" value="second &lt;b&gt;">' in page
    assert '<input type="hidden" name="days" value="90">' in page
    assert tokens(visit) == ["board"]
    sent = TOKEN | {"name": "second", "receipt": new_key()}
    wrong = visit.client.post("/account/tokens", data=sent | {"proof-password": "not it"})
    assert (wrong.status_code, "not it" in wrong.text) == (422, False)
    assert "That is not right" in wrong.text
    right = visit.client.post("/account/tokens", data=sent | {"proof-password": PASSWORD})
    assert right.status_code == 200
    assert "desk_" in right.text
    assert tokens(visit) == ["board", "second"]
    visit.post("/account/tokens", 200, **(TOKEN | {"name": "third"}))
    with visit.database.reading() as session:
        acts = history.entries(session, kind="act", actor=visit.actor, limit=5)
    assert [(entry.op, entry.new) for entry in acts if entry.op == "proved"] == [
        ("proved", {"name": visit.name, "proof": "password"})
    ]


def test_a_page_asks_before_it_opens_and_leads_on(visit: Visit) -> None:
    grow_old(visit)
    answer = visit.get("/account/factors/telephone", 303)
    assert answer.headers["Location"] == "/confirm?next=/account/factors/telephone"
    page = visit.get(answer.headers["Location"]).text
    assert 'autocomplete="current-password"' in page
    assert 'name="proof-code"' not in page
    assert visit.client.post("/confirm", data={}).status_code == 403
    sent = {"proof-password": PASSWORD}
    on = visit.client.post("/confirm?next=/account/factors/telephone", data=sent)
    assert on.headers["Location"] == "/account/factors/telephone"
    visit.get("/account/factors/telephone")
    away = visit.client.post("/confirm?next=//elsewhere.example", data=sent)
    assert away.headers["Location"] == "/"


def test_a_stolen_session_removes_nothing_and_guesses_ten_times(visit: Visit) -> None:
    """T-AUTH-1: a cookie alone neither adds, removes nor shows what one signs in with."""
    telephone = Telephone(visit)
    key = telephone.place.rsplit("/", 1)[1]
    grow_old(visit)
    paths = (f"/{key}/remove", "/recovery-codes", "/telephone", "/passkey", "/passkey/challenge")
    for path in paths:
        assert visit.client.post(f"/account/factors{path}", data={"name": "x"}).status_code == 403
    for path in ("/telephone", "/passkey", f"/telephone/{key}", f"/telephone/{key}/code.svg"):
        assert visit.client.get(f"/account/factors{path}").status_code == 303
    for code in ("000000", telephone.recovery_codes[0]) * 5:
        sent = {"proof-code": code}
        path = f"/account/factors/{key}/remove"
        assert visit.client.post(path, data=sent).status_code == 422
    sent = {"proof-password": PASSWORD}
    assert visit.client.post(f"/account/factors/{key}/remove", data=sent).status_code == 429
    assert "my telephone" in visit.get("/account/factors").text


def test_a_code_proves_it_once(visit: Visit) -> None:
    telephone = Telephone(visit)
    grow_old(visit)
    sent = {"proof-code": telephone.code(1)}
    assert visit.client.post("/confirm", data=sent).status_code == 303
    grow_old(visit)
    assert visit.client.post("/confirm", data=sent).status_code == 422


def test_every_change_to_an_account_asks(sqlite_database: Database) -> None:
    """T-ROLE: roles, accounts, links, tokens and factors; a route that does not ask is named."""
    admin = Visit(sqlite_database, Role.ADMIN)
    changing = {
        rule.endpoint
        for rule in admin.app.url_map.iter_rules()
        if "POST" in (rule.methods or ())
        and rule.rule.startswith(("/admin/accounts", "/admin/tokens", "/account/"))
    }
    asking = {name for name in changing if needs_fresh_proof(admin.app, name)}
    assert len(changing) >= 20
    # The first asks for the password itself; keys on a keyboard let nobody in.
    assert changing - asking == {"own_account.change_password", "key_choices.save"}
    grow_old(admin)
    with sqlite_database.reading() as session:
        owner = session.scalars(select(Account.id)).first()
    page = admin.post(f"/admin/accounts/{owner}/roles", 403, roles=["admin", "checker"]).text
    assert page.count('<input type="hidden" name="roles"') == 2


def test_the_forged_form_is_refused_before_any_proof_is_asked(visit: Visit) -> None:
    """T-CSRF: a proof rides along only with a form of this desk."""
    visit.app.config["WTF_CSRF_ENABLED"] = True
    grow_old(visit)
    sent = TOKEN | {"proof-password": PASSWORD, "receipt": new_key()}
    assert visit.client.post("/account/tokens", data=sent).status_code == 403
    other = {"Sec-Fetch-Site": "cross-site"}
    assert visit.client.post("/account/tokens", data=sent, headers=other).status_code == 403
    for path in ("/sign-in/second", "/sign-in/passkey", "/sign-in/passkey/challenge", "/confirm"):
        assert visit.client.post(path, data=sent).status_code == 403, path
    assert tokens(visit) == []
