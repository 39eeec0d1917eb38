"""What nobody needs any more and the ledger never held: old drafts, who was there, who tried.

Sessions and attempts to sign in also go with the next sign-in; here they go where nobody comes any
more, and their addresses with them. A draft goes when it is older than the desk keeps drafts, when
its person has no access any more, or when its form was taken in before it arrived.
"""

import datetime as dt

from sqlalchemy import delete, exists, or_, select
from sqlalchemy.orm import Session

import app.models as tables
from app.accounts import attempts, sessions

DRAFT = tables.Base.metadata.tables["draft"]
PRESENCE = tables.Base.metadata.tables["presence"]
ACCOUNT = tables.Base.metadata.tables["account"]
RECEIPT = tables.Base.metadata.tables["form_receipt"]


def sweep(session: Session, moment: dt.datetime, days: int) -> int:
    """Remove what is left over at a moment; return how many drafts that were."""
    gone = select(ACCOUNT.c.id).where(~ACCOUNT.c.active)
    old = moment - dt.timedelta(days=days)
    found = session.execute(
        delete(DRAFT)
        .where(
            or_(
                DRAFT.c.updated_at < old,
                DRAFT.c.account_id.in_(gone),
                exists().where(RECEIPT.c.key == DRAFT.c.receipt),
            )
        )
        .returning(DRAFT.c.form)
    ).all()
    sessions.forget(session, moment)
    attempts.forget(session, moment)
    session.execute(delete(PRESENCE).where(PRESENCE.c.seen_at < moment - dt.timedelta(days=1)))
    return len(found)
