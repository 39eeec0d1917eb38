"""A private copy of a past state: an SQLite database in memory that today's queries read."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from typing import Any

import pysqlite3
from sqlalchemy import Boolean, Column, Engine, Table, Text, create_engine
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from app.ledger.replay import ERASED, Era
from app.ledger.upcast import Image, State
from app.models import Base
from sources.columns import UTC_TEXT, Exact, Moment, WordsColumn

NOT_RECORDED = {"zh": "当时未记录", "en": "not recorded then"}
"""What stands where today's schema has a text that did not exist then."""
NOT_RECORDED_TEXT = "当时未记录 · not recorded then"
ERASED_WORDS = '{"en":"[erased]","zh":"［已删除］"}'
NOT_RECORDED_WORDS = '{"en":"not recorded then","zh":"当时未记录"}'
DIALECT = sqlite.dialect()
OPENED: ContextVar[str] = ContextVar("address of the copy to open")
Convert = Callable[[Any], Any]


class Copy:
    """One past state in memory; it lives until it is closed and is only ever read.

    ``then`` is the shape of the database it was taken from; ``tables`` are those it holds.
    """

    def __init__(self, state: State, then: Era) -> None:
        """Write the rows into a database of their own."""
        self.then = then
        self.tables = frozenset(state)
        self.address = f"file:past-{uuid.uuid4().hex}?mode=memory&cache=shared"
        # The database lives as long as one connection to it.
        self._anchor = opened(self.address)
        fill(self._anchor, state, then)

    @contextmanager
    def reading(self, desk: Mapping[str, Any] | None = None) -> Iterator[Session]:
        """A session on the copy, which cannot change it; ``desk`` are the settings rules read."""
        token = OPENED.set(self.address)
        try:
            with engine().connect() as connection:
                connection.exec_driver_sql("PRAGMA query_only = ON")
                with Session(connection, info=dict(desk or {})) as session:
                    yield session
        finally:
            OPENED.reset(token)

    def close(self) -> None:
        """Forget the state."""
        self._anchor.close()


@lru_cache(maxsize=1)
def engine() -> Engine:
    """One engine for all copies, so that a statement is compiled once and not once a copy."""
    return create_engine(
        "sqlite://", module=pysqlite3, creator=lambda: opened(OPENED.get()), poolclass=NullPool
    )


def opened(address: str) -> Any:
    """A driver's connection to a database in memory, which any thread may use."""
    # The wheel fills its names in from an extension, which the type checker cannot read.
    return pysqlite3.connect(address, uri=True, check_same_thread=False)  # type: ignore[attr-defined]


def fill(connection: Any, state: State, then: Era) -> None:
    """Create today's tables without their constraints, write the rows, then the indexes.

    A state of the past need not meet the rules of today, and one in the middle of a transaction
    need not meet any.
    """
    connection.executescript("\n".join(tables()))
    for name, rows in state.items():
        table = Base.metadata.tables.get(name)
        if table is not None and rows:
            insert(connection, table, rows.values(), then.later.get(name, frozenset()))
    connection.execute("INSERT INTO alembic_version VALUES (?)", (then.revision,))
    if then.position:
        connection.execute("INSERT INTO ledger_leaf VALUES (?, ?)", (then.position - 1, None))
    connection.executescript("\n".join(indexes()))
    connection.commit()


def insert(connection: Any, table: Table, rows: Any, later: frozenset[str]) -> None:
    """Write images as rows, each value as SQLite keeps its type."""
    names = [column.name for column in table.columns]
    converts = {
        column.name: convert
        for column in table.columns
        if (convert := converter(column)) is not None
    }
    unknown = {name: unrecorded(table.columns[name]) for name in later}
    gone = {column.name: erased(column) for column in table.columns}
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f'INSERT OR REPLACE INTO "{table.name}" VALUES ({marks})',  # noqa: S608 - a model's name
        [written(without_erased(row, gone), names, converts, unknown) for row in rows],
    )


def without_erased(row: Image, gone: Mapping[str, Any]) -> Image:
    """An image in which each erased value gave way to what its column can hold."""
    if ERASED not in row.values():
        return row
    return {name: gone.get(name) if value == ERASED else value for name, value in row.items()}


def erased(column: Column[Any]) -> Any:
    """What stands for a value that a redaction took out: words that say so, where words fit."""
    if isinstance(column.type, WordsColumn):
        return ERASED_WORDS
    return ERASED if type(column.type) is Text else None


def written(
    row: Image, names: list[str], converts: Mapping[str, Convert], unknown: Mapping[str, Any]
) -> list[Any]:
    """One image as the values of a row, in the table's order."""
    values = []
    for name in names:
        value = row.get(name, unknown.get(name))
        if value is not None and name in converts and name in row:
            value = converts[name](value)
        values.append(value)
    return values


def unrecorded(column: Column[Any]) -> Any:
    """What stands for a value that nobody could record: words that say so, where words fit."""
    if isinstance(column.type, WordsColumn):
        return NOT_RECORDED_WORDS
    words = type(column.type) is Text and not column.info.get("stored")
    if words and column.nullable and not column.name.endswith("_by"):
        return NOT_RECORDED_TEXT
    default = column.default
    known = getattr(default, "arg", None) if default is not None and default.is_scalar else None
    return int(known) if isinstance(known, bool) else known


def converter(column: Column[Any]) -> Convert | None:
    """How a value of either engine's image becomes SQLite's; None where it already is."""
    kind = column.type
    if isinstance(kind, Moment):
        return moment
    if isinstance(kind, Exact):
        return str
    if isinstance(kind, Boolean):
        return int
    return None


def moment(value: str) -> str:
    """A moment as SQLite keeps it; PostgreSQL's image spells the same one otherwise."""
    if value.endswith("Z"):
        return value
    return dt.datetime.fromisoformat(value).astimezone(dt.UTC).strftime(UTC_TEXT)


@lru_cache(maxsize=1)
def tables() -> tuple[str, ...]:
    """The statements that create today's tables with their columns and nothing else."""
    found = []
    for table in Base.metadata.sorted_tables:
        columns = ", ".join(
            f'"{column.name}" {column.type.compile(DIALECT)}' for column in table.columns
        )
        keys = ", ".join(f'"{column.name}"' for column in table.primary_key)
        found.append(f'CREATE TABLE "{table.name}" ({columns}, PRIMARY KEY ({keys}));')
    found += [
        "CREATE TABLE alembic_version (version_num TEXT);",
        "CREATE TABLE ledger_leaf (seq INTEGER PRIMARY KEY, eid INTEGER);",
    ]
    return tuple(found)


@lru_cache(maxsize=1)
def indexes() -> tuple[str, ...]:
    """An index for each column that names another row."""
    return tuple(
        f'CREATE INDEX "past_{table.name}_{column.name}" ON "{table.name}" ("{column.name}");'
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.foreign_keys
    )
