"""The factors somebody has: which of them count, who must have one, and how they come to an end."""

import uuid
from collections.abc import Mapping

from sqlalchemy import ColumnElement, Exists, delete, exists, func, select
from sqlalchemy.orm import Session

from app.accounts import recovery_codes, sessions
from app.accounts.factor_models import Factor, FactorUse
from app.accounts.models import Account
from app.accounts.roles import Role
from app.accounts.vocabulary import FactorKind, SessionEnd
from app.ledger import acts
from app.variables import SettingError
from claims.errors import Conflict, Forbidden, Missing

OPTIONAL, REQUIRED = "optional", "required"


def has_factor(session: Session, account_id: uuid.UUID) -> bool:
    """Tell whether an account has a factor that counts."""
    return bool(session.scalar(select(counting(Factor.account_id == account_id))))


def counting(*narrowed: ColumnElement[bool]) -> Exists:
    """Return what tells in SQL whether there is a factor that counts: one that was confirmed."""
    return exists().where(Factor.confirmed_at.is_not(None), *narrowed)


def factors_of(
    session: Session, account_id: uuid.UUID, kind: FactorKind | None = None
) -> list[Factor]:
    """Return the factors of an account that count, the oldest first."""
    query = select(Factor).where(Factor.account_id == account_id, Factor.confirmed_at.is_not(None))
    if kind is not None:
        query = query.where(Factor.kind == kind)
    return list(session.scalars(query.order_by(Factor.id)))


def uses(session: Session, rows: list[Factor]) -> Mapping[uuid.UUID, FactorUse]:
    """Return when each factor was used last."""
    query = select(FactorUse).where(FactorUse.factor_id.in_([row.id for row in rows]))
    return {row.factor_id: row for row in session.scalars(query)}


def numbers(session: Session) -> Mapping[uuid.UUID, int]:
    """Return how many factors each account has that has any."""
    rows = session.execute(
        select(Factor.account_id, func.count())
        .where(Factor.confirmed_at.is_not(None))
        .group_by(Factor.account_id)
    )
    return {row[0]: row[1] for row in rows}


def is_required(required: str, account: Account) -> bool:
    """Tell whether the desk wants an account to have a factor.

    ``required`` is the setting: ``optional``, ``required``, or roles with commas between them.
    """
    if required in {OPTIONAL, REQUIRED}:
        return required == REQUIRED
    return bool({role.value for role in account.roles} & set(required.split(",")))


class Wanted(Forbidden):
    """Somebody must set up a second factor first; whatever else they do is refused until then."""

    def __init__(self) -> None:
        """Say so in words; a program gets them as well."""
        super().__init__(
            "second_factor_wanted",
            {
                "zh": "核查台要求您设置第二重验证。请先在“安全登录”里设置。",
                "en": "This desk asks you for a second factor. Set one up first, under "
                "“Signing in safely”.",
            },
        )


def checked(required: str) -> None:
    """Raise SettingError for a setting that names a role nobody can have."""
    unknown = {*required.split(",")} - {OPTIONAL, REQUIRED, *Role}
    if unknown:
        raise SettingError("DESK_SECOND_FACTOR", f"{min(unknown)!r} is no role of this desk")


def added(session: Session, account: Account, row: Factor, *, key: str | None) -> None:
    """Record that a factor counts now; with the first one every other session ends.

    Those were opened by a password alone. ``key`` is of the session that stays.
    """
    if len(factors_of(session, account.id)) == 1:
        sessions.end_all(session, account, SessionEnd.FACTORS, keep=key)
    _record(session, account, "factor_added", row)


def remove(
    session: Session, account: Account, factor_id: uuid.UUID, *, required: bool, key: str | None
) -> None:
    """Remove one of somebody's factors; every other session ends.

    With the last one the recovery codes go, for they stand in for it. Raises Missing for a factor
    of somebody else, Conflict for the last one of an account that must have one.
    """
    session.execute(select(Account.id).where(Account.id == account.id).with_for_update())
    own = factors_of(session, account.id)
    row = next((one for one in own if one.id == factor_id), None)
    if row is None:
        raise Missing(
            "no_such_factor",
            {"zh": "没有这个第二重验证。", "en": "There is no such second factor."},
        )
    last = len(own) == 1
    if last and required:
        raise Conflict(
            "last_factor",
            {
                "zh": "您的账户必须有第二重验证。请先添加另一个，再删除这一个。",
                "en": "Your account must have a second factor. Add another one before you remove "
                "this one.",
            },
        )
    _record(session, account, "factor_removed", row)
    _delete(session, row)
    if last:
        recovery_codes.forget(session, account.id)
    sessions.end_all(session, account, SessionEnd.FACTORS, keep=key)


def reset(session: Session, account: Account) -> int:
    """Remove every factor and code of an account, for somebody who lost them; sessions end.

    Returns how many factors there were. Raises Conflict where there is nothing to remove.
    """
    rows = session.scalars(select(Factor).where(Factor.account_id == account.id)).all()
    counted = [row for row in rows if row.confirmed_at is not None]
    if not counted:
        raise Conflict(
            "no_factors",
            {
                "zh": "这个账户没有第二重验证。",
                "en": "This account has no second factor.",
            },
        )
    for row in rows:
        _delete(session, row)
    recovery_codes.forget(session, account.id)
    sessions.end_all(session, account, SessionEnd.FACTORS)
    story = {"name": account.name, "factors": len(counted)}
    acts.record(session, "act", "account", str(account.id), "factors_reset", story)
    return len(counted)


def _delete(session: Session, row: Factor) -> None:
    session.execute(delete(FactorUse).where(FactorUse.factor_id == row.id))
    session.delete(row)
    session.flush()


def _record(session: Session, account: Account, act: str, row: Factor) -> None:
    story = {"name": account.name, "kind": row.kind.value, "factor": row.name}
    acts.record(session, "act", "account", str(account.id), act, story)
