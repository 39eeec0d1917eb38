"""How busy the ledger was: entries per stretch of time, at the same price however long it is."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.orm import Session

from app.ledger.stamp import stamp
from app.ledger.tables import dialect, prefix

BARS = 40


@dataclass(frozen=True)
class Stretch:
    """The entries written from ``start`` on and before ``stop``, by difference of numbers."""

    start: dt.datetime
    stop: dt.datetime
    position: int
    count: int


def density(session: Session, until: dt.datetime, bars: int = BARS) -> list[Stretch]:
    """Cut the time from the first entry to ``until`` into equal stretches; none without entries.

    Each boundary is one look into the index of moments, so a million entries cost as much as ten.
    """
    first = _first(session)
    if first is None or until <= first:
        return []
    width = (until - first) / bars
    ends = [first + width * number for number in range(bars)] + [until]
    reached = _positions(session, ends)
    return [
        Stretch(ends[at], ends[at + 1], reached[at + 1], max(reached[at + 1] - reached[at], 0))
        for at in range(bars)
    ]


def _first(session: Session) -> dt.datetime | None:
    here = prefix(session)
    found = session.execute(
        text(f"SELECT at FROM {here}ledger_event ORDER BY eid LIMIT 1")
    ).scalar_one_or_none()
    return dt.datetime.fromisoformat(found) if found else None


def _positions(session: Session, moments: list[dt.datetime]) -> list[int]:
    """The ledger number reached at each moment, in one statement; the first counts nothing."""
    here = prefix(session)
    binary = 'COLLATE "C"' if dialect(session) == "postgresql" else "COLLATE BINARY"
    # The number of a boundary is that of the last entry written before it.
    one = (
        f"(SELECT l.seq + 1 FROM {here}ledger_event e JOIN {here}ledger_leaf l ON l.eid = e.eid"
        f" WHERE e.at {binary} {{sign}} :m{{number}}"
        f" ORDER BY e.at {binary} DESC, e.eid DESC LIMIT 1)"
    )
    last = len(moments) - 1
    parts = [
        one.format(number=number, sign="<=" if number == last else "<")
        for number in range(len(moments))
    ]
    values = {f"m{number}": stamp(moment) for number, moment in enumerate(moments)}
    row = session.execute(text(f"SELECT {', '.join(parts)}"), values).one()
    return [number or 0 for number in row]
