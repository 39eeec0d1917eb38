"""What a passkey has to sign: drawn at random, sealed in a cookie, for one purpose, once.

The cookie is its own: an answer that draws a challenge may arrive late, and must not bring back
the session as it was before somebody signed in.
"""

import secrets
from collections.abc import Callable
from enum import StrEnum

from flask import after_this_request, request
from flask.wrappers import Response
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url

from app.accounts import spent
from app.seals import secrets_in_force
from app.security import host_only, recalled

COOKIE = "desk_challenge"
LASTS = 5 * 60
"""Seconds."""
CHALLENGE_BYTES = 32


class Purpose(StrEnum):
    """What a challenge was drawn for; its answer is good for nothing else."""

    SIGN_IN = "sign_in"
    SECOND = "second"
    CONFIRM = "confirm"
    ADD = "add"


def draw(purpose: Purpose) -> bytes:
    """Draw a challenge; this browser forgets its former one."""
    drawn = secrets.token_bytes(CHALLENGE_BYTES)
    after_this_request(_keeping(_seal(purpose).dumps(bytes_to_base64url(drawn))))
    return drawn


def take(session: Session, purpose: Purpose) -> bytes | None:
    """Return this browser's challenge and use it up; None for one too old, used, or of another."""
    try:
        text = _seal(purpose).loads(recalled(COOKIE), max_age=LASTS)
    except BadData:
        return None
    return base64url_to_bytes(text) if spent.spend(session, text) else None


def _keeping(sealed: str) -> Callable[[Response], Response]:
    def keep(response: Response) -> Response:
        response.set_cookie(
            host_only(COOKIE),
            sealed,
            max_age=LASTS,
            samesite="Strict",
            httponly=True,
            secure=request.is_secure,
        )
        return response

    return keep


def _seal(purpose: Purpose) -> URLSafeTimedSerializer:
    """The seal of a purpose, made with the secret in force; former ones open what they closed."""
    return URLSafeTimedSerializer(secrets_in_force(), salt=f"desk-challenge-{purpose.value}")
