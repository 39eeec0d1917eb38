"""Administration in the browser: who may, what is asked before, and what the ledger says after."""

import re

import pytest
from sqlalchemy import select

from app.accounts import recovery_codes
from app.accounts.models import Account
from app.accounts.roles import GRANTS, Permission, Role
from app.db import Database
from app.ledger import history
from claims.appendix.method import widths
from claims.policy import current_policy
from tests.app.jobs.deeds import work
from tests.app.views.second import Telephone
from tests.app.views.visit import Visit

PAGES = ("accounts", "accounts/new", "policy", "tokens", "health")
"""What only administrators open; the table of roles is for everybody."""


@pytest.fixture
def admin(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database, Role.ADMIN)


@pytest.fixture
def checker(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


def page_of(visit: Visit) -> str:
    with visit.database.reading() as session:
        key = session.scalars(select(Account.id).where(Account.name == visit.name)).one()
    return f"/admin/accounts/{key}"


def mark(page: str) -> str:
    """The state of the roles as the form on the page carries it."""
    found = re.search(r'name="version"[^>]*value="(\d+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMIN])
def test_nobody_but_an_administrator_gets_in(sqlite_database: Database, role: Role) -> None:
    """T-ROLE: a role opens its own pages only."""
    visit = Visit(sqlite_database, role)
    for page in PAGES:
        assert "Administer accounts and settings" in visit.get(f"/admin/{page}", 403).text
    own = page_of(visit)
    visit.get(own, 403)
    visit.get(f"{own}.json", 403)
    for act in ("roles", "link", "disable", "enable"):
        visit.post(f"{own}/{act}", 403, roles=["admin"])
    assert "Administration" not in visit.get("/account").text


def test_an_administrator_does_nothing_to_content() -> None:
    """T-2P: administering is no right to sign."""
    content = set(Permission) - {
        Permission.PUBLIC,
        Permission.READ,
        Permission.AUDIT,
        Permission.REDACT,
        Permission.ADMINISTER,
        Permission.MANAGE_JOBS,
    }
    assert GRANTS[Role.ADMIN] & content == set()
    assert [role for role in Role if Permission.ADMINISTER in GRANTS[role]] == [Role.ADMIN]


def test_roles_change_for_the_next_page_and_the_timeline_says_so(
    admin: Visit, checker: Visit
) -> None:
    page = page_of(checker)
    checker.get("/articles/new")
    seen = mark(admin.get(page).text)
    admin.post(f"{page}/roles", roles=["auditor"], version=seen)
    checker.get("/articles/new", 403)
    told = admin.get(page).text
    assert "Role Auditor given to The checker" in told
    assert "Role Checker taken from The checker" in told
    asked = admin.get("/audit/questions/roles-changed").text
    assert "Role Checker taken from The checker" in asked
    stale = admin.post(f"{page}/roles", 409, roles=["reporter"], version=seen).text
    assert "changed these roles meanwhile" in stale
    assert mark(stale) != seen


def test_what_happened_to_an_account_is_not_hidden_behind_ten_codes_and_says_who_did_it(
    admin: Visit, checker: Visit
) -> None:
    page = page_of(checker)
    admin.post(f"{page}/roles", roles=["checker", "auditor"], version=mark(admin.get(page).text))
    codes = Telephone(checker).recovery_codes
    told = admin.get(page).text
    assert "Recovery code made for" not in told
    assert "Recovery codes made: The checker" in told
    assert "The second factor being set up counts from now on" in told
    assert "Role Auditor given to The checker · The admin" in told
    with checker.database.writing(checker.actor) as session:
        key = session.scalars(select(Account.id).where(Account.name == checker.name)).one()
        assert recovery_codes.use(session, key, codes[0])
    assert "A recovery code was used" in admin.get(page).text
    admin.post(f"{page}/factors/reset")
    told = admin.get(page).text
    assert "A recovery code was used" in told
    assert "Recovery code of The checker taken away" in told


def test_an_account_is_shut_by_its_typed_name_and_opened_again(
    admin: Visit, checker: Visit
) -> None:
    page = page_of(checker)
    assert "Type the user name" in admin.post(f"{page}/disable", 422).text
    assert "as it stands" in admin.post(f"{page}/disable", 422, typed="checker").text
    checker.get("/queue")
    admin.post(f"{page}/disable", typed=checker.name)
    checker.get("/queue", 303)
    assert "Account disabled: The checker" in admin.get(page).text
    admin.post(f"{page}/disable", 409, typed=checker.name)
    admin.post(f"{page}/enable")
    assert "Account in use: The checker" in admin.get(page).text
    said = admin.get("/audit/questions/accounts-administered").text
    assert "account disabled" in said
    assert "account in use" in said


def test_an_administrator_signs_somebody_out_everywhere_and_never_themselves(
    admin: Visit, checker: Visit
) -> None:
    page = page_of(checker)
    assert f"{page}/sign-out" in admin.get(page).text
    admin.post(f"{page}/sign-out")
    checker.get("/queue", 303)
    told = admin.get(page).text
    assert "Nowhere at the moment" in told
    assert f"{page}/sign-out" not in told
    assert "Signed out everywhere: The checker" in told
    own = page_of(admin)
    assert f"{own}/sign-out" not in admin.get(own).text
    admin.post(f"{own}/sign-out", 409)
    admin.get("/queue")


def test_the_last_administrator_is_told_to_name_another_first(admin: Visit) -> None:
    page = page_of(admin)
    seen = mark(admin.get(page).text)
    for path, typed in (
        ("roles", {"roles": ["auditor"], "version": seen}),
        ("disable", {"typed": admin.name}),
    ):
        answer = admin.post(f"{page}/{path}", 422, **typed).text
        assert "This is the last administrator who can sign in." in answer
    admin.get("/admin/accounts")


def test_a_link_for_a_forgotten_password_is_shown_once(admin: Visit, checker: Visit) -> None:
    page = page_of(checker)
    found = re.search(r"/sign-in/link/([\w-]+)", admin.post(f"{page}/link", 200).text)
    assert found is not None
    told = admin.get(page).text
    assert found[1] not in told
    assert "One-time link made for The checker: another password" in told
    with admin.database.reading() as session:
        assert found[1] not in str(history.entries(session, table="account_link"))


def test_the_register_takes_as_many_statements_for_two_as_for_six(admin: Visit) -> None:
    # The first page leaves its mark in the cookie, which takes a look at what became of its key.
    admin.get("/admin/accounts")
    counts = []
    for language in ("e1", "e2"):
        for role in (Role.CHECKER, Role.REVIEWER):
            Visit(admin.database, role, language)
        with admin.statements() as sent:
            admin.get("/admin/accounts")
        counts.append(len(sent))
    assert counts[0] == counts[1]


def test_everybody_may_look_up_what_a_role_may_do(checker: Visit) -> None:
    page = checker.get("/admin/roles").text
    assert "Sign off claims and articles" in page
    assert "/admin/accounts" not in page
    own = checker.get("/account").text
    assert "Assess and submit claims" in own
    assert "Sign off claims and articles" not in own
    assert "/admin/roles" in checker.get("/help/accounts-and-programs").text


def test_the_matrix_says_who_holds_what(admin: Visit, checker: Visit) -> None:
    told = admin.get("/admin/roles.json").json
    assert told is not None
    by_role = {row["role"]: row for row in told["roles"]}
    assert by_role["checker"]["held_by"] == [checker.actor]
    assert set(by_role["admin"]["may"]) == {
        "read",
        "audit",
        "redact",
        "administer",
        "manage_jobs",
    }
    page = admin.get("/admin/roles").text
    assert page.count("<tr>") == len(Permission) + 1


def test_an_administrator_ends_the_token_of_another(admin: Visit, checker: Visit) -> None:
    shown = checker.post("/account/tokens", 200, name="board", scopes=["read"], days="30").text
    token = re.search(r'value="(desk_[^"]+)"', shown)
    assert token is not None
    page = admin.get("/admin/tokens").text
    assert "board" in page
    assert token[1] not in page
    ending = re.search(r'action="(/admin/tokens/[^"]+/revoke)"', page)
    assert ending is not None
    admin.post(ending[1])
    admin.post(ending[1], 409)
    bearer = {"Authorization": f"Bearer {token[1]}"}
    assert checker.app.test_client().get("/queue.json", headers=bearer).status_code == 401


def test_health_masks_secrets_and_knows_the_last_verification(admin: Visit) -> None:
    page = admin.get("/admin/health").text
    assert admin.database.settings.secret_key not in page
    assert "never" in page
    admin.post("/audit/verify")
    work(admin.database)
    told = admin.get("/admin/health.json").json
    assert told is not None
    vitals = told["vitals"]
    assert vitals["verified"]["well"] is True
    assert vitals["schema"]["well"] is True
    assert vitals["database"]["engine"] == "SQLite"
    assert told["settings"]["DESK_SECRET_KEY"] == "********"


def test_the_policy_page_shows_each_value_and_the_version(sqlite_database: Database) -> None:
    for language, word in (("en", "share of the number"), ("zh", "占该数的比例")):
        page = Visit(sqlite_database, Role.ADMIN, language).get("/admin/policy").text
        assert word in page
        assert current_policy().version in page
        for one in widths():
            assert f'<td class="num">{one.value}</td>' in page
            assert f'<td class="mono">{one.name}</td>' in page
