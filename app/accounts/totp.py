"""Codes that a telephone shows for thirty seconds (RFC 6238): set up, confirmed, accepted once."""

import datetime as dt
import hashlib
import hmac
import re
import unicodedata
import uuid
from typing import cast

import pyotp
from sqlalchemy import CursorResult, select, text, update
from sqlalchemy.orm import Session

from app.accounts.factor_keys import FactorKeys
from app.accounts.factor_models import Factor, FactorUse
from app.accounts.models import Account
from app.accounts.vocabulary import FactorKind
from claims.errors import Conflict, Missing, Refused
from sources.base import now
from sources.identifiers import uuid7
from sources.keyrings import Sealed

DIGITS, STEP = 6, 30
"""Figures of a code, and seconds for which it is shown."""
DRIFT = 1
"""Steps before and after the present one: clocks differ, and people type slowly."""
SETTING_UP = dt.timedelta(minutes=15)
"""So long a seed is shown and can be confirmed."""
WITH_OTHERS = "LOCK TABLE factor IN ROW EXCLUSIVE MODE"
ALONE = "LOCK TABLE factor IN SHARE ROW EXCLUSIVE MODE"
CODE = re.compile(r"[0-9]{6}")


def plain(typed: str) -> str:
    """Return a code as typed without what people put into it: spaces, dashes, wide digits."""
    return re.sub(r"[\s\-]+", "", unicodedata.normalize("NFKC", typed)).lower()


def begin(session: Session, keys: FactorKeys, account: Account, name: str, *, by: str) -> Factor:
    """Draw a seed for a telephone; it counts once it is confirmed, and replaces one that was not.

    Raises Locked where seeds are kept already and their key is missing.
    """
    _forget_unconfirmed(session, account.id)
    hold(session)
    first = session.scalar(select(Factor.id).where(Factor.sealed.is_not(None)).limit(1)) is None
    key = uuid7()
    kept = keys.seal(pyotp.random_base32(), _about(key, account.id), first=first)
    row = Factor(
        id=key,
        account_id=account.id,
        kind=FactorKind.TOTP,
        name=name.strip(),
        created_by=by,
    )
    _put(row, kept)
    session.add(row)
    session.flush()
    session.add(FactorUse(factor_id=row.id, counter=0))
    session.flush()
    return row


def being_set_up(session: Session, account_id: uuid.UUID, factor_id: uuid.UUID) -> Factor:
    """Return somebody's factor that is being set up; raise Missing for any other."""
    row = session.get(Factor, factor_id)
    known = row is not None and row.account_id == account_id and row.kind is FactorKind.TOTP
    if row is None or not known or row.confirmed_at is not None or _is_late(row):
        raise Missing(
            "no_such_factor",
            {"zh": "这次设置已结束。请重新开始。", "en": "This set-up is over. Begin again."},
        )
    return row


def seed(keys: FactorKeys, row: Factor) -> str:
    """Return the seed of a telephone in base32; raise Locked without its key."""
    return keys.open(_kept(row), _about(row.id, row.account_id))


def address(keys: FactorKeys, row: Factor, account: Account, issuer: str) -> str:
    """Return the address that a telephone reads from the QR code."""
    return pyotp.TOTP(seed(keys, row)).provisioning_uri(name=account.name, issuer_name=issuer)


def confirm(session: Session, keys: FactorKeys, row: Factor, typed: str) -> None:
    """Let a factor count from now on; raise Refused when the code is not one of its seed."""
    if not _accepted(session, keys, row, typed):
        raise Refused(
            "code_wrong",
            {
                "zh": "验证码不对。请核对手机的时间，再输入现在显示的验证码。",
                "en": "That is not the code. Check the clock of your telephone, and type the code "
                "it shows now.",
            },
            "code",
        )
    row.confirmed_at = now()
    session.flush()


def accept(session: Session, keys: FactorKeys, account_id: uuid.UUID, typed: str) -> Factor | None:
    """Return the telephone whose code this is; None for a wrong one, or one that was used."""
    rows = session.scalars(
        select(Factor)
        .where(
            Factor.account_id == account_id,
            Factor.kind == FactorKind.TOTP,
            Factor.confirmed_at.is_not(None),
        )
        .order_by(Factor.id)
    )
    return next((row for row in rows if _accepted(session, keys, row, typed)), None)


def hold(session: Session, *, alone: bool = False) -> None:
    """Keep a key from being retired between sealing under it and the row's commit."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text(ALONE if alone else WITH_OTHERS))


def renew_key(session: Session, keys: FactorKeys) -> int:
    """Draw a key and put the one of every seed under it; return how many there were.

    The older keys stay in the file until the caller's commit is done: :func:`retire_keys`.
    """
    hold(session, alone=True)
    rows = session.scalars(select(Factor).where(Factor.sealed.is_not(None))).all()
    if not rows:
        return 0
    keys.renew()
    for row in rows:
        _put(row, keys.wrapped_again(_kept(row), _about(row.id, row.account_id)))
    session.flush()
    return len(rows)


def retire_keys(session: Session, keys: FactorKeys) -> int:
    """Forget every key but the newest and those that a seed is still under; return how many.

    It asks the database, in a transaction in which nobody seals or renews.
    """
    hold(session, alone=True)
    rows = session.scalars(select(Factor.key_name).where(Factor.key_name.is_not(None)).distinct())
    return keys.retire({name for name in rows if name is not None})


def _accepted(session: Session, keys: FactorKeys, row: Factor, typed: str) -> bool:
    """Tell whether a code is right, and use its step up.

    The step is moved on in one statement that finds the row only while the step is new, so that
    of two processes with the same code one is refused.
    """
    code = plain(typed)
    if CODE.fullmatch(code) is None:
        return False
    maker, moment = pyotp.TOTP(seed(keys, row)), int(now().timestamp()) // STEP
    found = [
        step
        for step in range(moment - DRIFT, moment + DRIFT + 1)
        if hmac.compare_digest(maker.generate_otp(step), code)
    ]
    if not found:
        return False
    moved = session.execute(
        update(FactorUse)
        .where(FactorUse.factor_id == row.id, FactorUse.counter < found[-1])
        .values(counter=found[-1], used_at=now())
    )
    return cast("CursorResult[object]", moved).rowcount == 1


def _forget_unconfirmed(session: Session, account_id: uuid.UUID) -> None:
    query = select(Factor).where(Factor.account_id == account_id, Factor.confirmed_at.is_(None))
    for row in session.scalars(query).all():
        # Its use goes with it, by the database.
        session.delete(row)
    session.flush()


def _is_late(row: Factor) -> bool:
    return now() - row.created_at > SETTING_UP


def _put(row: Factor, kept: Sealed) -> None:
    row.sealed, row.wrapped_key, row.key_name = kept.sealed, kept.wrapped_key, kept.key_name
    row.sealed_sha256 = hashlib.sha256(kept.sealed).hexdigest()


def _kept(row: Factor) -> Sealed:
    if row.sealed is None or row.wrapped_key is None or row.key_name is None:
        raise Conflict("no_seed", {"zh": "没有密钥。", "en": "There is no seed."})
    return Sealed(row.sealed, row.wrapped_key, row.key_name)


def _about(factor: uuid.UUID, account: uuid.UUID) -> str:
    """What a ciphertext is bound to, so that no row's can stand in another."""
    return f"{factor} of {account}"
