"""Where somebody is signed in: each browser its own row, seen now and then, ended one by one."""

import datetime as dt
import hashlib
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from app.accounts.models import Account, OpenSession
from app.accounts.vocabulary import Proof, SessionEnd
from app.leftovers import forget_sessions
from claims.errors import Missing
from sources.base import now

IDLE = dt.timedelta(hours=12)
"""A session that nobody used for so long is over: a newsroom's shift and its overtime."""
LONGEST = dt.timedelta(days=14)
"""A session ends after so long however much it is used."""
FRESH = dt.timedelta(minutes=15)
"""So long a proof is enough for what changes who can get in, and its form may be sent again."""
PAUSE = dt.timedelta(minutes=10)
"""Being seen within it is noted once: reading a page must not write at every click."""
KEY_BYTES = 32
LONGEST_BROWSER = 200
SYSTEMS = ("Windows", "Android", "iPhone", "iPad", "Macintosh", "Linux")
BROWSERS = (("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


def key_sha256(key: str) -> str:
    """Return the SHA-256, in hex, under which a key or a token is kept."""
    return hashlib.sha256(key.encode()).hexdigest()


@dataclass(frozen=True)
class Visitor:
    """From where somebody comes: what their browser calls itself, its address, and its own mark."""

    browser: str
    address: str
    device: str = ""


def open_session(
    session: Session, account: Account, visitor: Visitor, proofs: Collection[Proof]
) -> tuple[str, bool]:
    """Note a session that begins; forget those long over.

    Returns the key of its cookie, and whether the browser is an unfamiliar one.
    """
    moment = now()
    forget_sessions(session, moment)
    key = secrets.token_urlsafe(KEY_BYTES)
    unfamiliar = is_unfamiliar(session, account, visitor.device)
    session.add(
        OpenSession(
            account_id=account.id,
            key_sha256=key_sha256(key),
            browser=visitor.browser[:LONGEST_BROWSER],
            address=visitor.address,
            started_at=moment,
            seen_at=moment,
            proofs=" ".join(proofs),
            proved_at=moment,
            device_sha256=key_sha256(visitor.device) if visitor.device else None,
            unfamiliar=unfamiliar,
        )
    )
    session.flush()
    return key, unfamiliar


def is_unfamiliar(session: Session, account: Account, device: str) -> bool:
    """Tell whether an account is known to have been used, and never in this browser."""
    own = OpenSession.account_id == account.id
    here = own & (OpenSession.device_sha256 == key_sha256(device))
    used, known = session.execute(select(exists().where(own), exists().where(here))).one()
    return bool(used) and not known


def was_here(session: Session, device: str, name: str | None = None) -> bool:
    """Tell whether a session began in a browser before: of the account of this name, or any."""
    here = select(OpenSession.id).where(OpenSession.device_sha256 == key_sha256(device))
    if name is not None:
        named = Account.name == name.strip().lower()
        here = here.join(Account, Account.id == OpenSession.account_id).where(named)
    return bool(session.scalar(select(here.exists())))


def strangers(session: Session, account_id: uuid.UUID, device: str) -> list[OpenSession]:
    """Return the sessions since the last one in this browser that began in an unfamiliar one.

    The newest first; none for a browser that is unfamiliar itself, which has nothing to be told.
    """
    own = OpenSession.account_id == account_id
    here = own & (OpenSession.device_sha256 == key_sha256(device))
    last = session.scalar(select(func.max(OpenSession.started_at)).where(here))
    if last is None:
        return []
    since = select(OpenSession).where(
        own, OpenSession.unfamiliar.is_(True), OpenSession.started_at > last
    )
    return list(session.scalars(since.order_by(OpenSession.id.desc())))


def note_proof(row: OpenSession, proof: Proof) -> None:
    """Note with a session that somebody proved anew who they are."""
    given = (row.proofs or "").split()
    row.proofs = " ".join([*given, *({proof.value} - set(given))])
    row.proved_at = now()


def ended(row: OpenSession, moment: dt.datetime) -> SessionEnd | None:
    """Return how a session ended; None while it lasts."""
    if row.ended_as is not None:
        return row.ended_as
    over = moment - row.seen_at > IDLE or moment - row.started_at > LONGEST
    return SessionEnd.EXPIRED if over else None


def is_due(row: OpenSession, moment: dt.datetime) -> bool:
    """Tell whether it is time to note again that a session is in use."""
    return moment - row.seen_at > PAUSE


def seen(session: Session, row_id: uuid.UUID, moment: dt.datetime) -> None:
    """Note that a session is in use."""
    session.execute(update(OpenSession).where(OpenSession.id == row_id).values(seen_at=moment))


def sessions_of(session: Session, account_id: uuid.UUID) -> list[OpenSession]:
    """Return the sessions of an account that last, the one used last first."""
    moment = now()
    rows = session.scalars(
        select(OpenSession)
        .where(OpenSession.account_id == account_id, OpenSession.ended_at.is_(None))
        .order_by(OpenSession.seen_at.desc(), OpenSession.id.desc())
    ).all()
    return [row for row in rows if ended(row, moment) is None]


def begun(session: Session, account_id: uuid.UUID, limit: int) -> list[OpenSession]:
    """Return the sessions of an account that began last, whether they last or not."""
    query = select(OpenSession).where(OpenSession.account_id == account_id)
    return list(session.scalars(query.order_by(OpenSession.id.desc()).limit(limit)))


def proofs_of(row: OpenSession) -> list[Proof]:
    """Return by which proofs a session was opened, or went on; none for one from before."""
    return [Proof(word) for word in (row.proofs or "").split()]


def end(session: Session, row_id: uuid.UUID, account_id: uuid.UUID, how: SessionEnd) -> None:
    """End one session of an account; raise Missing for one of somebody else's."""
    row = session.get(OpenSession, row_id)
    if row is None or row.account_id != account_id:
        raise Missing(
            "no_such_session", {"zh": "没有这个登录。", "en": "There is no such session."}
        )
    if row.ended_as is None:
        row.ended_at, row.ended_as = now(), how
        session.flush()


def end_key(session: Session, key: str, how: SessionEnd) -> None:
    """End the session of a cookie, where it still lasts."""
    row = session.scalar(select(OpenSession).where(OpenSession.key_sha256 == key_sha256(key)))
    if row is not None and row.ended_as is None:
        row.ended_at, row.ended_as = now(), how
        session.flush()


def end_all(session: Session, account: Account, how: SessionEnd, *, keep: str | None = None) -> int:
    """End every session of an account but the one of this key, and tell how many of them lasted.

    The account's own token changes as well, so that a cookie without a row ends, too.
    """
    lasting = sessions_of(session, account.id)
    kept = key_sha256(keep) if keep is not None else None
    ending = [row for row in lasting if row.key_sha256 != kept]
    for row in ending:
        row.ended_at, row.ended_as = now(), how
    account.session_token = secrets.token_urlsafe(24)
    session.flush()
    return len(ending)


def browser_name(agent: str) -> str:
    """Return a browser and its system as people call them; the beginning of the text otherwise."""
    browser = next((name for mark, name in BROWSERS if mark in agent), None)
    system = next((name for name in SYSTEMS if name in agent), None)
    if browser is None and system is None:
        return agent[:60]
    return " · ".join(word for word in (browser, system) if word)
