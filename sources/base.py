"""The declarative base of every table; it stands here because the ground floor needs it too."""

import datetime as dt
import uuid
from typing import Any, ClassVar

from sqlalchemy import MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column

from sources.columns import Identifier, Moment, Words, WordsColumn
from sources.identifiers import uuid7

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


def now() -> dt.datetime:
    """Return the present moment in UTC."""
    return dt.datetime.now(dt.UTC)


class Base(DeclarativeBase):
    """All tables of the project.

    ``Table.info["ledger"]`` tells the ledger how to guard a table: absent means every change is
    captured; ``"kept"`` also refuses deletion; ``"immutable"`` refuses update and deletion;
    ``"unaudited"`` captures nothing (receipts, drafts). A column with
    ``info={"ledger": "secret"}`` never enters the ledger.
    """

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text,
        dt.datetime: Moment,
        uuid.UUID: Identifier,
        Words: WordsColumn,
    }


class Identified:
    """A row known by a UUIDv7."""

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-10)


class Recorded:
    """A row that says when and by whom it was made (an actor is a stable string)."""

    created_at: Mapped[dt.datetime] = mapped_column(default=now, sort_order=90)
    created_by: Mapped[str] = mapped_column(sort_order=91)


class Revised:
    """A row people edit: its version rises with each save, so a stale form is noticed."""

    version: Mapped[int] = mapped_column(default=1, sort_order=92)

    @declared_attr.directive
    def __mapper_args__(cls) -> dict[str, Any]:  # noqa: N805 - SQLAlchemy passes the class
        """Let SQLAlchemy refuse a save over somebody else's."""
        return {"version_id_col": cls.version}
