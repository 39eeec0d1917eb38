"""Multiples: 1.5倍, 翻一番, 翻两番, 翻倍."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_TIMES = re.compile(r"\s?(多|余|餘)?\s?(倍半|倍(?![率增数频速镜量]))")
_TURN = re.compile(
    r"翻(?:了)?(?:([一两兩二三四五六七八九1-9])?番|([一二两兩三四五六七八九十0-9.]{1,4})?倍)"
)
# 翻十番 is a thousandfold; more turns than this are no figure.
_MOST_TURNS = 10


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A number of times."""
    letter = place.text[numeral.end : numeral.end + 1]
    if letter not in " 多余餘倍" or not letter:
        return None
    match = _TIMES.match(place.text, numeral.end)
    if match is None:
        return None
    draft = Draft(
        numeral.start, match.end(), numeral.start, numeral.end, "multiple", numeral.value, "times"
    )
    if match.group(2) == "倍半":
        draft.value = numeral.value + Decimal("0.5")
    if match.group(1):
        draft.comparator = "odd"
    draft.unit, draft.unit_name = "times", "times"
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    return draft


def turn(place: Place) -> int:
    """翻一番 doubles, 翻两番 doubles twice."""
    match = _TURN.match(place.text, place.at)
    if match is None:
        return place.at + 1
    value = Decimal(2)
    if match.group(1):
        value = Decimal(2) ** _count(place, match.start(1))
    elif match.group(2):
        numeral = numerals.read(place.words, place.text, match.start(2))
        if numeral is None or numeral.end != match.end(2):
            return place.at + 1
        # 翻一倍 is colloquial for doubling; more than once is left as it is printed.
        value = Decimal(2) if numeral.value == 1 else numeral.value
    draft = Draft(place.at, match.end(), place.at, match.end(), "multiple", value, "turn", "times")
    draft.unit_name, draft.change = "times", "by"
    return place.add(draft)


def _count(place: Place, at: int) -> int:
    letter = place.text[at]
    return min(place.words.digits.get(letter) or int(letter), _MOST_TURNS)
