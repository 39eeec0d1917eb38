"""From what the reader saw to the figure of a claim: role, bounds, kind of change, firmness."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from claims.extraction.clauses import Clause
from claims.extraction.periods import UNDATED, Dated
from claims.extraction.strength import Strength, is_period
from claims.extraction.words import Words
from claims.figures import (
    ChangeKind,
    Comparator,
    ObservationStatus,
    Role,
    StatedFigure,
    is_rank,
)
from claims.quantities import Quantity
from sources.columns import PLAIN_DECIMAL, plain
from sources.columns import Words as Both

HUNDRED = Decimal(100)
HIGH_ONLY = frozenset({Comparator.UNDER, Comparator.AT_MOST})
LOW_ONLY = frozenset({Comparator.OVER, Comparator.AT_LEAST})
KNOWN = frozenset(Comparator)
CHANGES = frozenset({"by"})
DIFFERENCES = frozenset({"below_reference", "above_reference"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The stated bounds of a number, as a figure keeps them."""

    comparator: Comparator | None
    low: Decimal | None
    high: Decimal | None
    unit: str | None
    stated_decimals: int | None

    @property
    def low_inclusive(self) -> bool | None:
        """Whether the lower bound belongs; None where there is none."""
        return None if self.low is None else self.comparator is not Comparator.OVER

    @property
    def high_inclusive(self) -> bool | None:
        """Whether the upper bound belongs; None where there is none."""
        return None if self.high is None else self.comparator is not Comparator.UNDER


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedFigure:
    """A figure of a proposal: the number it was read from, and what was made of it."""

    quantity: Quantity
    strong: bool
    rule: str
    bounds: Bounds
    role: Role
    pair: str | None = None
    change_kind: ChangeKind | None = None
    dated: Dated = UNDATED
    observation_status: ObservationStatus = ObservationStatus.NORMAL
    subject: Both | None = None
    measure: Both | None = None


def storable(value: Decimal | None) -> bool:
    """Tell whether the database holds the number: at most 40 digits, and 20 decimals."""
    return value is None or PLAIN_DECIMAL.fullmatch(plain(value)) is not None


def bounds_of(quantity: Quantity) -> Bounds:
    """Return the bounds a number states; none for a date or for one nobody could print."""
    low = quantity.value
    high = quantity.value if quantity.value_high is None else quantity.value_high
    unit, decimals = quantity.unit, quantity.stated_decimals
    if is_period(quantity) or low is None or not storable(low) or not storable(high):
        unit = None if is_period(quantity) else unit
        return Bounds(comparator=None, low=None, high=None, unit=unit, stated_decimals=None)
    if quantity.kind == "fraction" and unit is None:
        # Three quarters are exactly 75 %: a share is read in one unit, however it was written.
        low, high, unit, decimals = _percent(low), _percent(high or low), "%", None
    comparator = Comparator(quantity.comparator) if quantity.comparator in KNOWN else None
    if high is not None and high != low:
        low, high = min(low, high), max(low, high)
        comparator = Comparator.RANGE
    comparator = comparator or Comparator.EXACTLY
    return Bounds(
        comparator=comparator,
        low=None if comparator in HIGH_ONLY else low,
        high=None if comparator in LOW_ONLY else high,
        unit=unit,
        stated_decimals=decimals,
    )


def figure_read(quantity: Quantity) -> StatedFigure:
    """Return a number as the figure it states, for words about it; a date states no bounds."""
    bounds = bounds_of(quantity)
    return StatedFigure(
        comparator=bounds.comparator,
        low=bounds.low,
        high=bounds.high,
        low_inclusive=bounds.low_inclusive,
        high_inclusive=bounds.high_inclusive,
        stated_decimals=bounds.stated_decimals,
        unit=bounds.unit,
        multiplier=quantity.multiplier,
    )


def _percent(share: Decimal) -> Decimal:
    hundredfold = share * HUNDRED
    whole = hundredfold.to_integral_value()
    return whole if whole == hundredfold else hundredfold.quantize(Decimal("1E-18")).normalize()


def change_of(quantity: Quantity) -> ChangeKind | None:
    """Return how the figure counts a change; a plain number is a level, a date nothing."""
    if is_period(quantity) or quantity.kind == "ordinal":
        return None
    if quantity.unit == "pp":
        return ChangeKind.PERCENTAGE_POINTS
    if quantity.kind == "multiple":
        return ChangeKind.TIMES
    if quantity.change in CHANGES:
        return ChangeKind.PERCENT if quantity.unit == "%" else ChangeKind.ABSOLUTE
    return ChangeKind.LEVEL


def role_of(quantity: Quantity, bounds: Bounds) -> Role:
    """Return what the figure does; from and to are given by :func:`paired`."""
    if quantity.kind == "ordinal" and bounds.low is not None and is_rank(bounds.low):
        return Role.RANK
    if quantity.qualifier in DIFFERENCES:
        return Role.DIFFERENCE
    if quantity.kind == "multiple":
        return Role.RATIO
    if quantity.change in CHANGES and quantity.kind != "range":
        return Role.DIFFERENCE
    counted = quantity.kind in {"count", "range"} and quantity.unit not in {"%", "pp", None}
    if counted or quantity.qualifier == "consecutive":
        return Role.COUNT
    return Role.VALUE


def paired(figures: list[ProposedFigure]) -> list[ProposedFigure]:
    """Join a from with the next to of the same unit: from 1 % in 2016 to 50 % in 2024."""
    made = list(figures)
    pairs = 0
    for at, first in enumerate(made):
        if first.quantity.change != "from" or first.pair is not None:
            continue
        for further in range(at + 1, len(made)):
            second = made[further]
            if second.quantity.change == "to" and second.bounds.unit == first.bounds.unit:
                pairs += 1
                pair = f"p{pairs}"
                made[at] = replace(first, role=Role.FROM, pair=pair)
                made[further] = replace(second, role=Role.TO, pair=pair)
                break
    return made


def status_of(text: str, clause: Clause, quantity: Quantity, words: Words) -> ObservationStatus:
    """Return how firm the figure is, from the words before it in its clause.

    A lead-in that ends in a colon ("接下来的打算是：") speaks for the whole sentence after it.
    """
    lead = text[clause.sentence[0] : clause.start]
    colon = max(lead.rfind(":"), lead.rfind("："))
    said = lead[: colon + 1] + text[clause.start : quantity.start + 1]
    known = (
        (words.target, ObservationStatus.TARGET),
        (words.forecast, ObservationStatus.FORECAST),
        (words.estimated, ObservationStatus.ESTIMATED),
    )
    return next((status for words_, status in known if _says(words_, said)), _NORMAL)


_NORMAL = ObservationStatus.NORMAL


def _says(pattern: re.Pattern[str], said: str) -> bool:
    return pattern.search(said) is not None


def proposed(
    quantity: Quantity, weight: Strength, dated: Dated, status: ObservationStatus
) -> ProposedFigure:
    """Return the figure of one number."""
    bounds = bounds_of(quantity)
    return ProposedFigure(
        quantity=quantity,
        strong=weight.strong,
        rule=weight.rule,
        bounds=bounds,
        role=role_of(quantity, bounds),
        change_kind=change_of(quantity),
        dated=dated,
        observation_status=status,
    )
