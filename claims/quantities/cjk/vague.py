"""Numerals that are vague by their form: 数十, 几百万, 上百, 三五百, 七八个."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.numeral import Numeral

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place

_SCALE = re.compile(r"\s?([十百千佰仟拾]{0,2}[万亿萬億]{0,2})")
_PAIR = re.compile(
    r"(?P<head>[一二两三四五六七八九]?十|[一二两三四五六七八九]百|)"
    r"(?P<low>[一二两兩三四五六七八九])(?P<stop>、?)(?P<high>[一二两兩三四五六七八九])"
    r"(?P<tail>[十百千万亿萬億]*)(?![、一二三四五六七八九十])"
)
# Neighbours differ by one; 三五 is the one fixed pair that does not.
_FIXED_PAIRS = frozenset({(3, 5)})
_PER = "每"
_ADJECTIVES = "多余餘"


def several(place: Place) -> Numeral | None:
    """数十, 几百, 好几千: a scale without its number."""
    text, words = place.text, place.words
    match = _SCALE.match(text, place.at + 1)
    if match is None or not match.group(1) or words.stop_around(text, place.at):
        return None
    if place.at and text[place.at - 1] in words.numeral_letters:
        return None
    start = place.at - 1 if text[place.at - 1 : place.at] == "好" else place.at
    return _scale(place, start, match.end(), match.group(1))


def bare_scale(place: Place) -> Numeral | None:
    """上百, 近千, 百余: a scale that only a neighbour turns into a quantity."""
    text, words = place.text, place.words
    match = _SCALE.match(text, place.at)
    if match is None or not match.group(1):
        return None
    before = text[place.at - 1 : place.at]
    over = before != "" and (before in words.bare_over or before in _PER)
    over = over or text[match.end() : match.end() + 1] in tuple(_ADJECTIVES)
    if not over and words.before.before(text, place.at) is None:
        return None
    numeral = _scale(place, place.at, match.end(), match.group(1))
    return None if numeral is None else numeral._replace(vague=False)


def _scale(place: Place, start: int, end: int, letters: str) -> Numeral | None:
    words = place.words
    value, power = Decimal(1), 0
    for letter in letters:
        if letter in words.places:
            value *= words.places[letter]
        elif letter not in words.myriads:
            return None
        else:
            value = value.scaleb(words.myriads[letter])
            power += words.myriads[letter]
    return Numeral(start, end, value, arabic=False, multiplier=power or None, vague=True)


def neighbours(place: Place) -> Numeral | None:
    """三五百, 七八个, 二三十, 十七八岁: two digits side by side are a range."""
    text, words = place.text, place.words
    match = _PAIR.match(text, place.at)
    if match is None or (place.at and text[place.at - 1] in words.numeral_letters):
        return None
    low, high = words.digits[match["low"]], words.digits[match["high"]]
    if high - low != 1 and (low, high) not in _FIXED_PAIRS:
        return None
    if not match["tail"] and not _counted(place, match.end()):
        return None
    ends = [
        numerals.read(words, match["head"] + match[digit] + match["tail"], 0)
        for digit in ("low", "high")
    ]
    if ends[0] is None or ends[1] is None:
        return None
    return Numeral(
        place.at,
        match.end(),
        ends[0].value,
        arabic=False,
        multiplier=ends[0].multiplier,
        high=ends[1].value,
    )


def _counted(place: Place, at: int) -> bool:
    return place.text[at : at + 1] in ("成", "折", "倍") or (
        place.words.unit_at(place.text, at) is not None
    )
