"""Every table of the product is captured by every way to write, exactly; new ones at once."""

import datetime as dt
import uuid
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import Column, Connection, MetaData, Table, insert, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

import app.models
from app.db import Database
from app.ledger.audited import IMMUTABLE, KEPT, UNAUDITED
from app.ledger.tables import run
from app.ledger.verify import verify
from sources.base import Base
from sources.columns import Choice, Exact, Identifier, Moment, WordsColumn

__all__ = ["app"]
MARK = "ledger"
TABLES = [table for table in Base.metadata.sorted_tables if table.info.get(MARK) != UNAUDITED]
Values = dict[str, Any]


def sample(column: Column[Any], number: int) -> Any:
    """A value of the column's type; checks and links are off while it is written."""
    kind = column.type
    if isinstance(kind, Identifier):
        return uuid.UUID(int=number * 1000 + 7)
    if isinstance(kind, Moment):
        return dt.datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=dt.UTC)
    if isinstance(kind, Exact):
        return Decimal("1.10")
    if isinstance(kind, WordsColumn):
        return {"zh": f"词 {number}"}
    if isinstance(kind, Choice):
        choices: Any = kind.kind
        return next(iter(choices))
    known = {bool: True, int: number, bytes: b"\x00\xff", dt.date: dt.date(2026, 1, 2)}
    return known.get(kind.python_type, f"text {number}")


def row(table: Table, number: int) -> Values:
    """One row as it is bound."""
    return {column.name: sample(column, number) for column in table.columns}


def free(connection: Connection) -> None:
    """Let rows stand that no desk would have: what is tested is the capture alone."""
    if connection.dialect.name == "sqlite":
        for setting in ("defer_foreign_keys = ON", "ignore_check_constraints = ON"):
            connection.connection.driver_connection.execute(f"PRAGMA {setting}")  # type: ignore[union-attr]
        guards = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name NOT LIKE 'ledger%'"
        )
        for (name,) in guards.all():
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        return
    bound = connection.exec_driver_sql(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint"
        " WHERE contype IN ('f', 'c') AND connamespace = 'public'::regnamespace ORDER BY contype"
    )
    for name, constraint in bound.all():
        connection.exec_driver_sql(f'ALTER TABLE {name} DROP CONSTRAINT "{constraint}"')
    guards = run(
        connection,
        "SELECT tgrelid::regclass::text, tgname FROM pg_trigger t JOIN pg_class c"
        " ON c.oid = t.tgrelid WHERE NOT tgisinternal AND tgname NOT LIKE 'ledger%'"
        " AND c.relnamespace = 'public'::regnamespace",
    )
    for name, trigger in guards.all():
        connection.exec_driver_sql(f'DROP TRIGGER "{trigger}" ON {name}')
    free_generated(connection)


def free_generated(connection: Connection) -> None:
    """Leave no index in the way but the keys."""
    found = connection.exec_driver_sql(
        "SELECT indexrelid::regclass::text FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid"
        " WHERE indisunique AND NOT indisprimary AND c.relnamespace = 'public'::regnamespace"
        " AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)"
    )
    for (name,) in found.all():
        connection.exec_driver_sql(f"DROP INDEX {name}")


def changeable(table: Table) -> Column[Any] | None:
    """A column to change: neither a key nor a secret."""
    wanted = [
        column
        for column in table.columns
        if not column.primary_key
        and column.info.get(MARK) != "secret"
        and column.type.python_type is str
    ]
    return wanted[0] if wanted else None


def by_core(session: Session, table: Table, number: int) -> None:
    session.execute(insert(table), row(table, number))


def by_executemany(session: Session, table: Table, number: int) -> None:
    session.execute(insert(table), [row(table, number), row(table, number + 1)])


def by_upsert(session: Session, table: Table, number: int) -> None:
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(**row(table, number))
    session.execute(statement.on_conflict_do_nothing())


def by_orm(session: Session, table: Table, number: int) -> None:
    mapper = next(m for m in Base.registry.mappers if m.local_table is table)
    session.add(
        mapper.class_(
            **{
                mapper.get_property_by_column(column).key: sample(column, number)
                for column in table.columns
            }
        )
    )
    session.flush()


def by_copying(session: Session, table: Table, number: int) -> None:
    """COPY on PostgreSQL, INSERT from a SELECT on SQLite, out of a table beside."""
    session.execute(text(f'CREATE TEMP TABLE loading AS SELECT * FROM "{table.name}" LIMIT 0'))  # noqa: S608
    session.execute(insert(table.to_metadata(MetaData(), name="loading")), row(table, number))
    if session.get_bind().dialect.name == "sqlite":
        session.execute(text(f'INSERT INTO "{table.name}" SELECT * FROM loading'))  # noqa: S608
    else:
        driver: Any = session.connection().connection.driver_connection
        with driver.cursor().copy("COPY loading TO STDOUT") as out:
            data = b"".join(out)
        with driver.cursor().copy(f'COPY "{table.name}" FROM STDIN') as copied:
            copied.write(data)
    session.execute(text("DROP TABLE loading"))


WAYS: dict[str, tuple[Callable[[Session, Table, int], None], int]] = {
    "core": (by_core, 1),
    "executemany": (by_executemany, 2),
    "upsert": (by_upsert, 1),
    "orm": (by_orm, 1),
    "copy": (by_copying, 1),
}


@pytest.fixture(scope="module")
def number() -> Iterator[int]:
    """Numbers that no other row has."""
    return iter(range(10, 100000, 10))


@pytest.fixture
def loose(database: Database) -> Database:
    return database


def counts(session: Session, table: Table) -> dict[str, int]:
    """The events of a table by their operation."""
    here = "" if session.get_bind().dialect.name == "sqlite" else "ledger."
    found = session.execute(
        text(f"SELECT op, count(*) FROM {here}ledger_event WHERE tbl = :name GROUP BY op"),  # noqa: S608
        {"name": table.name},
    )
    return {row[0]: row[1] for row in found}


def expected_after(table: Table, rows: int) -> dict[str, int]:
    """One insertion a row, one update a row where there is what to change, and the deletions."""
    mark = table.info.get(MARK)
    wanted = {"I": rows}
    if mark != IMMUTABLE and changeable(table) is not None:
        wanted["U"] = rows
    if mark not in {KEPT, IMMUTABLE}:
        wanted["D"] = rows
    return wanted


def test_every_write_to_every_table_is_one_event_a_row(
    loose: Database, number: Iterator[int]
) -> None:
    """T-LED-3: Insertions by each way, then one bulk update and one bulk deletion in plain SQL."""
    with loose.engine.connect() as opened:
        connection = opened.execution_options(desk_writing=True)
        transaction = connection.begin()
        free(connection)
        session = Session(connection)
        for table in TABLES:
            before = counts(session, table)
            for write, _ in WAYS.values():
                write(session, table, next(number))
            rows = sum(count for _, count in WAYS.values())
            column = changeable(table)
            mark = table.info.get(MARK)
            if mark != IMMUTABLE and column is not None:
                name = f'"{column.name}"'
                session.execute(text(f"UPDATE \"{table.name}\" SET {name} = {name} || '!'"))  # noqa: S608
            if mark not in {KEPT, IMMUTABLE}:
                session.execute(text(f'DELETE FROM "{table.name}"'))  # noqa: S608
            after = counts(session, table)
            new = {op: after[op] - before.get(op, 0) for op in after if after[op] != before.get(op)}
            assert new == expected_after(table, rows), table.name
        transaction.rollback()
    assert verify(loose).findings == []


def test_the_tables_are_those_of_the_models() -> None:
    assert len(TABLES) > 15
    assert {table.name for table in TABLES} <= set(Base.metadata.tables)
