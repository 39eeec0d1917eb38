"""Accounts are made, shut and opened, and somebody is always left who can administer."""

import threading
import uuid
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from app.accounts import administration, drafts, links, presence, sessions, tokens
from app.accounts.models import Account
from app.accounts.register import account_of, accounts
from app.accounts.roles import Role
from app.accounts.signin import add_account, check
from app.accounts.vocabulary import AccountState, LinkPurpose, Proof, Scope
from app.db import Database
from claims.errors import Conflict, Missing, Refused
from tests.app.views.visit import FIREFOX
from tests.claims import newsroom

BY, PASSWORD = "editor:xu.ke", "a long enough password"


def somebody(session: Session, name: str, *roles: Role) -> Account:
    """An account with a password and roles."""
    return add_account(
        session, name=name, display_name=name, password=PASSWORD, roles=set(roles), by=BY
    )


def test_who_is_invited_comes_in_through_the_link_and_only_once(session: Session) -> None:
    made = administration.invite(
        session, name="Li.Wei", display_name="", roles={Role.CHECKER}, by=BY
    )
    account = made.link.account
    assert (account.name, account.display_name) == ("li.wei", "Li.Wei")
    assert administration.state_of(account) is AccountState.INVITED
    assert check(session, "li.wei", "-") is None
    found = links.of_token(session, made.token)
    links.use_link(session, found, PASSWORD)
    assert administration.state_of(account) is AccountState.ACTIVE
    assert check(session, "li.wei", PASSWORD) is account
    with pytest.raises(Missing):
        links.of_token(session, made.token)


def test_a_new_link_ends_the_former_one(session: Session) -> None:
    made = administration.invite(session, name="a.b", display_name="A", roles={Role.CHECKER}, by=BY)
    again = administration.new_link(session, made.link.account, by=BY)
    assert again.link.purpose is LinkPurpose.INVITATION
    with pytest.raises(Missing):
        links.of_token(session, made.token)
    assert links.of_token(session, again.token) is again.link


def test_a_forgotten_password_is_replaced_and_every_session_ends(session: Session) -> None:
    account = somebody(session, "li.wei", Role.CHECKER)
    sessions.open_session(session, account, FIREFOX, [Proof.PASSWORD])
    cookie = account.session_token
    made = administration.new_link(session, account, by=BY)
    assert made.link.purpose is LinkPurpose.RESET
    with pytest.raises(Refused):
        links.use_link(session, made.link, "short")
    links.use_link(session, made.link, "another password of mine")
    assert check(session, "li.wei", PASSWORD) is None
    assert sessions.sessions_of(session, account.id) == []
    assert account.session_token != cookie


def test_a_disabled_account_is_out_at_once(session: Session) -> None:
    account = somebody(session, "li.wei", Role.CHECKER)
    sessions.open_session(session, account, FIREFOX, [Proof.PASSWORD])
    made = administration.new_link(session, account, by=BY)
    with pytest.raises(Refused, match="as it stands"):
        administration.disable(session, account, typed="li.we", by=BY)
    administration.disable(session, account, typed=" li.wei ", by=BY)
    assert sessions.sessions_of(session, account.id) == []
    assert check(session, "li.wei", PASSWORD) is None
    for act in (
        lambda: links.of_token(session, made.token),
        lambda: administration.new_link(session, account, by=BY),
        lambda: administration.disable(session, account, typed="li.wei", by=BY),
    ):
        with pytest.raises((Conflict, Missing)):
            act()
    administration.enable(session, account)
    assert check(session, "li.wei", PASSWORD) is account
    with pytest.raises(Conflict):
        administration.enable(session, account)


def test_who_was_shut_out_before_coming_is_invited_again_by_opening(session: Session) -> None:
    made = administration.invite(session, name="a.b", display_name="A", roles={Role.CHECKER}, by=BY)
    administration.disable(session, made.link.account, typed="a.b", by=BY)
    assert administration.state_of(made.link.account) is AccountState.DISABLED
    administration.enable(session, made.link.account)
    assert administration.state_of(made.link.account) is AccountState.INVITED


@pytest.mark.parametrize(
    "act",
    [
        lambda session, one: administration.disable(session, one, typed=one.name, by=BY),
        lambda session, one: administration.change_roles(session, one, {Role.AUDITOR}, by=BY),
    ],
)
def test_the_last_administrator_cannot_go(
    session: Session, act: Callable[[Session, Account], None]
) -> None:
    one = somebody(session, "xu.ke", Role.ADMIN)
    gone = somebody(session, "he.yu", Role.ADMIN)
    administration.disable(session, gone, typed="he.yu", by=BY)
    with pytest.raises(Refused, match="last administrator"):
        act(session, one)
    administration.enable(session, gone)
    act(session, one)
    assert administration.administrators(session) == [gone]


def test_two_administrators_who_demote_each_other_leave_one(database: Database) -> None:
    with database.writing(BY) as session:
        keys = [somebody(session, name, Role.ADMIN, Role.AUDITOR).id for name in ("a.a", "b.b")]
    start, refused = threading.Barrier(2), list[str]()

    def demote(key: object) -> None:
        start.wait()
        try:
            with database.writing(BY) as session:
                found = session.get_one(Account, key)
                administration.change_roles(session, found, {Role.AUDITOR}, by=BY)
        except Refused as problem:
            refused.append(problem.code)

    threads = [threading.Thread(target=demote, args=(key,)) for key in keys]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with database.reading() as session:
        assert len(administration.administrators(session)) == 1
    assert refused == ["last_administrator"]


def test_roles_are_exactly_those_that_were_ticked(session: Session) -> None:
    account = somebody(session, "li.wei", Role.CHECKER, Role.REPORTER)
    administration.change_roles(session, account, {Role.CHECKER, Role.REVIEWER}, by=BY)
    session.expire_all()
    assert account.roles == {Role.CHECKER, Role.REVIEWER}
    with pytest.raises(Refused, match="at least one role"):
        administration.change_roles(session, account, set(), by=BY)


def test_the_register_counts_sessions_and_tokens(session: Session) -> None:
    account = somebody(session, "li.wei", Role.CHECKER)
    for _ in range(2):
        sessions.open_session(session, account, FIREFOX, [Proof.PASSWORD])
    tokens.issue(session, account.id, "board", [Scope.READ], 30, BY)
    found = next(row for row in accounts(session) if row.account is account)
    assert (found.sessions, found.tokens) == (2, 1)
    assert found.seen is not None
    assert account_of(session, account.id) is account


def test_a_shut_account_loses_what_it_was_typing_and_its_place_at_once(session: Session) -> None:
    somebody(session, "xu.ke", Role.ADMIN)
    account, claim = somebody(session, "li.wei", Role.CHECKER), newsroom.a_claim(session)
    key = drafts.Key("claim", "x")
    drafts.keep(session, account.id, key, {"kind": ["half a"]}, None)
    presence.note(session, account.id, claim.id)
    stranger = uuid.uuid4()
    assert presence.beside(session, stranger, claim=claim.id)
    administration.disable(session, account, typed="li.wei", by=BY)
    assert drafts.read(session, account.id, key) is None
    presence.note(session, account.id, claim.id)
    assert presence.beside(session, stranger, claim=claim.id) == []
