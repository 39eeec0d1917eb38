"""Somebody with a shell on the database: the attacks that each engine must refuse or reveal."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import psycopg
import pysqlite3
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app.config import Settings
from app.db import Database
from app.db_problems import DatabaseProblem
from app.ledger.leaf import COLUMNS, Event, leaf, seal_mac
from app.ledger.seal import seal_batch
from app.ledger.signer import Signer
from app.ledger.verify import verify
from tests.app.ledger.small import Small, check

# The driver's module is built by star imports from C, of which a type checker sees nothing. It must
# be the application's own SQLite: two libraries in one process do not see each other's locks.
SQLITE: Any = pysqlite3
GONE = "GONE"
"""What a test calls it when there is no ledger left to verify."""


class Shell(Protocol):
    """A connection of the outsider."""

    def execute(self, statement: Any, parameters: Any = ..., /) -> Any:
        """Run one statement."""


Deed = Callable[[Shell], object]


@dataclass(frozen=True)
class Attack:
    """One deed and the codes of which verification must show at least one.

    ``refused`` says that the database itself must stop the deed. ``quiet`` has the outsider, who
    owns the database, switch the triggers off before it and on after it.
    """

    name: str
    deed: Deed
    codes: frozenset[str]
    quiet: bool = False

    @property
    def refused(self) -> bool:
        """Whether nothing may come of it."""
        return not self.codes


@dataclass(frozen=True)
class Outcome:
    """Whether the deed went through, and what verification found afterwards."""

    went_through: bool
    codes: set[str]


def direct(name: str, deed: str | Deed, codes: str = "") -> Attack:
    """An attack under the triggers' eyes."""
    return Attack(name, as_deed(deed), frozenset(codes.split()))


def quiet(name: str, deed: str | Deed, codes: str) -> Attack:
    """An attack with the triggers off."""
    return Attack(name, as_deed(deed), frozenset(codes.split()), quiet=True)


def as_deed(deed: str | Deed) -> Deed:
    """Statements separated by semicolons, or a function of the shell."""
    if not isinstance(deed, str):
        return deed
    statements = [part for part in deed.split(";") if part.strip()]

    def run(shell: Shell) -> None:
        for statement in statements:
            shell.execute(statement)

    return run


@contextmanager
def shell(database: Database) -> Iterator[Shell]:
    """A connection that knows nothing of the application."""
    if database.is_sqlite:
        file = database.settings.database_url.removeprefix("sqlite:///")
        with closing(SQLITE.connect(file, isolation_level=None)) as connection:
            yield connection
        return
    url = database.settings.database_url.replace("+psycopg", "")
    with psycopg.connect(url, autocommit=True) as opened:
        yield opened


def carry_out(database: Database, attack: Attack) -> bool:
    """Do it; the answer is whether it went through."""
    with shell(database) as outside:
        try:
            if attack.quiet:
                (quietly_sqlite if database.is_sqlite else quietly_postgresql)(outside, attack.deed)
            else:
                attack.deed(outside)
        except (SQLITE.Error, psycopg.Error):
            return False
    return True


def on_a_copy(database: Database, attack: Attack) -> Outcome:
    """Carry out an attack on a database of its own."""
    done = carry_out(database, attack)
    try:
        return Outcome(done, check(database).codes)
    except DatabaseProblem:
        return Outcome(done, {GONE})


@dataclass
class Within:
    """What verification needs of a database, inside one transaction that is rolled back."""

    connection: Connection
    key: bytes
    signer: Signer
    settings: Settings

    @contextmanager
    def reading(self, *, steady: bool = False) -> Iterator[Session]:
        """The transaction's own view."""
        del steady
        yield Session(self.connection)


def in_passing(database: Database, attack: Attack) -> Outcome:
    """Carry out an attack on PostgreSQL in a transaction that is rolled back afterwards.

    The triggers do not know the difference, and no database has to be copied for it.
    """
    with database.engine.connect() as connection:
        outside: Any = connection.connection.driver_connection
        connection.exec_driver_sql("SAVEPOINT before_the_deed")
        try:
            (quietly_postgresql(outside, attack.deed) if attack.quiet else attack.deed(outside))
            done = True
        except psycopg.Error:
            done = False
            outside.execute("ROLLBACK TO SAVEPOINT before_the_deed")
        try:
            seal_batch(connection, database.key)
        except DBAPIError:
            connection.rollback()
            return Outcome(done, {GONE})
        inside = Within(connection, database.key, database.signer, database.settings)
        codes = verify(inside, Small.metadata).codes
        connection.rollback()
    return Outcome(done, codes)


def quietly_sqlite(outside: Shell, deed: Deed) -> None:
    """Drop every trigger, act, and put each back word for word."""
    rows = outside.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in rows:
        outside.execute(f"DROP TRIGGER {name}")
    deed(outside)
    for _, sql in rows:
        outside.execute(sql)


def quietly_postgresql(outside: Shell, deed: Deed) -> None:
    """Disable every trigger, act, and enable each as it was."""
    rows = outside.execute(
        "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger"
        " WHERE NOT tgisinternal"
    ).fetchall()
    for table, name, _ in rows:
        outside.execute(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
    deed(outside)
    for table, name, enabled in rows:
        how = "ENABLE ALWAYS" if enabled == "A" else "ENABLE"
        outside.execute(f"ALTER TABLE {table} {how} TRIGGER {name}")


def reseal(outside: Shell, here: str, mark: str, key: bytes | None = None) -> None:
    """Compute every leaf anew, and with the key every MAC as well."""
    events = outside.execute(f"SELECT {COLUMNS} FROM {here}ledger_event ORDER BY eid").fetchall()  # noqa: S608
    for row in events:
        digest = leaf(Event(*row), "app")
        statement = f"UPDATE {here}ledger_leaf SET leaf = {mark} WHERE eid = {mark}"  # noqa: S608
        outside.execute(statement, (digest, row[0]))
    if key is None:
        return
    leaves = outside.execute(f"SELECT seq, leaf FROM {here}ledger_leaf").fetchall()  # noqa: S608
    for seq, digest in leaves:
        statement = f"UPDATE {here}ledger_leaf SET mac = {mark} WHERE seq = {mark}"  # noqa: S608
        outside.execute(statement, (seal_mac(key, seq, bytes(digest)), seq))
