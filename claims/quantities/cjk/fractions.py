"""Fractions: 四分之三, 三又二分之一, 1/2."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.cjk.unreadable import NOTHING
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_OF = re.compile(r"\s{0,3}[分분]\s{0,2}[之の의]\s{0,2}")
_AND = re.compile(r"\s{0,2}(?:又|また|と(?=[0-9０-９一二三四五六七八九十百千]+\s?分の))\s{0,2}")
_SLASH = re.compile(r"\s?[/／]\s?")
_MIXED = re.compile(r"([0-9０-９]{1,9})\s+([0-9０-９]{1,9})[/／]([0-9０-９]{1,9})")
# What may follow the first number of a fraction.
_FIRST_YEAR = 1900
STARTS = frozenset(" \t\u3000分분又また と/／")


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A fraction whose first numeral is `numeral`."""
    if place.text[numeral.end : numeral.end + 1] not in STARTS:
        return None
    nothing = _of_nothing(place, numeral)
    if nothing is not None:
        return nothing
    value = of_parts(place, numeral) or mixed(place, numeral)
    if value is None and numeral.arabic:
        value = slash(place, numeral)
        # 24/7 is no fraction; newspapers set none above one with a slash.
        if value is not None and (value.value > 1 or _are_dates(place, value)):
            return None
    if value is not None:
        return Draft(
            value.start, value.end, value.start, value.end, "fraction", value.value, "fraction"
        )
    return None


def _are_dates(place: Place, value: Numeral) -> bool:
    """2023/2024 and 07/2024 are years and months."""
    first, _, second = place.text[value.start : value.end].replace("／", "/").partition("/")
    first, second = first.strip(), second.strip()
    if not second.isdigit():
        return False
    return int(second) >= _FIRST_YEAR or first.startswith("0") or second.startswith("0")


def _of_nothing(place: Place, numeral: Numeral) -> Draft | None:
    """零分之三 and 3/0 have no value."""
    text = place.text
    match = _OF.match(text, numeral.end)
    if match is not None and not numeral.value:
        upper = _next(place, match.end())
    elif match is None and numeral.arabic and (match := _SLASH.match(text, numeral.end)):
        upper = _next(place, match.end())
        if upper is None or upper.value or not upper.arabic:
            return None
    else:
        return None
    if upper is None:
        return None
    draft = Draft(
        numeral.start, upper.end, numeral.start, upper.end, "fraction", None, "unreadable"
    )
    draft.reason = NOTHING
    return draft


def _next(place: Place, at: int) -> Numeral | None:
    text, words = place.text, place.words
    if at >= len(text):
        return None
    minus = 0
    for word in (*words.negative, "-"):
        if text.startswith(word, at):
            minus = len(word)
    if text[at + minus : at + minus + 1] in words.numeral_letters and at + minus < len(text):
        found = numerals.read(words, text, at + minus)
        if found is not None and not found.value.is_nan():
            return found._replace(value=-found.value) if minus else found
    return None


def of_parts(place: Place, numeral: Numeral) -> Numeral | None:
    """X分之Y, which names the parts before their number."""
    match = _OF.match(place.text, numeral.end)
    if match is None or not numeral.value:
        return None
    upper = _next(place, match.end())
    if upper is None:
        return None
    return numeral._replace(end=upper.end, value=upper.value / numeral.value)


def mixed(place: Place, numeral: Numeral) -> Numeral | None:
    """A whole number with a fraction: 三又二分之一, 1 3/5."""
    match = _AND.match(place.text, numeral.end)
    if match is not None:
        lower = _next(place, match.end())
        part = of_parts(place, lower) if lower is not None else None
        if part is not None:
            sign = -1 if numeral.value < 0 else 1
            return numeral._replace(end=part.end, value=numeral.value + sign * part.value)
    return None


def slash(place: Place, numeral: Numeral) -> Numeral | None:
    """A fraction in figures, with or without a whole number before it."""
    text = place.text
    match = _MIXED.match(text, place.at)
    if match is not None:
        whole, upper, lower = (Decimal(part) for part in match.groups())
        if lower and match.group(1)[0] not in "0０":
            sign = -1 if numeral.value < 0 else 1
            return numeral._replace(end=match.end(), value=sign * (whole + upper / lower))
    match = _SLASH.match(text, numeral.end)
    if match is None or numeral.multiplier or numeral.decimals:
        return None
    if text[numeral.start - 1 : numeral.start] in ("/", "／"):
        return None
    lower_part = _next(place, match.end())
    if lower_part is None or not lower_part.value or not lower_part.arabic:
        return None
    if _SLASH.match(text, lower_part.end) or lower_part.decimals:
        return None
    return numeral._replace(end=lower_part.end, value=numeral.value / lower_part.value)
