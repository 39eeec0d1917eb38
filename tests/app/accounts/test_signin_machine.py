"""T-AUTH-1: whatever happens to accounts, those get in who may, and nobody else.

A machine invites, lets in, mistypes, resets, gives and takes roles, tokens and factors, disables
and enables in any order; a few sets beside it say who must be in. After each step every browser
and every token that ever was is tried.
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from app.accounts import administration, sessions, tokens
from app.accounts.factor_models import Factor
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.signin import add_account
from app.accounts.vocabulary import FactorKind, Scope, SessionEnd
from app.db import Database
from app.factory import create_app
from app.limits.gates import Tried
from claims.errors import DeskError
from sources.base import now
from tests.app.browser import Reader

BY, TRIES = "editor:root", 10
SEEN, ADMINISTERED = "/account/keys.json", "/admin/accounts.json"
NAMES = itertools.count(1)


@dataclass
class Known:
    """What the machine knows of an account: all that decides who gets in."""

    name: str
    password: str | None = None
    active: bool = False
    disabled: bool = False
    roles: set[Role] = field(default_factory=lambda: {Role.CHECKER})
    factor: bool = False
    tries: int = 0
    link: str | None = None
    old_links: list[str] = field(default_factory=list)
    browsers: list[tuple[FlaskClient, bool]] = field(default_factory=list)
    tokens: dict[str, bool] = field(default_factory=dict)

    def out(self) -> None:
        """End every session."""
        self.browsers = [(client, False) for client, _in in self.browsers]


class Accounts(RuleBasedStateMachine):
    """The life of a few accounts at one desk."""

    database: Database

    def __init__(self) -> None:
        super().__init__()
        self.app = create_app(self.database.settings, self.database)
        self.people: list[Known] = []
        self.stranger = self.app.test_client()

    def row(self, session: Session, known: Known) -> Account:
        return session.query(Account).filter_by(name=known.name).one()

    def sent(self, client: FlaskClient, path: str, **typed: str) -> int:
        page = client.get(path)
        if page.status_code != 200:
            return page.status_code
        form = Reader(page.text).form("password")
        return client.post(path, data={**form.fields, **typed}).status_code

    def came(self, known: Known, client: FlaskClient) -> None:
        """Note a browser in which somebody just gave a proof that opens the door, or half of it."""
        known.browsers.append((client, not known.factor))

    @rule()
    @precondition(lambda self: len(self.people) < 3)
    def invite(self) -> None:
        known = Known(f"person{next(NAMES)}")
        with self.database.writing(BY) as session:
            made = administration.invite(
                session, name=known.name, display_name="", roles=known.roles, by=BY
            )
        known.link = made.token
        self.people.append(known)

    @precondition(lambda self: self.people)
    @rule(who=st.integers(0, 2), right=st.booleans())
    def sign_in(self, who: int, right: bool) -> None:  # noqa: FBT001 - drawn by the machine
        known = self.people[who % len(self.people)]
        client, known.tries = self.app.test_client(), known.tries + 1
        typed = known.password if right and known.password else "not the password"
        status = self.sent(client, "/sign-in", name=known.name, password=typed)
        if known.tries > TRIES:
            known.tries = TRIES
            assert status == 429
        elif right and known.password and known.active:
            known.tries = 0
            assert status == 303
            self.came(known, client)
        else:
            assert status == 422
            known.browsers.append((client, False))

    @precondition(lambda self: self.people)
    @rule(who=st.integers(0, 2), fresh=st.booleans())
    def use_a_link(self, who: int, fresh: bool) -> None:  # noqa: FBT001 - drawn by the machine
        known = self.people[who % len(self.people)]
        token = known.link if fresh else next(iter(known.old_links), "unknown")
        client, word = self.app.test_client(), f"password number {next(NAMES)}"
        status = self.sent(client, f"/sign-in/link/{token}", password=word, again=word)
        if not fresh or token is None:
            assert status == 404
            return
        assert status == 303
        known.out()
        known.password, known.active = word, True
        known.old_links, known.link = [*known.old_links, token], None
        self.came(known, client)

    @precondition(lambda self: self.people)
    @rule(who=st.integers(0, 2))
    def make_a_link(self, who: int) -> None:
        known = self.people[who % len(self.people)]
        try:
            with self.database.writing(BY) as session:
                made = administration.new_link(session, self.row(session, known), by=BY)
        except DeskError:
            assert known.disabled
            return
        known.old_links += [known.link] if known.link else []
        known.link = made.token

    @precondition(lambda self: self.people)
    @rule(who=st.integers(0, 2), off=st.booleans())
    def disable_or_enable(self, who: int, off: bool) -> None:  # noqa: FBT001 - drawn by the machine
        known = self.people[who % len(self.people)]
        try:
            with self.database.writing(BY) as session:
                row = self.row(session, known)
                if off:
                    administration.disable(session, row, typed=known.name, by=BY)
                else:
                    administration.enable(session, row)
        except DeskError:
            assert known.disabled is off
            return
        assert known.disabled is not off
        known.disabled = off
        known.active = not off and known.password is not None
        if off:
            known.out()
            known.tokens = dict.fromkeys(known.tokens, False)
            known.old_links += [known.link] if known.link else []
            known.link = None

    @precondition(lambda self: self.people)
    @rule(who=st.integers(0, 2), roles=st.sets(st.sampled_from([Role.ADMIN, Role.REVIEWER])))
    def change_roles(self, who: int, roles: set[Role]) -> None:
        known = self.people[who % len(self.people)]
        known.roles = {Role.CHECKER, *roles}
        with self.database.writing(BY) as session:
            administration.change_roles(session, self.row(session, known), known.roles, by=BY)

    @precondition(lambda self: any(one.active for one in self.people))
    @rule(ends=st.booleans())
    def issue_or_revoke(self, ends: bool) -> None:  # noqa: FBT001 - drawn by the machine
        known = next(one for one in self.people if one.active)
        with self.database.writing(BY) as session:
            row = self.row(session, known)
            if ends:
                tokens.revoke_all(session, row.id, by=BY)
                known.tokens = dict.fromkeys(known.tokens, False)
            else:
                known.tokens[tokens.issue(session, row.id, "x", {Scope.READ}, 30, BY).text] = True

    @precondition(lambda self: any(one.active for one in self.people))
    @rule(has=st.booleans())
    def change_factor(self, has: bool) -> None:  # noqa: FBT001 - drawn by the machine
        """From now on a password alone opens nothing."""
        known = next(one for one in self.people if one.active)
        known.factor = has
        with self.database.writing(BY) as session:
            row = self.row(session, known)
            session.query(Factor).filter_by(account_id=row.id).delete()
            if has:
                key = f"credential-{next(NAMES)}"
                session.add(
                    Factor(
                        account_id=row.id,
                        kind=FactorKind.PASSKEY,
                        name="key",
                        credential_id=key,
                        public_key=key,
                        confirmed_at=now(),
                        created_by=BY,
                    )
                )

    @precondition(lambda self: any(one.browsers for one in self.people))
    @rule(who=st.integers(0, 2))
    def end_all_sessions(self, who: int) -> None:
        known = self.people[who % len(self.people)]
        with self.database.writing(BY) as session:
            sessions.end_all(session, self.row(session, known), SessionEnd.ELSEWHERE)
        known.out()

    @invariant()
    def those_are_in_who_may_be(self) -> None:
        assert self.stranger.get(SEEN).status_code == 401
        for known in self.people:
            for client, inside in known.browsers[-4:]:
                assert client.get(SEEN).status_code == (200 if inside else 401), known
                if inside:
                    may = Role.ADMIN in known.roles
                    assert client.get(ADMINISTERED).status_code == (200 if may else 403), known
            for text, live in list(known.tokens.items())[-2:]:
                answer = self.stranger.get(SEEN, headers={"Authorization": f"Bearer {text}"})
                assert answer.status_code == (200 if live and known.active else 401), known


def machine(database: Database) -> type[Accounts]:
    """The machine on a desk with an administrator, who stays."""
    with database.writing(BY) as session:
        add_account(
            session,
            name="root",
            display_name="Root",
            password="a long enough password",
            roles={Role.ADMIN},
            by=BY,
        )
    return type("Accounts", (Accounts,), {"database": database})


def test_those_get_in_who_may_and_nobody_else(sqlite_database: Database) -> None:
    quick = settings(
        max_examples=3,
        stateful_step_count=20,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine(sqlite_database), settings=quick)


Steps = Callable[[Accounts], None]


def in_by_link(found: Accounts) -> None:
    found.invite()
    found.use_a_link(0, fresh=True)
    found.those_are_in_who_may_be()


def ended(found: Accounts) -> None:
    in_by_link(found)
    found.end_all_sessions(0)


def withdrawn(found: Accounts) -> None:
    found.invite()
    found.make_a_link(0)
    found.use_a_link(0, fresh=False)


def half_in(found: Accounts) -> None:
    in_by_link(found)
    found.change_factor(has=True)
    found.sign_in(0, right=True)


def revoked(found: Accounts) -> None:
    in_by_link(found)
    found.issue_or_revoke(ends=False)
    found.those_are_in_who_may_be()
    found.issue_or_revoke(ends=True)


def guessed(found: Accounts) -> None:
    in_by_link(found)
    for _ in range(TRIES + 1):
        found.sign_in(0, right=False)


BITES: tuple[tuple[str, Any, Steps], ...] = (
    ("app.accounts.sessions.end_all", lambda *_a, **_k: 0, ended),
    ("app.accounts.links.withdraw_links", lambda *_a, **_k: None, withdrawn),
    ("app.accounts.factors.has_factor", lambda *_a, **_k: False, half_in),
    ("app.accounts.tokens.revoke_all", lambda *_a, **_k: None, revoked),
    ("app.views.accounts.attempts.attempt", lambda *_a: Tried("0" * 64, None), guessed),
)
"""Each guard, what it is without its effect, and the life in which that must be noticed."""


@pytest.mark.parametrize(("guard", "gone", "steps"), BITES)
def test_a_control_that_is_gone_is_noticed(
    sqlite_database: Database, guard: str, gone: Any, steps: Steps
) -> None:
    found = machine(sqlite_database)()
    steps(found)
    found.those_are_in_who_may_be()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(guard, gone)
        broken = type(found)()
        with pytest.raises(AssertionError):  # noqa: PT012 - either of them notices.
            steps(broken)
            broken.those_are_in_who_may_be()
