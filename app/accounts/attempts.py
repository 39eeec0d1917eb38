"""How often somebody may try to sign in: counted in the database, for all processes together."""

import datetime as dt
import hashlib
import ipaddress
from dataclasses import dataclass

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from app.accounts.models import SignInAttempt
from app.db import Database
from app.leftovers import WINDOW, forget_attempts
from sources.base import now

MOST_OF_A_PAIR = 10
"""Attempts with one name from one address within the window."""
OF_ONE_PLACE = 64
"""Bits of an IPv6 address that a line is given; the rest it chooses as it likes."""
MOST_OF_ALL = 1000
"""Attempts of everybody within the window."""


@dataclass(frozen=True)
class Tried:
    """An attempt that was counted; ``wait`` says how many seconds to wait, None to go on."""

    pair: str
    wait: int | None


def pair_of(name: str, address: str) -> str:
    """Return what stands for a name from an address; names that sign in alike count alike."""
    return hashlib.sha256(f"{name.strip().lower()}\n{place_of(address)}".encode()).hexdigest()


def place_of(address: str) -> str:
    """Return what one person can hardly change about an address: of IPv6 the first 64 bits."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(known, ipaddress.IPv4Address):
        return str(known)
    if known.ipv4_mapped is not None:
        return str(known.ipv4_mapped)
    return str(ipaddress.IPv6Network((int(known), OF_ONE_PLACE), strict=False))


def attempt(database: Database, name: str, address: str) -> Tried:
    """Count an attempt before the password is looked at.

    The attempt is kept in a transaction of its own and counted after it, so that attempts made at
    the same moment see each other. One that is refused is not kept: waiting is enough.
    """
    pair, moment = pair_of(name, address), now()
    with database.writing("visitor") as session:
        forget_attempts(session, moment)
        kept = SignInAttempt(pair_sha256=pair, tried_at=moment)
        session.add(kept)
    with database.reading() as session:
        begun = _over_limit(session, pair, moment)
    if begun is None:
        return Tried(pair, None)
    with database.writing("visitor") as session:
        session.execute(delete(SignInAttempt).where(SignInAttempt.id == kept.id))
    left = begun + WINDOW - moment
    return Tried(pair, max(1, int(left.total_seconds()) + 1))


def forgive(session: Session, pair: str) -> None:
    """Forget the attempts of somebody who signed in."""
    session.execute(delete(SignInAttempt).where(SignInAttempt.pair_sha256 == pair))


def _over_limit(session: Session, pair: str, moment: dt.datetime) -> dt.datetime | None:
    """Return when the oldest attempt of the limit that is passed was made; None within limits."""
    since = SignInAttempt.tried_at >= moment - WINDOW
    own = SignInAttempt.pair_sha256 == pair
    of_pair, oldest = session.execute(
        select(func.count(), func.min(SignInAttempt.tried_at)).where(since, own)
    ).one()
    if of_pair > MOST_OF_A_PAIR:
        found: dt.datetime = oldest
        return found
    of_all, first = session.execute(
        select(func.count(), func.min(SignInAttempt.tried_at)).where(since)
    ).one()
    return first if of_all > MOST_OF_ALL else None
