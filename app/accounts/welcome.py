"""What somebody is told as they sign in: what was done to their account while they were away.

Only where they have signed in before, and only what happened since: a browser not seen before, and
a password that was replaced by a link of an administrator's, or by a command, and not by them.
"""

import datetime as dt
import uuid
from collections.abc import Collection

from flask import flash
from flask_babel import format_datetime
from flask_babel import gettext as _
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts import sessions
from app.accounts.models import Account, AccountLink, OpenSession
from app.accounts.vocabulary import LinkPurpose, Proof
from app.ledger import search
from app.ledger.search import Asked
from sources.base import now

LATELY = dt.timedelta(days=30)
"""In a browser not seen before, what happened within it is told."""


def tell(session: Session, account: Account, device: str, proofs: Collection[Proof]) -> None:
    """Tell whoever signs in; call before the session that begins is noted."""
    _tell_of_strangers(sessions.strangers(session, account.id, device))
    since = _last(session, account.id, device) or now() - LATELY
    used = _links(session, account.id, since)
    # Whoever comes by a link used the newest one themselves, a moment ago.
    for link in used[1:] if Proof.LINK in proofs else used:
        flash(
            _(
                "Your password was replaced through a one-time link that %(who)s made at %(made)s "
                "and somebody used at %(used)s. If that was not you, tell another administrator.",
                who=_name(session, link.created_by),
                made=_moment(link.created_at),
                used=_moment(link.used_at),
            )
        )
    _tell_of_commands(session, account, since)


def _tell_of_strangers(rows: list[OpenSession]) -> None:
    """Tell whoever signs in where they did before that a browser not seen before came between."""
    if rows:
        browser = sessions.browser_name(rows[0].browser) or _("unknown")
        flash(
            _(
                "Since you last signed in here, a browser not seen before signed in to your "
                "account: %(browser)s, from %(address)s. If that was not you, change your "
                "password and end every other session.",
                browser=browser,
                address=rows[0].address or "—",
            )
        )


def _tell_of_commands(session: Session, account: Account, since: dt.datetime) -> None:
    """Tell of the last password that was set on the machine itself."""
    asked = Asked(kind="act", table="account", pk=str(account.id), op="password_set")
    for entry in search.entries(session, asked, limit=1):
        at = dt.datetime.fromisoformat(entry.at)
        if at <= since:
            return
        flash(
            _(
                "Your password was replaced on the desk's machine by %(who)s at %(used)s. If you "
                "did not ask for that, tell another administrator.",
                who=entry.actor or "—",
                used=_moment(at),
            )
        )


def _last(session: Session, account_id: uuid.UUID, device: str) -> dt.datetime | None:
    """Return when somebody last signed in with this browser; None where they never did."""
    here = OpenSession.device_sha256 == sessions.key_sha256(device)
    started = func.max(OpenSession.started_at)
    return session.scalar(select(started).where(OpenSession.account_id == account_id, here))


def _links(session: Session, account_id: uuid.UUID, since: dt.datetime) -> list[AccountLink]:
    """Return the links to another password that were used since a moment, the newest first."""
    query = select(AccountLink).where(
        AccountLink.account_id == account_id,
        AccountLink.purpose == LinkPurpose.RESET,
        AccountLink.used_at > since,
    )
    return list(session.scalars(query.order_by(AccountLink.used_at.desc())))


def _name(session: Session, actor: str) -> str:
    name = actor.removeprefix("editor:")
    shown = session.scalar(select(Account.display_name).where(Account.name == name))
    return shown or actor


def _moment(found: dt.datetime | None) -> str:
    return str(format_datetime(found, "yyyy-MM-dd HH:mm")) if found is not None else "—"
