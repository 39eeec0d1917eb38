"""A sealed note in every form: who was given it, and which draft it belongs to.

With it, what arrives after a session ended can be kept for the person who typed it, and nobody
posts in another's name by signing in beside an open form. It lets its bearer write that one draft
and nothing else; it opens nothing for reading.
"""

import uuid
from typing import NamedTuple

from itsdangerous import BadData, URLSafeTimedSerializer

from app.accounts.drafts import Key, key_of
from app.seals import secrets_in_force

LASTS = 7 * 24 * 60 * 60
"""Seconds: somebody comes back to an open form after a weekend."""
PURPOSE = "desk-typist"


class Typist(NamedTuple):
    """Who was given a form, and which draft is its own."""

    account: uuid.UUID
    key: Key


def note(typist: Typist) -> str:
    """Seal who was given a form."""
    return _seal().dumps([typist.account.hex, str(typist.key)])


def read(sealed: str | None) -> Typist | None:
    """Open a note; None for one that is too old, or that we did not write."""
    try:
        account, text = _seal().loads(sealed or "", max_age=LASTS)
    except (BadData, ValueError, TypeError):
        return None
    key = key_of(text)
    return Typist(uuid.UUID(account), key) if key is not None else None


def _seal() -> URLSafeTimedSerializer:
    """The seal, made with the secret in force; the former ones open what they closed."""
    return URLSafeTimedSerializer(secrets_in_force(), salt=PURPOSE)
