"""A number that is spelled out reads as the same number: plain, formal, traditional, mixed."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from claims.quantities import read
from claims.quantities.cjk import numerals as chinese
from claims.quantities.cjk.vocabulary import vocabulary
from tests.quantities import spelling

NUMBERS = st.integers(min_value=0, max_value=10**16)


def _chinese(written: str) -> Decimal | None:
    numeral = chinese.read(vocabulary("zh"), written, 0)
    return numeral.value if numeral is not None and numeral.end == len(written) else None


@given(NUMBERS)
def test_plain_chinese_numerals_read_as_written(number: int) -> None:
    assert _chinese(spelling.chinese(number)) == number


@given(NUMBERS)
def test_formal_chinese_numerals_read_as_written(number: int) -> None:
    assert _chinese(spelling.formal(number)) == number


@given(NUMBERS)
def test_traditional_chinese_numerals_read_as_written(number: int) -> None:
    assert _chinese(spelling.traditional(number)) == number


@given(st.integers(1, 9999), st.integers(1, 9))
def test_digits_mixed_with_chinese_scales_read_as_written(high: int, low: int) -> None:
    assert _chinese(f"{high}万{low}千") == high * 10000 + low * 1000


@given(
    st.integers(1, 9), st.sampled_from([("万", 1000), ("千", 100), ("百", 10)]), st.integers(1, 9)
)
def test_a_digit_behind_a_scale_counts_its_tenths(
    high: int, scale: tuple[str, int], low: int
) -> None:
    letter, tenth = scale
    expected = high * tenth * 10 + low * tenth

    assert _chinese(f"{high}{letter}{low}") == expected
    assert _chinese(spelling.chinese(high) + letter + spelling.chinese(low)) == expected


@given(NUMBERS)
def test_half_formal_numerals_read_as_written(number: int) -> None:
    mixed = spelling.formal(number).translate(str.maketrans("佰仟零", "百千〇"))

    assert _chinese(mixed) == number


@given(st.integers(0, 10**8), st.text("0123456789", min_size=1, max_size=6))
def test_chinese_decimals_keep_every_stated_digit(whole: int, decimals: str) -> None:
    written = f"{spelling.chinese(whole)}点{spelling.positional(decimals)}"

    numeral = chinese.read(vocabulary("zh"), written, 0)

    assert numeral is not None
    assert numeral.value == Decimal(f"{whole}.{decimals}")
    assert numeral.decimals == len(decimals)


_JOINTS = st.sampled_from([" and ", " "])
_HYPHENS = st.sampled_from(["-", " "])


@given(NUMBERS, _JOINTS, _HYPHENS)
def test_english_numbers_read_as_written(number: int, joint: str, hyphen: str) -> None:
    written = spelling.english(number, joint=joint, hyphen=hyphen)

    found = read(f"{written} kilometres", "en")

    assert [(item.value, item.unit) for item in found] == [(Decimal(number), "km")]


@given(NUMBERS, _JOINTS, _HYPHENS)
def test_a_capital_and_a_comparator_leave_a_spelled_number_alone(
    number: int, joint: str, hyphen: str
) -> None:
    written = spelling.english(number, joint=joint, hyphen=hyphen)

    (found,) = read(f"More than {written} kilograms", "en")

    assert (found.value, found.unit, found.comparator) == (Decimal(number), "kg", "over")


@given(
    st.integers(0, 10**12), st.sampled_from(["{:,}", "{}"]), st.sampled_from(["", "-", "minus "])
)
def test_english_digits_read_as_written(number: int, form: str, sign: str) -> None:
    found = read(f"It is {sign}{form.format(number)} kilograms.", "en")

    assert [(item.value, item.unit) for item in found] == [
        (Decimal(-number if sign else number), "kg")
    ]
    assert found[0].stated_decimals == 0


@given(
    st.integers(0, 999),
    st.text("0123456789", min_size=1, max_size=4),
    st.sampled_from([("", 0), (" million", 6), ("bn", 9), (" billion", 9), ("tn", 12), ("k", 3)]),
)
def test_a_scaled_amount_keeps_its_stated_decimals(
    whole: int, decimals: str, scale: tuple[str, int]
) -> None:
    word, power = scale

    (found,) = read(f"It cost ${whole}.{decimals}{word}.", "en")

    assert found.value == Decimal(f"{whole}.{decimals}").scaleb(power)
    assert (found.unit, found.stated_decimals) == ("USD", len(decimals))


@given(st.integers(1, 10**12), st.sampled_from(["", ",", "，"]))
def test_digits_read_alike_at_half_and_full_width(number: int, separator: str) -> None:
    plain = f"{number:,}".replace(",", separator) if separator else str(number)
    wide = plain.translate(str.maketrans("0123456789", "０１２３４５６７８９"))

    values = [[item.value for item in read(f"共{text}元", "zh")] for text in (plain, wide)]

    assert values == [[Decimal(number)]] * 2 or separator == "，"
