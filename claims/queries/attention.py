"""Whose turn it is: the claims that wait for one person, why, and which of them come first.

Nothing of this is stored. Who is wanted follows from the rows of assignment, submission, sign-off
and contest; only that somebody put a claim aside for a while is a row of its own.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from claims.models import (
    Article,
    Assessment,
    Claim,
    Comment,
    Contest,
    Evidence,
    SignOff,
    Snooze,
)
from claims.queries.flags import answered, assessed_by, sign_off_void, signable
from claims.queries.risk import RISKS, Risk, risk
from claims.status import VerificationStatus
from claims.vocabulary import SignOffDecision, Stage
from sources.columns import Words
from sources.local_days import local_day

SHOWN = 20
"""Claims on the page; the rest is counted."""
COUNTED = 100
"""As far as the count beside the navigation goes."""


class Waits(StrEnum):
    """Why a claim waits for somebody, the most pressing first."""

    VOID = "void"
    RETURNED = "returned"
    OVERDUE = "overdue"
    SIGNATURE = "signature"
    CONTEST = "contest"
    ASSIGNED = "assigned"


REASONS = tuple(Waits)


@dataclass(frozen=True)
class Person:
    """Whose turn is asked about, and whether they may sign claims and settle contests."""

    actor: str
    signs: bool
    settles: bool


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One claim that waits for the person.

    ``since`` is when a contest was raised or a claim returned; for the other reasons it is the
    last thing that was added to the claim. ``deadline`` is the claim's or else its article's.
    """

    id: uuid.UUID
    number: int
    article_key: str
    article_title: Words
    statement: Words
    status: VerificationStatus
    stage: Stage
    reason: Waits
    risk: Risk
    deadline: dt.datetime | None
    since: dt.datetime
    contests: int


@dataclass(frozen=True)
class Turn:
    """What waits for a person; ``more`` says that further claims follow those listed."""

    rows: Sequence[Waiting]
    more: bool


def your_turn(
    session: Session, person: Person, moment: dt.datetime, *, asleep: bool = False
) -> Turn:
    """Return what waits for a person at a moment, or what they put aside; one statement."""
    statement = _listed(person.signs, person.settles, asleep)
    known = _known(session, person, moment) | {"size": SHOWN + 1}
    found = session.execute(statement, known).all()
    return Turn([_waiting(row) for row in found[:SHOWN]], len(found) > SHOWN)


def turn_count(session: Session, person: Person, moment: dt.datetime) -> int:
    """How many claims wait for a person, counted to 100 at most; one statement."""
    statement = _counted(person.signs, person.settles)
    return session.scalar(statement, _known(session, person, moment)) or 0


def waits(
    session: Session, person: Person, moment: dt.datetime, claim_id: uuid.UUID
) -> Waits | None:
    """Why one claim waits for a person, the most pressing reason; None where it does not."""
    branches = [
        branch.outerjoin(Snooze, _put_aside())
        .where(~_asleep(), Claim.id == claim_id)
        .with_only_columns(branch.selected_columns.rank)
        for branch in _branches(person.signs, person.settles)
    ]
    found = union_all(*branches).subquery()
    rank = session.scalar(select(func.min(found.c.rank)), _known(session, person, moment))
    return None if rank is None else REASONS[rank]


def _known(session: Session, person: Person, moment: dt.datetime) -> dict[str, Any]:
    return {"me": person.actor, "now": moment, "today": local_day(session, moment)}


def _waiting(row: Any) -> Waiting:
    reason = REASONS[row.rank]
    acts = [row.created_at, row.assessed, row.decided, row.attached, row.disputed, row.said]
    latest = max(moment for moment in acts if moment is not None)
    began = {
        Waits.RETURNED: row.decided,
        Waits.OVERDUE: row.raised,
        Waits.CONTEST: row.raised,
    }
    deadlines = [moment for moment in (row.due_at, row.deadline) if moment is not None]
    return Waiting(
        id=row.id,
        number=row.number,
        article_key=row.article_key,
        article_title=row.article_title,
        statement=row.statement,
        status=row.verification_status,
        stage=row.stage,
        reason=reason,
        risk=RISKS[row.risk],
        deadline=min(deadlines, default=None),
        since=began.get(reason) or latest,
        contests=row.contests,
    )


@lru_cache(maxsize=8)
def _listed(signs: bool, settles: bool, asleep: bool) -> Select[*tuple[Any, ...]]:  # noqa: FBT001 - a cache key
    """The statement of the list, built once per process: what the first rows show."""
    chosen = _chosen(signs, settles, asleep).subquery()
    due = chosen.c.first_deadline
    return (
        select(
            Claim.id,
            Claim.number,
            Article.key.label("article_key"),
            Article.title.label("article_title"),
            Claim.statement,
            Claim.verification_status,
            Claim.stage,
            Claim.due_at,
            Article.deadline,
            Claim.created_at,
            chosen.c.rank,
            chosen.c.risk,
            *_moments(),
        )
        .join(chosen, chosen.c.id == Claim.id)
        .join(Article, Article.id == Claim.article_id)
        .order_by(chosen.c.risk, due.is_(None), due, chosen.c.rank, Claim.id)
    )


def _chosen(signs: bool, settles: bool, asleep: bool) -> Any:  # noqa: FBT001 - what they may do
    """The first claims of the list, with what orders them."""
    wanted = union_all(*_branches(signs, settles)).subquery()
    ranked = (
        select(wanted.c.claim_id, func.min(wanted.c.rank).label("rank"))
        .group_by(wanted.c.claim_id)
        .subquery()
    )
    urgency = risk(ranked.c.rank == REASONS.index(Waits.VOID))
    deadline = func.coalesce(Claim.due_at, Article.deadline)
    return (
        select(Claim.id, ranked.c.rank, urgency.label("risk"), deadline.label("first_deadline"))
        .join(ranked, ranked.c.claim_id == Claim.id)
        .join(Article, Article.id == Claim.article_id)
        .outerjoin(Snooze, _put_aside())
        .where(_asleep() if asleep else ~_asleep())
        .order_by(urgency, deadline.is_(None), deadline, ranked.c.rank, Claim.id)
        .limit(bindparam("size"))
    )


@lru_cache(maxsize=4)
def _counted(signs: bool, settles: bool) -> Select[int]:  # noqa: FBT001 - a cache key
    """The statement of the count, built once per process; no reason is counted further than all."""
    branches = [
        branch.with_only_columns(Claim.id)
        .outerjoin(Snooze, _put_aside())
        .where(~_asleep())
        .limit(COUNTED)
        .subquery()
        for branch in _branches(signs, settles)
    ]
    wanted = union(*(select(branch.c.id) for branch in branches)).limit(COUNTED).subquery()
    return select(func.count()).select_from(wanted)


def _branches(signs: bool, settles: bool) -> list[Select[uuid.UUID, int]]:  # noqa: FBT001 - what they may do
    """For each reason the claims it holds for; a claim may have several."""
    me: BindParameter[str] = bindparam("me")
    taken = select(Claim.id).where(or_(Claim.submitted_by == me, Claim.assignee == me))
    mine = Claim.id.in_(taken)
    returned = answered(SignOffDecision.RETURNED)
    checking = Claim.stage == Stage.CHECKING
    held = Claim.id.in_(taken.union(select(SignOff.claim_id).where(SignOff.created_by == me)))
    found = {
        # Whoever concluded what was signed is asked again as well, whoever submitted it.
        Waits.VOID: and_(sign_off_void(), or_(held, assessed_by(me))),
        Waits.RETURNED: and_(checking, returned, mine),
        Waits.OVERDUE: _disputed(
            Contest.due_on < bindparam("today"),
            or_(Contest.created_by == me, Claim.assignee == me, literal(settles)),
        ),
        Waits.ASSIGNED: and_(Claim.assignee == me, Claim.stage.in_((Stage.OPEN, Stage.CHECKING))),
    }
    if signs:
        found[Waits.SIGNATURE] = signable(me)
    if settles:
        found[Waits.CONTEST] = _disputed(Contest.created_by != me, ~assessed_by(me))
    return [
        select(Claim.id.label("claim_id"), literal(REASONS.index(reason)).label("rank")).where(
            condition
        )
        for reason, condition in found.items()
    ]


def waits_for(signs: bool, settles: bool) -> ColumnElement[bool]:  # noqa: FBT001 - what they may do
    """Whether a claim waits for a person, who has not put it aside."""
    branches = _branches(signs, settles)
    wanted = union(*(branch.with_only_columns(Claim.id) for branch in branches)).subquery()
    aside = select(Snooze.claim_id).join(Claim, _put_aside()).where(_asleep())
    return and_(
        Claim.id.in_(select(wanted.c.id)),
        Claim.id.not_in(aside.correlate(None)),
    )


def _disputed(*more: Any) -> ColumnElement[bool]:
    """A claim still in the article with an open contest of this kind."""
    disputed = (
        select(Contest.claim_id)
        .join(Claim, Claim.id == Contest.claim_id)
        .where(Contest.outcome.is_(None), Claim.stage != Stage.DROPPED, *more)
        .correlate(None)
    )
    return Claim.id.in_(disputed)


def _put_aside() -> ColumnElement[bool]:
    return and_(Snooze.claim_id == Claim.id, Snooze.created_by == bindparam("me"))


def _asleep() -> ColumnElement[bool]:
    """Whether the snooze still holds: its time is not over, and nothing has happened since."""
    later = [
        ~exists().where(model.claim_id == Claim.id, model.created_at > Snooze.created_at)
        for model in (Assessment, SignOff, Evidence, Contest, Comment)
    ]
    return and_(
        Snooze.id.is_not(None),
        Snooze.claim_version == Claim.version,
        or_(Snooze.until.is_(None), Snooze.until > bindparam("now")),
        *later,
    )


def _moments() -> list[Any]:
    """When each kind of thing last happened to the claim, and how many contests are open."""

    def latest(model: Any, what: Any = func.max, *more: Any) -> Any:
        chosen = select(what(model.created_at)).where(model.claim_id == Claim.id, *more)
        return chosen.correlate(Claim).scalar_subquery()

    unsettled = select(func.count(Contest.id)).where(
        Contest.claim_id == Claim.id, Contest.outcome.is_(None)
    )
    return [
        latest(Assessment).label("assessed"),
        latest(SignOff).label("decided"),
        latest(Evidence).label("attached"),
        latest(Contest).label("disputed"),
        latest(Comment).label("said"),
        latest(Contest, func.min, Contest.outcome.is_(None)).label("raised"),
        unsettled.correlate(Claim).scalar_subquery().label("contests"),
    ]
