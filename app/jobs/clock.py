"""The clock by which leases end: the database's, because workers may run on several machines."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from sources.base import now


def clock(session: Session) -> dt.datetime:
    """The present moment; a file of SQLite is on this machine, and so is its clock."""
    if session.get_bind().dialect.name == "sqlite":
        return now()
    moment: dt.datetime = session.execute(select(func.clock_timestamp())).scalar_one()
    return moment.astimezone(dt.UTC)
