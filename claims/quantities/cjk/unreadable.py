"""What looks like a figure and cannot be read: a mention without a value that says why."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_D = "0-9０-９"
# The bounds keep a megabyte of separators cheap.
_TORN = re.compile(rf"[{_D}]{{1,40}}(?:[,，][{_D}]{{1,40}}){{1,12}}(?:[.．][{_D}]{{1,40}})?")
_VERSION = re.compile(rf"[{_D}]{{1,12}}(?:[.．][{_D}]{{1,12}}){{2,12}}")
_POWER = re.compile(
    rf"\s?\^\s?[+\-]{{0,4}}[{_D}]{{1,12}}|的[负負]?(?:[{_D}]{{1,12}}|[一二三四五六七八九十百]{{1,6}})次[方幂冪]"
)
_SEPARATORS = frozenset(",，.．")
_GROUP = 3
TOO_LONG = "longer than any figure"
POWER = "a power"
TORN = "separators in the wrong places"
NOTHING = "divided by nothing"


def read(place: Place, numeral: Numeral) -> int:
    """Notes what cannot be read at `numeral`; the end of it, or 0 when the numeral is sound."""
    text, end = place.text, numeral.end
    after = text[end : end + 1]
    if numeral.value.is_nan():
        scaled = text[end - 1] in place.words.myriads
        return (
            _mention(place, numeral.start, end, TOO_LONG)
            or (scaled and note(place, numeral.start, end, TOO_LONG))
            or end
        )
    if after in _SEPARATORS and after and text[end + 1 : end + 2] in place.words.arabic:
        return _torn(place, numeral) if numeral.arabic else 0
    if after in ("^", "的", " "):
        match = _POWER.match(text, end)
        if match is not None:
            return note(place, numeral.start, match.end(), POWER)
    return 0


def _torn(place: Place, numeral: Numeral) -> int:
    """1,0000,00元 is no amount; 1,2,3 is a list; 3.10.2 is a version."""
    version = _VERSION.match(place.text, numeral.start)
    if version is not None:
        return version.end()
    match = _TORN.match(place.text, numeral.start)
    if match is None:
        return 0
    groups = re.split("[,，]", re.split("[.．]", match.group())[0])
    if not any(len(part) > _GROUP or (part[0] in "0０" and len(part) > 1) for part in groups[1:]):
        return 0
    return _mention(place, numeral.start, match.end(), TORN) or match.end()


def _mention(place: Place, start: int, end: int, reason: str) -> int:
    """Only what has a unit was meant as a figure; long digits alone are a code."""
    text, words = place.text, place.words
    unit = words.unit_at(text, end)
    if unit is not None:
        draft = Draft(start, unit[0], start, end, unit[1].kind, None, "unreadable")
        draft.unit, draft.unit_name, draft.reason = unit[1].symbol, unit[1].name, reason
        return place.add(draft)
    if text[end : end + 1] in ("%", "％"):
        draft = Draft(start, end + 1, start, end, "percentage", None, "unreadable", "%", "percent")
        draft.reason = reason
        return place.add(draft)
    return 0


def note(place: Place, start: int, end: int, reason: str, kind: str = "number") -> int:
    """Adds a mention without a value."""
    draft = Draft(start, end, start, end, kind, None, "unreadable")
    draft.reason = reason
    return place.add(draft)
