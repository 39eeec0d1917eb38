"""The day it is at a desk, which is another one in UTC for some hours of each day."""

import datetime as dt

from sqlalchemy.orm import Session

ZONE_KEY = "time_zone"
"""Where a session carries its desk's time zone."""


def local_day(session: Session, moment: dt.datetime) -> dt.date:
    """Return the day it is at this session's desk; where no zone is known, the day in UTC."""
    zone: dt.tzinfo = session.info.get(ZONE_KEY) or dt.UTC
    return moment.astimezone(zone).date()
