"""One act on many claims at once: all of them, or none; whatever stands in the way is named.

An act is looked at for every claim before anything is written. Who orders it decides then whether
the claims that can have it get it; nothing is ever half done in silence.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from claims.contests import Dispute, raise_contest
from claims.errors import Missing
from claims.models import Claim
from claims.snoozes import snooze_many
from claims.vocabulary import CLOSED, Stage
from claims.workflow import STAGE_WORDS, Move, drop, may_move
from sources.columns import Words

MOST = 150
"""Claims that one act takes at most."""


class BulkAct(StrEnum):
    """What can be done to many claims at once."""

    TAKE = "take"
    RELEASE = "release"
    ASSIGN = "assign"
    SNOOZE = "snooze"
    DUE = "due"
    DROP = "drop"
    CONTEST = "contest"


SEEN = frozenset({BulkAct.DUE, BulkAct.DROP, BulkAct.CONTEST})
"""Acts about what a claim says: they want the claim as the person saw it."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What somebody wants done; ``over_others`` lets them hand over what another has taken.

    ``to`` is whom claims are assigned to, ``moment`` until when they are put aside or due.
    """

    act: BulkAct
    by: str
    over_others: bool = False
    to: str | None = None
    moment: dt.datetime | None = None
    reason: str = ""
    dispute: Dispute | None = None


@dataclass(frozen=True)
class Barred:
    """A claim that cannot have the act, and why."""

    claim: uuid.UUID
    why: Words


@dataclass(frozen=True)
class Looked:
    """The chosen claims that can have an act, and those that cannot."""

    able: Sequence[Claim]
    barred: Sequence[Barred]


def look(session: Session, chosen: Mapping[uuid.UUID, int | None], wish: Wish) -> Looked:
    """Lock the chosen claims and tell which can have the act.

    ``chosen`` gives for each claim the version the person saw, or None. Claims are locked in the
    order of their keys, so that two people who choose the same ones never wait for each other.
    """
    found = {claim.id: claim for claim in session.scalars(_loaded(chosen, wish.act))}
    able: list[Claim] = []
    barred: list[Barred] = []
    for key, seen in chosen.items():
        claim = found.get(key)
        why = _bar(claim, seen, wish)
        if why is not None:
            barred.append(Barred(key, why))
        elif claim is not None:
            able.append(claim)
    return Looked(able, barred)


def perform(session: Session, claims: Sequence[Claim], wish: Wish) -> int:
    """Do the act to claims that can have it; return how many rows of claims that concerned."""
    ACTS[wish.act](session, claims, wish)
    session.flush()
    return len(claims)


def _loaded(chosen: Mapping[uuid.UUID, int | None], act: BulkAct) -> Any:
    wanted = select(Claim).where(Claim.id.in_(list(chosen))).order_by(Claim.id)
    if act is BulkAct.CONTEST:
        parts = (Claim.contests, Claim.figures, Claim.evidence, Claim.assessments)
        wanted = wanted.options(*(selectinload(part) for part in parts))
    return wanted.with_for_update(of=Claim).execution_options(populate_existing=True)


def _bar(claim: Claim | None, seen: int | None, wish: Wish) -> Words | None:
    """Why a claim cannot have the act, or None."""
    if claim is None:
        return {"zh": "没有这条论断。", "en": "There is no such claim."}
    if wish.act in SEEN and seen is not None and seen != claim.version:
        return {
            "zh": "您打开列表之后，别人改过这条论断。",
            "en": "Somebody changed it after you opened the list.",
        }
    return BARS[wish.act](claim, wish)


def _holder_bar(claim: Claim, wish: Wish) -> Words | None:
    """A claim that is done needs nobody; what another has taken is handed over by a lead."""
    if claim.stage in CLOSED:
        return _stands(claim)
    if claim.assignee in {None, wish.by} or (wish.over_others and wish.act is not BulkAct.TAKE):
        return None
    return {
        "zh": f"{claim.assignee} 正在处理。",
        "en": f"It is in the hands of {claim.assignee}.",
    }


def _release_bar(claim: Claim, wish: Wish) -> Words | None:
    if claim.assignee is None:
        return {"zh": "没有人领取它。", "en": "Nobody has taken it."}
    return _holder_bar(claim, wish)


def _closed_bar(claim: Claim, _wish: Wish) -> Words | None:
    return _stands(claim) if claim.stage in CLOSED else None


def _drop_bar(claim: Claim, _wish: Wish) -> Words | None:
    return None if may_move(claim, Move.DROP) else _stands(claim)


def _contest_bar(claim: Claim, _wish: Wish) -> Words | None:
    return _stands(claim) if claim.stage is Stage.DROPPED else None


def _no_bar(_claim: Claim, _wish: Wish) -> Words | None:
    return None


def _stands(claim: Claim) -> Words:
    stands = STAGE_WORDS[claim.stage]
    return {"zh": f"它的进度是“{stands['zh']}”。", "en": f"It is {stands['en']}."}


def _assign(session: Session, claims: Sequence[Claim], holder: str | None) -> None:
    """Hand claims over; what is so already is not written again.

    Neither who checks a claim nor when it is due is part of what is checked: the rows' versions
    stay, so that nobody's open form goes stale.
    """
    changed = [claim for claim in claims if claim.assignee != holder]
    _write(session, changed, assignee=holder)


def _write(session: Session, claims: Sequence[Claim], **values: Any) -> None:
    if not claims:
        return
    keys = [claim.id for claim in claims]
    session.execute(
        update(Claim)
        .where(Claim.id.in_(keys))
        .values(**values)
        .execution_options(synchronize_session=False)
    )
    for claim in claims:
        session.expire(claim, list(values))


def _take(session: Session, claims: Sequence[Claim], wish: Wish) -> None:
    _assign(session, claims, wish.by)


def _release(session: Session, claims: Sequence[Claim], _wish: Wish) -> None:
    _assign(session, claims, None)


def _give(session: Session, claims: Sequence[Claim], wish: Wish) -> None:
    _assign(session, claims, wish.to)


def _due(session: Session, claims: Sequence[Claim], wish: Wish) -> None:
    _write(session, [claim for claim in claims if claim.due_at != wish.moment], due_at=wish.moment)


def _snooze(session: Session, claims: Sequence[Claim], wish: Wish) -> None:
    snooze_many(session, claims, by=wish.by, until=wish.moment)


def _drop(session: Session, claims: Sequence[Claim], wish: Wish) -> None:
    for claim in claims:
        drop(session, claim, by=wish.by, reason=wish.reason)


def _contest(session: Session, claims: Sequence[Claim], wish: Wish) -> None:
    if wish.dispute is None:
        raise Missing("no_dispute", {"zh": "没有写明争议。", "en": "No dispute was stated."})
    for claim in claims:
        raise_contest(session, claim, wish.dispute, by=wish.by)


BARS: Mapping[BulkAct, Callable[[Claim, Wish], Words | None]] = {
    BulkAct.TAKE: _holder_bar,
    BulkAct.RELEASE: _release_bar,
    BulkAct.ASSIGN: _holder_bar,
    BulkAct.SNOOZE: _no_bar,
    BulkAct.DUE: _closed_bar,
    BulkAct.DROP: _drop_bar,
    BulkAct.CONTEST: _contest_bar,
}
"""What may stand in the way of each act."""
ACTS: Mapping[BulkAct, Callable[[Session, Sequence[Claim], Wish], None]] = {
    BulkAct.TAKE: _take,
    BulkAct.RELEASE: _release,
    BulkAct.ASSIGN: _give,
    BulkAct.SNOOZE: _snooze,
    BulkAct.DUE: _due,
    BulkAct.DROP: _drop,
    BulkAct.CONTEST: _contest,
}
"""How each act is done."""
