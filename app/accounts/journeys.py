"""The way to the provider and back: what this browser began, for what, and what came of it.

Both states live in the signed cookie. The first holds what only the browser that began a way knows
(state, nonce, verifier) and ends with the answer, or after ten minutes. The second, for whoever
binds an identity, waits for the person's own yes: somebody may have been signed in at the provider
as another without noticing.
"""

import uuid
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any, TypeVar

import flask

from app.oidc.once import Secrets
from sources.base import now

LASTS = 600
"""Seconds: signing in elsewhere, with a telephone that has to be found first."""
THERE, BACK = "desk_provider_way", "desk_provider_identity"


class Purpose(StrEnum):
    """For what somebody goes to the provider."""

    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    BIND = "bind"
    INVITATION = "invitation"


@dataclass(frozen=True, slots=True)
class Errand:
    """For what, for whom, and where the person wanted to go.

    ``account`` is who binds or confirms, and ``session`` the id of the session they do it in;
    ``link`` is the invitation that is taken over.
    """

    purpose: Purpose
    onward: str = "/"
    account: uuid.UUID | None = None
    session: str | None = None
    link: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way that was begun."""

    errand: Errand
    state: str
    nonce: str
    verifier: str
    issuer: str
    begun: int

    @property
    def secrets(self) -> Secrets:
        """What was drawn for it."""
        return Secrets(self.state, self.nonce, self.verifier)


@dataclass(frozen=True, slots=True)
class Arrived:
    """Somebody who came back and has not said yet that it is them.

    ``key`` is used up with the yes: a copy of the cookie says it to nobody.
    """

    errand: Errand
    key: str
    issuer: str
    subject: str
    label: str
    sid: str | None
    strong: bool
    begun: int


Kept = TypeVar("Kept", Way, Arrived)


def begin(way: Way) -> None:
    """Keep a way in the cookie; one that was begun before is forgotten."""
    flask.session[THERE] = _plain(way)


def take() -> Way | None:
    """Return the way this browser is on, once; None where it is on none, or for too long."""
    return _read(Way, flask.session.pop(THERE, None))


def wait(arrived: Arrived) -> None:
    """Keep who came back until they say yes."""
    flask.session[BACK] = _plain(arrived)


def arrived() -> Arrived | None:
    """Return who came back in this browser and is asked; None where nobody did."""
    return _read(Arrived, flask.session.get(BACK))


def forget() -> None:
    """Forget who came back."""
    flask.session.pop(BACK, None)


def moment() -> int:
    """The seconds since 1970."""
    return int(now().timestamp())


def _plain(kept: Way | Arrived) -> dict[str, Any]:
    plain = asdict(kept)
    errand = plain["errand"]
    for name in ("account", "link"):
        errand[name] = errand[name].hex if errand[name] is not None else None
    return plain


def _read(kind: type[Kept], plain: Any) -> Kept | None:
    """Return what was kept; None for what is too old, or was written by another release."""
    try:
        if not 0 <= moment() - plain["begun"] <= LASTS:
            return None
        told = plain["errand"]
        ids = {name: uuid.UUID(told[name]) if told[name] else None for name in ("account", "link")}
        errand = Errand(**{**told, **ids, "purpose": Purpose(told["purpose"])})
        return kind(**{**plain, "errand": errand})
    except (KeyError, TypeError, ValueError):
        return None
