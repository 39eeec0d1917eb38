"""A session's key is drawn anew with each renewed proof; the key before it opens nothing.

But for one form: the very one that brought the proof may be sent twice, or again because its answer
was lost, and then gets the same answer and the new key. What else was under way with the key before
is sent back to where it went: the browser has the new key by then and asks again by itself, so the
other tabs go on. A key is kept as its hash; the new one is sealed with the one before it, which
nobody has but the browser.
"""

import datetime as dt
import hmac
import secrets
import time
from typing import NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import redirect, request
from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers import Response

from app.accounts.models import Account, FormerKey, OpenSession
from app.accounts.sessions import FRESH, KEY_BYTES, key_sha256, note_proof
from app.accounts.vocabulary import Proof
from app.once.asked import fingerprint
from app.security import host_only, inside, recalled
from sources.base import now

UNDER_WAY = dt.timedelta(seconds=30)
"""What comes so late with the key before was not under way any more."""
TRIES, PAUSE, LASTS = 8, 0.25, 10
"""How often a browser is sent back, after how many seconds each time, and when it is forgotten."""
COOKIE = "desk_sent_back"
PURPOSE = b"desk-renewed-key"
NONCE = 12
AGAIN = 307
"""It repeats the request as it was, with what it carries (RFC 9110, section 15.4.8)."""


class Renewed(NamedTuple):
    """What became of a key; ``key`` is the new one, for the form that may have it, else None."""

    row: OpenSession
    key: str | None
    under_way: bool


def renew(session: Session, key: str, proof: Proof) -> str | None:
    """Note a proof with the session of a key and draw it a new one, which is returned.

    Whoever proved something with a key that another request has just renewed gets that one's;
    None where the session is over.
    """
    of_key = select(OpenSession).where(OpenSession.key_sha256 == key_sha256(key))
    row = session.scalar(of_key.with_for_update())
    if row is None:
        former = _former(session, key)
        if former is None:
            return None
        note_proof(former.session, proof)
        session.flush()
        return _opened(former, key)
    drawn = secrets.token_urlsafe(KEY_BYTES)
    session.execute(delete(FormerKey).where(FormerKey.session_id == row.id))
    session.add(
        FormerKey(
            key_sha256=row.key_sha256,
            session_id=row.id,
            form_sha256=fingerprint(key),
            renewed_key=_sealed(key, drawn, row),
            replaced_at=now(),
        )
    )
    row.key_sha256 = key_sha256(drawn)
    note_proof(row, proof)
    session.flush()
    return drawn


def renewed(session: Session, key: str) -> Renewed | None:
    """Return what became of a key that is no session's now; None for one that is over."""
    former = _former(session, key)
    if former is None:
        return None
    same = hmac.compare_digest(former.form_sha256, fingerprint(key))
    late = now() - former.replaced_at > UNDER_WAY
    return Renewed(former.session, _opened(former, key) if same else None, not late)


def is_replaced(session: Session, key: str) -> bool:
    """Tell whether another key has taken the place of one."""
    return session.get(FormerKey, key_sha256(key)) is not None


def sent_back() -> Response | None:
    """Return what sends a request with the key before back; None for one that was too often."""
    told = recalled(COOKIE)
    tried = int(told) if told in {str(number) for number in range(TRIES + 1)} else 0
    if tried >= TRIES:
        return None
    # The answer with the new key may be on its way still.
    time.sleep(PAUSE)
    response = redirect(inside(request.script_root + request.full_path.rstrip("?")), AGAIN)
    response.set_cookie(
        host_only(COOKIE),
        str(tried + 1),
        max_age=LASTS,
        samesite="Lax",
        httponly=True,
        secure=request.is_secure,
    )
    return response


def _former(session: Session, key: str) -> FormerKey | None:
    """Return the row of a key that was renewed a while ago, in a session that lasts."""
    return session.scalar(
        select(FormerKey)
        .join(FormerKey.session)
        .join(Account, OpenSession.account_id == Account.id)
        .where(
            FormerKey.key_sha256 == key_sha256(key),
            FormerKey.replaced_at > now() - FRESH,
            OpenSession.ended_at.is_(None),
            Account.active,
        )
        .options(joinedload(FormerKey.session))
    )


def _sealed(key: str, drawn: str, row: OpenSession) -> bytes:
    nonce = secrets.token_bytes(NONCE)
    return nonce + AESGCM(_lock(key)).encrypt(nonce, drawn.encode(), row.id.bytes)


def _opened(former: FormerKey, key: str) -> str:
    kept = former.renewed_key
    told = AESGCM(_lock(key)).decrypt(kept[:NONCE], kept[NONCE:], former.session_id.bytes)
    return told.decode()


def _lock(key: str) -> bytes:
    return hmac.digest(key.encode(), PURPOSE, "sha256")
