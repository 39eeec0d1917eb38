"""Proofs that were wrong: noted for the person in whose name they were tried, for a month."""

import datetime as dt
import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.factor_models import FailedProof
from app.accounts.sessions import LONGEST_BROWSER, Visitor
from app.accounts.vocabulary import Proof
from app.db import Database
from app.security_events.entering import refused
from app.security_events.vocabulary import Event
from sources.base import now

DAY = dt.timedelta(days=1)
MOST_CODES = 100
"""Wrong codes of one account in a day: whoever tries so many knows the password and guesses.

With three codes of a million right at a time, a day of guessing succeeds once in 3,000 times.
"""


def note(
    database: Database,
    account_id: uuid.UUID | None,
    proof: Proof,
    visitor: Visitor,
    *,
    pair: str = "-",
) -> None:
    """Note a wrong proof, in a transaction of its own: its request is refused and leaves nothing.

    The same is written for a name that nobody has, so that the answer takes as long: a row here,
    and in the ledger an entry for the first of each ``pair``, what the attempts are counted under,
    whether it belongs to an account or to nobody.
    """
    refused(Event.SIGN_IN_FAILED, str(account_id or "unknown"), proof.value, apart=pair)
    with database.writing("visitor") as session:
        session.add(
            FailedProof(
                account_id=account_id,
                proof=proof,
                browser=visitor.browser[:LONGEST_BROWSER],
                address=visitor.address,
                tried_at=now(),
            )
        )


def of_account(session: Session, account_id: uuid.UUID, limit: int) -> list[FailedProof]:
    """Return what was tried in somebody's name, the newest first."""
    query = select(FailedProof).where(FailedProof.account_id == account_id)
    return list(session.scalars(query.order_by(FailedProof.id.desc()).limit(limit)))


def too_many_codes(session: Session, account_id: uuid.UUID) -> bool:
    """Tell whether so many codes were wrong that no more are looked at for a while."""
    query = select(func.count(FailedProof.id)).where(
        FailedProof.account_id == account_id,
        FailedProof.proof == Proof.TOTP,
        FailedProof.tried_at >= now() - DAY,
    )
    return (session.scalar(query) or 0) >= MOST_CODES
