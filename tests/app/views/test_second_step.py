"""The second step cannot be skipped, repeated, guessed, borrowed or waited out."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from app.accounts import failures, spent, waiting
from app.accounts.factor_models import FailedProof
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.vocabulary import Proof
from app.db import Database
from app.ledger import history
from app.once.asked import new_key
from sources.base import now
from tests.app.views.second import Telephone
from tests.app.views.visit import PASSWORD, Visit

SECOND = "/sign-in/second"


@pytest.fixture
def visit(sqlite_database: Database) -> Visit:
    return Visit(sqlite_database)


@pytest.fixture
def telephone(visit: Visit) -> Telephone:
    return Telephone(visit)


def browser(visit: Visit, language: str = "en") -> FlaskClient:
    """A browser in which nobody is signed in."""
    client = visit.app.test_client()
    client.set_cookie("desk_language", language)
    return client


def halfway(visit: Visit) -> FlaskClient:
    """A browser in which the password was typed."""
    client = browser(visit)
    answer = client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    assert answer.headers["Location"].startswith(SECOND)
    return client


def give(client: FlaskClient, code: str) -> int:
    return client.post(SECOND, data={"proof-code": code}).status_code


def is_in(client: FlaskClient) -> bool:
    return client.get("/queue").status_code == 200


def test_a_password_alone_opens_no_page_of_an_account_with_a_telephone(
    visit: Visit, telephone: Telephone
) -> None:
    """T-AUTH-1: the second step is not skipped by an address."""
    client = halfway(visit)
    for path in ("/", "/queue", "/account", "/account/factors", "/confirm", "/queue.json"):
        assert client.get(path).status_code in {303, 401}, path
    assert client.post("/account/tokens", data={"name": "x"}).status_code == 303
    assert client.post("/confirm", data={"proof-password": PASSWORD}).status_code == 303
    assert give(client, "000000") == 422
    assert not is_in(client)
    assert give(client, telephone.code(1)) == 303
    assert is_in(client)


def test_a_code_opens_once_and_so_does_a_first_step(visit: Visit, telephone: Telephone) -> None:
    """T-AUTH-1: a code that was used, and a cookie that was copied, lead nowhere."""
    first = halfway(visit)
    copied = browser(visit)
    cookie = first.get_cookie("desk_session")
    assert cookie is not None
    copied.set_cookie("desk_session", cookie.value)
    assert give(first, telephone.code(1)) == 303
    other = halfway(visit)
    assert give(other, telephone.code(1)) == 422
    assert give(other, telephone.code()) == 422
    assert copied.get(SECOND).status_code == 303
    assert give(copied, telephone.recovery_codes[0]) == 303
    assert not is_in(copied)


def test_a_code_from_long_ago_or_of_another_seed_is_refused(
    visit: Visit, telephone: Telephone
) -> None:
    client = halfway(visit)
    for steps in (-3, -2, 2, 3):
        assert give(client, telephone.code(steps)) == 422, steps
    for typed in ("", "12345", "1234567", "abcdef", "-", "9" * 5000, "\0" * 6):
        assert give(client, typed) == 422, typed


def test_what_was_wrong_is_said_of_what_one_has(visit: Visit, telephone: Telephone) -> None:
    """Whoever has a telephone alone is told of no passkey, and a recovery code has no next one."""
    del telephone
    client = halfway(visit)

    def said(code: str) -> str:
        page = client.post(SECOND, data={"proof-code": code}).text
        return page.partition("You are not signed in yet")[2].partition("<h1")[0]

    assert "Type the code that your telephone shows now" in said(" ")
    assert "passkey" not in said(" ")
    assert "Wait for the next one" in said("000 000")
    assert "Wait for the next one" not in said("aaaa-bbbb-cccc-dddd-eeee-ffff")
    assert "Take another one" in said("aaaa-bbbb-cccc-dddd-eeee-ffff")


@pytest.mark.parametrize("how", ["later", "password", "disabled", "elsewhere"])
def test_the_state_between_the_steps_ends(visit: Visit, telephone: Telephone, how: str) -> None:
    """T-AUTH-1: it lasts five minutes, and no longer than password, account and sessions."""
    client, values = halfway(visit), dict[str, Any]()
    if how == "later":
        with client.session_transaction() as kept:
            kept[waiting.PLACE]["begun"] -= int(waiting.LASTS.total_seconds())
            kept.modified = True
    elif how == "disabled":
        values = {"active": False}
    elif how == "password":
        typed: dict[str, Any] = {"old": PASSWORD, "password": "another kettle of mine"}
        visit.post("/account/password", again=typed["password"], **typed)
    else:
        visit.post("/account/sessions/end-others")
    if values:
        with visit.database.writing("system:test") as session:
            session.execute(update(Account).where(Account.name == visit.name).values(**values))
    assert client.get(SECOND).status_code == 303
    assert give(client, telephone.code(1)) == 303
    assert not is_in(client)


def test_nobody_waits_by_a_cookie_of_their_own_making(visit: Visit, telephone: Telephone) -> None:
    client = halfway(visit)
    cookie = client.get_cookie("desk_session")
    assert cookie is not None
    head, _, seal = cookie.value.rpartition(".")
    client.set_cookie("desk_session", f"{head}.{seal[::-1]}")
    assert give(client, telephone.code(1)) == 303
    assert not is_in(client)


def test_the_eleventh_code_waits_wherever_it_comes_from(visit: Visit, telephone: Telephone) -> None:
    """T-AUTH-1: codes are counted by account, across browsers and addresses."""
    client = halfway(visit)
    for number in range(10):
        address = {"REMOTE_ADDR": f"198.51.100.{number}"}
        assert (
            client.post(SECOND, data={"proof-code": "000000"}, environ_base=address).status_code
            == 422
        )
    client = halfway(visit)
    answer = client.post(SECOND, data={"proof-code": telephone.code(1)})
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0


def test_a_day_of_guessing_ends_before_it_succeeds(visit: Visit, telephone: Telephone) -> None:
    """T-AUTH-1: past a hundred wrong codes in a day none is looked at; a recovery code is."""
    with visit.database.writing("system:test") as session:
        owner = session.scalars(select(Account.id).where(Account.name == visit.name)).one()
        session.add_all(
            FailedProof(account_id=owner, proof=Proof.TOTP, browser="", address="", tried_at=now())
            for _ in range(failures.MOST_CODES)
        )
    client = halfway(visit)
    assert give(client, telephone.code(1)) == 429
    assert give(client, telephone.recovery_codes[0]) == 303
    assert is_in(client)


def test_a_recovery_code_opens_once_and_is_counted_down(visit: Visit, telephone: Telephone) -> None:
    client = halfway(visit)
    typed = telephone.recovery_codes[0].upper().replace("-", " ")
    answer = client.post(SECOND, data={"proof-code": typed})
    assert answer.headers["Location"] == "/account/factors"
    page = client.get("/account/factors").text
    assert "9 are left" in page
    assert "9 recovery codes are left" in page
    assert give(halfway(visit), telephone.recovery_codes[0]) == 422
    new = visit.post("/account/factors/recovery-codes", 200).text
    assert telephone.recovery_codes[1] not in new
    assert give(halfway(visit), telephone.recovery_codes[1]) == 422


def test_the_codes_come_as_a_file_to_whoever_was_shown_them(
    visit: Visit, telephone: Telephone
) -> None:
    path, shown = "/account/factors/recovery-codes/file", telephone.recovery_codes
    answer = visit.client.post(path, data={"code": shown})
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert [line for line in answer.text.splitlines() if "-" in line] == shown
    assert visit.client.post(path, data={"code": ["<b>" + shown[0]]}).status_code == 422


def test_a_link_that_resets_the_password_does_not_skip_the_second_step(
    visit: Visit, telephone: Telephone
) -> None:
    """T-AUTH-1: no way in is a way around: a one-time link is one proof as well."""
    admin = Visit(visit.database, Role.ADMIN)
    with visit.database.reading() as session:
        owner = session.scalars(select(Account.id).where(Account.name == visit.name)).one()
    page = admin.post(f"/admin/accounts/{owner}/link", 200).text
    link = page.partition('value="http://localhost')[2].partition('"')[0]
    client, new = browser(visit), "another kettle of mine"
    answer = client.post(link, data={"password": new, "again": new, "receipt": new_key()})
    assert answer.headers["Location"].startswith(SECOND)
    assert not is_in(client)
    assert give(client, telephone.code(1)) == 303
    assert is_in(client)


def test_each_step_is_on_record_without_its_secret(visit: Visit, telephone: Telephone) -> None:
    """T-SEC: neither seed, nor code, nor challenge is in the ledger; how somebody came in is."""
    client = halfway(visit)
    give(client, "000000")
    code = telephone.code(1)
    give(client, code)
    give(halfway(visit), telephone.recovery_codes[3])
    with visit.database.reading() as session:
        entries = history.entries(session, limit=200)
    told = str([(entry.op, entry.old, entry.new) for entry in entries])
    for secret in (telephone.seed, *telephone.recovery_codes, PASSWORD):
        assert secret not in told
        assert secret.replace("-", "") not in told
    ways = [(entry.new or {})["proofs"] for entry in entries if entry.op == "sign_in"]
    assert ways == [["password", "recovery_code"], ["password", "totp"]]
    assert {"factor_added", "recovery_codes_made"} <= {entry.op for entry in entries}
    page = visit.get("/account/factors").text
    assert "password · code" in page
    assert "password · recovery code" in page
    assert page.count("a browser not seen before") == 2
    assert page[page.index("Who tried and failed") :].count(">code</td>") == 1


def test_a_browser_is_known_again_after_signing_out(visit: Visit) -> None:
    client = browser(visit)
    for _ in range(2):
        client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
        client.post("/sign-out")
    client.set_cookie("desk_browser", "<script>" * 20)
    client.post("/sign-in", data={"name": visit.name, "password": PASSWORD})
    assert visit.get("/account/factors").text.count("a browser not seen before") == 2


def test_two_browsers_with_one_code_are_told_apart(database: Database) -> None:
    """T-AUTH-1: the step is used up by one statement, on each engine."""
    visit = Visit(database)
    telephone = Telephone(visit)
    code = telephone.code(1)
    clients = [halfway(visit), halfway(visit)]
    answers = sorted(give(client, code) for client in clients)
    assert answers == [303, 422]
    with database.writing("visitor") as session:
        assert spent.spend(session, "key")
        assert not spent.spend(session, "key")
