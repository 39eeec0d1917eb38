"""Calculating with figures as they are measured: what they allow, and in which units."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.errors import Refused
from claims.figures import Quantity
from claims.interval_arithmetic import OPERATIONS, negate, point
from claims.intervals import Interval, in_base, interval
from claims.policy import Policy
from claims.units import COUNT, EXACT, PERCENT, POINTS, Unit, from_base, unit

TIMES: Final = "times"
HUNDREDTH: Final = Decimal("0.01")
BARE: Final = frozenset({PERCENT, POINTS, TIMES})
"""Kinds that measure nothing but a ratio: 20 % is 0.2, twice is 2."""
Dimension = frozenset[tuple[str, int]]
RATIO: Final[Dimension] = frozenset()


@dataclass(frozen=True, slots=True)
class Measured:
    """What a figure allows, in base units, and the powers of the kinds it is measured in.

    No dimension (None) is a bare number or a count of things: it goes with anything, because what
    is counted is a matter of words.
    """

    interval: Interval
    dimension: Dimension | None


def measured(figure: Quantity, policy: Policy) -> Measured | None:
    """Read a figure; None where it states no number."""
    found, written = interval(figure, policy), unit(figure.unit)
    if found is None:
        return None
    based = in_base(found, written)
    if written is None or written.kind == COUNT:
        return Measured(based, None)
    if written.kind in {PERCENT, POINTS}:
        return Measured(based.mapped(lambda number: EXACT.multiply(number, HUNDREDTH)), RATIO)
    return Measured(based, dimension_of(written))


def dimension_of(written: Unit) -> Dimension:
    """The dimension of a unit."""
    return RATIO if written.kind in BARE else frozenset({(written.family, 1)})


def constant(number: Decimal) -> Measured:
    """A number that is written into a formula."""
    return Measured(point(number), None)


def negated(one: Measured) -> Measured:
    """The same below zero."""
    return Measured(negate(one.interval), one.dimension)


def joint(one: Measured, other: Measured) -> Dimension | None:
    """The dimension two numbers share that are added or set equal; raise Refused for two others."""
    if one.dimension is None or other.dimension is None:
        return one.dimension if other.dimension is None else other.dimension
    if one.dimension != other.dimension:
        left, right = named(one.dimension), named(other.dimension)
        raise Refused(
            "formula_units",
            {
                "zh": f"单位对不上：一边是 {left}，另一边是 {right}。",
                "en": f"The units do not fit: {left} on one side, {right} on the other.",
            },
            "formula",
        )
    return one.dimension


def named(dimension: Dimension) -> str:
    """A dimension as a person reads it: ``KRW``, ``length²``; a ratio is ``%``."""
    if not dimension:
        return "%"
    powers = {1: "", 2: "²", 3: "³"}
    return " · ".join(
        f"{family.partition(':')[2] or family}{powers.get(power, f'^{power}')}"
        for family, power in sorted(dimension)
    )


def _added(sign: str) -> Callable[[Measured, Measured], Measured]:
    def operation(one: Measured, other: Measured) -> Measured:
        shared = joint(one, other)
        return Measured(OPERATIONS[sign](one.interval, other.interval), shared)

    return operation


def _combined(sign: str, turn: int) -> Callable[[Measured, Measured], Measured]:
    def operation(one: Measured, other: Measured) -> Measured:
        found = OPERATIONS[sign](one.interval, other.interval)
        if one.dimension is None and other.dimension is None:
            return Measured(found, None)
        powers = Counter(dict(one.dimension or RATIO))
        for family, power in other.dimension or RATIO:
            powers[family] += turn * power
        kept = frozenset((family, power) for family, power in powers.items() if power)
        return Measured(found, kept)

    return operation


MEASURED_OPERATIONS: Final = {
    "+": _added("+"),
    "-": _added("-"),
    "*": _combined("*", 1),
    "/": _combined("/", -1),
}


def in_unit(found: Measured, written: Unit) -> Interval:
    """What a measured number allows in a unit of its dimension."""
    ratio = written.kind in {PERCENT, POINTS}

    def change(number: Decimal) -> Decimal:
        base = EXACT.divide(number, HUNDREDTH) if ratio else number
        return from_base(base, written)

    return found.interval.mapped(change)
