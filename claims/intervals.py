"""What a printed number allows: the interval in which the value it speaks of must lie."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from claims.figures import Comparator, Quantity, Role
from claims.policy import Policy
from claims.units import COUNT, EXACT, Unit, kind_of

ZERO: Final = Decimal(0)


@dataclass(frozen=True, slots=True)
class Interval:
    """All values between two bounds; None is unbounded, and an unbounded side is never included."""

    low: Decimal | None
    high: Decimal | None
    low_inclusive: bool = True
    high_inclusive: bool = True

    def __post_init__(self) -> None:
        """Refuse bounds in the wrong order, and an empty interval."""
        if self.low is None or self.high is None:
            return
        both = self.low_inclusive and self.high_inclusive
        if self.low > self.high or (self.low == self.high and not both):
            message = f"an empty interval: {self.low} to {self.high}"
            raise ValueError(message)

    @property
    def is_point(self) -> bool:
        """Tell whether one single value is allowed."""
        return self.low is not None and self.low == self.high

    @property
    def width(self) -> Decimal | None:
        """How far apart the bounds are; None if a side is unbounded."""
        if self.low is None or self.high is None:
            return None
        return EXACT.subtract(self.high, self.low)

    def contains(self, number: Decimal) -> bool:
        """Tell whether a single value is allowed."""
        return self.encloses(Interval(number, number))

    def encloses(self, other: "Interval") -> bool:
        """Tell whether every value of the other interval is allowed here."""
        return _not_before(self, other) and _not_after(self, other)

    def overlaps(self, other: "Interval") -> bool:
        """Tell whether at least one value is allowed by both."""
        return self.intersection(other) is not None

    def intersection(self, other: "Interval") -> "Interval | None":
        """Return the values allowed by both, or None."""
        low, low_inclusive = max(_low_key(self), _low_key(other))[-1]
        high, high_inclusive = min(_high_key(self), _high_key(other))[-1]
        if low is not None and high is not None and low > high:
            return None
        if low is not None and low == high and not (low_inclusive and high_inclusive):
            return None
        return Interval(low, high, low_inclusive, high_inclusive)

    def offset(self, other: "Interval") -> Decimal:
        """Return how far the other lies above (positive) or below this one; 0 if they meet."""
        if self.high is not None and other.low is not None and other.low > self.high:
            return EXACT.subtract(other.low, self.high)
        if self.low is not None and other.high is not None and other.high < self.low:
            return EXACT.subtract(other.high, self.low)
        return ZERO

    def distance(self, other: "Interval") -> Decimal:
        """Return the room between the two; 0 if they overlap or touch."""
        return self.offset(other).copy_abs()

    def mapped(self, change: Callable[[Decimal], Decimal]) -> "Interval":
        """Apply a rising function to both bounds, as a change of unit does."""
        return Interval(
            None if self.low is None else change(self.low),
            None if self.high is None else change(self.high),
            self.low_inclusive,
            self.high_inclusive,
        )


Bound = tuple[Decimal | None, bool]


def _low_key(interval: Interval) -> tuple[bool, Decimal, bool, Bound]:
    """Order lower bounds: unbounded first, then by number, an excluded bound after its number."""
    bound = (interval.low, interval.low_inclusive)
    return interval.low is not None, interval.low or ZERO, not interval.low_inclusive, bound


def _high_key(interval: Interval) -> tuple[bool, Decimal, bool, Bound]:
    """Order upper bounds: by number, an excluded bound before its number, unbounded last."""
    bound = (interval.high, interval.high_inclusive)
    return interval.high is None, interval.high or ZERO, interval.high_inclusive, bound


def _not_before(outer: Interval, inner: Interval) -> bool:
    """Tell whether the inner interval does not reach below the outer one."""
    return outer.low is None or _low_key(outer)[:3] <= _low_key(inner)[:3]


def _not_after(outer: Interval, inner: Interval) -> bool:
    """Tell whether the inner interval does not reach above the outer one."""
    return outer.high is None or _high_key(inner)[:3] <= _high_key(outer)[:3]


def stated_number(figure: Quantity) -> Decimal | None:
    """Return the one number that is printed; None for a range and where there is no number."""
    if comparator_of(figure) is Comparator.RANGE:
        return None
    return figure.high if figure.low is None else figure.low


def comparator_of(figure: Quantity) -> Comparator | None:
    """Return the comparator, read off the bounds where none was recorded."""
    if figure.comparator is not None:
        return figure.comparator
    if figure.low is None:
        return None if figure.high is None else Comparator.AT_MOST
    if figure.high is None:
        return Comparator.AT_LEAST
    return Comparator.EXACTLY if figure.low == figure.high else Comparator.RANGE


def half_unit(figure: Quantity, policy: Policy) -> Decimal:
    """Return half a unit of the last stated decimal, in the scale that was written.

    Source: XBRL Calculations 1.1, section on rounding. A figure without stated decimals is exact
    (XBRL's ``decimals="INF"``), and so is a rank and a whole count of things.
    """
    if figure.stated_decimals is None or _is_counted_out(figure, policy):
        return ZERO
    exponent = (figure.multiplier or 0) - figure.stated_decimals
    return EXACT.multiply(policy.half_unit, Decimal(1).scaleb(exponent, EXACT))


def _is_counted_out(figure: Quantity, policy: Policy) -> bool:
    """Tell whether things were counted one by one, so that nothing was rounded."""
    if figure.role is Role.RANK:
        return True
    whole = figure.stated_decimals == 0 and not figure.multiplier
    return policy.exact_counts and whole and kind_of(figure.unit) == COUNT


def about_reach(figure: Quantity, policy: Policy) -> Decimal:
    """Return how far "about" reaches either side: the policy's share, at least half a unit."""
    number = stated_number(figure) or ZERO
    share = EXACT.multiply(policy.about_width(kind_of(figure.unit)), number.copy_abs())
    return max(share, half_unit(figure, policy))


def interval(figure: Quantity, policy: Policy) -> Interval | None:
    """Return what the figure allows, in its own unit; None where it states no number."""
    comparator = comparator_of(figure)
    if comparator is Comparator.RANGE:
        return _range(figure)
    number = stated_number(figure)
    if comparator is None or number is None:
        return None
    return _READERS[comparator](figure, number, policy)


def in_base(found: Interval, written: Unit | None) -> Interval:
    """Express an interval in the base unit of its kind, exactly."""
    if written is None:
        return found
    return found.mapped(lambda number: EXACT.multiply(number, written.factor))


def _range(figure: Quantity) -> Interval | None:
    """Read "5 to 10" with both ends, unless an end was recorded as left out."""
    low, high = figure.low, figure.high
    if low is None or high is None or low > high:
        return None
    if low == high:
        return Interval(low, high)
    return Interval(
        low, high, figure.low_inclusive is not False, figure.high_inclusive is not False
    )


def _around(number: Decimal, reach: Decimal) -> Interval:
    return Interval(EXACT.subtract(number, reach), EXACT.add(number, reach))


def _exactly(figure: Quantity, number: Decimal, policy: Policy) -> Interval:
    return _around(number, half_unit(figure, policy))


def _about(figure: Quantity, number: Decimal, policy: Policy) -> Interval:
    return _around(number, about_reach(figure, policy))


def _over(_figure: Quantity, number: Decimal, _policy: Policy) -> Interval:
    return Interval(number, None, low_inclusive=False, high_inclusive=False)


def _at_least(_figure: Quantity, number: Decimal, _policy: Policy) -> Interval:
    return Interval(number, None, high_inclusive=False)


def _under(_figure: Quantity, number: Decimal, _policy: Policy) -> Interval:
    return Interval(None, number, low_inclusive=False, high_inclusive=False)


def _at_most(_figure: Quantity, number: Decimal, _policy: Policy) -> Interval:
    return Interval(None, number, low_inclusive=False)


def _away_from_zero(near: Decimal, far: Decimal, *, near_in: bool, far_in: bool) -> Interval:
    """Order two bounds that are named by their distance from zero, so that a loss reads alike."""
    if near == far:
        return Interval(near, far)
    if near < far:
        return Interval(near, far, near_in, far_in)
    return Interval(far, near, far_in, near_in)


def _nearly(_figure: Quantity, number: Decimal, policy: Policy) -> Interval:
    near = EXACT.multiply(number, policy.nearly_factor)
    return _away_from_zero(near, number, near_in=True, far_in=False)


def _odd(figure: Quantity, number: Decimal, _policy: Policy) -> Interval:
    """Read 160余 as more than 160 and fewer than 170: up to one unit of the last digit not 0."""
    step = last_digit_unit(number, figure)
    far = EXACT.subtract(number, step) if number < 0 else EXACT.add(number, step)
    return _away_from_zero(number, far, near_in=False, far_in=False)


def _multiple_of(_figure: Quantity, number: Decimal, policy: Policy) -> Interval:
    """Read "dozens" as at least two dozen and fewer than ten."""
    near = EXACT.multiply(number, policy.multiple_from)
    far = EXACT.multiply(number, policy.multiple_below)
    return _away_from_zero(near, far, near_in=True, far_in=False)


def last_digit_unit(number: Decimal, figure: Quantity) -> Decimal:
    """Return the unit of the last digit that is not 0 (for 0, the last printed place)."""
    if number == 0:
        return Decimal(1).scaleb((figure.multiplier or 0) - (figure.stated_decimals or 0), EXACT)
    exponent = number.normalize(EXACT).as_tuple().exponent
    return Decimal(1).scaleb(int(exponent), EXACT)


_READERS: Final[dict[Comparator, Callable[[Quantity, Decimal, Policy], Interval]]] = {
    Comparator.EXACTLY: _exactly,
    Comparator.ABOUT: _about,
    Comparator.OVER: _over,
    Comparator.AT_LEAST: _at_least,
    Comparator.UNDER: _under,
    Comparator.AT_MOST: _at_most,
    Comparator.NEARLY: _nearly,
    Comparator.ODD: _odd,
    Comparator.MULTIPLE_OF: _multiple_of,
}
