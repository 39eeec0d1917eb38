"""What a process has taken of quotas and not used yet: most requests ask no database."""

import datetime as dt
import threading
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.db import Database
from app.db_problems import DatabaseProblem
from app.limits.counting import Counted, take
from app.limits.vocabulary import BLOCKS, WINDOWS, Quota
from sources.base import now

MOST_HELD = 10_000
"""Reserves a process remembers; beyond it those whose time is over are forgotten."""
Key = tuple[Quota, str]


@dataclass(slots=True)
class Reserve:
    """What is left of a block until its time is over; ``spent`` when the quota has no more."""

    ends: dt.datetime
    left: int = 0
    spent: bool = False


class Reserves:
    """The quotas of one process; others share them through the database."""

    def __init__(self, database: Database) -> None:
        """Hold nothing yet."""
        self.database = database
        self._lock = threading.Lock()
        self._held: dict[Key, Reserve] = {}

    def wait(self, quota: Quota, subject: str, units: int = 1) -> int | None:
        """Take units of a quota; return how many seconds to wait where it is spent, else None.

        A database that cannot count now refuses nobody: it will refuse what it cannot do itself.
        """
        most, moment = self.database.settings.quotas[quota], now()
        if not most or units < 1:
            return None
        with self._lock:
            held = self._present((quota, subject), moment)
            if held is not None and held.left >= units:
                held.left -= units
                return None
            if held is not None and held.spent:
                return _seconds(held.ends - moment)
        block = max(units, most // BLOCKS)
        with suppress(DatabaseProblem):
            counted = self._counted(quota, subject, block, moment)
            granted = min(block, most - (counted.used - block))
            return self._entered((quota, subject), counted.began_at, granted, units)
        return None

    def _counted(self, quota: Quota, subject: str, block: int, moment: dt.datetime) -> Counted:
        with self.database.keeping() as connection, Session(connection) as session:
            counted = take(session, quota, subject, block, moment)
            session.commit()
            return counted

    def _entered(self, key: Key, began: dt.datetime, granted: int, units: int) -> int | None:
        """Hold what was granted beyond what is used at once; tell how long to wait for more."""
        moment, ends = now(), began + WINDOWS[key[0]]
        with self._lock:
            self._make_room(moment)
            held = self._held.get(key)
            if held is None or held.ends != ends:
                held = self._held[key] = Reserve(ends)
            if granted >= units:
                held.left += granted - units
                return None
            held.spent = True
            return _seconds(ends - moment)

    def _present(self, key: Key, moment: dt.datetime) -> Reserve | None:
        held = self._held.get(key)
        return held if held is not None and held.ends > moment else None

    def _make_room(self, moment: dt.datetime) -> None:
        if len(self._held) >= MOST_HELD:
            self._held = {key: one for key, one in self._held.items() if one.ends > moment}


def _seconds(left: dt.timedelta) -> int:
    return max(1, int(left.total_seconds()) + 1)
