"""What a password may be, and that it counts exactly as it was typed."""

import datetime as dt

import pytest
from sqlalchemy import update

from app.accounts.models import Account
from app.accounts.passwords import LONGEST, SHORTEST
from app.accounts.roles import Role
from app.accounts.signin import add_account, check, hashed
from app.db import Database
from claims.errors import Refused

TYPED = "Müller trinkt 三杯茶 "


@pytest.fixture
def keeper(sqlite_database: Database) -> Database:
    """A desk at which li.wei has the password TYPED."""
    with sqlite_database.writing("system:test") as session:
        add_account(session, name="li.wei", display_name="李薇", password=TYPED,
                    roles={Role.CHECKER}, by="system:test")  # fmt: skip
    return sqlite_database


def lets_in(database: Database, password: str) -> bool:
    with database.reading() as session:
        return check(session, "li.wei", password) is not None


@pytest.mark.parametrize(
    "typed",
    [
        "mare crumb vault tin",
        "九月的风吹过编辑部的窗边",
        "84170296553018",
        "%&/()=?`´+*" * 6,
    ],
)
def test_a_password_is_long_and_otherwise_free(sqlite_database: Database, typed: str) -> None:
    """Twelve characters of any kind are enough, two hundred are not too many."""
    assert SHORTEST >= 8
    assert LONGEST >= 64
    with sqlite_database.reading() as session:
        assert hashed(session, typed).startswith("$argon2id$")
        for wrong in (typed[: SHORTEST - 1], typed * (LONGEST // len(typed) + 1)):
            with pytest.raises(Refused):
                hashed(session, wrong)


def test_a_password_counts_letter_by_letter(keeper: Database) -> None:
    assert lets_in(keeper, TYPED)
    for other in (TYPED.strip(), TYPED.lower(), TYPED.upper(), f" {TYPED}", TYPED[:-2],
                  TYPED.replace("ü", "u\u0308"), f"{TYPED}x"):  # fmt: skip
        assert not lets_in(keeper, other), other


def test_what_is_typed_beyond_the_longest_password_opens_nothing(
    sqlite_database: Database,
) -> None:
    longest = "".join(chr(0x4E00 + number) for number in range(LONGEST))
    with sqlite_database.writing("system:test") as session:
        add_account(session, name="li.wei", display_name="李薇", password=longest,
                    roles={Role.CHECKER}, by="system:test")  # fmt: skip
    assert lets_in(sqlite_database, longest)
    assert not lets_in(sqlite_database, longest + "x")


def test_no_password_grows_old(keeper: Database) -> None:
    long_ago = dt.datetime(2001, 1, 1, tzinfo=dt.UTC)
    with keeper.writing("system:test") as session:
        session.execute(update(Account).values(created_at=long_ago))
    assert lets_in(keeper, TYPED)
