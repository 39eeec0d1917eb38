"""Spans of time: 八年, 90分钟, 三周大 (an age) and 十年前 (a date)."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.periods import shifted
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.unit import Unit

_HALF = Decimal("0.5")

# 6小时15分 is one span; so are 十三分二十秒 and 2分05秒18.
_N = r"([0-5０-５]?[0-9０-９]|[一二两三四五]?十?[一二三四五六七八九十])"
_PARTS = {
    "year": re.compile(rf"\s?[零又]?{_N}\s?[个個]月"),
    "hour": re.compile(rf"\s?[零又]?{_N}\s?分(?:钟|鐘)?(?!之)"),
    "minute": re.compile(rf"\s?[零又]?{_N}\s?秒(?:钟|鐘)?"),
}
_SMALLER = {"year": "month", "hour": "minute", "minute": "second"}
_MANY = {"year": Decimal(12), "hour": Decimal(60), "minute": Decimal(60)}
_HUNDREDTHS = re.compile(r"\s?[0-9０-９]{2,3}(?![0-9０-９.%％])(?![万亿元个米公千人])")
_OLD = "大"
_NOT_RELATIVE = frozenset("后前後期面列夕缀锋任者往景")


def read(place: Place, numeral: Numeral, end: int, unit: Unit) -> Draft | None:
    """A span of `unit`, an age, or a date reckoned from the present."""
    text = place.text
    value = numeral.value
    if text[end : end + 1] == "半" and text[end + 1 : end + 2] not in ("价", "数"):
        value, end = value + _HALF, end + 1
    kind, rule = "duration", "duration"
    if text[end : end + 1] == _OLD and text[end + 1 : end + 2] not in (
        "学",
        "会",
        "涨",
        "跌",
        "赛",
    ):
        kind, rule, end = "age", "age", end + 1
    draft = Draft(numeral.start, end, numeral.start, numeral.end, kind, value, rule)
    draft.unit, draft.unit_name = unit.symbol, unit.name
    if kind == "duration":
        _smaller(place, draft)
    if kind == "duration":
        _relative(place, draft)
    return draft


def minutes(place: Place, numeral: Numeral) -> Draft | None:
    """十三分二十秒 and 2分05秒18: 分 is a minute when seconds follow."""
    end = numeral.end + (place.text[numeral.end : numeral.end + 1] == " ")
    if place.text[end : end + 1] != "分":
        return None
    if _PARTS["minute"].match(place.text, end + 1) is None:
        return None
    draft = Draft(
        numeral.start,
        end + 1,
        numeral.start,
        numeral.end,
        "duration",
        numeral.value,
        "duration",
    )
    draft.unit = draft.unit_name = "minute"
    _smaller(place, draft)
    return draft


def _smaller(place: Place, draft: Draft) -> None:
    """6小时15分 and 9秒83 are one span each, in the smaller unit."""
    text, at = place.text, draft.core_end
    match = _HUNDREDTHS.match(text, at) if draft.unit == "second" else None
    if match is not None and draft.value is not None:
        written = match.group().strip()
        draft.value += Decimal(f"0.{written}")
        draft.core_end, draft.decimals = match.end(), len(written)
        return
    part = _PARTS.get(draft.unit or "")
    match = None if part is None else part.match(text, at)
    if match is None or draft.value is None:
        return
    count = numerals.read(place.words, match.group(1), 0)
    if count is None or count.value >= _MANY[draft.unit or ""]:
        return
    smaller = _SMALLER[draft.unit or ""]
    draft.value = draft.value * _MANY[draft.unit or ""] + count.value
    draft.unit = draft.unit_name = smaller
    draft.core_end = match.end()
    draft.decimals = 0
    _smaller(place, draft)


def _relative(place: Place, draft: Draft) -> None:
    """十年前 and 三天后 turn a span into a date."""
    text, end = place.text, draft.core_end
    found = place.words.relative.at(text, end)
    if found is None:
        return
    stop, (direction, sign) = found
    after = text[stop : stop + 1]
    if stop - end == 1 and after and after in _NOT_RELATIVE:
        return
    draft.core_end = stop
    draft.kind, draft.rule = "date_relative", f"relative-{direction}"
    draft.value = None if draft.value is None else sign * draft.value
    draft.period = shifted(place.published, draft.value, draft.unit)
