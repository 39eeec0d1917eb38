"""A figure taken apart, so that each part of what is printed can be set on its own, and back."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from claims.errors import Refused
from claims.figures import Comparator, Quantity, StatedFigure
from claims.intervals import comparator_of
from claims.typed_figures import read_decimal, read_unit
from claims.typed_refusals import MOST_DECIMALS, MOST_DIGITS, FigureError, FigureProblem
from claims.units import EXACT
from sources.columns import plain

UPPER_ONLY: Final = frozenset({Comparator.UNDER, Comparator.AT_MOST})
LOWER_ONLY: Final = frozenset({Comparator.OVER, Comparator.AT_LEAST})
POWERS: Final = range(-3, 25)
"""The powers of ten that anybody prints in words."""
WHOLE: Final = re.compile(r"-?[0-9]{1,2}")
NUMBERS: Final = (
    "comparator",
    "low",
    "high",
    "low_inclusive",
    "high_inclusive",
    "stated_decimals",
    "unit",
    "multiplier",
)
"""The fields of a figure that parts speak of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """A figure as an editor sets it: numbers in the scale that was written, as text.

    ``low`` is the one number that is printed; only a range has a ``high`` as well, and only its
    ends can be left out. No ``decimals`` means that nothing was rounded, no ``power`` that the
    number is written out.
    """

    comparator: Comparator | None = None
    low: str = ""
    high: str = ""
    low_inclusive: bool = True
    high_inclusive: bool = True
    decimals: str = ""
    unit: str = ""
    power: str = ""


def parts_of(figure: Quantity) -> Parts:
    """Take a figure apart."""
    comparator = comparator_of(figure)
    power = figure.multiplier or 0
    ranging = comparator is Comparator.RANGE
    number = figure.high if comparator in UPPER_ONLY else figure.low
    return Parts(
        comparator=comparator,
        low=_written(number, power, figure.stated_decimals),
        high=_written(figure.high, power, figure.stated_decimals) if ranging else "",
        low_inclusive=not ranging or figure.low_inclusive is not False,
        high_inclusive=not ranging or figure.high_inclusive is not False,
        decimals="" if figure.stated_decimals is None else str(figure.stated_decimals),
        unit=figure.unit or "",
        power=str(power) if power else "",
    )


def _written(number: Decimal | None, power: int, decimals: int | None) -> str:
    """Write a number in its scale, with the decimals that were printed where they are known."""
    if number is None:
        return ""
    scaled = number.scaleb(-power, EXACT)
    shortest = scaled.normalize(EXACT)
    places = max(decimals or 0, -int(shortest.as_tuple().exponent), 0)
    return plain(EXACT.quantize(scaled, Decimal(1).scaleb(-places)))


def read_parts(parts: Parts) -> StatedFigure:
    """Put a figure together; raise Refused naming the part that is wrong.

    No comparator and no number is a figure that states none.
    """
    low = _number(parts.low, "low")
    ranging = parts.comparator is Comparator.RANGE
    high = _number(parts.high, "high")
    if low is None and high is None and parts.comparator is None:
        return StatedFigure(comparator=None, unit=_unit(parts.unit))
    if low is None:
        raise FigureError(FigureProblem.EMPTY, "low")
    if ranging and high is None:
        raise FigureError(FigureProblem.EMPTY, "high")
    if not ranging and high is not None:
        raise _second_number()
    power = _whole(parts.power, "power", POWERS) or 0
    first = _in_full(low, power, "low")
    second = _in_full(high, power, "high") if high is not None else first
    if first > second:
        raise FigureError(FigureProblem.RANGE_ORDER, "high")
    comparator = parts.comparator or Comparator.EXACTLY
    whole = StatedFigure(
        comparator=comparator,
        low=None if comparator in UPPER_ONLY else first,
        high=None if comparator in LOWER_ONLY else second,
        low_inclusive=comparator is not Comparator.OVER,
        high_inclusive=comparator is not Comparator.UNDER,
        stated_decimals=_whole(parts.decimals, "decimals", range(-25, MOST_DECIMALS + 1)),
        unit=_unit(parts.unit),
        multiplier=power or None,
    )
    if not ranging:
        return whole
    if first == second and not (parts.low_inclusive and parts.high_inclusive):
        raise FigureError(FigureProblem.RANGE_ORDER, "high")
    return replace(whole, low_inclusive=parts.low_inclusive, high_inclusive=parts.high_inclusive)


def _number(text: str, field: str) -> Decimal | None:
    return read_decimal(text, field) if text.strip() else None


def _in_full(number: Decimal, power: int, field: str) -> Decimal:
    full = Decimal(f"{number.scaleb(power, EXACT):f}")
    if full.adjusted() >= MOST_DIGITS or -int(full.as_tuple().exponent) > MOST_DECIMALS:
        raise FigureError(FigureProblem.TOO_MANY_DIGITS, field)
    return full


def _unit(text: str) -> str | None:
    return read_unit(text, "unit") if text.strip() else None


def _whole(text: str, field: str, allowed: range) -> int | None:
    """Read a small whole number; nothing typed is None."""
    if not text.strip():
        return None
    if WHOLE.fullmatch(text.strip()) is None or int(text) not in allowed:
        raise Refused(
            "part_unreadable",
            {
                "zh": f"请填 {allowed[0]} 到 {allowed[-1]} 之间的整数。",
                "en": f"A whole number from {allowed[0]} to {allowed[-1]}.",
            },
            field,
        )
    return int(text)


def _second_number() -> Refused:
    return Refused(
        "second_number",
        {
            "zh": "只有区间才有上界；请清空，或把限定词改为“介于”。",
            "en": "Only a range has an upper bound: clear it, or make it “between”.",
        },
        "high",
    )
