"""Invitations as the desk sees them: those of a claim, of a contest, and one with its answers."""

import datetime as dt
import uuid
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session, load_only, raiseload, selectinload

from claims.errors import Missing
from claims.invitations import state_of
from claims.models import Answer, ArticleVersion, Invitation, InvitedClaim
from claims.vocabulary import InvitationState
from sources.base import now


class Listed(NamedTuple):
    """An invitation in a list, and where it stands."""

    invitation: Invitation
    state: InvitationState


def invitations_of_claim(session: Session, claim_id: uuid.UUID, at: dt.datetime) -> list[Listed]:
    """Return the invitations about a claim, the newest first, as they stood at a moment."""
    asked = select(InvitedClaim.invitation_id).where(InvitedClaim.claim_id == claim_id)
    return _listed(session, Invitation.id.in_(asked), at)


def invitations_of_contest(session: Session, contest_id: uuid.UUID) -> list[Listed]:
    """Return the invitations opened from a contest, the newest first, as they stand now."""
    return _listed(session, Invitation.contest_id == contest_id, now())


def _listed(session: Session, condition: ColumnElement[bool], at: dt.datetime) -> list[Listed]:
    asked = selectinload(Invitation.asked)
    query = (
        select(Invitation)
        .where(condition)
        .order_by(Invitation.id.desc())
        .options(asked, asked.selectinload(InvitedClaim.answers), raiseload("*"))
    )
    return [Listed(one, state_of(one, at)) for one in session.scalars(query)]


def invitation_page(
    session: Session, invitation_id: uuid.UUID, *, lock: bool = False
) -> Invitation:
    """Load an invitation with all its page shows; raise Missing for an unknown identifier."""
    query = select(Invitation).where(Invitation.id == invitation_id)
    if lock:
        session.execute(query.with_for_update())
    asked = selectinload(Invitation.asked)
    found = session.scalars(
        query.options(
            selectinload(Invitation.article),
            selectinload(Invitation.article_version).options(
                load_only(ArticleVersion.number, ArticleVersion.sha256, ArticleVersion.created_at)
            ),
            selectinload(Invitation.contest),
            asked.selectinload(InvitedClaim.claim),
            asked.selectinload(InvitedClaim.answers).selectinload(Answer.evidence),
            asked.selectinload(InvitedClaim.answers).selectinload(Answer.contest),
        )
    ).one_or_none()
    if found is None:
        raise Missing(
            "no_such_invitation", {"zh": "没有这份邀请。", "en": "There is no such invitation."}
        )
    return found
