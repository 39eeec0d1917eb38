"""The state of every address the desk relies on: what is lost, what changed, what was never kept.

Sorted by what is at stake: at the top stands what is gone and of which no copy was kept.
Confidential sources are not in it.
"""

import datetime as dt
import uuid
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import and_, case, distinct, exists, func, or_, select
from sqlalchemy.orm import Session, selectinload

from claims.models import Appendix, Claim, Evidence, Observation
from claims.queries.reliance import reliances
from claims.vocabulary import WELL, Stage
from sources.families import members
from sources.looks.models import PageState, SourceLook
from sources.models import Snapshot, Source
from sources.vocabulary import LOST, Capture, PageAnswer

PAGE = 50


class Stake(StrEnum):
    """What is at stake at an address, the worst first."""

    LOST_FOR_GOOD = "lost_for_good"
    LOST = "lost"
    CHANGED = "changed"
    UNSEEN = "unseen"
    FORBIDDEN = "forbidden"
    NOT_KEPT = "not_kept"
    REDIRECTED = "redirected"
    UNTRIED = "untried"
    SOUND = "sound"


STAKES = tuple(Stake)
Place = tuple[int, uuid.UUID]
"""A row's place in the list: its risk and its source."""


@dataclass(frozen=True, slots=True)
class Address:
    """One cited address: how it answers since when, when it was seen, and what rests on it."""

    source: Source
    risk: Stake
    answer: PageAnswer | None
    since: dt.datetime | None
    final_url: str | None
    looked_at: dt.datetime | None
    answered_at: dt.datetime | None
    copies: int
    claims: int
    appendices: int

    @property
    def place(self) -> Place:
        """Where the row stands in the list."""
        return STAKES.index(self.risk), self.source.id


def rot(
    session: Session, *, risk: Stake | None = None, after: Place | None = None, size: int = PAGE
) -> tuple[list[Address], bool]:
    """Return a page of addresses, the worst first, and whether more follow; two statements."""
    ranked = _ranked()
    query = select(ranked).order_by(ranked.c.rank, ranked.c.source_id).limit(size + 1)
    if risk is not None:
        query = query.where(ranked.c.rank == STAKES.index(risk))
    if after is not None:
        rank, last = after
        later = and_(ranked.c.rank == rank, ranked.c.source_id > last)
        query = query.where(or_(ranked.c.rank > rank, later))
    rows = session.execute(query).all()
    return list(_addresses(session, rows[:size])), len(rows) > size


def counts(session: Session) -> dict[Stake, int]:
    """Return how many addresses are at each risk; one statement."""
    ranked = _ranked()
    query = select(ranked.c.rank, func.count()).group_by(ranked.c.rank)
    found = {STAKES[rank]: number for rank, number in session.execute(query)}
    return {one: found[one] for one in STAKES if one in found}


def whole(session: Session) -> Iterator[Address]:
    """Yield every address, a page at a time."""
    after: Place | None = None
    while True:
        rows, more = rot(session, after=after, size=500)
        yield from rows
        if not more:
            return
        after = rows[-1].place


def _ranked() -> Any:
    """Every cited address with its risk."""
    states, changed = _states(), _changed()
    known = members()
    kept = exists().where(known.c.stands == Source.id, known.c.member == Snapshot.source_id)
    captured = kept.where(Snapshot.capture == Capture.WEB)
    lost = states.c.answer.in_(LOST)
    conditions = {
        Stake.LOST_FOR_GOOD: and_(lost, ~kept),
        Stake.LOST: lost,
        Stake.CHANGED: changed.c.source_id.is_not(None),
        Stake.FORBIDDEN: and_(states.c.answer == PageAnswer.FORBIDDEN, ~kept),
        Stake.UNSEEN: and_(SourceLook.answered_at.is_(None), ~kept),
        Stake.NOT_KEPT: ~kept,
        Stake.REDIRECTED: states.c.answer == PageAnswer.REDIRECTED,
        Stake.UNTRIED: and_(SourceLook.answered_at.is_(None), ~captured),
    }
    ranks = [(condition, STAKES.index(one)) for one, condition in conditions.items()]
    used = reliances()
    living = select(used.c.source_id).join(Claim, Claim.id == used.c.claim_id)
    living = living.where(Claim.stage != Stage.DROPPED)
    return (
        select(
            Source.id.label("source_id"),
            case(*ranks, else_=STAKES.index(Stake.SOUND)).label("rank"),
            states.c.answer,
            states.c.created_at.label("since"),
            states.c.final_url,
            SourceLook.looked_at,
            SourceLook.answered_at,
        )
        .outerjoin(states, and_(states.c.source_id == Source.id, states.c.url == Source.url))
        .outerjoin(
            SourceLook, and_(SourceLook.source_id == Source.id, SourceLook.url == Source.url)
        )
        .outerjoin(changed, changed.c.source_id == Source.id)
        .where(Source.url.is_not(None), ~Source.confidential, Source.id.in_(living))
        .subquery("ranked")
    )


def _states() -> Any:
    """How each page answers, since when."""
    place = func.row_number().over(partition_by=PageState.source_id, order_by=PageState.id.desc())
    rows = select(PageState, place.label("place")).subquery()
    return select(rows).where(rows.c.place == 1).subquery("states")


def changed_items(session: Session, source: Source) -> list[Evidence]:
    """Return the evidence of a source whose quoted words read otherwise at its address now."""
    query = select(Evidence).where(Evidence.source_id == source.id, Evidence.id.in_(_otherwise()))
    return list(session.scalars(query.options(selectinload(Evidence.claim)).order_by(Evidence.id)))


def _changed() -> Any:
    """The sources of which a quoted passage is no longer what it was."""
    query = select(Evidence.source_id.label("source_id")).where(Evidence.id.in_(_otherwise()))
    return query.distinct().subquery("changed")


def _otherwise() -> Any:
    """The keys of the evidence of which the newest look found other words than it quotes."""
    place = func.row_number().over(
        partition_by=Observation.evidence_id, order_by=Observation.id.desc()
    )
    rows = select(Observation, place.label("place")).subquery()
    return (
        select(Evidence.id)
        .join(rows, rows.c.evidence_id == Evidence.id)
        .where(
            rows.c.place == 1,
            rows.c.outcome.not_in(WELL),
            rows.c.quote == Evidence.quote,
            Evidence.withdrawn_by.is_(None),
            rows.c.snapshot_id.is_not_distinct_from(Evidence.snapshot_id),
        )
    )


def _addresses(session: Session, rows: Collection[Any]) -> Iterator[Address]:
    """Count what rests on the addresses of one page."""
    keys = [row.source_id for row in rows]
    used, known = reliances(), members()
    copies = (
        select(func.count())
        .select_from(known.join(Snapshot, Snapshot.source_id == known.c.member))
        .where(known.c.stands == Source.id)
        .correlate(Source)
        .scalar_subquery()
    )
    found = {
        source.id: (source, kept, claims, appendices)
        for source, kept, claims, appendices in session.execute(
            select(
                Source,
                copies,
                func.count(distinct(Claim.id)),
                func.count(distinct(Appendix.id)),
            )
            .join(used, used.c.source_id == Source.id)
            .join(Claim, Claim.id == used.c.claim_id)
            .outerjoin(Appendix, Appendix.article_id == Claim.article_id)
            .where(Source.id.in_(keys), Claim.stage != Stage.DROPPED)
            .group_by(Source.id)
        )
    }
    for row in rows:
        source, kept, claims, appendices = found[row.source_id]
        yield Address(
            source,
            STAKES[row.rank],
            row.answer,
            row.since,
            row.final_url,
            row.looked_at,
            row.answered_at,
            kept,
            claims,
            appendices,
        )
