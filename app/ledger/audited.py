"""Which tables the ledger watches, and how: read from the models and from the live tables."""

from dataclasses import dataclass

from sqlalchemy import Connection, LargeBinary, MetaData, inspect

SECRET = "secret"  # noqa: S105 - the word with which a column is marked.
KEPT = "kept"
IMMUTABLE = "immutable"
UNAUDITED = "unaudited"


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
    """The columns of each table of the default schema, in their order."""
    inspector = inspect(connection)
    return {
        name: [column["name"] for column in columns]
        for (_, name), columns in inspector.get_multi_columns().items()
    }
