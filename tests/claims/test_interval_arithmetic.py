"""Every value that the parts allow is allowed by the result, and exact ends are exact."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from claims.interval_arithmetic import EVERYTHING, OPERATIONS, add, divide, multiply, subtract
from claims.intervals import Interval

NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


@st.composite
def intervals_with_a_value(draw: st.DrawFn) -> tuple[Interval, Decimal]:
    low, value, high = sorted(draw(st.tuples(NUMBERS, NUMBERS, NUMBERS)))
    open_low, open_high = draw(st.booleans()), draw(st.booleans())
    interval = Interval(
        None if open_low else low,
        None if open_high else high,
        low_inclusive=not open_low,
        high_inclusive=not open_high,
    )
    return interval, value


def allows(interval: Interval, value: Fraction) -> bool:
    above = interval.low is None or value >= Fraction(interval.low)
    below = interval.high is None or value <= Fraction(interval.high)
    return above and below


@given(
    sign=st.sampled_from(sorted(OPERATIONS)),
    one=intervals_with_a_value(),
    other=intervals_with_a_value(),
)
def test_no_value_that_the_parts_allow_is_left_out(
    sign: str, one: tuple[Interval, Decimal], other: tuple[Interval, Decimal]
) -> None:
    a, b = Fraction(one[1]), Fraction(other[1])
    assume(sign != "/" or b != 0)
    exact = {"+": a + b, "-": a - b, "*": a * b}[sign] if sign != "/" else a / b

    assert allows(OPERATIONS[sign](one[0], other[0]), exact)


def D(text: str) -> Decimal:  # noqa: N802 - as short as a number reads
    return Decimal(text)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (add(Interval(D("1"), D("2")), Interval(D("3"), D("5"))), Interval(D("4"), D("7"))),
        (subtract(Interval(D("1"), D("2")), Interval(D("3"), D("5"))), Interval(D("-4"), D("-1"))),
        (
            multiply(Interval(D("-2"), D("3")), Interval(D("-5"), D("4"))),
            Interval(D("-15"), D("12")),
        ),
        (
            divide(Interval(D("1"), D("2")), Interval(D("4"), D("8"))),
            Interval(D("0.125"), D("0.5")),
        ),
        (
            divide(Interval(D("1"), D("2")), Interval(D("0"), D("4"), low_inclusive=False)),
            Interval(D("0.25"), None, high_inclusive=False),
        ),
        (
            divide(Interval(D("1"), D("2")), Interval(D("-4"), D("0"))),
            Interval(None, D("-0.25"), low_inclusive=False),
        ),
        (divide(Interval(D("1"), D("1")), Interval(D("-1"), D("1"))), EVERYTHING),
        (
            add(
                Interval(D("5"), None, low_inclusive=False, high_inclusive=False),
                Interval(D("1"), D("1")),
            ),
            Interval(D("6"), None, low_inclusive=False, high_inclusive=False),
        ),
    ],
)
def test_ends_are_exact(found: Interval, expected: Interval) -> None:
    assert found == expected
