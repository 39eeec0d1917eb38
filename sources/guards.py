"""Guards: rules a table keeps by trigger, declared beside the models that need them."""

from dataclasses import dataclass

from sqlalchemy import MetaData


@dataclass(frozen=True)
class Guard:
    """A trigger that refuses what no code path may do, whoever writes.

    ``name`` is the trigger's name on both engines and must not begin with ``ledger_``.
    ``sqlite_ddl`` is its CREATE TRIGGER statement. ``postgresql_ddl`` creates a function and a
    trigger, both called ``name``, separated by semicolons. To refuse, SQLite says
    ``RAISE(ABORT, '<sentence>')`` and PostgreSQL ``RAISE EXCEPTION '<sentence>'``: the
    application meets both as ``app.db.Refused``. ``needs`` names the columns it reads, as
    ``table.column``, that came after their tables: a schema without them is left without the guard.
    """

    name: str
    table: str
    sqlite_ddl: str
    postgresql_ddl: str
    needs: tuple[str, ...] = ()


def declare(metadata: MetaData, *guards: Guard) -> None:
    """Add guards to those of the metadata; raise ValueError for a name that is taken."""
    known: list[Guard] = metadata.info.setdefault("guards", [])
    for guard in guards:
        if guard.name.startswith("ledger_") or any(other.name == guard.name for other in known):
            message = f"a guard cannot be named {guard.name}"
            raise ValueError(message)
        known.append(guard)


def declared(metadata: MetaData) -> list[Guard]:
    """The guards of the metadata in the order they were declared."""
    return list(metadata.info.get("guards", ()))
