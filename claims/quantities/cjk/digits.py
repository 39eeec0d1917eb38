"""Arabic numerals, half-width or full-width, with their thousands, decimals and exponents."""

import re
from decimal import Decimal

# Figures longer than this are no figures; a bound keeps every numeral cheap.
LONGEST = 28

_D = "0-9０-９"
PATTERN = re.compile(
    rf"(?:[{_D}]{{1,3}}(?:[,，][{_D}]{{3}})+(?![{_D}])|[{_D}]+)"
    rf"(?:[.．·][{_D}]+(?![.．]?[{_D}]))?"
    rf"(?:[eEｅ][+\-－]?[{_D}]+(?![0-9A-Za-z]))?"
    rf"|[.．][{_D}]+(?![.．]?[{_D}])"
)
_HALF = str.maketrans("０１２３４５６７８９．·－ｅＥ", "0123456789..-eE", ",，")
SUFFIX = re.compile(r"\s{0,2}([kKＫ]|[MＭ]|[GＧ])(?![A-Za-z0-9])")
SUFFIX_POWER = {"k": 3, "K": 3, "Ｋ": 3, "M": 6, "Ｍ": 6, "G": 9, "Ｇ": 9}


def half_width(digits: str) -> str:
    """`digits` in half-width form without separators of thousands."""
    return digits.translate(_HALF)


def read(text: str, start: int) -> tuple[int, Decimal, int | None] | None:
    """The end, the value and the decimals of the Arabic numeral at `start`.

    The value is None's stand-in NaN when the numeral is longer than any figure.
    """
    match = PATTERN.match(text, start)
    if match is None:
        return None
    written = match.group()
    if len(written) > LONGEST:
        return match.end(), Decimal("NaN"), None
    plain = written.translate(_HALF)
    value = Decimal(plain)
    if ("e" in plain or "E" in plain) and abs(value.adjusted()) > LONGEST:
        return match.end(), Decimal("NaN"), None
    if "." not in plain:
        return match.end(), value, None
    exponent = value.as_tuple().exponent
    return match.end(), value, -exponent if isinstance(exponent, int) else None
