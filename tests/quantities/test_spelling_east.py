"""A number spelled out in Japanese or Korean reads as the same number."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.quantities import read
from claims.quantities.cjk import numerals
from claims.quantities.cjk.vocabulary import vocabulary
from tests.quantities import spelling_east as spelling

_BELOW = 10**16
NUMBERS = st.integers(min_value=1, max_value=_BELOW - 1)


def _one(text: str, lang: str) -> tuple[Decimal | None, str | None]:
    (found,) = read(text, lang)
    return found.value, found.unit


def _japanese(written: str) -> Decimal | None:
    numeral = numerals.read(vocabulary("ja"), written, 0)
    return numeral.value if numeral is not None and numeral.end == len(written) else None


@given(NUMBERS)
def test_kanji_numerals_read_as_written(number: int) -> None:
    assert _one(f"計{spelling.japanese(number)}円", "ja") == (Decimal(number), "JPY")


@given(NUMBERS)
def test_formal_kanji_numerals_read_as_written(number: int) -> None:
    assert _japanese(spelling.formal_japanese(number)) == number


@given(st.integers(10, 10**12))
def test_positional_kanji_read_as_their_digits(number: int) -> None:
    assert _japanese(spelling.positional_japanese(str(number))) == number


@given(st.integers(0, 10**8), st.text("0123456789", min_size=1, max_size=6))
def test_kanji_decimals_keep_every_stated_digit(whole: int, decimals: str) -> None:
    written = (
        f"{spelling.positional_japanese(str(whole))}・{spelling.positional_japanese(decimals)}"
    )

    numeral = numerals.read(vocabulary("ja"), written, 0)

    assert numeral is not None
    assert numeral.value == Decimal(f"{whole}.{decimals}")
    assert numeral.decimals == len(decimals)


@given(NUMBERS)
def test_digits_with_kanji_myriads_read_as_written(number: int) -> None:
    assert _one(f"計{spelling.mixed(number, '万億兆', '')}円", "ja") == (Decimal(number), "JPY")


# One syllable alone is mostly another word: 이 원 is also "this circle".
@given(st.integers(10, _BELOW - 1))
def test_sino_korean_numerals_read_as_written(number: int) -> None:
    assert _one(f"모두 {spelling.korean(number)} 원을", "ko") == (Decimal(number), "KRW")


@pytest.mark.parametrize("number", range(2, 100))
def test_native_korean_numerals_read_as_written(number: int) -> None:
    assert _one(f"모두 {spelling.native_korean(number)} 명이", "ko") == (Decimal(number), "명")


@given(NUMBERS, st.sampled_from(["", " "]))
def test_digits_with_korean_myriads_read_as_written(number: int, joint: str) -> None:
    assert _one(f"모두 {spelling.mixed(number, '만억조', joint)} 원을", "ko") == (
        Decimal(number),
        "KRW",
    )


@given(st.integers(1, 9), st.integers(1, 9))
def test_korean_thousands_mix_with_digits(high: int, low: int) -> None:
    assert _one(f"{high}만 {low}천 명", "ko") == (Decimal(high * 10000 + low * 1000), "명")
