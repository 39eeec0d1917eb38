"""The state between the first proof and the second: who is half in, in this browser, for a while.

It lives in the signed cookie and opens nothing. It ends after five minutes, with a new password or
any other end of the account's sessions, and with the second proof, after which it is spent: the
same cookie, copied meanwhile, leads nowhere.
"""

import datetime as dt
import secrets
import uuid
from dataclasses import dataclass

import flask
from sqlalchemy.orm import Session

from app.accounts import spent
from app.accounts.models import Account
from app.accounts.sessions import key_sha256
from app.accounts.vocabulary import Proof
from sources.base import now

LASTS = dt.timedelta(minutes=5)
PLACE = "desk_waiting"
"""Where the cookie holds it."""


@dataclass(frozen=True)
class Waiting:
    """Who waits for the second step, and which proof they gave."""

    account: Account
    proof: Proof
    key: str


def begin(account: Account, proof: Proof) -> None:
    """Note in the cookie that somebody gave a first proof."""
    flask.session[PLACE] = {
        "account": account.id.hex,
        "token": key_sha256(account.session_token),
        "proof": proof.value,
        "begun": int(now().timestamp()),
        "key": secrets.token_urlsafe(24),
    }


def read(session: Session) -> Waiting | None:
    """Return who waits in this browser; None where it is over, spent, or was never begun."""
    kept = flask.session.get(PLACE)
    if not kept:
        return None
    age = now() - dt.datetime.fromtimestamp(kept["begun"], dt.UTC)
    account = session.get(Account, uuid.UUID(kept["account"]))
    if account is None or not account.active or age >= LASTS:
        return None
    if key_sha256(account.session_token) != kept["token"] or spent.is_spent(session, kept["key"]):
        return None
    return Waiting(account, Proof(kept["proof"]), kept["key"])


def end() -> None:
    """Forget in this browser that somebody waits."""
    flask.session.pop(PLACE, None)
