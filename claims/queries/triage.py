"""What the page of sorting shows: one proposal in its place, the list around it, and the counts."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, case, func, select, tuple_
from sqlalchemy.orm import Session, joinedload, raiseload, selectinload

from claims.mentions import Coverage, coverage
from claims.models import (
    Article,
    ArticleVersion,
    Proposal,
    ReadingDifference,
    TriageAct,
)
from claims.queries.articles import newest
from claims.readings import Progress, latest_reading, progress
from claims.triage_vocabulary import STANDING, DifferenceState, ProposalState, Strength, adjoining
from claims.undo import last_act

WINDOW = 60
"""Proposals listed before and after the one being sorted."""
LAST = 10
WEAK_LAST = case((Proposal.strength == Strength.WEAK, 1), else_=0)
ORDER = (WEAK_LAST, Proposal.start, Proposal.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many proposals were kept and dropped and how many are left, strong and weak."""

    kept: int
    dropped: int
    left: int
    left_weak: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.kept + self.dropped + self.left + self.left_weak


@dataclass(frozen=True, slots=True, kw_only=True)
class TriagePage:
    """Everything the page of sorting shows."""

    article: Article
    version: ArticleVersion
    progress: Progress
    counts: Counts
    coverage: Coverage
    strong: list[Proposal]
    weak: list[Proposal]
    current: Proposal | None
    before: int | None
    after: int | None
    mergeable: bool
    last: list[Proposal]
    act: TriageAct | None
    differences: int

    @property
    def listed(self) -> list[Proposal]:
        """The proposals of both lists."""
        return [*self.strong, *self.weak]


def triage_page(session: Session, key: str, at: int | None, by: str | None) -> TriagePage:
    """Load the page for the newest version of an article; raise Missing for an unknown key.

    ``at`` is the number of a proposal; without it the first one left is shown.
    """
    article, version = newest(session, key)
    current = _current(session, version, at)
    reading = latest_reading(session, version.id)
    return TriagePage(
        article=article,
        version=version,
        progress=progress(reading, version),
        counts=_counts(session, version),
        coverage=coverage(session, version),
        strong=_window(session, version, current, Strength.STRONG),
        weak=_window(session, version, current, Strength.WEAK),
        current=current,
        before=_beside(session, current, forward=False),
        after=_beside(session, current, forward=True),
        mergeable=current is not None and _has_before(session, version, current),
        last=_last(session, version),
        act=last_act(session, version, by) if by else None,
        differences=_differences(session, version),
    )


def _mine(version: ArticleVersion) -> ColumnElement[bool]:
    return Proposal.version_id == version.id


def _current(session: Session, version: ArticleVersion, at: int | None) -> Proposal | None:
    full = (
        selectinload(Proposal.figures).options(raiseload("*")),
        joinedload(Proposal.claim).options(raiseload("*")),
        raiseload("*"),
    )
    chosen = select(Proposal).where(_mine(version)).options(*full)
    if at is not None:
        found = session.scalars(chosen.where(Proposal.number == at)).first()
        if found is not None:
            return found
    left = chosen.where(Proposal.state == ProposalState.PENDING).order_by(*ORDER).limit(1)
    last = chosen.where(Proposal.state.in_(STANDING)).order_by(*(one.desc() for one in ORDER))
    return session.scalars(left).first() or session.scalars(last.limit(1)).first()


def _counts(session: Session, version: ArticleVersion) -> Counts:
    rows = session.execute(
        select(Proposal.state, Proposal.strength, func.count())
        .where(_mine(version), Proposal.state.in_(STANDING))
        .group_by(Proposal.state, Proposal.strength)
    )
    counted = {(state, strength): number for state, strength, number in rows}
    both = tuple(Strength)
    return Counts(
        kept=sum(counted.get((ProposalState.ACCEPTED, one), 0) for one in both),
        dropped=sum(counted.get((ProposalState.REJECTED, one), 0) for one in both),
        left=counted.get((ProposalState.PENDING, Strength.STRONG), 0),
        left_weak=counted.get((ProposalState.PENDING, Strength.WEAK), 0),
    )


def _window(
    session: Session, version: ArticleVersion, current: Proposal | None, strength: Strength
) -> list[Proposal]:
    """Return the proposals around the current one, in the order of the text."""
    listed = (
        select(Proposal)
        .where(_mine(version), Proposal.state.in_(STANDING), Proposal.strength == strength)
        .options(joinedload(Proposal.claim).options(raiseload("*")), raiseload("*"))
    )
    place = (current.start, current.number) if current is not None else (0, 0)
    here = tuple_(Proposal.start, Proposal.number)
    order = (Proposal.start, Proposal.number)
    before = session.scalars(
        listed.where(here < place).order_by(*(one.desc() for one in order)).limit(WINDOW)
    ).all()
    after = session.scalars(listed.where(here >= place).order_by(*order).limit(WINDOW)).all()
    return [*reversed(before), *after]


def _beside(session: Session, current: Proposal | None, *, forward: bool) -> int | None:
    """Return the number of the listed proposal after (or before) this one."""
    if current is None:
        return None
    place = (1 if current.strength is Strength.WEAK else 0, current.start, current.number)
    here = tuple_(*ORDER)
    step = here > place if forward else here < place
    order = ORDER if forward else tuple(one.desc() for one in ORDER)
    return session.scalars(
        select(Proposal.number)
        .where(Proposal.version_id == current.version_id, Proposal.state.in_(STANDING), step)
        .order_by(*order)
        .limit(1)
    ).first()


def next_left(session: Session, version: ArticleVersion, number: int) -> int | None:
    """Return the next proposal left after this one, else the first that is left, else None."""
    current = session.scalars(
        select(Proposal).where(_mine(version), Proposal.number == number)
    ).first()
    left = select(Proposal.number).where(_mine(version), Proposal.state == ProposalState.PENDING)
    if current is not None:
        place = (1 if current.strength is Strength.WEAK else 0, current.start, current.number)
        following = left.where(tuple_(*ORDER) > place).order_by(*ORDER).limit(1)
        found = session.scalars(following).first()
        if found is not None:
            return found
    return session.scalars(left.order_by(*ORDER).limit(1)).first()


def _has_before(session: Session, version: ArticleVersion, current: Proposal) -> bool:
    """Tell whether the proposal right before this one can take it in."""
    query = select(Proposal.state, Proposal.stop).where(
        _mine(version),
        Proposal.state.in_(STANDING),
        Proposal.id != current.id,
        Proposal.start <= current.start,
    )
    before = session.execute(
        query.order_by(Proposal.start.desc(), Proposal.number.desc()).limit(1)
    ).first()
    return (
        before is not None
        and before.state is ProposalState.PENDING
        and adjoining(version.text, before.stop, current.start)
    )


def _last(session: Session, version: ArticleVersion) -> list[Proposal]:
    """Return the proposals decided last, the newest first."""
    decided = (ProposalState.ACCEPTED, ProposalState.REJECTED)
    return list(
        session.scalars(
            select(Proposal)
            .where(_mine(version), Proposal.state.in_(decided))
            .order_by(Proposal.decided_at.desc(), Proposal.number.desc())
            .limit(LAST)
            .options(joinedload(Proposal.claim).options(raiseload("*")), raiseload("*"))
        )
    )


def _differences(session: Session, version: ArticleVersion) -> int:
    reading = latest_reading(session, version.id)
    if reading is None:
        return 0
    query = select(func.count()).where(
        ReadingDifference.reading_id == reading.id,
        ReadingDifference.state == DifferenceState.OPEN,
    )
    return session.scalar(query) or 0


def listed_proposals(session: Session, version: ArticleVersion) -> Sequence[Proposal]:
    """Return all proposals of a version with their figures, strong ones first, in text order."""
    return session.scalars(
        select(Proposal)
        .where(_mine(version))
        .order_by(*ORDER)
        .options(selectinload(Proposal.figures), joinedload(Proposal.claim))
    ).all()
