"""The shapes that most English prices have, read at once: $799, £1.2tn, €3.5bn, $5 million."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import ages, beside, counts
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place

SIGNS = frozenset("$€£¥₹₩")
_SUFFIX = re.compile(r"(bn|tn|trn|[mkMBb])(?![A-Za-z0-9²³/])")
_WORD = re.compile(r" ([A-Za-z]++)(?!\w)")
_OPENING = frozenset(' ("“')


def read(place: Place, match: re.Match[str]) -> Draft | None:
    """The price whose digits `match` found behind its sign, where nothing makes more of it."""
    text, at, end = place.text, place.at, match.end()
    found = place.words.prefixes.before(place.lower, at)
    if found is None:
        return None
    start, code = found
    if start < place.free or (start and text[start - 1] not in _OPENING):
        return None
    if ages.speaks_of_ages(place, start):
        return None
    value, power = Decimal(match.group().replace(",", "")), 0
    suffix = _SUFFIX.match(text, end)
    if suffix is not None:
        end, power = suffix.end(), _POWERS[suffix.group(1)]
    elif (scale := _scale(text, end)) is not None:
        end, power = scale
    if not _is_whole(place, end, millions=suffix is not None and suffix.group() == "m"):
        return None
    if power:
        if not value:
            return None
        value = value.scaleb(power)
    draft = Draft(start, end, at, end, "currency", value, "money", code)
    draft.unit_name = place.words.table["names"].get(text[start], code)
    draft.decimals, draft.multiplier = len(match.group(1) or ""), power or None
    return draft


_POWERS = {"bn": 9, "tn": 12, "trn": 12, "m": 6, "k": 3, "M": 6, "B": 9, "b": 9}


def _scale(text: str, end: int) -> tuple[int, int] | None:
    """The end and the power of a million behind the digits."""
    match = _WORD.match(text, end)
    power = 0 if match is None else beside.behind(match.group(1)).scale
    return (match.end(), power) if match is not None and power else None


def _is_whole(place: Place, end: int, *, millions: bool) -> bool:
    """Whether the price ends at `end`; behind $5m no noun may follow, which the m could count."""
    match = _WORD.match(place.text, end)
    if match is None:
        return beside.stops(place.text, end)
    word = match.group(1)
    if millions and not counts.closes(place, word.lower()):
        return False
    return beside.behind(word).plain or beside.is_free(place, end)
