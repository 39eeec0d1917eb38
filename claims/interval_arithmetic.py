"""Calculating with what figures allow: sums, products and quotients of intervals.

Source: IEEE 1788-2015, the four operations; bounds round outwards, so that a result never leaves
out a value that the parts allow. An unbounded side is infinite, and never included.
"""

from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from typing import Final, NamedTuple

from claims.intervals import Interval

DOWN: Final = Context(prec=60, rounding=ROUND_FLOOR)
UP: Final = Context(prec=60, rounding=ROUND_CEILING)
ENDLESS: Final = Decimal("Infinity")
ZERO: Final = Decimal(0)
EVERYTHING: Final = Interval(None, None, low_inclusive=False, high_inclusive=False)


class _Bound(NamedTuple):
    """An end of an interval, infinite where it is unbounded."""

    at: Decimal
    included: bool


def point(number: Decimal) -> Interval:
    """Return the interval that allows one number only."""
    return Interval(number, number)


def add(one: Interval, other: Interval) -> Interval:
    """Return every sum of a value of each."""
    return _interval(
        _Bound(_sum(DOWN, _low(one), _low(other)), one.low_inclusive and other.low_inclusive),
        _Bound(_sum(UP, _high(one), _high(other)), one.high_inclusive and other.high_inclusive),
    )


def negate(one: Interval) -> Interval:
    """Return the interval mirrored at zero."""
    low, high = _low(one), _high(one)
    return _interval(_Bound(-high.at, high.included), _Bound(-low.at, low.included))


def subtract(one: Interval, other: Interval) -> Interval:
    """Return every difference of a value of each."""
    return add(one, negate(other))


def multiply(one: Interval, other: Interval) -> Interval:
    """Return every product of a value of each."""
    pairs = [(a, b) for a in (_low(one), _high(one)) for b in (_low(other), _high(other))]
    low = min((_product(DOWN, a, b) for a, b in pairs), key=_widest_low)
    high = max((_product(UP, a, b) for a, b in pairs), key=_widest_high)
    return _interval(low, high)


def divide(one: Interval, other: Interval) -> Interval:
    """Return every quotient; a divisor that may be zero inside its bounds allows everything."""
    low, high = _low(other), _high(other)
    if low.at < 0 < high.at or low.at == high.at == 0:
        return EVERYTHING
    return multiply(one, _interval(*_reciprocal(low, high)))


def _reciprocal(low: _Bound, high: _Bound) -> tuple[_Bound, _Bound]:
    """Return the bounds of 1/x for an interval on one side of zero."""
    # Towards zero 1/x grows without end, on the side on which the interval lies.
    if high.at <= 0:
        return _inverse(DOWN, high, -ENDLESS), _inverse(UP, low, -ENDLESS)
    return _inverse(DOWN, high, ENDLESS), _inverse(UP, low, ENDLESS)


def _inverse(context: Context, bound: _Bound, at_zero: Decimal) -> _Bound:
    if bound.at == 0:
        return _Bound(at_zero, included=False)
    if bound.at.is_infinite():
        return _Bound(ZERO, included=False)
    return _Bound(context.divide(Decimal(1), bound.at), bound.included)


def _low(interval: Interval) -> _Bound:
    if interval.low is None:
        return _Bound(-ENDLESS, included=False)
    return _Bound(interval.low, interval.low_inclusive)


def _high(interval: Interval) -> _Bound:
    if interval.high is None:
        return _Bound(ENDLESS, included=False)
    return _Bound(interval.high, interval.high_inclusive)


def _sum(context: Context, one: _Bound, other: _Bound) -> Decimal:
    return context.add(one.at, other.at)


def _product(context: Context, one: _Bound, other: _Bound) -> _Bound:
    """Multiply two ends; nought times anything is nought, also times an unbounded side."""
    for zero, beside in ((one, other), (other, one)):
        if zero.at == 0:
            return _Bound(ZERO, zero.included or (beside.at == 0 and beside.included))
    return _Bound(context.multiply(one.at, other.at), one.included and other.included)


def _widest_low(bound: _Bound) -> tuple[Decimal, bool]:
    return bound.at, not bound.included


def _widest_high(bound: _Bound) -> tuple[Decimal, bool]:
    return bound.at, bound.included


def _interval(low: _Bound, high: _Bound) -> Interval:
    return Interval(
        None if low.at.is_infinite() else low.at,
        None if high.at.is_infinite() else high.at,
        low.included and low.at.is_finite(),
        high.included and high.at.is_finite(),
    )


Operation = Callable[[Interval, Interval], Interval]
OPERATIONS: Final[dict[str, Operation]] = {
    "+": add,
    "-": subtract,
    "*": multiply,
    "/": divide,
}
"""The operations by the sign that a formula is written with."""
