"""The factors somebody has: which of them count, and who must have one."""

import uuid

from sqlalchemy import Exists, exists, select
from sqlalchemy.orm import Session

from app.accounts.factor_models import Factor
from app.accounts.models import Account
from app.accounts.roles import Role
from app.config import SettingError


def has_factor(session: Session, account_id: uuid.UUID) -> bool:
    """Tell whether an account has a factor that counts."""
    return bool(session.scalar(select(counting(Factor.account_id == account_id))))


def counting(*narrowed: object) -> Exists:
    """Return what selects accounts that have a factor: one that was confirmed."""
    return exists().where(Factor.confirmed_at.is_not(None), *narrowed)  # type: ignore[arg-type]


def factors_of(session: Session, account_id: uuid.UUID) -> list[Factor]:
    """Return the factors of an account that count, the oldest first."""
    query = select(Factor).where(Factor.account_id == account_id, Factor.confirmed_at.is_not(None))
    return list(session.scalars(query.order_by(Factor.id)))


def is_required(required: str, account: Account) -> bool:
    """Tell whether the desk wants an account to have a factor.

    ``required`` is the setting: ``optional``, ``required``, or roles with commas between them.
    """
    if required in {"optional", "required"}:
        return required == "required"
    return bool({role.value for role in account.roles} & set(required.split(",")))


def checked(required: str) -> None:
    """Raise SettingError for a setting that names a role nobody can have."""
    unknown = {*required.split(",")} - {"optional", "required", *Role}
    if unknown:
        raise SettingError("DESK_SECOND_FACTOR", f"{min(unknown)!r} is no role of this desk")
