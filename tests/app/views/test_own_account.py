"""One's own account: what one changes, where one is signed in, and tokens for programs."""

import re
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select, update

from app.accounts import failures
from app.accounts.administration import invite
from app.accounts.models import Account, OpenSession
from app.accounts.roles import Role
from app.accounts.vocabulary import Proof
from app.db import Database
from app.ledger import history
from claims.errors import Conflict
from tests.app.browser import Reader
from tests.app.views.second import Telephone
from tests.app.views.visit import PASSWORD, Visit

OTHER = "another password of mine"


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def elsewhere(visit: Visit) -> Any:
    """The same person in another browser."""
    client = visit.app.test_client()
    client.set_cookie("desk_language", "en")
    client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    assert client.get("/queue").status_code == 200
    return client


def row_of(visit: Visit) -> Account:
    with visit.database.reading() as session:
        return session.scalars(select(Account).where(Account.name == visit.name)).one()


def a_token(visit: Visit, *scopes: str) -> str:
    page = visit.post("/account/tokens", 200, name="board", scopes=list(scopes), days="90").text
    found = re.search(r'value="(desk_[^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "shown",
    [
        "Zhou Qi",
        "ＺＨＯＵ　ＱＩ",
        "zhou-qi",
        "zhou.qi",
        "Zhou\u00a0Qi.",
        "Zhоu Qі",
        "ZHΟU QΙ",
        "Zh0u Ql",
    ],
)
def test_nobody_goes_by_the_name_of_somebody_else(visit: Visit, shown: str) -> None:
    """T-2P: what one person does is not told as another's doing."""
    with visit.database.writing("system:test") as session:
        invite(session, name="zhou.qi", display_name="Zhou Qi", roles={Role.CHECKER}, by="x")
    before = row_of(visit)
    typed: dict[str, Any] = {"display_name": shown, "language": "en", "theme": "dark"}
    typed |= {"version": str(before.version)}
    page = visit.post("/account", 409, **typed).text
    assert "zhou.qi of this desk is known by this name" in page
    assert row_of(visit).display_name == before.display_name
    visit.post("/account", **{**typed, "display_name": "Zhou Qi (economy)"})
    with visit.database.writing("system:test") as session, pytest.raises(Conflict):
        invite(session, name="li.wu", display_name=shown, roles={Role.CHECKER}, by="x")


def test_name_language_and_look_are_kept(visit: Visit) -> None:
    version = str(row_of(visit).version)
    typed: dict[str, Any] = {
        "display_name": "Li Wei",
        "language": "zh",
        "theme": "dark",
        "version": version,
    }
    answer = visit.post("/account", **typed)
    cookies = answer.headers.getlist("Set-Cookie")
    assert any(cookie.startswith("desk_theme=dark") for cookie in cookies)
    page = visit.get("/account").text
    assert 'data-theme="dark"' in page
    assert "我的账户" in page
    assert row_of(visit).display_name == "Li Wei"
    assert "别处改过" in visit.post("/account", 409, **typed).text


def test_a_new_password_asks_for_the_old_one_and_ends_every_other_session(visit: Visit) -> None:
    other, cookie = elsewhere(visit), row_of(visit).session_token
    typed: dict[str, Any] = {"password": OTHER, "again": OTHER}
    wrong = visit.post("/account/password", 422, old="not my password", **typed).text
    assert "not the password you have now" in wrong
    visit.post("/account/password", old=PASSWORD, **typed)
    assert row_of(visit).session_token != cookie
    visit.get("/queue")
    assert other.get("/queue").status_code == 303
    assert "password was changed" in other.get("/sign-in").text
    with visit.database.reading() as session:
        newest = history.entries(session, kind="act", actor=visit.actor, limit=5)
    acts = [one for one in newest if one.op == "password_changed"]
    assert [(act.new or {})["sessions"] for act in acts] == [1]


def test_one_session_or_all_others_are_ended(visit: Visit) -> None:
    first, second = elsewhere(visit), elsewhere(visit)
    page = visit.get("/account/sessions").text
    assert page.count('<th scope="row"') == 3
    assert page.count("this one") == 1
    ending = re.findall(r'action="(/account/sessions/[0-9a-f-]{36}/end)"', page)
    assert len(ending) == 2
    visit.post(ending[0])
    assert [client.get("/queue").status_code for client in (first, second)].count(303) == 1
    visit.post("/account/sessions/end-others")
    assert {client.get("/queue").status_code for client in (first, second)} == {303}
    assert visit.get("/account/sessions").text.count('<th scope="row"') == 1


def test_a_session_of_somebody_else_is_not_there(visit: Visit) -> None:
    """form-04: another's is as missing as none."""
    with visit.database.reading() as session:
        key = session.scalars(select(OpenSession.id)).one()
    other = Visit(visit.database, Role.REVIEWER)
    other.post(f"/account/sessions/{key}/end", 404)
    visit.get("/queue")


def test_a_token_opens_twins_and_nothing_else(visit: Visit) -> None:
    bearer = {"Authorization": f"Bearer {a_token(visit, 'read')}"}
    program = visit.app.test_client()
    answer = program.get("/queue.json", headers=bearer)
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    assert "Set-Cookie" not in answer.headers
    needed = program.get("/audit.json", headers=bearer)
    assert needed.status_code == 403
    assert needed.json is not None
    assert needed.json["needs"]["scopes"] == ["audit"]
    for path in ("/queue", "/account", "/contested.csv", "/nowhere"):
        assert program.get(path, headers=bearer).status_code == 401, path
    assert program.post("/language", data={"language": "en"}, headers=bearer).status_code == 401
    assert program.get("/queue.json").status_code == 401


def test_every_token_that_does_not_work_has_the_same_answer(visit: Visit) -> None:
    token = a_token(visit, "read")
    key = re.search(r"/account/tokens/([0-9a-f-]{36})/revoke", visit.get("/account/tokens").text)
    assert key is not None
    visit.post(f"/account/tokens/{key[1]}/revoke")
    program, said = visit.app.test_client(), set()
    for text in (token, "desk_unknown", "", "x" * 900):
        answer = program.get("/queue.json", headers={"Authorization": f"Bearer {text}"})
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == 'Bearer realm="Claim Desk"'
        assert answer.json is not None
        said.add(str(answer.json | {"request": ""}))
    assert len(said) == 1
    signed_in = visit.client.get("/queue.json", headers={"Authorization": "Bearer desk_unknown"})
    assert signed_in.status_code == 401


def test_a_header_of_another_scheme_is_no_token_and_no_fault(visit: Visit) -> None:
    """T-BAD: what is neither base64 nor text was a server error, from somebody without a name."""
    nobody = visit.app.test_client()
    for words in ("Basic desk_\xff", "Basic \xff", "Basic =", "\xff", "Digest a=\xff, b"):
        told = {"Authorization": words}
        assert nobody.get("/queue.json", headers=told).status_code == 401
        assert visit.client.get("/queue.json", headers=told).status_code == 200
    written = {"Authorization": f"bEARER  {a_token(visit, 'read')} "}
    assert nobody.get("/queue.json", headers=written).status_code == 200


def test_a_token_is_shown_once(visit: Visit) -> None:
    token = a_token(visit, "read", "audit")
    for path in ("/account/tokens", "/account/tokens.json", "/account.json"):
        assert token not in visit.get(path).text
    assert (
        "Choose at least one scope." in visit.post("/account/tokens", 422, name="x", days="90").text
    )


def test_whoever_finds_a_browser_open_does_not_guess_its_password_for_long(visit: Visit) -> None:
    fields = {"old": "a wrong password", "password": OTHER, "again": OTHER}
    fields["receipt"] = "r"
    answers = [visit.client.post("/account/password", data=fields) for _ in range(11)]
    assert [answer.status_code for answer in answers] == [422] * 10 + [429]
    assert int(answers[-1].headers["Retry-After"]) > 0
    visit.post("/account/password", 429, **{**fields, "old": PASSWORD})


def test_a_wrong_guess_at_ones_password_is_noted_for_its_owner(visit: Visit) -> None:
    """T-AUTH-1: whoever guesses in a browser left alone is seen as one at the door is."""
    fields: dict[str, Any] = {"old": "a wrong password", "password": OTHER, "again": OTHER}
    visit.post("/account/password", 422, **fields)
    with visit.database.reading() as session:
        noted = failures.of_account(session, row_of(visit).id, 5)
    assert [row.proof for row in noted] == [Proof.PASSWORD]
    visit.post("/account/password", **{**fields, "old": PASSWORD})


def test_no_token_lists_by_which_ways_its_owner_gets_in(visit: Visit) -> None:
    """T-ROLE: a program that reads the desk needs to know neither sessions nor factors."""
    bearer = {"Authorization": f"Bearer {a_token(visit, 'read')}"}
    program = visit.app.test_client()
    for name in ("sessions", "tokens", "factors", "identities"):
        assert program.get(f"/account/{name}.json", headers=bearer).status_code == 403
        assert visit.get(f"/account/{name}.json").is_json
    assert program.get("/account.json", headers=bearer).status_code == 200


def test_a_token_waits_until_its_owner_has_the_factor_they_must_have(visit: Visit) -> None:
    """T-AUTH-1: a token from before opens no more than the password does."""
    bearer = {"Authorization": f"Bearer {a_token(visit, 'read')}"}
    program, settings = visit.app.test_client(), visit.database.settings
    visit.database.settings = replace(settings, second_factor="required")
    assert program.get("/queue.json", headers=bearer).status_code == 403
    visit.database.settings = replace(settings, second_factor=Role.AUDITOR.value)
    assert program.get("/queue.json", headers=bearer).status_code == 200
    visit.database.settings = replace(settings, second_factor="required")
    with visit.database.writing("system:test") as session:
        row = session.scalars(select(OpenSession)).one()
        row.proofs = f"{Proof.PROVIDER} {Proof.PROVIDER_MFA}"
    assert program.get("/queue.json", headers=bearer).status_code == 200
    with visit.database.writing("system:test") as session:
        session.execute(update(OpenSession).values(proofs=Proof.PROVIDER))
    assert program.get("/queue.json", headers=bearer).status_code == 403
    Telephone(visit)
    assert program.get("/queue.json", headers=bearer).status_code == 200


def test_the_form_of_a_token_is_not_held_back_for_a_draft_that_nobody_keeps(visit: Visit) -> None:
    form = Reader(visit.get("/account/tokens").text).form("scopes")
    assert form.fields["draft"] == [""]
