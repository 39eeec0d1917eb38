"""A figure taken apart and put together again is the same figure."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import assume, given

from claims.errors import Refused
from claims.figure_parts import NUMBERS, Parts, parts_of, read_parts
from claims.figures import Comparator, StatedFigure
from claims.intervals import comparator_of
from claims.typed_figures import read_typed
from tests.claims.figure_strategies import figures


@given(figures(with_number=True))
def test_parts_put_together_again_say_the_same(figure: StatedFigure) -> None:
    assume(figure.unit is None or figure.unit.strip())
    # From 5 to just below 5 is no range: nobody could have written it.
    assume(figure.low != figure.high or (figure.low_inclusive and figure.high_inclusive))
    parts = parts_of(figure)
    again = read_parts(parts)
    assert parts_of(again) == replace(parts, unit=parts_of(again).unit)
    assert (again.low, again.high) == (figure.low, figure.high)
    assert again.comparator is comparator_of(figure)
    assert again.stated_decimals == figure.stated_decimals


@pytest.mark.parametrize(
    "typed", ["41.5%", "超过75%", "5–10 家", "约20万亿韩元", "四分之三", "第2名", "under 1.50 GW"]
)
def test_what_was_typed_comes_back_whole(typed: str) -> None:
    read = read_typed(typed)
    again = read_parts(parts_of(read))
    assert [getattr(again, name) for name in NUMBERS] == [getattr(read, name) for name in NUMBERS]


def test_a_number_is_set_in_the_scale_that_is_printed() -> None:
    read = read_parts(
        Parts(comparator=Comparator.ABOUT, low="20", power="12", unit="KRW", decimals="0")
    )
    assert (read.low, read.multiplier, read.unit) == (Decimal(20_000_000_000_000), 12, "KRW")


def test_no_part_is_no_number() -> None:
    assert read_parts(Parts()).low is None


@pytest.mark.parametrize(
    ("parts", "field"),
    [
        (Parts(comparator=Comparator.EXACTLY), "low"),
        (Parts(comparator=Comparator.RANGE, low="5"), "high"),
        (Parts(comparator=Comparator.RANGE, low="6", high="5"), "high"),
        (Parts(comparator=Comparator.EXACTLY, low="5", high="6"), "high"),
        (Parts(comparator=Comparator.RANGE, low="5", high="5", low_inclusive=False), "high"),
        (Parts(low="5", decimals="many"), "decimals"),
        (Parts(low="5", decimals="99"), "decimals"),
        (Parts(low="5", power="99"), "power"),
        (Parts(low="9" * 39, power="12"), "low"),
        (Parts(low="1_0"), "low"),
        (Parts(low="5", unit="5"), "unit"),
    ],
)
def test_a_wrong_part_is_named(parts: Parts, field: str) -> None:
    with pytest.raises(Refused) as refusal:
        read_parts(parts)
    assert refusal.value.field == field
