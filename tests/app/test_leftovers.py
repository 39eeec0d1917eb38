"""What is left over goes: old drafts, those of people without access, and who was there."""

import datetime as dt

from sqlalchemy import select

from app import daily, leftovers
from app.accounts import attempts, drafts
from app.accounts.drafts import Key
from app.accounts.models import Account, Draft, OpenSession
from app.limits.models import SignInAttempt
from app.once.models import FormReceipt
from sources.base import now
from tests.app.claim_desk import Desk


def test_old_drafts_and_those_of_closed_accounts_go_with_the_daily_run(any_desk: Desk) -> None:
    database = any_desk.database
    with database.writing("system:test") as session:
        for account in session.scalars(select(Account)):
            for name in ("old", "young"):
                drafts.keep(session, account.id, Key("claim", name), {}, None)
            account.active = account.name != "wang.fang"
        session.flush()
        month = now() - dt.timedelta(days=31)
        for draft in session.scalars(select(Draft).where(Draft.object == "old")):
            draft.updated_at = month
    assert any_desk.count(Draft) == 6
    assert daily.run(database) is not None
    assert any_desk.count(Draft) == 2
    with database.writing("system:test") as session:
        assert leftovers.sweep(session, now() + dt.timedelta(days=40), 30) == 2


def test_where_nobody_signs_in_any_more_addresses_go_all_the_same(desk: Desk) -> None:
    database = desk.database
    desk.person("li.wei")
    attempts.attempt(database, "li.wei", "192.0.2.1")
    for days, sessions, tries in ((0, 1, 1), (1, 1, 0), (31, 0, 0)):
        with database.writing("system:test") as session:
            leftovers.sweep(session, now() + dt.timedelta(days=days), 30)
        assert (desk.count(OpenSession), desk.count(SignInAttempt)) == (sessions, tries)


def test_a_form_is_known_again_for_a_week(any_desk: Desk) -> None:
    with any_desk.database.writing("system:test") as session:
        session.add(FormReceipt(key="one", actor="editor:li.wei", path="/", received_at=now()))
    for days, known in ((6, 1), (8, 0)):
        with any_desk.database.writing("system:test") as session:
            leftovers.sweep(session, now() + dt.timedelta(days=days), 30)
        assert any_desk.count(FormReceipt) == known
