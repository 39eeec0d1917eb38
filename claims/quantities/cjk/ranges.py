"""Ranges: 5-10家, 3到5亿元, 20%至30%, 五到十家."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.cjk import measures, numerals, percentages, verbs_last, weather
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_JOIN = re.compile(
    r"\s?(?:[-–—－~～〜∼]{1,2}|到|至|から|에서\s?|부터\s?)\s?(?=[0-9０-９一二两兩三四五六七八九十百千壹贰叁肆伍陆柒捌玖廿卅.．-])"
)
# 由298至2,380港元不等 is a range although it begins like a change.
_SPREAD = re.compile(r"不等|之间|之間|区间|區間|间|間|范围|範圍|浮动|浮動|波动|波動")
JOINTS = frozenset(" -–—－~～〜∼到至か에부")
_NEVER = frozenset({"fraction", "ratio", "score", "ordinal", "date_relative", "multiple"})
_UNITLESS = frozenset({"bare", "enumeration"})
_FROM = ("从", "從", "由", "自")


def read(place: Place, numeral: Numeral, first: Draft | None) -> Draft | None:
    """The range that starts with `numeral`, which alone reads as `first`."""
    unit = None if first is None or first.rule in _UNITLESS else first
    if unit is not None and unit.kind in _NEVER:
        return None
    at = numeral.end if unit is None else unit.core_end
    text = place.text
    if text[at : at + 1] not in JOINTS or at >= len(text):
        return None
    match = _JOIN.match(text, at)
    upper = None if match is None else _upper(place, match.end(), numeral)
    if upper is None:
        return None
    last = (
        percentages.read(place, upper)
        or _degrees(place, upper, unit)
        or measures.read(place, upper)
    )
    if unit is not None and (last is None or last.unit != unit.unit):
        return None
    if last is not None and last.kind == "date_relative":
        return None
    if place.words.verbs_last and _moves(place, at, upper.end if last is None else last.core_end):
        return None
    if not _rises(numeral, upper, unit, last):
        return None
    dash = text[at : at + 2].strip()[:1] not in ("到", "至")
    if not _joins(place, numeral, upper, last, dash=dash):
        return None
    draft = _draft(numeral, upper, unit, last)
    if place.words.verbs_last:
        weather.below_zero(place, draft)
    return draft


def _rises(numeral: Numeral, upper: Numeral, first: Draft | None, last: Draft | None) -> bool:
    """三成至三成五 rises although both begin with the same numeral."""
    if upper.value > shared(numeral, upper).value:
        return True
    if first is None or last is None or first.value is None or last.value is None:
        return False
    return last.value > first.value


def _degrees(place: Place, upper: Numeral, first: Draft | None) -> Draft | None:
    return weather.upper(place, upper, first) if place.words.verbs_last else None


def _moves(place: Place, at: int, end: int) -> bool:
    """1%から3%に増えた is a change and no range."""
    worded = place.text[at : at + 1] in ("か", "에", "부")
    return worded and verbs_last.moves(place, end, far=True)


def _joins(
    place: Place, numeral: Numeral, upper: Numeral, last: Draft | None, *, dash: bool
) -> bool:
    text = place.text
    if last is None and not (numeral.arabic and (dash or upper.multiplier)):
        return False
    if not dash and text[max(0, numeral.start - 3) : numeral.start].rstrip()[-1:] in _FROM:
        end = upper.end if last is None else last.core_end
        own = place.words.unit_at(text, numeral.end) or text[numeral.end] in "%％"
        if own and not _SPREAD.match(text, end):
            return False
    return not (text[upper.end : upper.end + 1] in ("-", "—") or (numeral.value < 0 and not last))


def _upper(place: Place, at: int, lower: Numeral) -> Numeral | None:
    text = place.text
    if (
        text[at] not in place.words.numeral_letters
        or (text[at] in place.words.arabic) != lower.arabic
    ):
        return None
    upper = numerals.read(place.words, text, at)
    if upper is None or upper.value.is_nan() or upper.value < shared(lower, upper).value:
        return None
    return upper


def shared(lower: Numeral, upper: Numeral) -> Numeral:
    """`lower` with the 万 or 亿 of `upper` when it was written only once (3到5亿)."""
    if lower.multiplier or not upper.multiplier:
        return lower
    if lower.value >= upper.value.scaleb(-upper.multiplier):
        return lower
    return lower._replace(value=lower.value.scaleb(upper.multiplier), multiplier=upper.multiplier)


def _draft(numeral: Numeral, upper: Numeral, first: Draft | None, last: Draft | None) -> Draft:
    lower = shared(numeral, upper)
    start = numeral.start if first is None else first.core_start
    end = upper.end if last is None else last.core_end
    draft = Draft(start, end, numeral.start, upper.end, "range", lower.value, "range")
    draft.value_high, draft.comparator = upper.value, "range"
    draft.decimals, draft.multiplier = upper.decimals, lower.multiplier
    if last is not None:
        draft.unit, draft.unit_name = last.unit, last.unit_name
        if first is not None and first.value is not None:
            draft.value = first.value
        elif last.value is not None and last.value != upper.value:
            draft.value = lower.value * (last.value / upper.value)
        draft.value_high = last.value
    return draft
