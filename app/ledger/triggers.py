"""Installing the ledger's triggers and the domain's guards, from the models, on either engine."""

import hashlib
from types import ModuleType

from sqlalchemy import Connection, MetaData

from app.ledger import roles, triggers_postgresql, triggers_sqlite
from app.ledger.audited import Audited, audited, live_columns
from app.ledger.tables import run
from sources.guards import Guard, declared

OURS = "ledger_"


def engine(connection: Connection) -> ModuleType:
    """The module that writes triggers for this engine."""
    if connection.dialect.name == "sqlite":
        return triggers_sqlite
    return triggers_postgresql


def wanted(connection: Connection, metadata: MetaData) -> dict[str, str]:
    """Every function and trigger that should exist, in the order to create them, by name."""
    write = engine(connection)
    statements: dict[str, str] = {}
    if write is triggers_postgresql:
        statements |= triggers_postgresql.functions()
    statements |= write.own_guards()
    for table in audited(connection, metadata):
        statements |= write.capture(table)
        statements |= write.guards(table)
    for guard in present_guards(connection, metadata):
        sqlite = write is triggers_sqlite
        statements[guard.name] = guard.sqlite_ddl if sqlite else guard.postgresql_ddl
    return statements


def present_guards(connection: Connection, metadata: MetaData) -> list[Guard]:
    """The declared guards whose table exists, with every column they read."""
    live = live_columns(connection)
    known = {f"{table}.{column}" for table, columns in live.items() for column in columns}
    return [
        guard
        for guard in declared(metadata)
        if guard.table in live and known.issuperset(guard.needs)
    ]


def digest(statements: dict[str, str]) -> str:
    """The fingerprint of what the code wants, to be found again in the migration's event."""
    words = "\0".join(f"{name}\0{text}" for name, text in sorted(statements.items()))
    return hashlib.sha256(words.encode()).hexdigest()


def install(connection: Connection, metadata: MetaData, stale: tuple[str, ...] = ()) -> str:
    """Drop and create all of them; ``stale`` names guards of an earlier version of the code.

    The answer is the digest of what was created.
    """
    drop_guards(connection, metadata, stale)
    for statement in drops(connection):
        connection.exec_driver_sql(statement)
    statements = wanted(connection, metadata)
    for statement in statements.values():
        run(connection, statement)
    if connection.dialect.name == "postgresql":
        roles.settle(connection)
    return digest(statements)


def drop_guards(connection: Connection, metadata: MetaData, stale: tuple[str, ...] = ()) -> None:
    """Drop the domain's guards.

    A migration runs without them: SQLite checks the triggers of all tables when it renames one,
    and a guard that reads the table being rebuilt would stop it.
    """
    names = {guard.name for guard in declared(metadata)} | set(stale)
    for name, table in existing_triggers(connection):
        if name in names:
            connection.exec_driver_sql(dropping(connection, name, table))
            if connection.dialect.name != "sqlite":
                connection.exec_driver_sql(f"DROP FUNCTION IF EXISTS public.{name}()")


def drops(connection: Connection) -> list[str]:
    """The statements that remove the ledger's own triggers."""
    return [
        dropping(connection, name, table)
        for name, table in existing_triggers(connection)
        if name.startswith(OURS)
    ]


def dropping(connection: Connection, name: str, table: str) -> str:
    """The statement that removes one trigger."""
    on = "" if connection.dialect.name == "sqlite" else f" ON {table}"
    return f'DROP TRIGGER "{name}"{on}'


def existing_triggers(connection: Connection) -> list[tuple[str, str]]:
    """The name and the table of each trigger in the database."""
    if connection.dialect.name == "sqlite":
        query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY name"
    else:
        query = (
            "SELECT t.tgname, t.tgrelid::regclass::text FROM pg_trigger t"
            " JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE NOT t.tgisinternal AND n.nspname IN ('public', 'ledger') ORDER BY 2, 1"
        )
    return [(name, table) for name, table in connection.exec_driver_sql(query)]


def live_rows(connection: Connection, table: Audited) -> str:
    """The statement that reads a table as the ledger would write it, in the order of its keys."""
    statement: str = engine(connection).live_rows(table)
    return statement
