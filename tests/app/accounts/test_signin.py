"""A password is looked at as long for a name that does not exist as for one that does."""

import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from argon2 import PasswordHasher, Type
from sqlalchemy.orm import Session

from app.accounts import administration, signin
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import add_account, check, matches
from app.db import Database
from tests.app.views.visit import Visit

PASSWORD = "a long enough password"


def cost(session: Session, name: str) -> float:
    """The least work of several tries, in seconds of this process."""
    spent = []
    for _ in range(4):
        begun = time.process_time()
        assert check(session, name, "wrong password") is None
        spent.append(time.process_time() - begun)
    return min(spent)


def test_a_password_is_hashed_as_the_standard_recommends(
    product_passwords: PasswordHasher,
) -> None:
    """RFC 9106, section 4, second choice: argon2id with t=3, p=4, m=64 MiB."""
    assert product_passwords.type is Type.ID
    assert product_passwords.time_cost >= 3
    assert product_passwords.memory_cost >= 64 * 1024
    assert product_passwords.hash(PASSWORD).startswith("$argon2id$v=19$m=65536,t=3,p=4$")


@pytest.mark.usefixtures("product_passwords")
def test_unknown_invited_and_known_names_cost_the_same(session: Session) -> None:
    """T-AUTH-2, in work instead of time."""
    account = add_account(
        session,
        name="li.wei",
        display_name="Li Wei",
        password=PASSWORD,
        roles={Role.CHECKER},
        by="editor:xu.ke",
    )
    administration.invite(
        session, name="new.one", display_name="", roles={Role.CHECKER}, by="editor:xu.ke"
    )
    assert matches(account, PASSWORD)
    assert not matches(account, "wrong password")
    known = cost(session, "li.wei")
    for name in ("nobody", "new.one"):
        assert known / 3 < cost(session, name) < known * 3


def test_few_hash_at_once_whoever_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    """T-DOS: each hash holds 64 MiB, and a wrong password costs its sender nothing."""
    at_work, most = list[str](), list[int]()

    def verify(_kept: str, typed: str) -> bool:
        at_work.append(typed)
        time.sleep(0.02)
        most.append(len(at_work))
        at_work.remove(typed)
        return False

    account = Account(name="li.wei", password_hash="kept")
    monkeypatch.setattr(signin, "HASHER", SimpleNamespace(verify=verify))
    with ThreadPoolExecutor(8) as threads:
        said = threads.map(lambda number: matches(account, str(number)), range(24))
    assert set(said) == {False}
    assert (len(most), max(most)) == (24, 2)


def test_both_answers_ask_the_database_the_same(sqlite_database: Database) -> None:
    visit = Visit(sqlite_database)
    asked = []
    for name in (visit.name, "nobody"):
        with visit.statements() as sent, sqlite_database.reading() as session:
            assert check(session, name, "wrong password") is None
        asked.append(len(sent))
    assert asked[0] == asked[1]
