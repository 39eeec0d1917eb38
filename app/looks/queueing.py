"""Queueing looks: what is due by the policy, and what somebody asks for at once."""

import datetime as dt
import uuid
from collections import Counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.jobs.models import Job
from app.jobs.queue import enqueue
from claims.queries.watched import WatchedSource, due
from sources.looks.models import SourceLook
from sources.looks.noting import BY
from sources.looks.policy import watch_policy

KIND = "look"


def queue_due(session: Session, moment: dt.datetime) -> list[WatchedSource]:
    """Queue a look for each source that is due, those of one site one after the other."""
    policy, sites = watch_policy(), Counter[str]()
    chosen = due(session, policy, moment)
    for one in chosen:
        wait = policy.pause(None) * sites[one.host]
        sites[one.host] += 1
        queue(session, one.source_id, moment + wait if wait else None)
    return chosen


def looks_since(session: Session, moment: dt.datetime) -> int:
    """How many sources were looked at since a moment."""
    query = select(func.count()).select_from(SourceLook).where(SourceLook.looked_at >= moment)
    return session.scalar(query) or 0


def key_of(source: uuid.UUID) -> str:
    """The key that keeps two looks at one source from being queued."""
    return f"{KIND}:{source}"


def queue(session: Session, source: uuid.UUID, run_after: dt.datetime | None = None) -> Job:
    """Queue a look at a source; never two for one."""
    return enqueue(
        session,
        KIND,
        {"source": str(source)},
        by=BY,
        key=key_of(source),
        run_after=run_after,
        subject=("source", source),
    )
