"""What putting an entry back would mean: the row, the values, or why it is not done."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Boolean, Date
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from sqlalchemy.types import TypeDecorator

from app.ledger.history import Entry
from app.models import Base
from app.past.copy import converter
from app.past_pages import claim_of
from claims.models import Citation, Claim, Evidence, Figure
from claims.queries.claims import claim_with_all
from claims.restoration import RESTORABLE, Earlier, Restored, overtaken, why_not
from sources.columns import Words

DIALECT = sqlite.dialect()
MODELS: dict[str, type[Restored]] = {
    "claim": Claim,
    "figure": Figure,
    "evidence": Evidence,
    "citation": Citation,
}
GONE: Words = {
    "zh": "这条记录已经不在了，没有地方可退回。",
    "en": "The row is gone, so there is nothing to put the value back into.",
}
NO_UPDATE: Words = {
    "zh": "只有对字段的改动才能退回；新增与删除各有自己的做法。",
    "en": "Only a change of fields is put back; what was added or deleted has its own way.",
}


@dataclass(frozen=True)
class Plan:
    """An entry that can be put back: the claim, its row, and the values before and after."""

    claim: Claim
    row: Restored
    earlier: Earlier

    @property
    def fields(self) -> frozenset[str]:
        """The fields that would come back."""
        return frozenset(self.earlier.before) & RESTORABLE[self.row.__tablename__]

    @property
    def overtaken(self) -> list[str]:
        """The fields somebody changed again since."""
        return overtaken(self.row, self.earlier, self.fields)


def refusal(entry: Entry) -> Words | None:
    """Why an entry is not one that can be put back; None where it may be."""
    if entry.kind != "row" or entry.op not in {"U", "M"}:
        return NO_UPDATE
    return why_not(entry.table, set(entry.old or {}))


def plan(session: Session, entry: Entry, *, lock: bool = False) -> Plan | None:
    """Find the row and the values of an entry that may be put back; None where the row is gone."""
    key = claim_of(session, entry)
    model: Any = MODELS[entry.table]
    row: Restored | None = session.get(model, uuid.UUID(entry.pk)) if key is not None else None
    if row is None or key is None:
        return None
    claim = claim_with_all(session, key, lock=lock)
    before = {name: value_of(entry.table, name, value) for name, value in (entry.old or {}).items()}
    after = {name: value_of(entry.table, name, value) for name, value in (entry.new or {}).items()}
    return Plan(claim, row, Earlier(entry=entry.eid, before=before, after=after))


def value_of(table: str, field: str, value: Any) -> Any:
    """A stored value as the model holds it."""
    column = Base.metadata.tables[table].columns.get(field)
    if value is None or column is None:
        return None if column is not None else value
    convert = converter(column)
    raw = convert(value) if convert is not None else value
    kind = column.type
    if isinstance(kind, TypeDecorator):
        return kind.process_result_value(raw, DIALECT)
    if isinstance(kind, Boolean):
        return bool(raw)
    return dt.date.fromisoformat(raw) if isinstance(kind, Date) else raw
