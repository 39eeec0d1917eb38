"""Sending every request in each role to a desk that is put back to its beginning in between."""

import hashlib
import io
import secrets
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from flask.testing import FlaskClient
from sqlalchemy import Connection, func, select
from sqlalchemy.orm import selectinload
from werkzeug.test import TestResponse

from app.accounts.models import Account
from app.ledger.tables import EVENT, options
from app.models import Base
from tests.app.access.asks import Ask, Asks
from tests.app.access.desk import AccessDesk
from tests.app.access.keeping import Keeping, shut
from tests.app.access.table import DISABLED, ROLES, SIGN_IN, TOKENS, VISITOR, WAITING

BESIDE = frozenset(
    {"api_token_use", "failed_proof", "open_session", "quota_use", "sign_in_attempt", "spent_proof"}
)
"""Tables that note that somebody came, and nothing of what they asked for."""
UNRECORDED = [
    table
    for table in Base.metadata.sorted_tables
    if table.info.get("ledger") == "unaudited" and table.name not in BESIDE | {"form_receipt"}
]
"""Tables of what people keep that no ledger records; that a form came in changes nothing."""
COOKIE, KEY = "desk_session", "Idempotency-Key"


class Rounds:
    """A desk, its state as it was in the beginning, and the requests to send."""

    def __init__(self, desk: AccessDesk, keeping: Keeping) -> None:
        """Remember the beginning."""
        self.desk, self.keeping = desk, keeping
        self.asks = Asks(desk).all()
        self.database = desk.database
        self.cookies = {name: _cookie(person.client) for name, person in desk.people.items()}
        signer = self.database.signer
        self.signed = {file: file.read_bytes() for file in (signer.copies, signer.state_file)}
        shut(self.database)
        keeping.keep(VISITOR)
        self.kept = {VISITOR}

    def begin(self, column: str) -> None:
        """Put the desk back to its beginning, with everybody in the role of a column."""
        wanted = column if column in {*ROLES, DISABLED} else VISITOR
        if wanted not in self.kept:
            self._make(wanted)
        self.keeping.put_back(wanted)
        for file, content in self.signed.items():
            # What was signed meanwhile is of a history that is not there any more.
            file.write_bytes(content)

    def ask(self, ask: Ask, column: str) -> str:
        """Send a request as whoever a column is about; return what its cell says."""
        answer = self.send(ask, column)
        answer.close()
        return told(ask, answer)

    def send(self, ask: Ask, column: str) -> TestResponse:
        """Send it, and return the answer itself."""
        client = self.desk.app.test_client()
        client.set_cookie("desk_language", "en")
        headers = {KEY: secrets.token_urlsafe(16)} if ask.writes else {}
        if column in TOKENS:
            headers["Authorization"] = f"Bearer {self.desk.passes[TOKENS[column]]}"
        elif column == WAITING:
            client.set_cookie(COOKIE, _cookie(self.desk.waiting))
        elif column != VISITOR:
            client.set_cookie(COOKIE, self.cookies[ask.who])
        data = {name: _file(value) for name, value in ask.data.items()}
        return client.open(ask.path, method=ask.method, data=data, headers=headers)

    def state(self) -> Mapping[str, str]:
        """A digest of the rows of every table; of the ledger, of what it says of rows."""
        with self.database.engine.connect() as connection:
            found = {
                table.name: _digest(connection, select(table).order_by(*table.primary_key))
                for table in Base.metadata.sorted_tables
                if table.name not in BESIDE and not table.name.startswith("ledger_")
            }
            rows = select(EVENT).where(EVENT.c.kind == "row").order_by(EVENT.c.eid)
            return {**found, "ledger": _digest(connection, rows)}

    def mark(self) -> Any:
        """What moves with every change: the last entry about a row, and the rows without one."""
        with self.database.engine.connect() as connection:
            told = select(func.max(EVENT.c.eid)).where(EVENT.c.kind != "security")
            known = options(connection)
            query = told.where(EVENT.c.tbl.not_in(BESIDE))
            last = connection.scalar(query, execution_options=known)
            return last, [_digest(connection, select(table)) for table in UNRECORDED]

    def _make(self, column: str) -> None:
        """Keep the desk with its two people in one role, or with their accounts shut."""
        self.begin(VISITOR)
        with self.database.writing("system:test") as session:
            people = select(Account).where(Account.name.in_(self.desk.people))
            for account in session.scalars(people.options(selectinload(Account.grants))):
                account.active = column != DISABLED
                for grant in account.grants:
                    if column in ROLES and grant.role is not ROLES[column]:
                        session.delete(grant)
        self.keeping.keep(column)
        self.kept.add(column)


def _cookie(client: FlaskClient) -> str:
    found = client.get_cookie(COOKIE)
    assert found is not None
    return found.value


def _file(value: Any) -> Any:
    return (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value


def _digest(connection: Connection, query: Any) -> str:
    rows = connection.execute(query, execution_options=options(connection)).all()
    return hashlib.sha256(repr(rows).encode()).hexdigest()


def told(ask: Ask, answer: TestResponse) -> str:
    """What a cell says of an answer: its status, or that it leads to the sign-in."""
    leads = urlsplit(answer.headers.get("Location", "")).path
    if leads == "/sign-in" and ask.endpoint != "accounts.sign_out":
        return SIGN_IN
    return str(answer.status_code)
