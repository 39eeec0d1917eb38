"""Ranks: third, twenty-first, 21st; relative ones such as "next to last" only when asked."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import cardinals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.english.vocabulary import Vocabulary

_LAST = re.compile(r"[ \t]?-[ \t]?([a-z]+)\b|[ \t]{1,3}(?:and[ \t]{1,3})?([a-z]+)\b|([a-z]+)\b")
_DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)\b")
# The last letters of st, nd, rd and th, and how far behind the first digit they may stand.
_SUFFIXES = frozenset("tdh")
_FARTHEST = 12
_GAP = re.compile(r"[ \t-]{0,3}")


def spelled(words: Vocabulary, lower: str, start: int) -> tuple[int, int] | None:
    """The ordinal in words at `start`: its end and its rank."""
    gap = _GAP.match(lower, start)
    at = start if gap is None else gap.end()
    number = cardinals.read(words, lower, at)
    match = _LAST.match(lower, at if number is None else number.end)
    if match is None:
        return None
    word = next(group for group in match.groups() if group)
    rank = words.ordinals.get(word)
    scale = words.ordinal_scales.get(word)
    if number is None:
        value = rank if rank is not None else scale
        return None if value is None else (match.end(), value)
    if scale is not None and number.value == int(number.value):
        if number.size and 10**number.size > scale:
            return match.end(), int(number.total + (number.section or 0) * scale)
        return match.end(), int(number.value) * scale
    if rank is None or not _fits(number, rank):
        return None
    return match.end(), int(number.value) + rank


def _fits(number: cardinals.Cardinal, rank: int) -> bool:
    """First to ninth follow tens, hundreds and scales; tenth and more hundreds and scales."""
    if rank < 10:
        return number.unit in (10, 100) or (number.size > 0 and number.unit == 0)
    return number.unit == 100 or (number.size > 0 and number.unit == 0)


def digits(place: Place) -> Draft | None:
    """21st."""
    if _SUFFIXES.isdisjoint(place.lower[place.at + 1 : place.at + _FARTHEST]):
        return None
    match = _DIGITS.match(place.lower, place.at)
    if match is None:
        return None
    value = Decimal(match.group(1).replace(",", ""))
    return Draft(place.at, match.end(), place.at, match.end(), "ordinal", value, "ordinal-digits")


def words_at(place: Place) -> Draft | None:
    """Third, twenty-first, two hundredth."""
    found = spelled(place.words, place.lower, place.at)
    if found is None:
        return None
    end, rank = found
    return Draft(place.at, end, place.at, end, "ordinal", Decimal(rank), "ordinal-words")
