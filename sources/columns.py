"""Column types that keep the same exact value on SQLite and on PostgreSQL."""

import datetime as dt
import enum
import hashlib
import json
import re
import uuid
from collections.abc import Iterable
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sqlalchemy import CHAR, CheckConstraint, Dialect, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.types import TypeDecorator, TypeEngine

from sources.places import Place
from sources.words import Words as Words  # noqa: PLC0414 - whoever needs columns finds it here

E = TypeVar("E", bound=enum.StrEnum)

PLAIN_DECIMAL = re.compile(r"-?(?:0|[1-9][0-9]{0,39})(?:\.[0-9]{1,20})?")
"""At most 40 digits before and 20 after the point, ASCII only, no exponent."""

UTC_TEXT = "%Y-%m-%dT%H:%M:%S.%fZ"


def plain(value: Decimal) -> str:
    """Write a decimal without exponent or negative zero, keeping its printed decimals."""
    text = format(value, "f")
    return text.removeprefix("-") if value == 0 else text


class Identifier(TypeDecorator[uuid.UUID]):
    """A UUID: native on PostgreSQL, 36 characters with dashes on SQLite, so both ledgers agree."""

    impl = CHAR(36)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's own column type."""
        return dialect.type_descriptor(Uuid() if dialect.name == "postgresql" else CHAR(36))

    def process_bind_param(self, value: uuid.UUID | str | None, dialect: Dialect) -> Any:
        """Accept a UUID or its text; raise ValueError for anything else."""
        if value is None:
            return None
        known = value if isinstance(value, uuid.UUID) else uuid.UUID(value)
        return known if dialect.name == "postgresql" else str(known)

    def process_result_value(self, value: Any, dialect: Dialect) -> uuid.UUID | None:
        """Return a UUID."""
        if value is None or isinstance(value, uuid.UUID):
            return value
        return uuid.UUID(value)


class Moment(TypeDecorator[dt.datetime]):
    """An aware moment in UTC, to the microsecond."""

    impl = CHAR(27)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's own column type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(TIMESTAMP(timezone=True))
        return dialect.type_descriptor(CHAR(27))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Refuse a naive time: it would mean another moment on another machine."""
        if value is None:
            return None
        if value.tzinfo is None:
            message = "a moment must carry its time zone"
            raise ValueError(message)
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.strftime(UTC_TEXT)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Return an aware datetime in UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return dt.datetime.fromisoformat(value)
        moment: dt.datetime = value
        return moment.astimezone(dt.UTC)


class Exact(TypeDecorator[Decimal]):
    """An exact decimal: NUMERIC on PostgreSQL, plain text on SQLite (whose NUMERIC rounds)."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose the engine's own column type."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Numeric(asdecimal=True))
        return dialect.type_descriptor(Text())

    def compare_values(self, x: Decimal | None, y: Decimal | None) -> bool:
        """Tell 1.10 from 1.1: the printed decimals are part of what was stated."""
        return (None if x is None else plain(x)) == (None if y is None else plain(y))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        """Refuse floats, NaN, infinities and more digits than anybody prints."""
        if value is None:
            return None
        if not isinstance(value, Decimal) or not value.is_finite():
            message = f"not an exact decimal: {value!r}"
            raise ValueError(message)
        text = plain(value)
        if PLAIN_DECIMAL.fullmatch(text) is None:
            message = f"out of range: {value!r}"
            raise ValueError(message)
        return Decimal(text) if dialect.name == "postgresql" else text

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """Return a Decimal."""
        return None if value is None else Decimal(value)


class WordsColumn(TypeDecorator[Words]):
    """Words as canonical JSON text, the same bytes on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Words | None, dialect: Dialect) -> str | None:
        """Drop empty languages; nothing left is stored as NULL."""
        kept = {key: text for key, text in (value or {}).items() if text}
        if not kept:
            return None
        return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Words | None:
        """Return the languages as a dictionary."""
        return None if value is None else json.loads(value)


class PlacesColumn(TypeDecorator[tuple[Place, ...]]):
    """The places of a text as canonical JSON text, the same bytes on both engines."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Iterable[Place] | None, dialect: Dialect) -> str | None:
        """Keep the places as they are; none at all is NULL."""
        if not value:
            return None
        return json.dumps(list(value), ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, dialect: Dialect) -> tuple[Place, ...] | None:
        """Return the places as triples."""
        return None if value is None else tuple(map(tuple, json.loads(value)))


class Fields(WordsColumn):
    """Named texts about one thing (``{"volume": "12", "DOI": "10.…"}``), stored as words are."""

    cache_ok = True


class Choice(TypeDecorator[E], Generic[E]):
    """A StrEnum kept as its text; pair it with :func:`choice_check` on the table."""

    impl = Text
    cache_ok = True

    def __init__(self, kind: type[E]) -> None:
        """Keep the enumeration whose members this column may hold."""
        super().__init__()
        self.kind = kind

    def process_bind_param(self, value: E | str | None, dialect: Dialect) -> str | None:
        """Raise ValueError for a word outside the enumeration."""
        return None if value is None else self.kind(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> E | None:
        """Return the member."""
        return None if value is None else self.kind(value)


def choice_check(column: str, kind: type[enum.StrEnum]) -> CheckConstraint:
    """Constrain a column to an enumeration; the name carries a digest of the values.

    The digest lets Alembic's by-name comparison notice a new member.
    """
    words = [member.value for member in kind]
    digest = hashlib.sha256("\n".join(words).encode()).hexdigest()[:6]
    listed = ", ".join(f"'{word}'" for word in words)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_{digest}")
