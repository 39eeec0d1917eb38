"""A session ends by itself, by its owner and by an administrator, and says how it ended."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from app.accounts import sessions
from app.accounts.models import Account, OpenSession
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import Proof, SessionEnd
from app.leftovers import REMEMBERED
from claims.errors import Missing
from sources.base import now
from tests.app.views.visit import FIREFOX


@pytest.fixture
def account(session: Session) -> Account:
    return add_account(
        session,
        name="li.wei",
        display_name="Li Wei",
        password="a long enough password",
        roles={Role.CHECKER},
        by="editor:xu.ke",
    )


def opened(session: Session, account: Account) -> str:
    return sessions.open_session(session, account, FIREFOX, [Proof.PASSWORD])[0]


def test_a_session_ends_unused_and_after_its_longest(session: Session, account: Account) -> None:
    opened(session, account)
    (row,) = sessions.sessions_of(session, account.id)
    moment = row.started_at
    assert sessions.ended(row, moment + sessions.IDLE) is None
    assert sessions.ended(row, moment + sessions.IDLE * 1.01) is SessionEnd.EXPIRED
    row.seen_at = moment + sessions.LONGEST
    assert sessions.ended(row, moment + sessions.LONGEST * 1.01) is SessionEnd.EXPIRED
    assert not sessions.is_due(row, row.seen_at)
    assert sessions.is_due(row, row.seen_at + sessions.PAUSE * 2)


def test_all_but_one_end_together_and_old_cookies_with_them(
    session: Session, account: Account
) -> None:
    kept, _other = opened(session, account), opened(session, account)
    cookie = account.session_token
    assert sessions.end_all(session, account, SessionEnd.ELSEWHERE, keep=kept) == 1
    (row,) = sessions.sessions_of(session, account.id)
    assert row.key_sha256 == sessions.key_sha256(kept)
    assert account.session_token != cookie


def test_nobody_ends_the_session_of_another(session: Session, account: Account) -> None:
    opened(session, account)
    (row,) = sessions.sessions_of(session, account.id)
    with pytest.raises(Missing):
        sessions.end(session, row.id, row.id, SessionEnd.ELSEWHERE)
    sessions.end(session, row.id, account.id, SessionEnd.ELSEWHERE)
    assert sessions.sessions_of(session, account.id) == []
    assert sessions.ended(row, now()) is SessionEnd.ELSEWHERE


def test_addresses_are_forgotten_some_time_after_the_end(
    session: Session, account: Account
) -> None:
    opened(session, account)
    (row,) = sessions.sessions_of(session, account.id)
    sessions.end(session, row.id, account.id, SessionEnd.SIGNED_OUT)
    row.ended_at = now() - REMEMBERED - dt.timedelta(days=1)
    key = row.id
    opened(session, account)
    session.expire_all()
    assert session.get(OpenSession, key) is None


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/1.0 Safari/5 Edg/1.0", "Edge · Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:1) Gecko Firefox/1.0", "Firefox · Linux"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_a_browser_is_called_by_its_name(agent: str, name: str) -> None:
    assert sessions.browser_name(agent) == name
