"""A number as each language prints it: 20万亿 and 20 trillion, with the decimals it was given."""

from decimal import Decimal
from typing import Final

from claims.units import EXACT
from sources.columns import Words, plain

SCALES: Final[dict[str, tuple[tuple[int, str], ...]]] = {
    "zh": ((12, "万亿"), (8, "亿"), (4, "万")),
    "en": ((12, " trillion"), (9, " billion"), (6, " million")),
}
"""Powers of ten that each language has a word for, the greatest first."""
MOST_DECIMALS: Final = 3
"""A scale is used only if it leaves at most this many decimals: 12,345 is not 1.2345万."""
LONGEST: Final = 12
"""A derived number with more significant digits is rounded for reading."""


def grouped(number: Decimal) -> str:
    """Print a number with a comma every three digits and a true minus sign."""
    whole, point, rest = plain(number.copy_abs()).partition(".")
    sign = "−" if number < 0 else ""
    return f"{sign}{int(whole):,}{point}{rest}"


def number_words(number: Decimal, last_place: int | None = None) -> Words:
    """Print a number in Chinese and in English.

    ``last_place`` is the power of ten of the last digit that was stated, so that 20.0万亿 keeps
    its nought; None prints no more decimals than the number has.
    """
    return {lang: _scaled(number, last_place, scales) for lang, scales in SCALES.items()}


def _scaled(number: Decimal, last_place: int | None, scales: tuple[tuple[int, str], ...]) -> str:
    """Print a number in the greatest scale that takes it with few decimals."""
    for power, word in scales:
        if number == 0 or number.adjusted() < power:
            continue
        scaled = _trimmed(number.scaleb(-power, EXACT))
        if _decimals(scaled) <= MOST_DECIMALS:
            return grouped(_padded(scaled, last_place, power)) + word
    return grouped(_padded(_trimmed(number), last_place, 0))


def _trimmed(number: Decimal) -> Decimal:
    """Drop zeros behind the point."""
    text = plain(number)
    return Decimal(text.rstrip("0").rstrip(".") if "." in text else text)


def _padded(number: Decimal, last_place: int | None, power: int) -> Decimal:
    """Put back the zeros behind the point that were printed."""
    wanted = 0 if last_place is None else min(power - last_place, 20)
    if wanted <= _decimals(number):
        return number
    return EXACT.quantize(number, Decimal(1).scaleb(-wanted))


def _decimals(number: Decimal) -> int:
    """Count the digits behind the point."""
    return max(0, -int(number.as_tuple().exponent))


def shortened(number: Decimal) -> Decimal:
    """Round a derived number that has no short decimal, such as a gap after a conversion."""
    if len(_trimmed(number).as_tuple().digits) <= LONGEST or number == number.to_integral_value():
        return number
    rounded = EXACT.quantize(number, Decimal(1).scaleb(number.adjusted() - 5))
    return rounded or number
