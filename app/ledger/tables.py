"""The ledger's own tables, for reading; the migration ``0001_ledger`` creates them."""

from collections.abc import Generator
from itertools import count
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    CursorResult,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    and_,
    inspect,
    literal,
)
from sqlalchemy.orm import Session

SCHEMA = "ledger"
"""The PostgreSQL schema; on SQLite the same names stand beside the other tables."""

LEDGER = MetaData(schema=SCHEMA)
NUMBER = BigInteger().with_variant(Integer(), "sqlite")

EVENT = Table(
    "ledger_event",
    LEDGER,
    Column("eid", NUMBER, primary_key=True),
    *(Column(name, Text) for name in ("kind", "tbl", "pk", "op", "at", "actor", "req")),
    *(Column(name, Text) for name in ("dbuser", "xid", "old", "new")),
    Column("salt", LargeBinary),
    Column("red", Text),
)
LEAF = Table(
    "ledger_leaf",
    LEDGER,
    Column("seq", NUMBER, primary_key=True),
    Column("eid", NUMBER, unique=True),
    Column("via", Text),
    Column("leaf", LargeBinary),
    Column("mac", LargeBinary),
)

BESIDE_ROWS = EVENT.c.kind != literal("row", literal_execute=True)

AT_A_TIME = 2000
"""Rows that a stream fetches from PostgreSQL at a time."""
STREAMS = count(1)
IN_PLACE: dict[str, Any] = {"schema_translate_map": {SCHEMA: None}}


def of_kind(kind: str) -> ColumnElement[bool]:
    """That an event is of a kind; of one that is rare, found without reading the events of rows.

    The index on kinds leaves rows out, and a database uses it only for a condition that says so in
    so many words.
    """
    wanted = EVENT.c.kind == kind
    return wanted if kind == "row" else and_(wanted, BESIDE_ROWS)


def options(bind: Session | Connection) -> dict[str, Any]:
    """The execution options with which a statement over these tables runs on this engine."""
    return {} if dialect(bind) == "postgresql" else IN_PLACE


def dialect(bind: Session | Connection) -> str:
    """``sqlite`` or ``postgresql``."""
    connection = bind.connection() if isinstance(bind, Session) else bind
    return connection.dialect.name


def prefix(bind: Session | Connection) -> str:
    """What stands before a ledger table's name in a hand-written statement."""
    return f"{SCHEMA}." if dialect(bind) == "postgresql" else ""


def exists(connection: Connection) -> bool:
    """Whether the migration that creates the ledger has run."""
    schema = SCHEMA if connection.dialect.name == "postgresql" else None
    return inspect(connection).has_table("ledger_event", schema=schema)


def driver(connection: Connection) -> Any:
    """The driver's own connection.

    What every transaction needs is asked of it directly: SQLAlchemy takes several times as long for
    such a statement as the engine. It must have begun the transaction already.
    """
    return connection.connection.driver_connection


def run(
    connection: Connection, statement: str, **execution_options: Any
) -> CursorResult[*tuple[Any, ...]]:
    """Execute a statement exactly as it is written: a percent sign in it means itself."""
    return connection.exec_driver_sql(
        statement, execution_options={"no_parameters": True, **execution_options}
    )


def stream(
    connection: Connection, statement: str, parameters: tuple[Any, ...] | None = None
) -> Generator[tuple[Any, ...]]:
    """The rows of a long answer as the driver reads them, a few at a time.

    The driver's own exceptions come through.
    """
    ours = driver(connection)
    if connection.dialect.name == "sqlite":
        yield from ours.execute(statement, parameters or ())
        return
    with ours.cursor(name=f"desk_stream_{next(STREAMS)}") as cursor:
        cursor.itersize = AT_A_TIME
        cursor.execute(statement, parameters)
        yield from cursor
