"""A small number line: what the article's figure allows, and where each source's figure lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from claims.comparison import Comparison, Outcome
from claims.intervals import Interval, interval
from claims.models import Figure
from claims.numbers_in_words import number_words
from claims.policy import current_policy
from claims.queries.claims import Row
from sources.columns import Words

WIDTH, LEFT, RIGHT, ROW, TOP = 640, 56, 616, 22, 26
"""The drawing's measures in its own units: it scales to the width of its place."""
MARGIN = Decimal("0.12")
SMALLEST_BAND = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """One source's figure: a band, or a point where the band is too narrow to see."""

    label: str
    x: float
    width: float
    centre: float
    y: float
    outcome: Outcome
    open_low: bool
    open_high: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A number under the line; ``anchor`` is SVG's text-anchor."""

    x: float
    text: Words
    anchor: str


@dataclass(frozen=True, slots=True)
class NumberLine:
    """The drawing, in its own units, ready for SVG attributes."""

    width: int
    height: int
    left: int
    right: int
    x: float
    band: float
    open_low: bool
    open_high: bool
    marks: list[Mark]
    ticks: list[Tick]


def number_line(figure: Figure, rows: Sequence[Row]) -> NumberLine | None:
    """Draw a figure against those that can be compared with it; None where there is no number."""
    claimed = interval(figure, current_policy())
    compared = [(row, row.comparison) for row in rows if row.comparison.evidence is not None]
    if claimed is None or not compared:
        return None
    spans = [claimed, *(_span(comparison) for _, comparison in compared)]
    ends = [end for span in spans for end in (span.low, span.high) if end is not None]
    scale = _Scale.over(ends)
    x, band = scale.band(claimed)
    marks = [
        _mark(scale, row.item.number, comparison, TOP + ROW * place)
        for place, (row, comparison) in enumerate(compared)
    ]
    return NumberLine(
        width=WIDTH,
        height=TOP + ROW * len(compared) + 26,
        left=LEFT,
        right=RIGHT,
        x=x,
        band=band,
        open_low=claimed.low is None,
        open_high=claimed.high is None,
        marks=marks,
        ticks=_ticks(scale, claimed),
    )


def _span(comparison: Comparison) -> Interval:
    found = comparison.evidence
    return found if found is not None else Interval(None, None)


@dataclass(frozen=True, slots=True)
class _Scale:
    """From numbers to places on the line."""

    low: Decimal
    high: Decimal

    @classmethod
    def over(cls, ends: Sequence[Decimal]) -> "_Scale":
        """Leave some room on both sides, also where all numbers are the same."""
        low, high = min(ends), max(ends)
        room = (high - low) * MARGIN or abs(high) * MARGIN or Decimal(1)
        return cls(low - room, high + room)

    def at(self, number: Decimal) -> float:
        share = (number - self.low) / (self.high - self.low)
        return round(LEFT + float(share) * (RIGHT - LEFT), 1)

    def band(self, span: Interval) -> tuple[float, float]:
        """Return where a span begins and how wide it is; an open side runs to the edge."""
        start = LEFT if span.low is None else self.at(span.low)
        stop = RIGHT if span.high is None else self.at(span.high)
        if stop - start < SMALLEST_BAND:
            start -= (SMALLEST_BAND - (stop - start)) / 2
            stop = start + SMALLEST_BAND
        return round(start, 1), round(stop - start, 1)


def _mark(scale: _Scale, number: int, comparison: Comparison, y: float) -> Mark:
    span = _span(comparison)
    x, width = scale.band(span)
    return Mark(
        label=f"E-{number}",
        x=x,
        width=width,
        centre=round(x + width / 2, 1),
        y=y,
        outcome=comparison.outcome,
        open_low=span.low is None,
        open_high=span.high is None,
    )


def _ticks(scale: _Scale, claimed: Interval) -> list[Tick]:
    """Name the ends of what the article's figure allows, once where they are one number."""
    low, high = claimed.low, claimed.high
    if low is not None and low == high:
        return [Tick(scale.at(low), number_words(low), "middle")]
    ticks = []
    if low is not None:
        ticks.append(Tick(scale.at(low), number_words(low), "end"))
    if high is not None:
        ticks.append(Tick(scale.at(high), number_words(high), "start"))
    return ticks
