"""A desk under attack does what it is asked and is as it was afterwards."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.db import Database
from claims.errors import Conflict
from tests.app.browser import PASSWORD
from tests.nightly.unkept import Unkept


def add(database: Database, name: str) -> None:
    with database.writing("system:test") as session:
        add_account(
            session,
            name=name,
            display_name=name,
            password=PASSWORD,
            roles={Role.CHECKER},
            by="system:test",
        )


def count(database: Database) -> int:
    with database.reading() as session:
        return session.scalar(select(func.count()).select_from(Account)) or 0


def test_what_is_written_is_undone_for_as_long_as_it_lasts(database: Database) -> None:
    unkept = Unkept(database.settings)
    with unkept.undoing():
        add(unkept, "li.wei")
        add(unkept, "li.wei")
    assert count(unkept) == 0
    add(unkept, "li.wei")
    assert count(unkept) == 1
    with unkept.undoing(), pytest.raises(Conflict):
        add(unkept, "li.wei")
    unkept.close()
