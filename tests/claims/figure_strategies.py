"""Figures drawn at random, within what a figure's row may hold."""

from decimal import Decimal

from hypothesis import strategies as st

from claims.figures import ChangeKind, Comparator, ObservationStatus, Role, StatedFigure
from claims.units import spellings

NUMBERS = st.decimals(
    min_value=Decimal("-1e20"), max_value=Decimal("1e20"), places=4, allow_nan=False
) | st.integers(-200, 200).map(Decimal)
UNITS = st.none() | st.sampled_from(sorted(spellings())) | st.sampled_from(["firms", "家"])
PERIODS = st.none() | st.sampled_from(
    ["2024", "2024-10", "2024-36", "2024-22", "../2030", "2015~", "2016/2024", "201X", "soon", "/"]
)
TEXTS = st.none() | st.dictionaries(
    st.sampled_from(["zh", "en"]), st.sampled_from(["", "全球", "World", "中国"])
)
ONE_BOUND_LOW = {Comparator.OVER, Comparator.AT_LEAST}
ONE_BOUND_HIGH = {Comparator.UNDER, Comparator.AT_MOST}


@st.composite
def figures(draw: st.DrawFn, *, with_number: bool = False) -> StatedFigure:
    """Draw a figure; its bounds are those its comparator states."""
    comparator = draw(st.sampled_from(Comparator))
    low, high = draw(_bounds(comparator))
    if not with_number and draw(st.integers(0, 9)) == 0:
        low = high = None
    words = [draw(TEXTS) for _ in range(4)]
    return StatedFigure(
        role=draw(st.sampled_from(Role)),
        comparator=comparator if with_number else draw(st.sampled_from([comparator, None])),
        low=low,
        high=high,
        low_inclusive=draw(st.sampled_from([True, False, None])),
        high_inclusive=draw(st.sampled_from([True, False, None])),
        stated_decimals=draw(st.none() | st.integers(-6, 6)),
        multiplier=draw(st.none() | st.sampled_from([0, 3, 4, 6, 8, 9, 12])),
        unit=draw(UNITS),
        period=draw(PERIODS),
        geography=words[0],
        basis=words[1],
        measure=words[2],
        subject=words[3],
        change_kind=draw(st.none() | st.sampled_from(ChangeKind)),
        observation_status=draw(st.sampled_from(ObservationStatus)),
    )


@st.composite
def _bounds(draw: st.DrawFn, comparator: Comparator) -> tuple[Decimal | None, Decimal | None]:
    """Draw the bounds that a comparator states."""
    one, other = sorted((draw(NUMBERS), draw(NUMBERS)))
    if comparator is Comparator.RANGE:
        return one, other
    low = None if comparator in ONE_BOUND_HIGH else one
    high = None if comparator in ONE_BOUND_LOW else one
    return low, high
