"""Numerals in digits: thousands, decimals, exponents, fractions, and suffixes such as 5bn."""

import re
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from claims.quantities.english.vocabulary import Vocabulary

# Figures longer than this are no figures; a bound keeps every numeral cheap.
LONGEST = 28

PATTERN = re.compile(
    r"(?:\d{1,3}(?:,\d{2,3})*,\d{3}(?!\d)|\d{1,3}(?:[ \u00a0\u202f\u2009]\d{3})+(?![\d])|\d+)"
    r"(?:\.\d++(?!\.\d))?"
    r"(?:[eE][+-]?\d{1,3}(?![A-Za-z0-9])|\s?[x×]\s?10\^-?\d{1,3})?"
    r"|\.\d++(?!\.\d)"
)
_DECIMAL_COMMA = re.compile(r"(\d{1,3}),(\d{1,2})(?![\d,])")
_MIXED = re.compile(
    r"[ \t]{1,3}(\d{1,4})\s?/\s?(\d{1,4})(?![\d/])|-(\d{1,2})/(2|4|8|16|32|64)(?![\d/])"
)
_OVER = re.compile(r"\s?/\s?(\d{1,6})(?![\d/.])")
_SUFFIX = re.compile(
    r"[ \t]{0,2}(MM|mm|bn|Bn|BN|tn|trn|mn|mln|mil|bln|tln|[kKMBbGT])(?![A-Za-z0-9²³/])"
)
# The first letters of what may extend digits, right behind them or behind a blank.
_MORE = frozenset("0123456789 \t/-MBTmbtkKG\xa0")
_GAPS = frozenset(" \t")
_MORE_LATER = frozenset("0123456789 \t/MBTmbtkKG")


class Digits(NamedTuple):
    """A numeral in digits; ``whole`` says that no suffix, fraction or exponent changed it."""

    end: int
    value: Decimal
    decimals: int | None
    multiplier: int | None
    whole: bool


def read(words: Vocabulary, text: str, start: int, *, lists: bool = True) -> Digits | None:
    """The numeral at `start`; with `lists`, 5,00 may have a decimal comma but 22,24,26 has none."""
    if text[start] in words.vulgar:
        return Digits(start + 1, words.vulgar[text[start]], None, None, whole=False)
    match = PATTERN.match(text, start)
    if match is None:
        return None
    written, end = match.group(), match.end()
    if text[start - 1 : start] == "." and text[max(0, start - 2) : start - 1].isdigit():
        written = written.partition(".")[0]
        if not written:
            return None
        return Digits(
            start + len(written), Decimal(written.replace(",", "")), None, None, whole=True
        )
    if len(written) > LONGEST:
        return Digits(end, Decimal("NaN"), None, None, whole=False)
    listed = "," in written or text[end : end + 1] == ","
    comma = _DECIMAL_COMMA.match(text, start) if lists and listed else None
    if comma is not None and "." not in written and not _listed(text, start, comma.end()):
        end, written = comma.end(), f"{comma.group(1)}.{comma.group(2)}"
    value = _value(written)
    if value is None:
        return None
    decimals = _decimals(written)
    return _extended(words, text, end, value, decimals)


def _listed(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start] == "," or text[end : end + 1] == ","


def _value(written: str) -> Decimal | None:
    if written.isdecimal():
        return Decimal(written)
    plain = re.sub(r"[, \u00a0\u202f\u2009]", "", written).replace("×", "x")
    base, _, power = plain.partition("x10^")
    try:
        value = Decimal(base)
        return value.scaleb(int(power)) if power else value
    except InvalidOperation:
        return None


def _decimals(written: str) -> int | None:
    _, point, digits = written.partition(".")
    return len(re.match(r"\d*", digits).group()) if point else None  # type: ignore[union-attr]


def _extended(
    words: Vocabulary, text: str, end: int, value: Decimal, decimals: int | None
) -> Digits:
    """Adds what may follow the digits: ½, 3/4, k, bn, ^2."""
    after = text[end : end + 1]
    if after and after in words.vulgar:
        return Digits(end + 1, value + words.vulgar[after], decimals, None, whole=False)
    if after not in _MORE or (after in _GAPS and text[end + 1 : end + 2] not in _MORE_LATER):
        return Digits(end, value, decimals, None, whole=True)
    match = _MIXED.match(text, end) if decimals is None else None
    if match is not None:
        upper, lower = (Decimal(group) for group in match.groups() if group)
        if lower:
            return Digits(match.end(), value + upper / lower, None, None, whole=False)
    match = _OVER.match(text, end)
    if match is not None and decimals is None:
        below = Decimal(match.group(1))
        part = value / below if below else Decimal("NaN")
        return Digits(match.end(), part, None, None, whole=False)
    match = _SUFFIX.match(text, end)
    if match is not None and _is_suffix(match, end):
        power = words.suffixes[match.group(1)]
        return Digits(match.end(), value.scaleb(power), decimals, power, whole=False)
    return Digits(end, value, decimals, None, whole=True)


def _is_suffix(match: re.Match[str], end: int) -> bool:
    """Millimetres are no millions; a single letter stands close to its digits."""
    letters = match.group(1)
    if letters == "mm":
        return False
    return letters not in ("G", "T", "b") or match.start(1) == end
