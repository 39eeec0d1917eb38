"""A person at the desk: a signed-in browser for the tests of pages, on any database."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from werkzeug.test import TestResponse

from app.accounts import sessions
from app.accounts.key_cookie import KEY
from app.accounts.roles import Role
from app.accounts.sessions import Visitor
from app.accounts.signin import add_account
from app.accounts.vocabulary import Proof
from app.db import Database
from app.factory import create_app
from app.once.asked import new_key
from tests.statements import statements

PASSWORD = "a long enough password"
FIREFOX = Visitor("Firefox/1", "192.0.2.1")


class Visit:
    """One account with one role, signed in; pages come in the language asked for."""

    def __init__(self, database: Database, role: Role = Role.CHECKER, language: str = "en") -> None:
        """Make the account and sign it in."""
        self.database = database
        self.name = f"{role.value.replace('_', '')}.{language}"
        self.actor = f"editor:{self.name}"
        with database.writing("system:test") as session:
            account = add_account(
                session,
                name=self.name,
                display_name=f"The {role.value}" + ("" if language == "en" else f" ({language})"),
                password=PASSWORD,
                roles={role},
                by="system:test",
            )
            token = account.session_token
            key, _ = sessions.open_session(session, account, FIREFOX, [Proof.PASSWORD])
        self.app = create_app(database.settings, database)
        self.app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        self.client = self.app.test_client()
        self.client.set_cookie("desk_language", language)
        with self.client.session_transaction() as kept:
            kept["_user_id"] = token
            kept["_fresh"] = True
            kept[KEY] = key

    def get(self, path: str, status: int = 200, **arguments: Any) -> TestResponse:
        """Fetch a page and check its status."""
        answer = self.client.get(path, **arguments)
        assert answer.status_code == status, answer.text[:2000]
        return answer

    def post(self, path: str, status: int = 303, **fields: Any) -> TestResponse:
        """Send a form and check the status of the answer."""
        answer = self.client.post(path, data={"receipt": new_key(), **fields})
        assert answer.status_code == status, answer.text[:2000]
        return answer

    @contextmanager
    def statements(self) -> Iterator[list[str]]:
        """Collect what the application sends to the database, transactions left out."""
        with statements(self.database.engine, "SELECT", "INSERT", "UPDATE", "WITH") as sent:
            yield sent
