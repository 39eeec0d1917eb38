"""Taking claims to check and giving them back, so that two people do not do the same work."""

import uuid
from collections.abc import Collection

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from claims.models import Claim
from claims.vocabulary import Stage

CLOSED = (Stage.SIGNED_OFF, Stage.DROPPED)


def take(session: Session, claims: Collection[uuid.UUID], *, by: str) -> int:
    """Assign the claims nobody has taken to a person; return how many of them are theirs now.

    Who checks a claim is no part of what is checked: the rows' versions stay, so that nobody's
    open form goes stale. A claim somebody else took meanwhile stays theirs.
    """
    _assign(session, claims, None, by)
    held = select(func.count(Claim.id)).where(Claim.id.in_(list(claims)), Claim.assignee == by)
    return session.scalar(held) or 0


def release(session: Session, claims: Collection[uuid.UUID], *, by: str) -> int:
    """Give back the claims a person had taken; return how many that were."""
    return _assign(session, claims, by, None)


def _assign(
    session: Session, claims: Collection[uuid.UUID], holder: str | None, new: str | None
) -> int:
    """Hand over the open claims of one holder; what is theirs already is not written again."""
    held = Claim.assignee.is_(None) if holder is None else Claim.assignee == holder
    changed = session.scalars(
        update(Claim)
        .where(Claim.id.in_(list(claims)), held, Claim.stage.not_in(CLOSED))
        .values(assignee=new)
        .returning(Claim.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(changed)
