"""Checking a name and a password, in the same time whether the name exists or not."""

import secrets
import uuid
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.accounts.leaked_passwords import refuse_leaked
from app.accounts.models import NO_PASSWORD, Account, RoleGrant
from app.accounts.naming import refuse_taken
from app.accounts.passwords import LONGEST, refuse_weak
from app.accounts.roles import Role
from app.db import LEAKS_KEY
from claims.errors import Conflict, Refused

HASHER = PasswordHasher()
"""The second recommended choice of RFC 9106, section 4: argon2id, 64 MiB, three passes."""
TURN = BoundedSemaphore(2)
"""So many at once in a process: each holds its 64 MiB while it hashes, and whoever sends a wrong
password on every thread of the server would have it hold them all."""
_nobody = HASHER.hash(secrets.token_urlsafe(24))
# An unknown name is checked against this hash, so that both answers take equally long.


def check(session: Session, name: str, password: str) -> Account | None:
    """Return the active account with this name and password, else None."""
    account = session.scalar(select(Account).where(Account.name == name.strip().lower()))
    known = account is not None and not account.password_hash.startswith(NO_PASSWORD)
    stored = account.password_hash if account is not None and known else _nobody
    if not _fits(stored, password):
        return None
    return account if account is not None and account.active else None


def id_of(session: Session, name: str) -> uuid.UUID | None:
    """Return whose name this is; None for nobody's."""
    return session.scalar(select(Account.id).where(Account.name == name.strip().lower()))


def matches(account: Account, password: str) -> bool:
    """Tell whether this is the account's password."""
    return _fits(account.password_hash, password)


def _fits(stored: str, password: str) -> bool:
    try:
        with TURN:
            return bool(HASHER.verify(stored, password[: LONGEST + 1]))
    except (VerificationError, InvalidHashError):
        return False


def hashed(session: Session, password: str, *names: str) -> str:
    """Return the argon2id string of a new password; ``names`` are those of its owner.

    Raises Refused for one that is not taken (:mod:`app.accounts.passwords`), or that the desk's
    list of leaked ones holds.
    """
    refuse_weak(password, names)
    refuse_leaked(session.info[LEAKS_KEY], password)
    with TURN:
        return HASHER.hash(password)


def add_account(
    session: Session, *, name: str, display_name: str, password: str, roles: set[Role], by: str
) -> Account:
    """Create an account with its roles and a password.

    Raises Conflict when the name is taken and Refused when name or password are unusable.
    """
    return new_account(
        session,
        name=name,
        display_name=display_name,
        password_hash=hashed(session, password, name, display_name),
        roles=roles,
        by=by,
    )


def new_account(
    session: Session,
    *,
    name: str,
    display_name: str,
    password_hash: str,
    roles: set[Role],
    by: str,
    active: bool = True,
) -> Account:
    """Create an account with its roles.

    Raises Conflict when the name, or the one others see, is taken, Refused when it is unusable.
    """
    name = name.strip().lower()
    if not name or not all(part.isalnum() and part.isascii() for part in name.split(".")):
        raise Refused(
            "account_name",
            {
                "zh": "用户名只用小写拉丁字母、数字和点，例如 li.wei。",
                "en": "A user name uses Latin letters, digits and dots, as in li.wei.",
            },
            "name",
        )
    if session.scalar(select(Account.id).where(Account.name == name)) is not None:
        raise Conflict(
            "account_exists",
            {"zh": f"已有用户 {name}。", "en": f"There is already a user {name}."},
            "name",
        )
    refuse_taken(session, display_name)
    account = Account(
        name=name,
        display_name=display_name,
        active=active,
        password_hash=password_hash,
        session_token=secrets.token_urlsafe(24),
        created_by=by,
        grants=[RoleGrant(role=role, created_by=by) for role in sorted(roles)],
    )
    session.add(account)
    session.flush()
    return account
