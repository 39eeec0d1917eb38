"""A token reads what its account and its scopes let it, and stops at once when either ends."""

import datetime as dt
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import update

from app.accounts import administration, tokens
from app.accounts.models import ApiToken
from app.accounts.roles import Permission, Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import Scope
from app.db import Database
from app.db_problems import ReadOnly
from app.ledger import history
from claims.errors import Conflict, Missing, Refused
from sources.base import now

BY = "editor:li.wei"


def issued(database: Database, *scopes: Scope) -> tokens.Issued:
    """A token of a new checker."""
    with database.writing(BY) as session:
        account = add_account(
            session,
            name="li.wei",
            display_name="Li Wei",
            password="a long enough password",
            roles={Role.CHECKER},
            by=BY,
        )
        return tokens.issue(session, account.id, "board", scopes, 30, BY)


def test_a_token_may_what_both_its_scopes_and_its_account_allow(database: Database) -> None:
    made = issued(database, Scope.READ, Scope.AUDIT)
    found = tokens.bearer(database, made.text)
    assert found is not None
    assert found.account.name == "li.wei"
    assert found.allowed == {Permission.PUBLIC, Permission.READ, Permission.AUDIT}
    with database.reading() as session:
        assert tokens.uses(session).keys() == {made.row.id}


def test_only_the_hash_is_kept_and_of_its_use_the_first_alone_is_in_the_ledger(
    sqlite_database: Database,
) -> None:
    made = issued(sqlite_database, Scope.READ)
    with sqlite_database.reading() as session:
        before = history.position(session)
        entries = history.entries(session, table="api_token")
    assert made.text not in str(entries)
    assert [entry.op for entry in entries] == ["I"]
    for _ in range(3):
        assert tokens.bearer(sqlite_database, made.text) is not None
    with sqlite_database.reading() as session:
        assert history.position(session) == before + 1
        use, _made = history.entries(session, table="api_token")
    assert (use.kind, use.op) == ("security", "token_first_used")
    assert made.text not in str(use)


def test_a_use_is_noted_now_and_then(sqlite_database: Database) -> None:
    made = issued(sqlite_database, Scope.READ)
    seen = []
    for _ in range(2):
        tokens.bearer(sqlite_database, made.text)
        with sqlite_database.reading() as session:
            seen.append(tokens.uses(session))
    assert seen[0] == seen[1]


@pytest.mark.parametrize("end", ["revoked", "expired", "disabled", "unknown", "long"])
def test_a_token_that_has_ended_is_nobodys(sqlite_database: Database, end: str) -> None:
    made = issued(sqlite_database, Scope.READ)
    text = {"unknown": "desk_x", "long": "x" * 500}.get(end, made.text)
    with sqlite_database.writing("editor:xu.ke") as session:
        row = session.get_one(ApiToken, made.row.id)
        if end == "revoked":
            tokens.revoke(session, row.id, by="editor:xu.ke")
        elif end == "expired":
            past = now() - dt.timedelta(seconds=1)
            session.execute(update(ApiToken).values(expires_at=past))
        elif end == "disabled":
            administration.disable(session, row.account, typed="li.wei", by=BY)
    assert tokens.bearer(sqlite_database, text) is None


def test_opening_an_account_again_brings_no_token_back(sqlite_database: Database) -> None:
    made = issued(sqlite_database, Scope.READ)
    with sqlite_database.writing(BY) as session:
        account = session.get_one(ApiToken, made.row.id).account
        administration.disable(session, account, typed="li.wei", by="editor:xu.ke")
        administration.enable(session, account)
    assert tokens.bearer(sqlite_database, made.text) is None
    with sqlite_database.reading() as session:
        assert session.get_one(ApiToken, made.row.id).revoked_by == "editor:xu.ke"


def test_one_revokes_ones_own_only_and_only_once(sqlite_database: Database) -> None:
    made = issued(sqlite_database, Scope.READ)
    with sqlite_database.writing(BY) as session:
        with pytest.raises(Missing):
            tokens.revoke(session, made.row.id, by=BY, owner=made.row.id)
        tokens.revoke(session, made.row.id, by=BY, owner=made.row.account_id)
        with pytest.raises(Conflict):
            tokens.revoke(session, made.row.id, by=BY)


def test_a_token_without_scope_or_beyond_the_number_is_refused(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = issued(sqlite_database, Scope.READ)
    monkeypatch.setattr(tokens, "MOST", 1)
    with sqlite_database.writing(BY) as session:
        with pytest.raises(Refused):
            tokens.issue(session, made.row.account_id, "x", [], 30, BY)
        with pytest.raises(Conflict):
            tokens.issue(session, made.row.account_id, "x", [Scope.READ], 30, BY)


def test_uses_at_the_same_moment_and_on_a_desk_that_takes_no_writes_are_let_in(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, crowd = issued(database, Scope.READ), 6
    start = threading.Barrier(crowd)

    def use() -> bool:
        start.wait()
        return tokens.bearer(database, made.text) is not None

    with ThreadPoolExecutor(crowd) as pool:
        assert all(one.result() for one in [pool.submit(use) for _ in range(crowd)])

    def refuse(_actor: str) -> None:
        raise ReadOnly("no writes now")

    monkeypatch.setattr(tokens, "PAUSE", dt.timedelta(0))
    monkeypatch.setattr(database, "writing", refuse)
    assert tokens.bearer(database, made.text) is not None
