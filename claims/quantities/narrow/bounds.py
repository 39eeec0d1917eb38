"""Bounds of numbers and how two of them make one interval."""

from decimal import Context, Decimal
from typing import NamedTuple

from claims.quantities.narrow.answers import plain


class Bound(NamedTuple):
    """An interval over a span of text; an end that is None is open to infinity."""

    start: int
    end: int
    low: Decimal | None
    high: Decimal | None
    low_closed: bool = False
    high_closed: bool = False

    @property
    def written(self) -> str:
        """The interval as mathematics writes it: [20,35)."""
        left = "[" if self.low_closed else "("
        right = "]" if self.high_closed else ")"
        return f"{left}{plain(self.low) or ''},{plain(self.high) or ''}{right}"


def rounded(value: Decimal) -> Decimal:
    """A quotient with fifteen digits, as other readers print their intervals."""
    return Context(prec=15).plus(value)


def of_sense(span: tuple[int, int], sense: str, value: Decimal) -> Bound:
    """The interval of a comparison: `over`, `at_least`, `under`, `at_most` or `exactly`."""
    start, end = span
    if sense == "exactly":
        return Bound(start, end, value, value, low_closed=True, high_closed=True)
    if sense in ("over", "at_least"):
        return Bound(start, end, value, None, low_closed=sense == "at_least")
    return Bound(start, end, None, value, high_closed=sense == "at_most")


def merged(first: Bound, second: Bound) -> Bound | None:
    """A lower and an upper bound as one interval; None when they exclude each other."""
    if first.low is None:
        first, second, start, end = second, first, first.start, second.end
    else:
        start, end = first.start, second.end
    if first.low is None or first.high is not None or second.low is not None:
        return None
    if second.high is None or first.low >= second.high:
        return None
    return Bound(start, end, first.low, second.high, first.low_closed, second.high_closed)
