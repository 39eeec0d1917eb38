"""How often somebody may try a way in: counted to the single try, for all processes together."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.db import Database
from app.limits.models import SignInAttempt
from app.limits.vocabulary import GATES, WINDOW, Gate
from sources.base import now


@dataclass(frozen=True)
class Tried:
    """A try that was counted; ``wait`` says how many seconds to wait, None to go on."""

    pair: str
    wait: int | None


def attempt(database: Database, gate: Gate, pair: str, *, familiar: bool = False) -> Tried:
    """Count a try before what was typed is looked at; ``pair`` stands for person and place.

    Whoever is ``familiar`` is bound by their own limit and not by that of everybody: else strangers
    who try often enough, from a few places, would keep the whole newsroom out.

    The try is kept in a transaction of its own and counted after it, so that tries made at the
    same moment see each other. One that is refused is not kept: waiting is enough.
    """
    moment = now()
    with database.writing("visitor") as session:
        forget(session, moment)
        kept = SignInAttempt(pair_sha256=pair, tried_at=moment, gate=gate)
        session.add(kept)
    with database.reading() as session:
        begun = _over_limit(session, gate, pair, moment, familiar=familiar)
    if begun is None:
        return Tried(pair, None)
    with database.writing("visitor") as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.id == kept.id))
    left = begun + WINDOW - moment
    return Tried(pair, max(1, int(left.total_seconds()) + 1))


def forgive(session: Session, gate: Gate, pair: str) -> None:
    """Forget the tries of somebody who got in."""
    own = SignInAttempt.gate == gate, SignInAttempt.pair_sha256 == pair
    session.execute(delete(SignInAttempt).where(*own))


def forget(session: Session, moment: dt.datetime) -> None:
    """Remove the tries that no limit looks back at from a moment."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.tried_at < moment - WINDOW))


def _over_limit(
    session: Session, gate: Gate, pair: str, moment: dt.datetime, *, familiar: bool
) -> dt.datetime | None:
    """Return when the oldest try of the limit that is passed was made; None within limits."""
    limit, since = GATES[gate], SignInAttempt.tried_at >= moment - WINDOW
    counted = select(func.count(), func.min(SignInAttempt.tried_at)).where(
        since, SignInAttempt.gate == gate
    )
    own, oldest = session.execute(counted.where(SignInAttempt.pair_sha256 == pair)).one()
    if own > limit.of_a_pair:
        found: dt.datetime = oldest
        return found
    if familiar:
        return None
    of_all, first = session.execute(counted).one()
    return first if of_all > limit.of_all else None
