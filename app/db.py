"""The database: one engine, reading sessions, and writing sessions the ledger attributes."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import psycopg
import pysqlite3
from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.orm import ORMExecuteState, Session

from app import patience
from app.config import Settings
from app.db_problems import (
    Busy,
    Crossed,
    Damaged,
    DatabaseProblem,
    NotMigrated,
    ReadOnly,
    Refused,
    StorageFull,
    TooSlow,
    Unavailable,
    told_first,
)
from app.kept_secrets import reserved
from app.ledger import checkpoint, context, tables
from app.ledger.group import GroupUndone, SharedConnection
from app.ledger.notary import Notary
from app.ledger.proofs import Prover
from app.ledger.seal import APP, FOREIGN, seal_in_transaction
from app.ledger.sealer import Sealer
from app.ledger.signer import Signer
from app.ledger.turns import TurnTimeoutError
from app.ledger.writers import Writers
from claims.policy import LEVELS_KEY
from claims.shown_hashes import HASHES_KEY
from sources.local_days import ZONE_KEY

OLDEST_SQLITE = (3, 51, 3)
"""The first release whose WAL reset cannot damage the file (www.sqlite.org/releaselog)."""
WAIT_SECONDS = 10.0
"""How long a writer waits for its turn before it is told that the database is busy."""
WRITING = "desk_writing"
HASHES = b"claim-desk hashes of what is withheld"
ORDERS = b"claim-desk orders of jobs"
"""What the ledger's key is turned into a key of its own for."""
LEAKS_KEY = "leaked_passwords"
"""Under which a session knows the list of leaked passwords; None where the desk has none."""
ORDERS_KEY = "orders key"
"""Under which a session knows the key that seals the orders of jobs."""
STATEMENTS = 500
"""Prepared statements that each connection of SQLite keeps; with its triggers one takes 0.1 ms."""
UNDONE = "the engine undid the transaction that several writers shared: try again"
PRAGMAS = (
    "journal_mode = WAL",
    # NORMAL loses acknowledged commits when the power fails.
    "synchronous = FULL",
    "foreign_keys = ON",
    # Without it INSERT OR REPLACE deletes rows behind the triggers' back.
    "recursive_triggers = ON",
    "trusted_schema = OFF",
    # What is deleted or overwritten is zeros in the file, not only out of sight.
    "secure_delete = ON",
    f"busy_timeout = {int(WAIT_SECONDS * 1000)}",
)
POOL = {"pool_size": 20, "max_overflow": 40, "pool_timeout": WAIT_SECONDS}


SQLITE_CODES: dict[int, type[DatabaseProblem]] = {
    5: Busy,
    6: Busy,
    8: ReadOnly,
    9: TooSlow,
    11: Damaged,
    13: StorageFull,
    14: Unavailable,
    26: Damaged,
}
SQLITE_CONSTRAINT = 19
POSTGRESQL_STATES: dict[str, type[DatabaseProblem]] = {
    "25006": ReadOnly,
    "40001": Crossed,
    "40P01": Crossed,
    "53100": StorageFull,
    "53300": Busy,
    "55P03": Busy,
    "57014": TooSlow,
    "25P03": TooSlow,
    "57P01": Unavailable,
    "57P02": Unavailable,
    "57P03": Unavailable,
    "42501": Refused,
    "P0001": Refused,
    "XX001": Damaged,
    "XX002": Damaged,
}


class ReadingSession(Session):
    """A session that locks no rows, on either engine: PostgreSQL refuses that where it reads."""


@event.listens_for(ReadingSession, "do_orm_execute")
def refuse_locks(asked: ORMExecuteState) -> None:
    """Raise ReadOnly for a SELECT FOR UPDATE, which SQLite would let pass in silence."""
    if getattr(asked.statement, "_for_update_arg", None) is not None:
        raise ReadOnly("a reading session locks no rows")


class WritingSession(Session):
    """A session whose commit is the unit of work's: whoever uses it may flush."""

    def commit(self) -> None:
        """Refuse: a commit in the middle would leave the rest without its actor."""
        message = "the unit of work commits when it is left"
        raise RuntimeError(message)

    def rollback(self) -> None:
        """Refuse: leave the unit of work by an exception, or use ``begin_nested``."""
        message = "the unit of work rolls back when an exception leaves it"
        raise RuntimeError(message)

    def conclude(self) -> None:
        """Commit in earnest."""
        super().commit()


class Database:
    """One database and everything that may open it."""

    def __init__(self, settings: Settings) -> None:
        """Prepare the engine; nothing is opened before the first session."""
        self.settings = settings
        self.key = settings.ledger_key()
        self.is_sqlite = settings.database_url.startswith("sqlite")
        if self.is_sqlite and pysqlite3.sqlite_version_info < OLDEST_SQLITE:
            found = pysqlite3.sqlite_version_info
            raise DatabaseProblem(f"SQLite {found} can damage a WAL database; use >= 3.51.3")
        self.engine = sqlite(settings) if self.is_sqlite else postgresql(settings)
        self._writer = self.engine.execution_options(**{WRITING: True})
        self._writers = Writers(self._writer, self.key, WAIT_SECONDS)
        self._sealer = Sealer(self._writer, self.key)
        self._desk = {
            LEVELS_KEY: settings.sign_off_levels,
            ZONE_KEY: ZoneInfo(settings.timezone),
            HASHES_KEY: hmac.digest(self.key, HASHES, "sha256"),
            ORDERS_KEY: hmac.digest(self.key, ORDERS, "sha256"),
            LEAKS_KEY: settings.leaked_passwords_file,
        }
        self.signer = Signer(settings.signing_key_file, settings.checkpoint_file)
        self.prover = Prover()
        self.notary = Notary(self.checkpoint, (DatabaseProblem, DBAPIError))

    @contextmanager
    def reading(self, *, steady: bool = False) -> Iterator[Session]:
        """A session that cannot change the database.

        ``steady`` makes PostgreSQL show one state to all its statements, as SQLite always does.
        """
        with translated(), self.engine.connect() as opened:
            connection = opened
            if not self.is_sqlite:
                level = "REPEATABLE READ" if steady else "READ COMMITTED"
                connection = opened.execution_options(
                    postgresql_readonly=True, isolation_level=level
                )
            with ReadingSession(connection, info=self._desk) as session:
                yield session

    @contextmanager
    def writing(
        self, actor: str, request: str | None = None, *, wait_for_seal: bool = False
    ) -> Iterator[Session]:
        """A session that commits on leaving and rolls back when an exception leaves it.

        ``actor`` is the stable string the ledger writes beside every change (``editor:li.wei``).
        ``wait_for_seal`` returns only when the changes have their place in the ledger, which on
        SQLite they always have. Raise a :class:`DatabaseProblem` for what the engine refuses.
        """
        if not actor:
            message = "somebody must be named for a change"
            raise ValueError(message)
        with (
            translated(),
            self._attributed(actor, request) as connection,
            WritingSession(connection, expire_on_commit=False, info=self._desk) as session,
        ):
            yield session
            session.conclude()
        if not self.is_sqlite:
            if wait_for_seal:
                self.seal()
            else:
                self._sealer.wake()
        self.notary.tell()

    @contextmanager
    def migrating(self, actor: str) -> Iterator[Connection]:
        """A connection inside one transaction for schema changes, committed on leaving.

        Foreign keys are not enforced meanwhile, because SQLite rebuilds tables by dropping them;
        they are all checked before the commit.
        """
        turn = self._writers.alone() if self.is_sqlite else nullcontext()
        with translated(), turn, self._writer.connect() as connection:
            if self.is_sqlite:
                tables.driver(connection).execute("PRAGMA foreign_keys = OFF")
            try:
                with connection.begin():
                    if tables.exists(connection):
                        self._open(connection, actor, None)
                    elif not self.is_sqlite:
                        context.enter(connection, self.key, actor, None, unborn=True)
                    yield connection
                    self._check_foreign_keys(connection)
                    if tables.exists(connection):
                        self._close(connection)
            finally:
                if self.is_sqlite:
                    tables.driver(connection).execute("PRAGMA foreign_keys = ON")
        if not self.is_sqlite:
            with self.engine.connect() as connection:
                present = tables.exists(connection)
            if present:
                self.seal()
        self.notary.tell()

    def seal(self) -> int:
        """Seal what is pending; the answer is how many events got their place.

        On SQLite that can only be what somebody wrote from outside the application, and whoever
        is writing found it sealed when he began: the page of a refused form is made by such.
        """
        with translated():
            if not self.is_sqlite:
                return self._sealer.seal()
            if self._writers.writes_now():
                return 0
            with self._writers.transaction() as connection:
                return seal_in_transaction(connection, self.key, FOREIGN)

    def checkpoint(self) -> str | None:
        """Seal what is pending, sign the tree head, and keep the note here and outside.

        None while the ledger is empty. Raise :class:`app.ledger.signer.Unsignable` for a tree
        that does not continue the one signed last.
        """
        return checkpoint.issue(self)

    @contextmanager
    def keeping(self) -> Iterator[Connection]:
        """A connection in a transaction of the ledger's own: it changes no watched table."""
        begun = self._writers.transaction() if self.is_sqlite else self._writer.begin()
        with translated(), begun as connection:
            yield connection

    def close(self) -> None:
        """Stop notary and sealer and close every connection."""
        self.notary.stop()
        self._sealer.stop()
        self._writers.close()
        self.engine.dispose()

    @contextmanager
    def _attributed(self, actor: str, request: str | None) -> Iterator[Connection]:
        """A connection in a transaction of this actor's, committed on leaving."""
        if self.is_sqlite:
            with self._writers.member(actor, request) as connection:
                yield connection
        else:
            with self._writer.begin() as connection:
                context.enter(connection, self.key, actor, request)
                yield connection

    def _open(self, connection: Connection, actor: str, request: str | None) -> None:
        """Seal what outsiders left behind, then name the actor."""
        if self.is_sqlite:
            seal_in_transaction(connection, self.key, FOREIGN)
        context.enter(connection, self.key, actor, request)

    def _close(self, connection: Connection) -> None:
        """Forget the actor and, on SQLite, seal inside the same transaction."""
        context.leave(connection)
        if self.is_sqlite:
            seal_in_transaction(connection, self.key, APP)

    def _check_foreign_keys(self, connection: Connection) -> None:
        if not self.is_sqlite:
            return
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if broken is not None:
            raise Refused(f"the migration leaves {broken[0]} pointing at missing {broken[2]}")


def sqlite(settings: Settings) -> Engine:
    """The engine of an SQLite file: explicit transactions, a write-ahead log, full durability."""
    engine = create_engine(
        settings.database_url,
        module=pysqlite3,
        connect_args={
            "isolation_level": None,
            "timeout": WAIT_SECONDS,
            "factory": SharedConnection,
            "cached_statements": STATEMENTS,
        },
        # The connection used last has its statements ready.
        pool_use_lifo=True,
        hide_parameters=True,
        **POOL,
    )

    @event.listens_for(engine, "do_connect")
    def reserve(*_arguments: Any) -> None:
        reserved(Path(engine.url.database or ""))

    @event.listens_for(engine, "connect")
    def prepare(dbapi_connection: Any, _record: Any) -> None:
        for setting in PRAGMAS:
            dbapi_connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get(WRITING, False)
        tables.driver(connection).begin(writing=writing)

    patience.bind_sqlite(engine)
    return engine


def postgresql(settings: Settings) -> Engine:
    """The engine of a PostgreSQL database: READ COMMITTED, times in UTC."""
    engine = create_engine(
        settings.database_url,
        isolation_level="READ COMMITTED",
        pool_pre_ping=True,
        hide_parameters=True,
        connect_args={"options": "-c timezone=UTC", "connect_timeout": int(WAIT_SECONDS)},
        **POOL,
    )

    patience.bind_postgresql(engine, WAIT_SECONDS)
    return engine


@contextmanager
def translated() -> Iterator[None]:
    """Raise the engine's complaints as the exceptions of this module."""
    try:
        yield
    except TurnTimeoutError as problem:
        raise Busy("other writers held the database too long") from problem
    except PoolTimeoutError as problem:
        raise Busy("every connection is in use") from problem
    except (DBAPIError, pysqlite3.Error, psycopg.Error) as problem:  # type: ignore[attr-defined]
        known = translation(told_first(problem))
        if known is None:
            raise
        raise known from problem
    except GroupUndone as problem:
        cause = problem.__cause__
        raise (translation(cause) if cause else None) or Busy(UNDONE) from problem


NO_SUCH = frozenset({"42P01", "3F000", "42703"})
"""What PostgreSQL calls a table, a schema and a column that are not there."""


def translation(problem: BaseException) -> DatabaseProblem | None:
    """The problem in our words; None for what the domain itself must hear (a constraint)."""
    original = problem.orig if isinstance(problem, DBAPIError) else problem
    text = str(original)
    code = getattr(original, "sqlite_errorcode", None)
    state = getattr(original, "sqlstate", None)
    if state in NO_SUCH or text.startswith(("no such table", "no such column")):
        return NotMigrated("the schema is not that of this version: run `manage.py db upgrade`")
    if code is not None:
        # The driver does not tell a trigger's refusal from a constraint's; SQLite's words do.
        if code & 0xFF == SQLITE_CONSTRAINT and "constraint failed" not in text:
            return Refused(text)
        family = SQLITE_CODES.get(code & 0xFF)
        return family(text) if family else None
    if getattr(problem, "connection_invalidated", False) or (state or "").startswith("08"):
        return Unavailable(text)
    if state is None:
        lost = type(original).__name__ == "OperationalError"
        return Unavailable(text) if lost else None
    family = POSTGRESQL_STATES.get(state)
    return family(sentence(original)) if family else None


def sentence(original: Any) -> str:
    """PostgreSQL's message without its context lines."""
    return getattr(getattr(original, "diag", None), "message_primary", None) or str(original)
