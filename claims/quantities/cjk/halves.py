"""Halves: 半数, 一半, 半折, 过半, 半小时, 减半, 腰斩."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk.dates import half_year
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place

_HALF = Decimal("0.5")
_FIFTY = Decimal(50)
# 过半 before these goes past half of something that is counted otherwise.
_NOT_PAST = frozenset("百个個场場程夜")
# 半 is no half of a unit after these: 上半年 is a period, 三米半 has been read, 大半年 is vague.
_NOT_BEFORE_UNIT = frozenset("上下前后後多一两兩中夜另")
_HALVED = frozenset(("减", "減"))
_SPANS = frozenset(("year", "month", "hour", "century"))
_MEASURES = frozenset("斤两亩吨噸升米公磅英千")
_ENDS_SPAN = frozenset("报導导报径径徑开開")


def read(place: Place) -> int:
    """The half at this place; where the search goes on."""
    text, at = place.text, place.at
    if place.letter == "腰":
        return _halved(place, at) if text[at + 1 : at + 2] in ("斩", "斬") else at + 1
    after, before = text[at + 1 : at + 2], text[at - 1 : at]
    if end := half_year(place):
        return end
    if after == "折":
        return place.add(_share(at, at + 2))
    if text[at : at + 2] in place.words.words["half"]:
        return place.add(_share(at, at + 2))
    if before in ("过", "過") and after not in _NOT_PAST:
        draft = _share(at, at + 1)
        draft.start, draft.comparator = at - 1, "over"
        return place.add(draft)
    if before in _HALVED:
        return _halved(place, at - 1) if at > place.free else at + 1
    return _of_unit(place, before)


def whole(place: Place) -> int:
    """一半 is a half; 另一半 is the other one. The place at hand is 一; 0 when it is none."""
    text, at = place.text, place.at
    if text[at + 1 : at + 2] != "半" or text[at - 1 : at] in ("另", "这", "那", "這"):
        return 0
    if text[at + 2 : at + 3] in place.words.not_half_after:
        return 0
    return place.add(Draft(at, at + 2, at, at + 2, "fraction", _HALF, "half"))


def _share(start: int, end: int) -> Draft:
    return Draft(start, end, start, end, "percentage", _FIFTY, "half", "%", "percent")


def _halved(place: Place, start: int) -> int:
    """减半 and 腰斩 leave a half, as 翻番 leaves twice as much."""
    draft = Draft(start, start + 2, start, start + 2, "multiple", _HALF, "halved", "times", "times")
    draft.change = "by"
    return place.add(draft)


def _of_unit(place: Place, before: str) -> int:
    """半小时, 半年, 半个月, 半公斤."""
    text, at, words = place.text, place.at, place.words
    if before and (before in _NOT_BEFORE_UNIT or before in words.numeral_letters):
        return at + 1
    stop = words.stop_around(text, at)
    if stop is not None:
        return max(stop[1], at + 1)
    found = words.unit_at(text, at + 1)
    if found is None:
        return at + 1
    end, unit = found
    if unit.symbol in ("岁", "歲", "周岁"):
        return place.add(Draft(at, end, at, at + 1, "age", _HALF, "half-unit", "year", "year"))
    measure = unit.kind == "dimension" and text[at + 1] in _MEASURES
    if not measure and (unit.kind != "duration" or unit.name not in _SPANS):
        return at + 1
    if text[end : end + 1] in _ENDS_SPAN:
        return at + 1
    draft = Draft(at, end, at, at + 1, unit.kind, _HALF, "half-unit", unit.symbol, unit.name)
    return place.add(draft)
