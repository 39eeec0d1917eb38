"""Proofs as they arrive with a form: counted, looked at, used up, and noted where they are wrong.

Each is looked at before the request's own transaction: hashing a password takes its time by design,
and a code that was right is used up whatever becomes of the request.
"""

import ipaddress
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app, g, request
from sqlalchemy.orm import Session
from werkzeug.exceptions import TooManyRequests

from app.accounts import attempts, challenges, failures, passkeys, recovery_codes, signin, totp
from app.accounts.challenges import Purpose
from app.accounts.current import visitor
from app.accounts.factor_keys import FactorKeys
from app.accounts.models import Account
from app.accounts.passkeys import Site
from app.accounts.vocabulary import Proof
from app.limits.vocabulary import Gate
from app.unit_of_work import database

HOUR = 60 * 60
GATES = {Purpose.SECOND: Gate.SECOND_FACTOR, Purpose.CONFIRM: Gate.CONFIRM}
"""Which tries each purpose counts among."""


@dataclass(frozen=True)
class Typed:
    """What a form brought: any of the three, and an empty text for the others."""

    password: str = ""
    code: str = ""
    answer: str = ""

    @property
    def kind(self) -> Proof:
        """The proof this is meant to be."""
        if self.answer:
            return Proof.PASSKEY
        if self.password:
            return Proof.PASSWORD
        return Proof.TOTP if len(totp.plain(self.code)) <= totp.DIGITS else Proof.RECOVERY_CODE


@dataclass(frozen=True)
class Looked:
    """What came of looking: the proof that was right, if any, and the count to forgive then."""

    proof: Proof | None
    pair: str


def site() -> Site | None:
    """Return what passkeys are bound to here; None where browsers make none.

    They want a name, not a number, and an address that nobody on the way can change.
    """
    origin = current_app.extensions["settings"].origin or f"{request.scheme}://{request.host}"
    parts = urlsplit(origin)
    host = parts.hostname or ""
    if not host or _is_number(host):
        return None
    if parts.scheme != "https" and host != "localhost" and not host.endswith(".localhost"):
        return None
    return Site(host, origin)


def factor_keys() -> FactorKeys:
    """The keys that the seeds of codes are encrypted under."""
    return FactorKeys(current_app.extensions["settings"].factor_key_file)


def counted(what: str, gate: Gate, address: str = "", *, familiar: bool) -> str:
    """Count an attempt; raise TooManyRequests past the limit, else return what it counts under."""
    tried = attempts.attempt(database(), what, address, gate, familiar=familiar)
    if tried.wait is not None:
        raise TooManyRequests(retry_after=tried.wait)
    return tried.pair


def look(account_id: uuid.UUID, typed: Typed, purpose: Purpose) -> Looked:
    """Look at what somebody sent as a proof of who they are, and use it up.

    It is counted by the account alone, wherever it comes from: whoever guesses codes may have many
    addresses, and must know the password already. Raises TooManyRequests.
    """
    # Whoever is asked for this has signed in, or given a first proof already.
    pair = counted(f"proof of {account_id}", GATES[purpose], familiar=True)
    with database().reading() as session:
        account = session.get_one(Account, account_id)
        exhausted = failures.too_many_codes(session, account_id)
    if typed.kind is Proof.TOTP and exhausted:
        raise TooManyRequests(retry_after=HOUR)
    if typed.kind is Proof.PASSWORD:
        right = purpose is Purpose.CONFIRM and signin.matches(account, typed.password)
    else:
        with database().writing(account.actor, g.request_id) as session:
            right = _is_right(session, account_id, typed, purpose)
    if not right:
        failures.note(database(), account_id, typed.kind, visitor())
    return Looked(typed.kind if right else None, pair)


def by_passkey(answer: str) -> uuid.UUID | None:
    """Return whose passkey answered, as the only proof somebody gives; None for nobody's."""
    here = site()
    with database().writing("visitor", g.request_id) as session:
        challenge = challenges.take(session, Purpose.SIGN_IN)
        if here is None or challenge is None:
            return None
        found = passkeys.accept(session, here, answer, challenge)
        return found.account_id if found is not None else None


def _is_right(session: Session, account_id: uuid.UUID, typed: Typed, purpose: Purpose) -> bool:
    if typed.kind is Proof.PASSKEY:
        here, challenge = site(), challenges.take(session, purpose)
        if here is None or challenge is None:
            return False
        return passkeys.accept(session, here, typed.answer, challenge, account_id) is not None
    if typed.kind is Proof.TOTP:
        return totp.accept(session, factor_keys(), account_id, typed.code) is not None
    # Of ten codes one is for coming in without a telephone, not for what follows.
    return purpose is Purpose.SECOND and recovery_codes.use(session, account_id, typed.code)


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
