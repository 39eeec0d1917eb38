"""A printed number allows what its words and decimals say, and nothing else."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.figures import Comparator, Role, StatedFigure
from claims.intervals import Interval, interval
from claims.policy import current_policy, policy_from
from tests.claims.figure_strategies import NUMBERS, figures

POLICY = current_policy()
HOLDS_ITS_NUMBER = {
    Comparator.EXACTLY,
    Comparator.ABOUT,
    Comparator.AT_LEAST,
    Comparator.AT_MOST,
}
LEAVES_ITS_NUMBER_OUT = {Comparator.OVER, Comparator.UNDER, Comparator.NEARLY, Comparator.ODD}


def stated(comparator: Comparator, number: str, **more: object) -> StatedFigure:
    """A figure with one number; decimals as printed."""
    value = Decimal(number)
    base = StatedFigure(
        comparator=comparator,
        low=value,
        high=value,
        stated_decimals=len(number.partition(".")[2]),
        unit="%",
    )
    return replace(base, **more)  # type: ignore[arg-type]


def ends(figure: StatedFigure) -> tuple[str, str, bool, bool]:
    """The interval as text."""
    found = interval(figure, POLICY)
    assert found is not None
    return str(found.low), str(found.high), found.low_inclusive, found.high_inclusive


def test_decimals_give_half_a_unit_either_side() -> None:
    assert ends(stated(Comparator.EXACTLY, "18.3")) == ("18.25", "18.35", True, True)


def test_the_written_scale_is_where_decimals_count() -> None:
    trillions = stated(Comparator.EXACTLY, "20000000000000", unit="KRW", multiplier=12)
    found = interval(trillions, POLICY)
    assert found == Interval(Decimal("19.5e12"), Decimal("20.5e12"))


def test_a_number_without_stated_decimals_is_exact() -> None:
    assert ends(stated(Comparator.EXACTLY, "75", stated_decimals=None))[:2] == ("75", "75")


def test_negative_decimals_are_a_number_stated_in_thousands() -> None:
    thousands = stated(Comparator.EXACTLY, "123000", unit="USD", stated_decimals=-3)
    assert interval(thousands, POLICY) == Interval(Decimal(122500), Decimal(123500))


@pytest.mark.parametrize(
    ("comparator", "number", "low", "high", "low_in", "high_in"),
    [
        (Comparator.OVER, "75", "75", "None", False, False),
        (Comparator.AT_LEAST, "75", "75", "None", True, False),
        (Comparator.UNDER, "75", "None", "75", False, False),
        (Comparator.AT_MOST, "75", "None", "75", False, True),
        (Comparator.NEARLY, "50", "45.0", "50", True, False),
        (Comparator.NEARLY, "-50", "-50", "-45.0", False, True),
        (Comparator.ODD, "160", "160", "170", False, False),
        (Comparator.ODD, "100000", "100000", "200000", False, False),
        (Comparator.ODD, "-160", "-170", "-160", False, False),
        (Comparator.ABOUT, "50", "47.50", "52.50", True, True),
        (Comparator.ABOUT, "5", "4.5", "5.5", True, True),
        (Comparator.MULTIPLE_OF, "12", "24", "120", True, False),
        (Comparator.NEARLY, "0", "0.0", "0", True, True),
    ],
)
def test_a_comparator_is_read_as_the_desk_reads_it(
    comparator: Comparator, number: str, low: str, high: str, *, low_in: bool, high_in: bool
) -> None:
    assert ends(stated(comparator, number)) == (low, high, low_in, high_in)


def test_things_counted_one_by_one_are_not_rounded() -> None:
    assert ends(stated(Comparator.EXACTLY, "5", unit="companies"))[:2] == ("5", "5")
    assert ends(stated(Comparator.EXACTLY, "4", unit=None, role=Role.RANK))[:2] == ("4", "4")


def test_a_count_written_in_ten_thousands_is_rounded() -> None:
    found = ends(stated(Comparator.EXACTLY, "35000", unit="people", multiplier=4))
    assert (Decimal(found[0]), Decimal(found[1])) == (Decimal(30000), Decimal(40000))


def test_a_range_keeps_the_ends_it_was_given() -> None:
    figure = StatedFigure(
        comparator=Comparator.RANGE, low=Decimal(5), high=Decimal(10), high_inclusive=False
    )
    assert ends(figure) == ("5", "10", True, False)


def test_a_missing_comparator_is_read_off_the_bounds() -> None:
    ranged = StatedFigure(comparator=None, low=Decimal(5), high=Decimal(10))
    assert interval(ranged, POLICY) == Interval(Decimal(5), Decimal(10))
    at_least = StatedFigure(comparator=None, low=Decimal(5))
    assert interval(at_least, POLICY) == Interval(Decimal(5), None, high_inclusive=False)


def test_a_direction_without_a_number_has_no_interval() -> None:
    assert interval(StatedFigure(comparator=None), POLICY) is None
    assert interval(StatedFigure(comparator=Comparator.RANGE, low=Decimal(5)), POLICY) is None


def test_an_interval_with_its_bounds_reversed_is_refused() -> None:
    with pytest.raises(ValueError, match="empty"):
        Interval(Decimal(2), Decimal(1))
    with pytest.raises(ValueError, match="empty"):
        Interval(Decimal(1), Decimal(1), low_inclusive=False)


def test_a_policy_that_contradicts_itself_is_refused() -> None:
    table = {
        "version": "x",
        "rounding": {"half_unit": "0.5"},
        "about": {"default": "1.5"},
        "nearly": {"factor": "0.9"},
        "multiple_of": {"from": "2", "below": "10"},
        "counts": {"exact": True},
        "periods": {"about_years": 1},
        "support": {"independent_origins": 2},
        "freshness": {"snapshot_days": 1},
        "sign_off": {"levels": 2},
        "appendix": {"public_unsigned": True},
    }
    with pytest.raises(ValueError, match="policy 'x'"):
        policy_from(table)


@given(figures(with_number=True))
def test_the_interval_holds_its_number_where_the_comparator_says_so(figure: StatedFigure) -> None:
    found = interval(figure, POLICY)
    assert found is not None
    number = figure.high if figure.low is None else figure.low
    assert number is not None
    if figure.comparator in HOLDS_ITS_NUMBER:
        assert found.contains(number)
    if figure.comparator in LEAVES_ITS_NUMBER_OUT and number != 0:
        assert not found.contains(number)


@given(NUMBERS, st.integers(-6, 6), st.integers(1, 12))
def test_a_greater_written_scale_scales_the_interval(
    number: Decimal, decimals: int, power: int
) -> None:
    small = StatedFigure(low=number, high=number, stated_decimals=decimals, unit="USD")
    raised = number.scaleb(power)
    great = replace(small, low=raised, high=raised, multiplier=power)
    one, other = interval(small, POLICY), interval(great, POLICY)
    assert one is not None
    assert other == one.mapped(lambda bound: bound.scaleb(power))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    low, high = sorted((draw(NUMBERS), draw(NUMBERS)))
    point = low == high
    return Interval(
        draw(st.sampled_from([low, None])) if not point else low,
        draw(st.sampled_from([high, None])) if not point else high,
        point or draw(st.booleans()),
        point or draw(st.booleans()),
    )


@given(intervals(), intervals(), NUMBERS)
def test_an_intersection_holds_what_both_hold(one: Interval, other: Interval, at: Decimal) -> None:
    shared = one.intersection(other)
    assert (shared is not None and shared.contains(at)) == (one.contains(at) and other.contains(at))
    assert one.overlaps(other) == other.overlaps(one)
    if shared is not None:
        assert one.encloses(shared)
        assert other.encloses(shared)
        assert one.distance(other) == 0


@given(intervals(), intervals())
def test_distance_is_the_same_from_both_sides(one: Interval, other: Interval) -> None:
    assert one.distance(other) == other.distance(one)
    assert one.offset(other) == other.offset(one).copy_negate()


@given(intervals(), intervals())
def test_what_encloses_also_overlaps(one: Interval, other: Interval) -> None:
    if one.encloses(other):
        assert one.overlaps(other)
    assert one.encloses(one)
