"""The one statement that counts: it takes from a quota, and tells how much was taken before."""

import datetime as dt
from typing import NamedTuple

from sqlalchemy import case, delete, literal, or_
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.limits.models import QuotaUse
from app.limits.vocabulary import LONG, WINDOWS, Quota
from sources.columns import Moment


class Counted(NamedTuple):
    """Since when a quota is counted, and what was taken of it since, with what was asked for."""

    began_at: dt.datetime
    used: int


def take(session: Session, quota: Quota, subject: str, units: int, moment: dt.datetime) -> Counted:
    """Take so many units; a row whose time is over begins anew.

    The row is locked by the statement itself, so two processes never count the same unit twice. A
    row from the future, by a clock that was set right since, begins anew as well.
    """
    window = WINDOWS[quota]
    began = QuotaUse.began_at
    over = or_(began <= moment - window, began > moment + window)
    values = {"quota": quota, "subject": subject, "began_at": moment, "used": units}
    changes = {
        "began_at": case((over, literal(moment, Moment)), else_=began),
        "used": case((over, units), else_=QuotaUse.used + units),
    }
    kind = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    statement = (
        kind.insert(QuotaUse)
        .values(**values)
        .on_conflict_do_update(index_elements=["quota", "subject"], set_=changes)
        .returning(began, QuotaUse.used)
    )
    return Counted(*session.execute(statement).one())


def forget(session: Session, moment: dt.datetime) -> None:
    """Remove the rows that no quota counts any more."""
    session.execute(delete(QuotaUse).where(QuotaUse.began_at < moment - LONG))
