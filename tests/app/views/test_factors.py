"""Setting up, keeping and losing what one signs in with; and who must have it."""

import re

import pytest
from sqlalchemy import select

from app.accounts.factor_models import Factor
from app.accounts.models import Account
from app.accounts.roles import Role
from app.config import Settings
from app.db import Database
from app.factory import create_app
from tests.app.views.second import Telephone
from tests.app.views.visit import PASSWORD, Visit


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def strict(visit: Visit, wanted: str) -> None:
    """Open the desk anew with another wish for second factors."""
    known = visit.database.settings
    object.__setattr__(known, "second_factor", wanted)
    visit.app = create_app(known, visit.database)
    visit.app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    old = visit.client.get_cookie("desk_session")
    assert old is not None
    visit.client = visit.app.test_client()
    visit.client.set_cookie("desk_session", old.value)
    visit.client.set_cookie("desk_language", "en")


def key_of(visit: Visit) -> str:
    with visit.database.reading() as session:
        return str(session.scalars(select(Factor.id)).one())


def test_a_seed_is_shown_from_our_own_address_and_only_while_it_is_set_up(visit: Visit) -> None:
    telephone = Telephone(visit)
    place = visit.post("/account/factors/telephone", name="another").headers["Location"]
    page = visit.get(place).text
    assert f'<img src="{place}/code.svg"' in page
    drawn = visit.get(f"{place}/code.svg")
    assert drawn.mimetype == "image/svg+xml"
    assert drawn.headers["Cache-Control"] == "no-store"
    assert "style=" not in drawn.text
    other = Visit(visit.database, Role.REVIEWER)
    other.get(place, 404)
    other.get(f"{place}/code.svg", 404)
    assert visit.post(place, 422, code="000000").text.count("Error:") > 0
    for path in (telephone.place, f"{telephone.place}/code.svg"):
        visit.get(path, 404)


def test_the_seed_rests_under_a_key_outside_and_opens_in_its_own_row_alone(visit: Visit) -> None:
    """T-SEC: who has the database has no code; who swaps two rows has none either."""
    telephone = Telephone(visit)
    files = visit.database.settings.home.glob("desk.sqlite3*")
    assert telephone.seed.encode() not in b"".join(file.read_bytes() for file in files)
    with visit.database.reading() as session:
        row = session.scalars(select(Factor)).one()
    assert row.sealed is not None
    assert telephone.seed.encode() not in row.sealed
    assert visit.database.settings.factor_key_file.stat().st_mode & 0o077 == 0
    visit.database.settings.factor_key_file.write_text("00000000 " + "0" * 64 + "\n")
    client = visit.app.test_client()
    client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    answer = client.post("/sign-in/second", data={"proof-code": telephone.code(1)})
    assert answer.status_code == 503
    assert client.get("/queue").status_code == 303


def test_the_first_factor_and_a_removal_end_every_other_session(visit: Visit) -> None:
    other = visit.app.test_client()
    other.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    assert other.get("/queue").status_code == 200
    Telephone(visit)
    assert other.get("/queue").status_code == 303
    assert "第二重验证有改动" in other.get("/sign-in").text
    visit.get("/queue")
    visit.post(f"/account/factors/{key_of(visit)}/remove")
    visit.get("/queue")
    assert "None yet" in visit.get("/account/factors").text
    assert (
        other.post("/sign-in", data={"name": visit.name, "password": PASSWORD}).headers["Location"]
        == "/"
    )


def test_nobody_removes_or_resets_the_factor_of_another(visit: Visit) -> None:
    """T-ROLE: neither a colleague nor, for themselves, an administrator."""
    Telephone(visit)
    key, other = key_of(visit), Visit(visit.database, Role.ADMIN)
    other.post(f"/account/factors/{key}/remove", 404)
    with visit.database.reading() as session:
        ids = {row.name: row.id for row in session.scalars(select(Account))}
    visit.post(f"/admin/accounts/{ids[visit.name]}/factors/reset", 403)
    Telephone(other)
    refused = other.post(f"/admin/accounts/{ids[other.name]}/factors/reset", 409)
    assert "on the page of your account" in refused.text


def test_an_administrator_resets_what_somebody_lost(visit: Visit) -> None:
    Telephone(visit)
    admin = Visit(visit.database, Role.ADMIN)
    with visit.database.reading() as session:
        owner = session.scalars(select(Account.id).where(Account.name == visit.name)).one()
    page = admin.get(f"/admin/accounts/{owner}").text
    assert "my telephone" in page
    assert "10 recovery codes are left." in page
    admin.post(f"/admin/accounts/{owner}/factors/reset")
    assert "Second factors reset" in admin.get(f"/admin/accounts/{owner}").text
    visit.get("/queue", 303)
    answer = visit.post("/sign-in", name=visit.name, password=PASSWORD)
    assert answer.headers["Location"] == "/"
    assert admin.post(f"/admin/accounts/{owner}/factors/reset", 409)


@pytest.mark.parametrize("wanted", ["required", "checker,admin"])
def test_who_must_have_a_factor_does_nothing_before_there_is_one(visit: Visit, wanted: str) -> None:
    """T-AUTH-1: the sign-in is led to the set-up, and nothing else opens meanwhile."""
    strict(visit, wanted)
    assert visit.get("/queue", 303).headers["Location"] == "/account/factors"
    assert visit.get("/queue.json", 403).get_json()["code"] == "second_factor_wanted"
    refused = visit.post("/account/tokens", 403, name="x", scopes=["read"], days="90")
    assert "a second factor comes first" in refused.text
    assert "rules of checking" not in refused.text
    assert "A passkey" in visit.get("/help/signing-in-safely").text
    visit.post("/account/password", 403, old=PASSWORD)
    assert "nothing else is open" in visit.get("/account/factors").text
    Telephone(visit)
    visit.get("/queue")
    page = visit.get("/account/factors").text
    assert "the last one, which you must have" in page
    refused = visit.post(f"/account/factors/{key_of(visit)}/remove", 409)
    assert "must have a second factor" in refused.text


def test_who_need_not_have_one_is_left_alone(visit: Visit) -> None:
    strict(visit, "admin")
    assert "Set one up" not in visit.get("/queue").text
    page = visit.get("/account/factors").text
    assert "A password alone opens this account." in page
    assert "nothing else is open" not in page
    Telephone(visit)
    assert "the last one, which you must have" not in visit.get("/account/factors").text
    visit.post(f"/account/factors/{key_of(visit)}/remove")
    assert "None yet" in visit.get("/account/factors").text


def test_a_role_that_nobody_can_have_keeps_the_desk_from_starting(
    sqlite_database: Database,
) -> None:
    home = str(sqlite_database.settings.home)
    for wanted in ("boss", "required,admin", "optional,required"):
        with pytest.raises(ValueError, match="DESK_SECOND_FACTOR"):
            create_app(
                Settings.load({"DESK_HOME": home, "DESK_SECOND_FACTOR": wanted}), sqlite_database
            )


def test_the_page_says_who_came_in_both_languages(sqlite_database: Database) -> None:
    for language, word in (("en", "Proved by"), ("zh", "凭据")):
        visit = Visit(sqlite_database, Role.REPORTER, language)
        page = visit.get("/account/factors").text
        assert word in page
        twin = visit.get("/account/factors.json").json
        assert twin is not None
        assert [row["proofs"] for row in twin["signed_in"]] == [["password"]]
        assert re.search(r"sha256|sealed|public_key", str(twin)) is None
