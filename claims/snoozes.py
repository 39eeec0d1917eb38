"""Putting a claim aside for a while, and taking it up again before that."""

import datetime as dt
import uuid
from collections.abc import Collection

from sqlalchemy import delete
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.models import Claim, Snooze
from sources.base import now

LONGEST = dt.timedelta(days=366)


def snooze(session: Session, claim: Claim, *, by: str, until: dt.datetime | None = None) -> Snooze:
    """Hide a claim from one person's list until a moment, or until something happens to it.

    Raises Refused for a moment that has passed or lies more than a year ahead.
    """
    (made,) = snooze_many(session, [claim], by=by, until=until)
    return made


def snooze_many(
    session: Session, claims: Collection[Claim], *, by: str, until: dt.datetime | None = None
) -> list[Snooze]:
    """Do the same to many claims, in as many statements as to one."""
    moment = now()
    if until is not None and not moment < until <= moment + LONGEST:
        raise Refused(
            "snooze_until",
            {
                "zh": "请选一个将来的时间，最多一年之后。",
                "en": "Choose a moment in the future, at most a year ahead.",
            },
            "until",
        )
    keys = [claim.id for claim in claims]
    session.execute(delete(Snooze).where(Snooze.claim_id.in_(keys), Snooze.created_by == by))
    made = [
        Snooze(
            claim_id=claim.id,
            until=until,
            claim_version=claim.version,
            created_at=moment,
            created_by=by,
        )
        for claim in claims
    ]
    session.add_all(made)
    session.flush()
    return made


def wake(session: Session, claim_id: uuid.UUID, *, by: str) -> bool:
    """Bring a claim back into a person's list; return whether it had been put aside."""
    mine = delete(Snooze).where(Snooze.claim_id == claim_id, Snooze.created_by == by)
    return bool(session.scalars(mine.returning(Snooze.id)).all())
