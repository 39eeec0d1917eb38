"""What the queue can be narrowed to: each filter's words, and what it asks of a claim."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    case,
    func,
    null,
    or_,
    select,
)

from claims.models import Article, Citation, Claim, Contest, Evidence
from claims.queries.attention import waits_for
from claims.queries.flags import Flag, answered, flagged, sign_off_void, signable
from claims.queries.risk import found
from claims.status import VerificationStatus
from claims.vocabulary import CLOSED, Severity, SignOffDecision, Stage
from sources.base import now
from sources.families import stands_for
from sources.models import Source

ME, NOBODY = "me", "nobody"
"""Words for two holders of claims that are no names."""
DAY, WEEK = dt.timedelta(days=1), dt.timedelta(days=7)


class View(StrEnum):
    """Whose claims: all, those that wait for me, I took, I may sign, or nobody has taken."""

    ALL = "all"
    TURN = "turn"
    MINE = "mine"
    SIGNATURE = "signature"
    UNASSIGNED = "unassigned"


class Contested(StrEnum):
    """Whether a dispute is open, or even one that forbids the sign-off."""

    OPEN = "1"
    BLOCKING = "blocking"


class RoleTurn(StrEnum):
    """Whose part of the work is next: checking, the first signature, or a further one."""

    CHECKER = "checker"
    REVIEWER = "reviewer"
    APPROVER = "approver"


class Due(StrEnum):
    """How far away the deadline of an unfinished claim is: its own, or else its article's."""

    OVERDUE = "overdue"
    DAY = "day"
    WEEK = "week"
    LATER = "later"
    NONE = "none"


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to.

    ``me`` is the actor the views are about, with what they may do; ``moment`` is now. ``assignee``
    is an actor, or one of ``ME`` and ``NOBODY``; ``article`` and ``source`` are keys.
    """

    me: str
    signs: bool = False
    settles: bool = False
    moment: dt.datetime = field(default_factory=now)
    today: dt.date | None = None
    view: View = View.ALL
    article: str | None = None
    status: VerificationStatus | None = None
    stage: Stage | None = None
    contested: Contested | None = None
    flag: Flag | None = None
    assignee: str | None = None
    turn: RoleTurn | None = None
    severity: Severity | None = None
    due: Due | None = None
    source: str | None = None

    @property
    def active(self) -> dict[str, str]:
        """The filters that narrow the list: their names, and which condition each is."""
        asked = {
            "view": self.view if self.view is not View.ALL else None,
            "contested": self.contested,
            "flag": self.flag,
        }
        named = {name: f"{name} {value.value}" for name, value in asked.items() if value}
        plain = ("article", "status", "stage", "turn", "severity", "due", "source")
        named |= {name: name for name in plain if getattr(self, name)}
        if self.assignee:
            named["assignee"] = f"assignee {NOBODY}" if self.assignee == NOBODY else "assignee"
        return named

    @property
    def known(self) -> dict[str, Any]:
        """The values of the statements' parameters."""
        return {
            "me": self.me,
            "now": self.moment,
            "today": self.today or self.moment.date(),
            "day": self.moment + DAY,
            "week": self.moment + WEEK,
            "article": self.article,
            "status": self.status,
            "stage": self.stage,
            "assignee": self.me if self.assignee == ME else self.assignee,
            "turn": self.turn.value if self.turn else None,
            "severity": self.severity,
            "due": self.due.value if self.due else None,
            "source": self.source,
        }


def deadline() -> ColumnElement[Any]:
    """When a claim is due: its own moment, or else its article's."""
    return func.coalesce(Claim.due_at, Article.deadline)


def due() -> ColumnElement[Any]:
    """How far the deadline is away, as a word of :class:`Due`; NULL where the work is done."""
    when = deadline()
    return case(
        (Claim.stage.in_(CLOSED), null()),
        (when.is_(None), Due.NONE.value),
        (when < bindparam("now"), Due.OVERDUE.value),
        (when < bindparam("day"), Due.DAY.value),
        (when < bindparam("week"), Due.WEEK.value),
        else_=Due.LATER.value,
    )


def role_turn() -> ColumnElement[Any]:
    """Whose part of the work is next, as a word of :class:`RoleTurn`; NULL where it is done."""
    return case(
        (Claim.stage.in_((Stage.OPEN, Stage.CHECKING)), RoleTurn.CHECKER.value),
        (Claim.stage != Stage.SUBMITTED, null()),
        (answered(SignOffDecision.SIGNED), RoleTurn.APPROVER.value),
        else_=RoleTurn.REVIEWER.value,
    )


def flag_condition(flag: Flag) -> ColumnElement[bool]:
    """Whether a claim has a flag."""
    return sign_off_void() if flag is Flag.VOID else Claim.id.in_(flagged(flag))


@lru_cache(maxsize=4)
def conditions(signs: bool, settles: bool) -> dict[str, ColumnElement[bool]]:  # noqa: FBT001 - what they may do
    """What each filter asks of a claim beside its article."""
    mine: BindParameter[str] = bindparam("me")
    disputed = select(Contest.claim_id).where(Contest.outcome.is_(None))
    open_claims = Claim.stage.not_in(CLOSED)
    # The list is the same for everybody, so it is not narrowed by a confidential source; a key that
    # was merged means the entry that stands for it.
    named = stands_for(Source.key == bindparam("source")).scalar_subquery()
    return {
        "article": Article.key == bindparam("article"),
        "status": Claim.verification_status == bindparam("status"),
        "stage": Claim.stage == bindparam("stage"),
        "assignee": Claim.assignee == bindparam("assignee"),
        f"assignee {NOBODY}": Claim.assignee.is_(None),
        "turn": role_turn() == bindparam("turn"),
        "severity": or_(
            *(and_(bindparam("severity") == one.value, found(one)) for one in Severity)
        ),
        "due": due() == bindparam("due"),
        "source": or_(
            Claim.id.in_(
                select(Evidence.claim_id).where(
                    Evidence.source_id == named, Evidence.withdrawn_by.is_(None)
                )
            ),
            Claim.id.in_(select(Citation.claim_id).where(Citation.source_id == named)),
        ),
        f"contested {Contested.OPEN}": Claim.id.in_(disputed),
        f"contested {Contested.BLOCKING}": Claim.id.in_(disputed.where(Contest.blocking)),
        **{f"flag {flag}": flag_condition(flag) for flag in Flag},
        f"view {View.TURN}": waits_for(signs, settles),
        f"view {View.MINE}": (Claim.assignee == mine) & open_claims,
        f"view {View.SIGNATURE}": signable(mine),
        f"view {View.UNASSIGNED}": Claim.assignee.is_(None) & open_claims,
    }
