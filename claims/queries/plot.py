"""The claimed interval and those of the evidence on one line, as shares of a drawing's width."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.intervals import Interval
from claims.wording import amount_words
from sources.columns import Words

MARGIN: Final = Decimal("0.12")
"""What is left free at each side, as a share of the numbers' span."""
STEPS: Final = (Decimal(1), Decimal(2), Decimal(5), Decimal(10))
MOST_TICKS: Final = 6
LONG_LABEL: Final = 8
"""Characters from which labels need the room of two."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Part of the line, from 0 (left) to 1 (right); an open side runs to the drawing's edge."""

    start: float
    stop: float
    open_start: bool
    open_stop: bool

    @property
    def middle(self) -> float:
        """Where the dot stands: the middle, or the one end there is."""
        if self.open_start is not self.open_stop:
            return self.stop if self.open_start else self.start
        return (self.start + self.stop) / 2


@dataclass(frozen=True, slots=True)
class Plot:
    """The claimed stretch, one for each evidence interval in the order given, and the scale."""

    claimed: Stretch
    found: list[Stretch]
    ticks: list[tuple[float, Words]]


def plot(claimed: Interval, found: Sequence[Interval], unit: str | None) -> Plot | None:
    """Lay intervals of one unit on a line; None where there is nothing to compare."""
    ends = _ends([claimed, *found])
    if not found or not ends:
        return None
    low, high = min(ends), max(ends)
    span = high - low or abs(high) or Decimal(1)
    left, right = low - span * MARGIN, high + span * MARGIN
    return Plot(
        _stretch(claimed, left, right),
        [_stretch(interval, left, right) for interval in found],
        _scale(left, right, unit),
    )


def _scale(left: Decimal, right: Decimal, unit: str | None) -> list[tuple[float, Words]]:
    scale = [(_place(tick, left, right), amount_words(tick, unit)) for tick in _ticks(left, right)]
    crowded = any(len(words["en"]) > LONG_LABEL for _, words in scale)
    return scale[::2] if crowded else scale


def _ends(intervals: Iterable[Interval]) -> list[Decimal]:
    return [
        end for interval in intervals for end in (interval.low, interval.high) if end is not None
    ]


def _place(number: Decimal, left: Decimal, right: Decimal) -> float:
    return round(float((number - left) / (right - left)), 4)


def _stretch(interval: Interval, left: Decimal, right: Decimal) -> Stretch:
    return Stretch(
        0.0 if interval.low is None else _place(interval.low, left, right),
        1.0 if interval.high is None else _place(interval.high, left, right),
        interval.low is None,
        interval.high is None,
    )


def _ticks(left: Decimal, right: Decimal) -> list[Decimal]:
    """Return round numbers between the sides: at most seven of them, 1, 2 or 5 apart."""
    raw = (right - left) / MOST_TICKS
    power = Decimal(1).scaleb(raw.adjusted())
    step = next(power * factor for factor in STEPS if power * factor >= raw)
    first = (left / step).to_integral_value(rounding="ROUND_CEILING") * step
    count = int((right - first) / step) + 1
    return [first + step * index for index in range(min(count, MOST_TICKS + 1))]
