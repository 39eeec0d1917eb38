"""Who is editing a claim just now: everybody whose form spoke up within the last minute."""

import datetime as dt
import uuid
from typing import NamedTuple

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.models import Account, Presence
from claims.models import Article, Claim
from sources.base import now

LASTS = dt.timedelta(seconds=60)
"""A form speaks up every 20 seconds, so two may get lost."""


class Editing(NamedTuple):
    """Somebody with a form of a claim before them."""

    name: str
    number: int


def note(session: Session, account: uuid.UUID, claim: uuid.UUID) -> None:
    """Say that somebody has a form of this claim open; whoever fell silent is forgotten."""
    moment = now()
    kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(delete(Presence).where(Presence.seen_at < moment - LASTS))
    session.execute(
        kind.insert(Presence)
        .values(account_id=account, claim_id=claim, seen_at=moment)
        .on_conflict_do_update(index_elements=["account_id", "claim_id"], set_={"seen_at": moment})
    )


def leave(session: Session, account: uuid.UUID) -> None:
    """Forget where somebody was: what they typed was taken in."""
    session.execute(delete(Presence).where(Presence.account_id == account))


def beside(
    session: Session, account: uuid.UUID, *, claim: uuid.UUID | None = None, article: str = ""
) -> list[Editing]:
    """Return who else is editing a claim, or any claim of an article (by its key)."""
    asked: ColumnElement[bool] = (
        Presence.claim_id == claim if claim is not None else Article.key == article
    )
    query = (
        select(Account.display_name, Claim.number)
        .join(Presence, Presence.account_id == Account.id)
        .join(Claim, Claim.id == Presence.claim_id)
        .join(Article, Article.id == Claim.article_id)
        .where(asked, Account.active, Account.id != account, Presence.seen_at > now() - LASTS)
        .order_by(Claim.number, Account.display_name)
        .limit(5)
    )
    return [Editing(name, number) for name, number in session.execute(query)]
