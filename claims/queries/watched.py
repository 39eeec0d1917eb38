"""Which sources are looked at again, and when: those that claims of living articles rest on."""

import datetime as dt
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from claims.models import Article, Claim
from claims.observations import newest_states
from claims.periods import PeriodError, read_period
from claims.queries.reliance import reliances
from claims.vocabulary import Stage
from sources.local_days import local_day
from sources.looks.models import PageState, SourceLook, WatchWish
from sources.looks.policy import WatchPolicy, watch_policy
from sources.looks.robots import host_of_pace
from sources.looks.wishes import wish_of
from sources.models import Source

UNPUBLISHED = "9999"


@dataclass(frozen=True, slots=True)
class WatchedSource:
    """A source that is watched: every how many days, and from when on it is due."""

    source_id: uuid.UUID
    key: str
    url: str
    days: int
    due_at: dt.datetime

    @property
    def host(self) -> str:
        """The site under whose pace it is looked at."""
        return host_of_pace(self.url)


def watched(
    session: Session, policy: WatchPolicy, moment: dt.datetime, source: uuid.UUID | None = None
) -> list[WatchedSource]:
    """Return the sources that are watched, the longest due first; one statement.

    ``source`` asks for one. A confidential source is never looked at by itself: who runs its site
    would learn of the desk's interest.
    """
    query = _used(source)
    rows = session.execute(query).all()
    found = [_watched(session, policy, moment, *row) for row in rows]
    return sorted((one for one in found if one), key=lambda one: (one.due_at, one.source_id))


@dataclass(frozen=True, slots=True)
class SourceWatch:
    """How one source is watched: when, what its page answers, and what the desk wants for it."""

    plan: WatchedSource | None
    look: SourceLook | None
    state: PageState | None
    wish: WatchWish | None


def watch_of(session: Session, source: Source, moment: dt.datetime) -> SourceWatch:
    """Return how a source is watched."""
    plan = watched(session, watch_policy(), moment, source.id)
    states = newest_states(session, [source.id])
    return SourceWatch(
        plan[0] if plan else None,
        session.get(SourceLook, source.id),
        states.get(source.id),
        wish_of(session, source.id),
    )


def due(session: Session, policy: WatchPolicy, moment: dt.datetime) -> list[WatchedSource]:
    """Return what one run looks at: what is due, so many in all and so many of one site."""
    chosen: list[WatchedSource] = []
    sites: Counter[str] = Counter()
    for one in watched(session, policy, moment):
        if one.due_at > moment or len(chosen) >= policy.most:
            break
        if sites[one.host] < policy.most_per_host:
            sites[one.host] += 1
            chosen.append(one)
    return chosen


def _used(source: uuid.UUID | None) -> Select[Any]:
    """The watched sources with the youngest article that rests on each."""
    used = reliances()
    young = (
        select(
            used.c.source_id,
            func.max(func.coalesce(Article.published, UNPUBLISHED)).label("published"),
        )
        .join(Claim, Claim.id == used.c.claim_id)
        .join(Article, Article.id == Claim.article_id)
        .where(Claim.stage != Stage.DROPPED)
        .group_by(used.c.source_id)
        .subquery()
    )
    asked = () if source is None else (Source.id == source,)
    return (
        select(Source.id, Source.key, Source.url, young.c.published, WatchWish, SourceLook)
        .join(young, young.c.source_id == Source.id)
        .outerjoin(WatchWish, WatchWish.source_id == Source.id)
        .outerjoin(SourceLook, SourceLook.source_id == Source.id)
        .where(Source.url.is_not(None), ~Source.confidential, *asked)
    )


def _watched(
    session: Session,
    policy: WatchPolicy,
    moment: dt.datetime,
    source_id: uuid.UUID,
    key: str,
    url: str,
    published: str,
    wish: WatchWish | None,
    look: SourceLook | None,
) -> WatchedSource | None:
    days = wish.every_days if wish else policy.interval(_age(session, published, moment))
    if days is None:
        return None
    if look is None or look.looked_at is None or look.url != url:
        return WatchedSource(source_id, key, url, days, dt.datetime.min.replace(tzinfo=dt.UTC))
    at = look.next_at or policy.next_look(source_id, look.looked_at, days)
    return WatchedSource(source_id, key, url, days, at)


def _age(session: Session, published: str, moment: dt.datetime) -> int:
    """The days since an article came out; one that has not, or not on a known day, is new."""
    if published == UNPUBLISHED:
        return 0
    try:
        day = read_period(published).end
    except PeriodError:
        return 0
    return (local_day(session, moment) - day).days if day is not None else 0
