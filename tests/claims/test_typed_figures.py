"""What is typed becomes the figure that was meant, or is refused with a reason of its own.

figure-01 figure-02 figure-03 figure-04 figure-05 figure-08 figure-09 figure-10
"""

import tracemalloc
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.figures import ChangeKind, Comparator, Role
from claims.typed_figures import read_decimal, read_typed, read_unit
from claims.typed_refusals import MESSAGES, FigureError, FigureProblem
from claims.units import spellings
from sources.columns import PLAIN_DECIMAL, plain

E = Comparator.EXACTLY
TAKEN: list[tuple[str, Comparator, str | None, str | None, str | None, int | None, int | None]] = [
    ("41.5", E, "41.5", "41.5", None, None, 1),
    (" 12 ", E, "12", "12", None, None, 0),
    ("41.5%", E, "41.5", "41.5", "%", None, 1),
    ("41.50 %", E, "41.50", "41.50", "%", None, 2),
    ("1,234.5", E, "1234.5", "1234.5", None, None, 1),
    ("４１．５％", E, "41.5", "41.5", "%", None, 1),
    ("１，２３４", E, "1234", "1234", None, None, 0),
    ("-3.2%", E, "-3.2", "-3.2", "%", None, 1),
    ("−3.2%", E, "-3.2", "-3.2", "%", None, 1),
    ("+3", E, "3", "3", None, None, 0),
    ("5-10", Comparator.RANGE, "5", "10", None, None, 0),
    ("5–10 家", Comparator.RANGE, "5", "10", "家", None, 0),
    ("5-10家", Comparator.RANGE, "5", "10", "家", None, 0),
    ("20%-30%", Comparator.RANGE, "20", "30", "%", None, 0),
    ("20%至30%", Comparator.RANGE, "20", "30", "%", None, 0),
    ("5 to 10 stores", Comparator.RANGE, "5", "10", "stores", None, 0),
    ("between $5m and $7m", Comparator.RANGE, "5000000", "7000000", "USD", 6, 0),
    ("3-5亿元", Comparator.RANGE, "300000000", "500000000", "CNY", 8, 0),
    ("-5 – -3", Comparator.RANGE, "-5", "-3", None, None, 0),
    (">75%", Comparator.OVER, "75", None, "%", None, 0),
    ("超过75%", Comparator.OVER, "75", None, "%", None, 0),
    ("400层以上", Comparator.OVER, "400", None, "layers", None, 0),
    ("more than 5 companies", Comparator.OVER, "5", None, "companies", None, 0),
    ("≥ 3", Comparator.AT_LEAST, "3", None, None, None, 0),
    ("400+", Comparator.AT_LEAST, "400", None, None, None, 0),
    ("不到5%", Comparator.UNDER, None, "5", "%", None, 0),
    ("up to 10 stores", Comparator.AT_MOST, None, "10", "stores", None, 0),
    ("近50%", Comparator.NEARLY, "50", "50", "%", None, 0),
    ("约20万亿韩元", Comparator.ABOUT, "20000000000000", "20000000000000", "KRW", 12, 0),
    ("41.5%左右", Comparator.ABOUT, "41.5", "41.5", "%", None, 1),
    ("160余款", Comparator.ODD, "160", "160", "款", None, 0),
    ("10多万人", Comparator.ODD, "100000", "100000", "people", 4, 0),
    ("3.5万余人", Comparator.ODD, "35000", "35000", "people", 4, 1),
    ("1.2亿", E, "120000000", "120000000", None, 8, 1),
    ("€3.5bn", E, "3500000000", "3500000000", "EUR", 9, 1),
    ("KRW 20 trillion", E, "20000000000000", "20000000000000", "KRW", 12, 0),
    ("5 m", E, "5", "5", "m", None, 0),
    ("$5m", E, "5000000", "5000000", "USD", 6, 0),
    ("5千克", E, "5", "5", "kg", None, 0),
    ("5 km/h", E, "5", "5", "km/h", None, 0),
    ("12 km²", E, "12", "12", "km2", None, 0),
    ("5k", E, "5000", "5000", None, 3, 0),
    ("四分之三", E, "75", "75", "%", None, None),
    ("四十一点五", E, "41.5", "41.5", None, None, 1),
    ("超过四成", Comparator.OVER, "40", None, "%", None, -1),
    ("三五百人", Comparator.RANGE, "300", "500", "people", None, 0),
    ("一百二十家", E, "120", "120", "家", None, 0),
]


@pytest.mark.parametrize("row", TAKEN, ids=[row[0] for row in TAKEN])
def test_a_typed_figure_is_read_as_meant(
    row: tuple[str, Comparator, str | None, str | None, str | None, int | None, int | None],
) -> None:
    text, comparator, low, high, unit, multiplier, decimals = row
    found = read_typed(text)
    assert found.comparator is comparator
    assert found.low == (None if low is None else Decimal(low))
    assert found.high == (None if high is None else Decimal(high))
    assert (found.unit, found.multiplier, found.stated_decimals) == (unit, multiplier, decimals)
    assert found.text == text


REFUSED: list[tuple[object, FigureProblem]] = [
    ("", FigureProblem.EMPTY),
    ("   ", FigureProblem.EMPTY),
    (None, FigureProblem.NOT_TEXT),
    ([1], FigureProblem.NOT_TEXT),
    ({}, FigureProblem.NOT_TEXT),
    (41.5, FigureProblem.NOT_TEXT),
    (True, FigureProblem.BOOLEAN),
    ("true", FigureProblem.BOOLEAN),
    ("False", FigureProblem.BOOLEAN),
    ("1_000", FigureProblem.UNDERSCORE),
    ("٤١", FigureProblem.FOREIGN_DIGITS),
    ("४१", FigureProblem.FOREIGN_DIGITS),
    ("4\u200b1.5%", FigureProblem.HIDDEN_CHARACTER),
    ("41\u202e5", FigureProblem.HIDDEN_CHARACTER),
    ("41\x005", FigureProblem.HIDDEN_CHARACTER),
    ("NaN", FigureProblem.NOT_A_NUMBER),
    ("nan(123)", FigureProblem.NOT_A_NUMBER),
    ("sNaN", FigureProblem.NOT_A_NUMBER),
    ("Infinity", FigureProblem.INFINITE),
    ("-Infinity", FigureProblem.INFINITE),
    ("inf", FigureProblem.INFINITE),
    ("∞", FigureProblem.INFINITE),
    ("1e400", FigureProblem.EXPONENT),
    ("-1e400", FigureProblem.EXPONENT),
    ("1E+1000000000", FigureProblem.EXPONENT),
    ("3 x 10^8", FigureProblem.EXPONENT),
    ("0x10", FigureProblem.OTHER_BASE),
    ("0b11", FigureProblem.OTHER_BASE),
    ("0o17", FigureProblem.OTHER_BASE),
    ("1/3", FigureProblem.FRACTION),
    ("½", FigureProblem.FRACTION),
    ("1 234", FigureProblem.SPACED_DIGITS),
    ("1\u00a0234", FigureProblem.SPACED_DIGITS),
    ("9" * 41, FigureProblem.TOO_MANY_DIGITS),
    ("9" * 400, FigureProblem.TOO_MANY_DIGITS),
    ("9" * 5000, FigureProblem.TOO_MANY_DIGITS),
    ("9" * 40 + "万", FigureProblem.TOO_MANY_DIGITS),
    ("第兆兆", FigureProblem.TOO_MANY_DIGITS),
    ("#1" + "0" * 15, FigureProblem.TOO_MANY_DIGITS),
    ("1." + "1" * 21, FigureProblem.TOO_MANY_DECIMALS),
    ("a" * 201, FigureProblem.TOO_LONG),
    ("1,23", FigureProblem.GROUPING),
    ("1,5", FigureProblem.GROUPING),
    ("1.234.5", FigureProblem.GROUPING),
    ("007", FigureProblem.LEADING_ZERO),
    (".5", FigureProblem.BARE_POINT),
    ("5.", FigureProblem.BARE_POINT),
    ("10-5", FigureProblem.RANGE_ORDER),
    ("2024-10", FigureProblem.RANGE_ORDER),
    ("¥5", FigureProblem.AMBIGUOUS_CURRENCY),
    ("￥5", FigureProblem.AMBIGUOUS_CURRENCY),
    ("超过75%左右", FigureProblem.TWO_COMPARATORS),
    ("约5-10", FigureProblem.TWO_COMPARATORS),
    ("$5 km", FigureProblem.TWO_UNITS),
    ("5 km - 10 kg", FigureProblem.TWO_UNITS),
    ("3 companies 4", FigureProblem.SEVERAL_FIGURES),
    ("12abc", FigureProblem.UNREADABLE),
    ("5M", FigureProblem.UNREADABLE),
    ("abc", FigureProblem.UNREADABLE),
    ("5 %%", FigureProblem.UNREADABLE),
    ("第0", FigureProblem.UNREADABLE),
    ("=SUM(A1)", FigureProblem.UNREADABLE),
    ("<b>5</b>", FigureProblem.UNREADABLE),
]


@pytest.mark.parametrize(("typed", "problem"), REFUSED, ids=[repr(row[0])[:24] for row in REFUSED])
def test_a_trap_is_refused_by_its_own_code(typed: object, problem: FigureProblem) -> None:
    with pytest.raises(FigureError) as refused:
        read_typed(typed, "low")
    assert refused.value.code == problem
    assert refused.value.field == "low"


def test_every_code_is_met_by_a_trap_and_speaks_both_languages() -> None:
    assert {problem for _, problem in REFUSED} == set(FigureProblem)
    assert all(MESSAGES[problem]["zh"] and MESSAGES[problem]["en"] for problem in FigureProblem)


def test_a_giant_exponent_is_refused_without_building_the_number() -> None:
    tracemalloc.start()
    for typed in ("1E+1000000000", "9" * 10_000_000, "1," * 100):
        with pytest.raises(FigureError):
            read_typed(typed)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 10 * 10_000_000


def test_negative_nought_is_nought() -> None:
    assert plain(read_decimal("-0")) == "0"
    assert plain(read_decimal("-0.00")) == "0.00"
    low = read_typed("-0").low
    assert low is not None
    assert not low.is_signed()


def test_percentage_points_are_a_change() -> None:
    assert read_typed("0.5个百分点").change_kind is ChangeKind.PERCENTAGE_POINTS
    assert read_typed("0.5%").change_kind is None


def test_a_place_in_a_ranking_is_a_rank() -> None:
    for text in ("第4", "第四", "第4位", "no. 4", "#4"):
        found = read_typed(text)
        assert (found.role, found.low) == (Role.RANK, Decimal(4))


def test_a_third_is_kept_to_twenty_decimals() -> None:
    found = read_typed("不到三分之一")
    assert found.comparator is Comparator.UNDER
    assert found.high == Decimal("33.33333333333333333333")


@pytest.mark.parametrize(
    ("typed", "expected"), [("41.5", "41.5"), ("1,234", "1234"), ("-7", "-7"), ("１２", "12")]
)
def test_a_plain_number_field_takes_plain_numbers(typed: str, expected: str) -> None:
    assert read_decimal(typed) == Decimal(expected)


@pytest.mark.parametrize("typed", ["41.5%", "5-10", "about 5", "五", "1.2亿", "$5"])
def test_a_plain_number_field_takes_nothing_else(typed: str) -> None:
    with pytest.raises(FigureError):
        read_decimal(typed)


@given(st.decimals(min_value=-(10**20), max_value=10**20, places=6, allow_nan=False))
def test_a_printed_decimal_is_read_back(number: Decimal) -> None:
    assert read_decimal(plain(number)) == number
    assert read_decimal(f"{number:,f}") == number


@given(
    st.text(max_size=60) | st.from_regex(r"[0-9０-９.,%+\-–至万亿约 余¥$]{1,20}", fullmatch=True)
)
def test_any_text_is_a_figure_that_fits_its_row_or_a_refusal(text: str) -> None:
    try:
        found = read_typed(text)
    except FigureError:
        return
    for bound in (found.low, found.high):
        assert bound is None or PLAIN_DECIMAL.fullmatch(plain(bound))
    assert found.low is None or found.high is None or found.low <= found.high


@pytest.mark.parametrize("symbol", sorted({unit.symbol for unit in spellings().values()}))
def test_every_symbol_of_the_table_is_read_as_itself(symbol: str) -> None:
    assert read_unit(symbol) == symbol
