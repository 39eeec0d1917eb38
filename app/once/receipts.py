"""The receipts in the database: a key is claimed before anything is read, and filled in at the end.

On PostgreSQL whoever inserts a key that another transaction has just inserted waits until that one
is over; on SQLite there is one writer at a time. So a repetition finds either what was answered or
a key that is free, because the first was refused and undone.
"""

import datetime as dt
import time
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Table, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.db import Database
from app.once.answer import Answer, sealed
from app.once.asked import Asked
from app.once.models import FormReceipt
from app.once.problems import still_running
from sources.base import Base, now

RECEIPT: Table = Base.metadata.tables[FormReceipt.__tablename__]
BRIEF = dt.timedelta(minutes=10)
"""As long a page that shows something once is shown again to who sends its form again."""
PATIENCE = 10.0
"""Seconds that a repetition waits for a first request that works outside its transaction."""
PAUSE = 0.05
LEASE = dt.timedelta(minutes=2)
"""After so long without an answer a first request counts as dead, and its key as free."""
First = Row[Any]
"""A receipt that was there before: key, request, status, answer, and when that is forgotten."""


def claim(opened: Session | Connection, asked: Asked, moment: dt.datetime) -> First | None:
    """Take a key for this transaction; return the receipt that stands there already.

    Nothing may be read before it in the same transaction that what follows decides upon.
    """
    kind = postgresql if _dialect(opened) == "postgresql" else sqlite
    values = {
        "key": asked.row,
        "actor": asked.actor,
        "path": asked.path,
        "received_at": moment,
        "request_sha256": asked.sha256,
    }
    taken = opened.execute(
        kind.insert(RECEIPT).values(values).on_conflict_do_nothing().returning(RECEIPT.c.key)
    ).first()
    if taken is not None:
        return None
    return opened.execute(select(RECEIPT).where(_is(asked))).one()


def finish(session: Session, asked: Asked, answer: Answer) -> None:
    """Keep what is answered, in the transaction of what was done."""
    session.execute(
        update(RECEIPT)
        .where(_is(asked))
        .values(
            status=answer.status,
            answer=sealed(asked, answer),
            forget_at=now() + BRIEF if answer.brief else None,
        )
    )


def hold(database: Database, asked: Asked) -> First | None:
    """Take a key before a transaction, for what is done outside it; return a receipt as above.

    Wait while another request has it; raise StillRunning when that takes too long.
    """
    until = time.monotonic() + PATIENCE
    while True:
        with database.keeping() as connection:
            first = claim(connection, asked, now())
            if first is None or _taken_over(connection, asked, first):
                return None
        if first.status is not None or first.request_sha256 != asked.sha256:
            return first
        if time.monotonic() > until:
            raise still_running()
        time.sleep(PAUSE)


def release(database: Database, asked: Asked) -> None:
    """Let go of a key that was held, because nothing came of it."""
    with database.keeping() as connection:
        connection.execute(delete(RECEIPT).where(_is(asked), RECEIPT.c.status.is_(None)))


def _taken_over(connection: Connection, asked: Asked, first: First) -> bool:
    """Whether the key was left behind by a process that died, and is ours now."""
    if first.status is not None or first.request_sha256 != asked.sha256:
        return False
    moment = now()
    dead = (RECEIPT.c.status.is_(None), RECEIPT.c.received_at < moment - LEASE)
    done = connection.execute(
        update(RECEIPT).where(_is(asked), *dead).values(received_at=moment).returning(RECEIPT.c.key)
    )
    return done.first() is not None


def _is(asked: Asked) -> ColumnElement[bool]:
    return RECEIPT.c.key == asked.row


def _dialect(opened: Session | Connection) -> str:
    bind = opened if isinstance(opened, Connection) else opened.connection()
    return str(bind.dialect.name)
