"""The panel above the timeline: how busy the ledger was, and how the desk stood at a moment."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import format_datetime
from sqlalchemy.orm import Session

from app.ledger import history, replay
from app.ledger.density import Stretch, density
from app.models import Base
from app.past.place import Place
from app.past.tally import tally, tally_now
from claims.queries.articles import Counts
from sources.base import now

WIDTH, HEIGHT, BASE = 1000.0, 64.0, 52.0
GAP = 3.0
EDGE = 6.0
"""What a diamond keeps from the sides, so as not to be cut."""
LEAST = 2.0
"""The height of a bar that stands for a single entry."""
TYPED = "yyyy-MM-dd HH:mm:ss"


@dataclass(frozen=True)
class Bar:
    """One stretch of time as a bar; ``at`` is its end, as the field would have it typed."""

    x: float
    y: float
    width: float
    height: float
    count: int
    at: str


@dataclass(frozen=True)
class Panel:
    """Everything the panel shows; ``chosen`` is the share of the width up to the moment shown."""

    position: int
    revision: str
    moment: dt.datetime
    typed: str
    counts: Counts
    bars: Sequence[Bar]
    diamonds: Sequence[float]
    chosen: float
    entries: int


def panel(session: Session, place: Place | None) -> Panel:
    """Read what the panel shows, at a place or now."""
    today = now()
    position = place.position if place is not None else history.position(session)
    moment = min(place.moment, today) if place is not None else today
    stretches = density(session, today)
    then = replay.era(session, Base.metadata, position)
    return Panel(
        position=position,
        revision=then.revision,
        moment=moment,
        typed=format_datetime(moment, TYPED) if place is not None else "",
        counts=tally(session, position) if place is not None else tally_now(session),
        bars=bars(stretches),
        diamonds=diamonds(session, stretches),
        chosen=share(stretches, moment),
        entries=history.position(session),
    )


def bars(stretches: Sequence[Stretch]) -> list[Bar]:
    """Lay the stretches side by side, the busiest as high as the panel.

    The height grows with the square root of the count, so that a day of one entry is seen beside
    the day a whole article came in.
    """
    most = max((stretch.count for stretch in stretches), default=0)
    step = WIDTH / len(stretches) if stretches else WIDTH
    found = []
    for number, stretch in enumerate(stretches):
        height = max((stretch.count / most) ** 0.5 * BASE, LEAST) if stretch.count else 0.0
        found.append(
            Bar(
                x=round(number * step + GAP / 2, 2),
                y=round(BASE - height, 2),
                width=round(step - GAP, 2),
                height=round(height, 2),
                count=stretch.count,
                at=format_datetime(stretch.stop, TYPED),
            )
        )
    return found


def diamonds(session: Session, stretches: Sequence[Stretch]) -> list[float]:
    """Where migrations stand, each place once."""
    places = [
        share(stretches, dt.datetime.fromisoformat(entry.at))
        for entry in history.migrations(session)
    ]
    return sorted({min(max(round(place * WIDTH), EDGE), WIDTH - EDGE) for place in places})


def share(stretches: Sequence[Stretch], moment: dt.datetime) -> float:
    """How far along the panel a moment lies, from 0 to 1."""
    if not stretches:
        return 1.0
    whole = stretches[-1].stop - stretches[0].start
    return min(max((moment - stretches[0].start) / whole, 0.0), 1.0)
