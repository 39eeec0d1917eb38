"""The pages of the past an entry leads to: the article or claim before it and after it."""

import uuid
from typing import Any, NamedTuple

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.ledger.history import Entry
from app.models import Base

OWNERS = {"evidence_id": "evidence", "contest_id": "contest"}
"""The columns that name a row of a claim, where the claim itself is not named."""


class Pair(NamedTuple):
    """The addresses of a page just before an entry and just after it."""

    before: str
    after: str
    compare: str


def past_of(session: Session, entry: Entry) -> Pair | None:
    """Where the claim an entry is about can be seen before and after; None where there is none."""
    if entry.seq is None or entry.kind != "row":
        return None
    claim = claim_of(session, entry)
    if claim is None:
        return None
    places = entry.seq, entry.seq + 1
    before, after = (url_for("claims.page", claim_id=claim, at=place) for place in places)
    return Pair(
        before, after, url_for("comparison.page", a=places[0], b=places[1], claim=str(claim))
    )


def claim_of(session: Session, entry: Entry) -> uuid.UUID | None:
    """The claim an entry belongs to, by its own key or by the column that names it."""
    if entry.table == "claim":
        return _key(entry.pk)
    image: dict[str, Any] = (entry.new or {}) | (entry.old or {})
    if image.get("claim_id"):
        return _key(image["claim_id"])
    for column, owner in OWNERS.items():
        if image.get(column):
            return _claim_of_row(session, owner, _key(image[column]))
    return _claim_of_row(session, entry.table, _key(entry.pk))


def _claim_of_row(session: Session, name: str, key: uuid.UUID | None) -> uuid.UUID | None:
    """The claim a row of today belongs to."""
    table = Base.metadata.tables.get(name)
    if table is None or "claim_id" not in table.columns or key is None:
        return None
    found: uuid.UUID | None = session.scalar(select(table.c.claim_id).where(table.c.id == key))
    return found


def _key(text: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
