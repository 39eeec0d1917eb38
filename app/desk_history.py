"""What only the ledger knows of the home page: since when a claim waits, and recent migrations."""

import datetime as dt
import uuid
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.ledger.acts import MIGRATION
from app.ledger.stamp import stamp
from app.ledger.tables import EVENT, options
from claims.queries.attention import Waiting, Waits

RECORDED = {Waits.ASSIGNED: "assignee", Waits.SIGNATURE: "stage", Waits.VOID: "stage"}
"""The column of the claim whose last change is when it became somebody's turn."""


def waiting_since(session: Session, rows: Sequence[Waiting]) -> Mapping[uuid.UUID, dt.datetime]:
    """When each claim began to wait: the moment it was taken, submitted or changed; one statement.

    For contests and returns the row itself says so.
    """
    asked = {str(row.id): RECORDED[row.reason] for row in rows if row.reason in RECORDED}
    if not asked:
        return {row.id: row.since for row in rows}
    columns = sorted(set(asked.values()))
    latest = [func.max(EVENT.c.at).filter(EVENT.c.new.contains(f'"{name}"')) for name in columns]
    query = (
        select(EVENT.c.pk, *latest)
        .where(EVENT.c.tbl == "claim", EVENT.c.pk.in_(asked), EVENT.c.op.in_(("I", "U")))
        .group_by(EVENT.c.pk)
    )
    found: dict[uuid.UUID, dt.datetime] = {}
    for pk, *moments in session.execute(query, execution_options=options(session)):
        moment = dict(zip(columns, moments, strict=True))[asked[pk]]
        if moment:
            found[uuid.UUID(pk)] = dt.datetime.fromisoformat(moment)
    return {row.id: found.get(row.id, row.since) for row in rows}


def migrations_since(session: Session, moment: dt.datetime) -> int:
    """How many schema migrations ran since a moment; one statement."""
    query = select(func.count()).where(EVENT.c.kind == MIGRATION, EVENT.c.at >= stamp(moment))
    return session.scalar(query, execution_options=options(session)) or 0
