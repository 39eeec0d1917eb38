"""Rows as tests write and read them, in whatever shape the schema has at a revision."""

import datetime as dt
import importlib.util
import uuid
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from sources.columns import UTC_TEXT

Row = dict[str, Any]
Rows = dict[str, list[Row]]
FOLDER = Path(__file__).parent / "rows"


@dataclass(frozen=True)
class Expected:
    """What the rows file of a revision says."""

    before: Rows
    after: Rows
    added: Rows
    back: Rows


def expected(revision: str) -> Expected:
    """Read ``rows/<revision>.py``; a revision without one is an error.

    ``BEFORE`` stands at the revision before; ``AFTER`` is what the upgrade makes of it; ``ADDED``
    is written afterwards, for the downgrade to take away or turn back; ``BACK`` is what the
    downgrade leaves, by default ``BEFORE``.
    """
    file = FOLDER / f"{revision}.py"
    spec = importlib.util.spec_from_file_location(f"rows_{revision}", file)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(file)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    before: Rows = module.BEFORE
    return Expected(before, module.AFTER, module.ADDED, getattr(module, "BACK", before))


def write(session: Session, rows: Rows) -> None:
    """Insert rows by hand, for there are no models of a past schema."""
    for table, listed in rows.items():
        for row in listed:
            columns = ", ".join(f'"{name}"' for name in row)
            values = ", ".join(f":{name}" for name in row)
            statement = f'INSERT INTO "{table}" ({columns}) VALUES ({values})'  # noqa: S608
            session.execute(text(statement), row)


def found(session: Session, rows: Rows) -> Rows:
    """The same rows as they are now, in the columns that are asked for."""
    seen: Rows = {}
    for table, listed in rows.items():
        seen[table] = []
        for row in listed:
            columns = ", ".join(f'"{name}"' for name in row)
            key = next((name for name in ("id", "key", "account_id") if name in row), "id")
            statement = f'SELECT {columns} FROM "{table}" WHERE "{key}" = :key'  # noqa: S608
            result = session.execute(text(statement), {"key": row[key]}).mappings().one_or_none()
            seen[table].append({} if result is None else {k: plain(v) for k, v in result.items()})
    return seen


def plain(value: Any) -> Any:
    """A value as SQLite would give it, so that one file serves both engines."""
    if isinstance(value, uuid.UUID):
        return str(value)
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).strftime(UTC_TEXT)
    if isinstance(value, Decimal):
        return format(value, "f")
    return value
