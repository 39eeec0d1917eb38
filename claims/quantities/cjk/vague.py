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
_ROUNDED = re.compile(
    r"(百八十|百十|千八百|千儿八百|千兒八百|万八千|萬八千|万儿八千|[百千万萬]把)(?![一二三四五六七八九十百千万亿萬億0-9])"
)
_ROUNDED_VALUES = {
    "百十": (100, 100),
    "百八十": (80, 100),
    "千八百": (800, 1000),
    "千儿八百": (800, 1000),
    "千兒八百": (800, 1000),
    "万八千": (8000, 10000),
    "萬八千": (8000, 10000),
    "万儿八千": (8000, 10000),
}
_COUNTED_BY = re.compile(r"[数數]以([十百千]{0,2}[万亿萬億]{0,2})[计計](?![算划])")
_ADJECTIVES = "多余餘"


def several(place: Place) -> Numeral | None:
    """数十, 几百, 好几千: a scale without its number."""
    text, words = place.text, place.words
    if text[place.at + 1 : place.at + 2] == "以":
        return counted_by(place)
    match = _SCALE.match(text, place.at + 1)
    if match is None or not match.group(1) or words.stop_around(text, place.at):
        return None
    if place.at and text[place.at - 1] in words.numeral_letters:
        return None
    start = place.at - 1 if text[place.at - 1 : place.at] == "好" else place.at
    return _scale(place, start, match.end(), match.group(1))


def rounded(place: Place) -> Numeral | None:
    """万把, 百十, 千八百: about ten thousand, about a hundred, eight hundred to a thousand."""
    text, words, at = place.text, place.words, place.at
    # 百八十 is eighty to a hundred in Chinese and 180 in Japanese.
    match = None if words.verbs_last else _ROUNDED.match(text, at)
    if match is None or (at and text[at - 1] in words.numeral_letters):
        return None
    written = match.group(1)
    values = _ROUNDED_VALUES.get(written)
    if values is None:
        value = Decimal(words.places.get(written[0]) or 10 ** words.myriads[written[0]])
        if words.unit_at(text, match.end()) is None:
            return None
        return Numeral(at, match.end(), value, arabic=False, decimals=0, about=True)
    low, high = (Decimal(part) for part in values)
    if low == high:
        return Numeral(at, match.end(), low, arabic=False, decimals=0, about=True)
    return Numeral(at, match.end(), low, arabic=False, decimals=0, high=high)


def counted_by(place: Place) -> Numeral | None:
    """数以万计: counted by the ten thousand."""
    match = _COUNTED_BY.match(place.text, place.at)
    if match is None:
        return None
    return _scale(place, place.at, match.end(), match.group(1))


def bare_scale(place: Place) -> Numeral | None:
    """上百, 近千, 百余: a scale that only a neighbour turns into a quantity."""
    text, words = place.text, place.words
    match = _SCALE.match(text, place.at)
    if match is None or not match.group(1):
        return None
    before = text[place.at - 1 : place.at]
    over = before != "" and (before in words.bare_over or before in _PER)
    over = over or text[match.end() : match.end() + 1] in tuple(_ADJECTIVES)
    if not over and words.before.before(text, place.at) is None and not _bounded(place, match):
        return None
    numeral = _scale(place, place.at, match.end(), match.group(1))
    return None if numeral is None else numeral._replace(vague=False)


def _bounded(place: Place, match: re.Match[str]) -> bool:
    """亿元以上: a comparator stands behind the unit."""
    found = place.words.unit_at(place.text, match.end())
    after = None if found is None else place.words.after.at(place.text, found[0])
    return after is not None and after[1] in ("over", "under", "at_least", "at_most")


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
    return Numeral(
        start, end, value, arabic=False, decimals=0, multiplier=power or None, vague=True
    )


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
        decimals=0,
        multiplier=ends[0].multiplier,
        high=ends[1].value,
    )


def _counted(place: Place, at: int) -> bool:
    text, words = place.text, place.words
    if text[at : at + 1] in ("成", "折", "倍"):
        return True
    return words.unit_at(text, at) is not None or words.coins.at(text, at) is not None
