"""Where in the past somebody wants to look: a ledger number, or a moment with its time zone."""

import datetime as dt
import re
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.ledger import history, replay
from app.ledger.stamp import stamp
from claims.errors import Missing, Refused

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NUMBER = re.compile(r"#?(\d{1,15})")
LONGEST = 40
END_OF_DAY = dt.time(23, 59, 59, 999000)


@dataclass(frozen=True)
class Place:
    """A place in the ledger: the state after its first ``position`` sealed entries.

    ``moment`` is the moment asked for, or when the last of those entries was written; ``asked``
    is the text to hand on in links.
    """

    position: int
    moment: dt.datetime
    asked: str


def find(session: Session, text: str, zone: dt.tzinfo, *, begins: bool = False) -> Place:
    """Find the place for what was typed.

    ``1284`` (or ``#1284``) is a ledger number as an appendix prints it: the state after that many
    entries. ``2026-11-24 18:00``, with seconds or without, is a moment in ``zone`` unless it says
    its own (``Z``, ``+08:00``); a day alone means its end, or its beginning when ``begins``.
    Raises Refused for any other text and Missing for a number the ledger has not reached.
    """
    text = text.strip()
    number = NUMBER.fullmatch(text)
    if number:
        return _numbered(session, int(number[1]))
    moment = read(text, zone, begins=begins)
    return Place(replay.position_at(session, stamp(moment)), moment, text)


def read(text: str, zone: dt.tzinfo, *, begins: bool = False) -> dt.datetime:
    """Read a moment; raise Refused for what is none."""
    if len(text) > LONGEST:
        raise unreadable()
    try:
        if DAY.fullmatch(text):
            edge = dt.time() if begins else END_OF_DAY
            moment = dt.datetime.combine(dt.date.fromisoformat(text), edge)
        else:
            moment = dt.datetime.fromisoformat(text)
        return _in_zone(moment, zone).astimezone(dt.UTC)
    except (ValueError, OverflowError) as problem:
        raise unreadable() from problem


def unreadable() -> Refused:
    """The refusal of a text that is neither a moment nor a number."""
    return Refused(
        "moment_unreadable",
        {
            "zh": "看不懂这个时间。请写成 2026-11-24 18:00，或填台账编号。",
            "en": "That is no moment. Write 2026-11-24 18:00, or a ledger number.",
        },
        "at",
    )


def _in_zone(moment: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    if moment.tzinfo is not None:
        return moment
    localize = getattr(zone, "localize", None)
    known: dt.datetime = localize(moment) if localize else moment.replace(tzinfo=zone)
    return known


def _numbered(session: Session, position: int) -> Place:
    reached = history.position(session)
    if position > reached:
        raise Missing(
            "ledger_number_ahead",
            {
                "zh": f"台账目前只有 {reached} 条。",
                "en": f"The ledger has {reached} entries so far.",
            },
        )
    written = replay.moment_of(session, position)
    moment = dt.datetime.fromisoformat(written) if written else dt.datetime.fromtimestamp(0, dt.UTC)
    return Place(position, moment, str(position))
