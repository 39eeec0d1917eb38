"""What nobody needs any more and the ledger never held: old drafts, who was there, jobs done.

Sessions and attempts to sign in also go with the next sign-in; here they go where nobody comes any
more, and their addresses with them. What was counted of quotas goes when no quota counts it. A
draft goes when it is older than the desk keeps drafts, when its person has no access any more, or
when its form was taken in before it arrived.
"""

import datetime as dt

from sqlalchemy import delete, exists, or_, select, update
from sqlalchemy.orm import Session

import app.models as tables
from app.limits import counting, gates

DRAFT = tables.Base.metadata.tables["draft"]
JOB = tables.Base.metadata.tables["job"]
PRESENCE = tables.Base.metadata.tables["presence"]
ACCOUNT = tables.Base.metadata.tables["account"]
RECEIPT = tables.Base.metadata.tables["form_receipt"]
FORMER = tables.Base.metadata.tables["former_key"]
SESSION = tables.Base.metadata.tables["open_session"]
SPENT = tables.Base.metadata.tables["spent_proof"]
FAILED = tables.Base.metadata.tables["failed_proof"]
RECEIPTS_KEPT = dt.timedelta(days=7)
"""As long a form that was taken in is known again when a browser sends it once more."""
REMEMBERED = dt.timedelta(days=30)
"""An ended session leaves the list after so long, and its address with it."""
FINISHED_JOBS = dt.timedelta(days=30)
"""A job that is over leaves the list after so long; what it did is recorded elsewhere."""
SPENT_KEPT = dt.timedelta(hours=1)
"""Far longer than any challenge, or the state between two steps, could be used."""


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
                exists().where(RECEIPT.c.key == DRAFT.c.sent_as),
            )
        )
        .returning(DRAFT.c.form)
    ).all()
    forget_sessions(session, moment)
    gates.forget(session, moment)
    counting.forget(session, moment)
    forget_spent(session, moment)
    session.execute(delete(FAILED).where(FAILED.c.tried_at < moment - REMEMBERED))
    forget_receipts(session, moment)
    forget_jobs(session, moment)
    session.execute(delete(PRESENCE).where(PRESENCE.c.seen_at < moment - dt.timedelta(days=1)))
    return len(found)


def forget_sessions(session: Session, moment: dt.datetime) -> None:
    """Remove the sessions that were over long before a moment, and the keys others had before."""
    old = moment - REMEMBERED
    session.execute(delete(FORMER).where(FORMER.c.replaced_at < moment - SPENT_KEPT))
    session.execute(delete(SESSION).where(or_(SESSION.c.ended_at < old, SESSION.c.seen_at < old)))


def forget_spent(session: Session, moment: dt.datetime) -> None:
    """Remove what was used up so long before a moment that it would be refused for its age."""
    session.execute(delete(SPENT).where(SPENT.c.spent_at < moment - SPENT_KEPT))


def forget_receipts(session: Session, moment: dt.datetime) -> None:
    """Remove the receipts of long ago, and of the others the answers that are shown once."""
    session.execute(delete(RECEIPT).where(RECEIPT.c.received_at < moment - RECEIPTS_KEPT))
    session.execute(update(RECEIPT).where(RECEIPT.c.forget_at < moment).values(answer=None))


def forget_jobs(session: Session, moment: dt.datetime) -> None:
    """Remove the jobs that were over long before a moment."""
    session.execute(delete(JOB).where(JOB.c.finished_at < moment - FINISHED_JOBS))
