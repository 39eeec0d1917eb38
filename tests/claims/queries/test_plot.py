"""The drawing of intervals: every number lies where its size says, open sides reach the edge."""

from decimal import Decimal

from hypothesis import assume, given
from hypothesis import strategies as st

from claims.intervals import Interval
from claims.queries.plot import plot

NUMBERS = st.decimals(min_value=-(10**12), max_value=10**12, places=2)
BOUNDS = st.none() | NUMBERS


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """Any interval: bounded, open on one side or on both."""
    low, high = draw(BOUNDS), draw(BOUNDS)
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Interval(low, high)


@given(intervals(), st.lists(intervals(), min_size=1, max_size=6))
def test_everything_stays_inside_the_drawing(claimed: Interval, found: list[Interval]) -> None:
    drawn = plot(claimed, found, "%")
    assume(drawn is not None)
    assert drawn is not None
    for stretch in (drawn.claimed, *drawn.found):
        assert 0 <= stretch.start <= stretch.middle <= stretch.stop <= 1
    places = [place for place, _ in drawn.ticks]
    assert places == sorted(set(places))
    assert all(0 <= place <= 1 for place in places)
    assert len(places) <= 8


def test_a_larger_number_lies_further_right() -> None:
    drawn = plot(
        Interval(Decimal("42.5"), Decimal("43.5")),
        [Interval(Decimal("36.9"), Decimal("36.9")), Interval(Decimal(44), None)],
        "%",
    )
    assert drawn is not None
    below, above = drawn.found
    assert below.stop < drawn.claimed.start < drawn.claimed.stop < above.start
    assert (above.open_stop, above.stop, above.middle) == (True, 1.0, above.start)
    assert [words["en"] for _, words in drawn.ticks] == ["38 %", "40 %", "42 %", "44 %"]


def test_there_is_nothing_to_draw_without_a_number() -> None:
    assert plot(Interval(None, None), [Interval(None, None)], None) is None
    assert plot(Interval(Decimal(1), Decimal(2)), [], None) is None
