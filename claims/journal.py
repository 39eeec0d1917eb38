"""Writing down what an act changes, row by row, so that :mod:`claims.undo` can take it back."""

import hashlib
import json
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeAlias

from sqlalchemy import Column, Connection, Table, func, select
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from claims.models import (
    ArticleVersion,
    Claim,
    ClaimAnchor,
    Figure,
    Proposal,
    ProposedFigure,
    QuantityMention,
    ReadingDifference,
    TriageAct,
)
from claims.triage_vocabulary import ActKind
from sources.batches import batched
from sources.identifiers import uuid7

PLAIN = sqlite.dialect()
WATCHED = (
    QuantityMention,
    Proposal,
    ProposedFigure,
    ClaimAnchor,
    Figure,
    ReadingDifference,
)
TABLES: dict[str, Table] = {model.__tablename__: model.__table__ for model in WATCHED}  # type: ignore[misc]
CLAIM = Claim.__tablename__
UNSEEN = frozenset({"version"})
"""A row's version rises with an undo too, so that a form opened in between is noticed."""
Row: TypeAlias = Any
Image: TypeAlias = dict[str, Any]


class Journal:
    """What one act of one person changes; :meth:`close` stores it as a row."""

    def __init__(self, session: Session, version: ArticleVersion, by: str) -> None:
        """Begin with nothing changed."""
        self.session, self.version, self.by = session, version, by
        self._before: dict[tuple[str, uuid.UUID], Image] = {}
        self._made: dict[tuple[str, uuid.UUID], None] = {}
        self._gone: dict[tuple[str, uuid.UUID], Image] = {}
        self._claims: list[uuid.UUID] = []
        self._retracted: list[uuid.UUID] = []

    def change(self, row: Row, **values: Any) -> None:
        """Set columns of a row, remembering what they held before the act."""
        key = (row.__tablename__, row.id)
        columns = row.__table__.columns
        before = self._before.setdefault(key, {}) if key not in self._made else {}
        for name, value in values.items():
            before.setdefault(name, plain(columns[name], getattr(row, name)))
            setattr(row, name, value)

    def add(self, row: Row) -> None:
        """Insert a row."""
        if row.id is None:
            row.id = uuid7()
        self.session.add(row)
        self._made[row.__tablename__, row.id] = None

    def remove(self, row: Row) -> None:
        """Delete a row, remembering all of it."""
        key = (row.__tablename__, row.id)
        columns = row.__table__.columns
        self._gone[key] = {
            column.name: plain(column, getattr(row, column.name)) for column in columns
        } | self._before.pop(key, {})
        self.session.delete(row)

    def claim(self, claim: Claim) -> None:
        """Note that the act made a claim, or revived one."""
        self._claims.append(claim.id)

    def retracted(self, claim: Claim) -> None:
        """Note that the act took a claim back."""
        self._retracted.append(claim.id)

    def close(self, kind: ActKind, about: str | None = None) -> TriageAct:
        """Flush, and store the act with everything that undoes it."""
        self.session.flush()
        number = self.session.scalar(
            select(func.max(TriageAct.number)).where(TriageAct.version_id == self.version.id)
        )
        act = TriageAct(
            version_id=self.version.id,
            number=(number or 0) + 1,
            kind=kind,
            about=about,
            changes=json.dumps(self._changes(), ensure_ascii=False, separators=(",", ":")),
            created_by=self.by,
        )
        self.session.add(act)
        self.session.flush()
        return act

    def _changes(self) -> list[Image]:
        keys = [*self._before, *self._made]
        digests = digests_of(self.session.connection(), keys)
        gone = [{"t": t, "i": str(i), "gone": image} for (t, i), image in self._gone.items()]
        changed = [
            {"t": t, "i": str(i), "was": image, "d": digests[t, i]}
            for (t, i), image in self._before.items()
        ]
        made = [{"t": t, "i": str(i), "d": digests[t, i]} for t, i in self._made]
        claims: list[Image] = [{"t": CLAIM, "i": str(claim)} for claim in self._claims]
        back: list[Image] = [{"t": CLAIM, "i": str(one), "back": 1} for one in self._retracted]
        return [*gone, *changed, *made, *claims, *back]


def plain(column: Column[Any], value: Any) -> Any:
    """Return a value as JSON holds it: the form in which SQLite stores it."""
    if value is not None and isinstance(column.type, TypeDecorator):
        return column.type.process_bind_param(value, PLAIN)
    return value


def restored(column: Column[Any], value: Any) -> Any:
    """Return the value a plain one stands for."""
    if value is not None and isinstance(column.type, TypeDecorator):
        return column.type.process_result_value(value, PLAIN)
    return value


@cache
def _seen(table: Table) -> tuple[tuple[str, Column[Any]], ...]:
    """Return the columns a digest is made of: keeping all of an article makes thousands."""
    return tuple((one.name, one) for one in table.columns if one.name not in UNSEEN)


def digest_of(table: Table, row: Mapping[str, Any]) -> str:
    """Return a digest of a row's columns but its version."""
    image = {name: plain(column, row[name]) for name, column in _seen(table)}
    text = json.dumps(image, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def digests_of(
    connection: Connection, keys: Iterable[tuple[str, uuid.UUID]]
) -> dict[tuple[str, uuid.UUID], str]:
    """Return the digests of rows as they are now; what is gone is left out."""
    wanted: dict[str, list[uuid.UUID]] = defaultdict(list)
    for name, key in keys:
        wanted[name].append(key)
    found: dict[tuple[str, uuid.UUID], str] = {}
    for name, ids in wanted.items():
        table = TABLES[name]
        for some in batched(ids):
            rows = connection.execute(select(table).where(table.c.id.in_(some)))
            for row in rows.mappings():
                found[name, row["id"]] = digest_of(table, dict(row))
    return found
