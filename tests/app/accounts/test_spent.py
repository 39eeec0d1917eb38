"""What opens a door once opens it once, also where two processes hold it up at the same moment."""

import threading
import time
from collections.abc import Callable

import pyotp
from sqlalchemy.orm import Session

from app.accounts import recovery_codes, spent, totp
from app.accounts.factor_keys import FactorKeys
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.db import Database
from sources.base import now
from tests.app.views.visit import PASSWORD

BY = "system:test"


def at_once(database: Database, use: Callable[[Session], object]) -> list[bool]:
    """Use the same thing in two transactions that are both open; tell which of them it opened.

    Each stays open for a moment after its use, so that the other looks before it is over. On
    SQLite there is one at a time, and the second begins when the first is done.
    """
    gate, opened = threading.Barrier(2), list[bool]()

    def go() -> None:
        gate.wait(10)
        with database.writing(BY) as session:
            if not database.is_sqlite:
                gate.wait(10)
            opened.append(bool(use(session)))
            time.sleep(0.1)

    crowd = [threading.Thread(target=go) for _ in range(2)]
    for one in crowd:
        one.start()
    for one in crowd:
        one.join()
    return sorted(opened)


def test_of_two_that_show_the_same_proof_at_once_one_gets_in(database: Database) -> None:
    """T-AUTH-1: a telephone's code, a recovery code, and what a passkey was asked to sign."""
    keys = FactorKeys(database.settings.factor_key_file)
    with database.writing(BY) as session:
        made = {"name": "li.wei", "display_name": "Li", "password": PASSWORD}
        account = add_account(session, **made, roles={Role.CHECKER}, by=BY)
        owner, row = account.id, totp.begin(session, keys, account, "telephone", by=BY)
        row.confirmed_at = now()
        shown = pyotp.TOTP(totp.seed(keys, row)).generate_otp(int(now().timestamp()) // totp.STEP)
        kept = recovery_codes.make(session, owner, by=BY)[0]
    assert at_once(database, lambda held: totp.accept(held, keys, owner, shown)) == [False, True]
    assert at_once(database, lambda held: recovery_codes.use(held, owner, kept)) == [False, True]
    assert at_once(database, lambda held: spent.spend(held, "a challenge")) == [False, True]
    with database.reading() as session:
        assert spent.is_spent(session, "a challenge")
        assert recovery_codes.left(session, owner) == recovery_codes.HOW_MANY - 1
