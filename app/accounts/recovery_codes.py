"""Recovery codes: ten for whoever has lost a telephone or a passkey, shown once, each used once.

A code has 24 characters of an alphabet of 30, which is more than 117 bits drawn at random. Nobody
can try so many, so a plain SHA-256 keeps them as well as a slow hash would, and looking at ten of
them costs nothing (OWASP ASVS 5.0, 6.5.2, asks for a slow one below 112 bits).
"""

import hashlib
import re
import secrets
import uuid

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.accounts.factor_models import RecoveryCode
from app.accounts.totp import plain
from sources.base import now

ALPHABET = "23456789abcdefghjkmnpqrstvwxyz"
"""Without what is easily taken for something else: 0 and o, 1 and l and i, u and v."""
HOW_MANY, GROUPS, GROUP = 10, 6, 4
CODE = re.compile(f"[{ALPHABET}]{{{GROUPS * GROUP}}}")


def make(session: Session, account_id: uuid.UUID, *, by: str) -> list[str]:
    """Draw ten codes and return them as they are shown; those from before stop working."""
    forget(session, account_id)
    codes = [_drawn() for _ in range(HOW_MANY)]
    session.add_all(
        RecoveryCode(account_id=account_id, code_sha256=_sha256(account_id, code), created_by=by)
        for code in codes
    )
    session.flush()
    return codes


def use(session: Session, account_id: uuid.UUID, typed: str) -> bool:
    """Use a code up; False for one that is wrong or was used, also at this very moment."""
    if CODE.fullmatch(plain(typed)) is None:
        return False
    row = session.scalar(
        select(RecoveryCode)
        .where(RecoveryCode.code_sha256 == _sha256(account_id, typed))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    if row is None or row.used_at is not None:
        return False
    row.used_at = now()
    session.flush()
    return True


def left(session: Session, account_id: uuid.UUID) -> int:
    """Return how many codes of an account were not used."""
    query = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.account_id == account_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(query) or 0


def forget(session: Session, account_id: uuid.UUID) -> None:
    """Remove the codes of an account."""
    for row in session.scalars(select(RecoveryCode).where(RecoveryCode.account_id == account_id)):
        session.delete(row)
    session.flush()


def are_of(session: Session, account_id: uuid.UUID, codes: list[str]) -> bool:
    """Tell whether these are codes of an account, as whoever was shown them sends them back."""
    known = set(
        session.scalars(
            select(RecoveryCode.code_sha256).where(RecoveryCode.account_id == account_id)
        )
    )
    return bool(codes) and {_sha256(account_id, code) for code in codes} <= known


def _drawn() -> str:
    text = "".join(secrets.choice(ALPHABET) for _ in range(GROUPS * GROUP))
    return "-".join(text[at : at + GROUP] for at in range(0, len(text), GROUP))


def _sha256(account_id: uuid.UUID, code: str) -> str:
    return hashlib.sha256(f"{account_id}\n{plain(code)}".encode()).hexdigest()
