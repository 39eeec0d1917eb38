"""Which tables the ledger watches, and how: read from the models and from the live tables."""

from dataclasses import dataclass

from sqlalchemy import Connection, LargeBinary, MetaData

SECRET = "secret"  # noqa: S105 - the word with which a column is marked.
KEPT = "kept"
IMMUTABLE = "immutable"
UNAUDITED = "unaudited"
SQLITE_COLUMNS = """
SELECT t.name, c.name FROM sqlite_master AS t, pragma_table_xinfo(t.name) AS c
WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite~_%' ESCAPE '~' AND c.hidden <> 1
ORDER BY t.name, c.cid
"""
"""A virtual table has hidden columns, which are arguments; generated ones are columns."""
POSTGRESQL_COLUMNS = """
SELECT c.relname, a.attname FROM pg_catalog.pg_attribute AS a
JOIN pg_catalog.pg_class AS c ON c.oid = a.attrelid
JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname = current_schema() AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
AND a.attnum > 0 AND NOT a.attisdropped
ORDER BY c.relname, a.attnum
"""


@dataclass(frozen=True)
class Audited:
    """One watched table as it stands in the database now.

    ``fields`` enter the ledger, in the table's order; ``hidden`` columns do not (secrets, and
    columns the models do not know). ``binary`` fields are written in hexadecimal.
    """

    table: str
    mark: str | None
    key: tuple[str, ...]
    fields: tuple[str, ...]
    hidden: tuple[str, ...]
    binary: frozenset[str]


def audited(connection: Connection, metadata: MetaData) -> list[Audited]:
    """The watched tables that exist, by name; a model's missing column is simply not there yet."""
    live = live_columns(connection)
    found = []
    for table in sorted(metadata.tables.values(), key=lambda table: table.name):
        mark = table.info.get("ledger")
        if table.name not in live or mark == UNAUDITED:
            continue
        secret = {column.name for column in table.columns if column.info.get("ledger") == SECRET}
        shown = {column.name for column in table.columns} - secret
        found.append(
            Audited(
                table=table.name,
                mark=mark,
                key=tuple(column.name for column in table.primary_key),
                fields=tuple(name for name in live[table.name] if name in shown),
                hidden=tuple(name for name in live[table.name] if name not in shown),
                binary=frozenset(
                    column.name for column in table.columns if isinstance(column.type, LargeBinary)
                ),
            )
        )
    return found


def live_columns(connection: Connection) -> dict[str, list[str]]:
    """The columns of each table of the default schema, in their order.

    A migration asks for them several times a revision; SQLAlchemy's inspector reads all that is
    known of each column, which takes it two fifths of the whole migration.
    """
    sqlite = connection.dialect.name == "sqlite"
    rows = connection.exec_driver_sql(
        SQLITE_COLUMNS if sqlite else POSTGRESQL_COLUMNS, execution_options={"no_parameters": True}
    )
    found: dict[str, list[str]] = {}
    for table, column in rows:
        found.setdefault(table, []).append(column)
    return found
