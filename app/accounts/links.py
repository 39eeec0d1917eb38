"""One-time links by which somebody chooses a password: made by an administrator, used once."""

import datetime as dt
import secrets
import uuid
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from app.accounts import sessions
from app.accounts.models import Account, AccountLink
from app.accounts.sessions import key_sha256
from app.accounts.signin import hashed
from app.accounts.vocabulary import LinkPurpose, SessionEnd
from app.ledger import acts
from claims.errors import Missing
from sources.base import now

TERMS = {LinkPurpose.INVITATION: dt.timedelta(days=7), LinkPurpose.RESET: dt.timedelta(hours=24)}
"""How long a link works: whoever was invited may be away, whoever forgot a password waits."""
TOKEN_BYTES = 32
LONGEST_TOKEN = 100


class Made(NamedTuple):
    """A link with its token, which is known only now."""

    link: AccountLink
    token: str


def make_link(session: Session, account: Account, purpose: LinkPurpose, *, by: str) -> Made:
    """Make a link for an account; one that was made before stops working."""
    withdraw_links(session, account.id)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    link = AccountLink(
        account_id=account.id,
        purpose=purpose,
        token_sha256=key_sha256(token),
        expires_at=now() + TERMS[purpose],
        created_by=by,
    )
    session.add(link)
    session.flush()
    return Made(link, token)


def withdraw_links(session: Session, account_id: uuid.UUID) -> None:
    """End the links of an account that still work."""
    moment = now()
    for link in session.scalars(select(AccountLink).where(AccountLink.account_id == account_id)):
        if is_live(link, moment):
            link.withdrawn_at = moment
    session.flush()


def is_live(link: AccountLink, at: dt.datetime) -> bool:
    """Tell whether a link works at a moment."""
    return link.used_at is None and link.withdrawn_at is None and at < link.expires_at


def of_token(session: Session, token: str, *, lock: bool = False) -> AccountLink:
    """Return the link of a token; raise Missing, without a difference, for one that does not work.

    A link to reset works only while its account may sign in.
    """
    return _usable(session, AccountLink.token_sha256 == key_sha256(token), lock=lock)


def was_made(session: Session, token: str) -> bool:
    """Tell whether there ever was a link of this token, whatever became of it."""
    wanted = AccountLink.token_sha256 == key_sha256(token[:LONGEST_TOKEN])
    return session.scalar(select(AccountLink.id).where(wanted)) is not None


def of_id(session: Session, link_id: uuid.UUID | None, *, lock: bool = False) -> AccountLink:
    """Return a link somebody was sent away with; raise Missing for one that works no more."""
    return _usable(session, AccountLink.id == link_id, lock=lock)


def _usable(session: Session, wanted: ColumnElement[bool], *, lock: bool) -> AccountLink:
    query = select(AccountLink).where(wanted)
    found = session.scalar(query.with_for_update() if lock else query)
    usable = found is not None and is_live(found, now())
    if not usable or found is None or not (found.account.active or found.account.awaited):
        raise Missing(
            "no_such_link",
            {
                "zh": "这个链接已用过、已过期或已撤销。如果您已经用它设定了密码，请直接登录；"
                "否则请管理员另发一个。",
                "en": "This link was used, has ended or was withdrawn. If you chose your password "
                "with it, sign in; otherwise ask an administrator for another.",
            },
        )
    return found


def use_link(session: Session, link: AccountLink, password: str) -> Account:
    """Set the password a link was made for; every session of the account ends, and the link.

    Raises Refused for a password that is not taken (:mod:`app.accounts.passwords`).
    """
    account = link.account
    account.password_hash = hashed(session, password, account.name, account.display_name)
    account.active = True
    link.used_at = now()
    sessions.end_all(session, account, SessionEnd.PASSWORD)
    acts.record(
        session, "act", "account", str(account.id), "link_used", {"purpose": link.purpose.value}
    )
    return account
