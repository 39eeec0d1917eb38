"""Hashes as a reader may see them: one that is made of something withheld is shown under a key.

A plain SHA-256 lets anybody try out what it was made of: who sees all of a claim but the words of
a confidential source could go through guesses of these. So whoever may not know what a hash is
made of is given another in its place, keyed with a secret of the desk. It stands for the same
content, and is the same wherever that is shown, so that a signature still binds what was seen.
"""

import hashlib
import hmac
import uuid
from collections.abc import Iterable
from typing import Final

from sqlalchemy import select
from sqlalchemy.orm import Session, object_session

from claims.models import Article, Claim
from claims.veiling import rows_of
from sources import veil

HASHES_KEY: Final = "hashes key"
"""Where a session holds the desk's secret for them."""


def shown_content(claim: Claim, sha256: str) -> str:
    """Return the hash of a claim's content, of whatever moment, as the session's reader sees it."""
    session = object_session(claim)
    return sha256 if session is None else _shown(session, [claim.id], sha256)


def shown_state(article: Article, sha256: str) -> str:
    """Return the hash of an article's state as the session's reader sees it."""
    session = object_session(article)
    return sha256 if session is None else _of_article(session, article.id, sha256)


def _of_article(session: Session, article_id: uuid.UUID, sha256: str) -> str:
    rows = rows_of(session)
    if rows is None or not rows.items:
        return sha256
    claims = session.connection().execute(select(Claim.id).where(Claim.article_id == article_id))
    return _shown(session, claims.scalars(), sha256)


def _shown(session: Session, claims: Iterable[uuid.UUID], sha256: str) -> str:
    rows = rows_of(session)
    if rows is None or not any(str(key) in rows.items for key in claims):
        return sha256
    key: bytes | None = session.info.get(HASHES_KEY)
    # A session without the secret shows none at all, rather than one that can be tried.
    if key is None:
        return veil.NOTHING
    return hmac.new(key, sha256.encode(), hashlib.sha256).hexdigest()
