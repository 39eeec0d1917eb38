"""Degrees and tremors as Japanese and Korean write them: 氷点下12度, 영하 5도, 震度5強."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_DEGREES = ("度", "도")
_BELOW = re.compile(r"(?:氷点下|零下|マイナス|영하|마이너스)\s?\Z")
_ABOVE = re.compile(r"(?:プラス|영상)\s?\Z")
_SCALE = re.compile(r"(?:(?P<celsius>摂氏|セ氏|섭씨)|(?P<fahrenheit>華氏|カ氏|화씨))\s?\Z")
_WARM = re.compile(
    "温|熱|冷|暖|寒|暑|気候|真夏|猛暑|기온|온도|수온|체온|더위|추위|한파|폭염|섭씨|낮|아침"
)
_ANGLE = re.compile("角|傾|緯|経|斜|回転|각도|경사|위도|경도")
_TREMOR = re.compile(r"(?:最大|최대)?\s?(?P<scale>震度|진도)\s?\Z")
_HALVES = {"強": "upper", "弱": "lower", "강": "upper", "약": "lower"}
_REACH = 20
# How far behind the degrees the weather may be named: 37.5度以上の発熱.
_AHEAD = 6
_BLANKS = " \u3000"


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A temperature, a number of times (ja: 2度) or an intensity on the Japanese scale."""
    return _tremor(place, numeral) or _degrees(place, numeral)


def _tremor(place: Place, numeral: Numeral) -> Draft | None:
    text = place.text
    match = _TREMOR.search(text, max(place.free, numeral.start - 7), numeral.start)
    if match is None:
        return None
    draft = Draft(
        match.start(),
        numeral.end,
        numeral.start,
        numeral.end,
        "dimension",
        numeral.value,
        "tremor",
    )
    draft.unit = draft.unit_name = match["scale"]
    draft.decimals = numeral.decimals
    half = _HALVES.get(text[numeral.end : numeral.end + 1])
    if half is not None:
        draft.qualifier, draft.core_end = half, numeral.end + 1
    return draft


def _degrees(place: Place, numeral: Numeral) -> Draft | None:
    """Degrees are Celsius in the weather; a bare 度 elsewhere counts times."""
    text, at = place.text, numeral.end
    if text[at : at + 1] in _BLANKS:
        at += 1
    if text[at : at + 1] not in _DEGREES or place.words.unit_at(text, at) is None:
        return None
    end, unit = place.words.unit_at(text, at) or (at, None)
    if unit is None or unit.symbol != "°":
        return None
    start, value = numeral.start, numeral.value
    floor = max(place.free, start - _REACH)
    sign = _BELOW.search(text, floor, start) or _ABOVE.search(text, floor, start)
    if sign is not None:
        start = sign.start()
        value = -abs(value) if _BELOW.search(text, floor, sign.end()) else value
    scale = _SCALE.search(text, floor, start)
    if scale is not None:
        start = scale.start()
    elif (
        sign is None
        and value >= 0
        and _WARM.search(text, max(0, start - _REACH), end + _AHEAD) is None
    ):
        return _turns(place, numeral, end)
    hot = scale is not None and scale["fahrenheit"] is not None
    draft = Draft(start, end, numeral.start, numeral.end, "temperature", value, "degrees")
    draft.unit, draft.unit_name = ("°F", "fahrenheit") if hot else ("°C", "celsius")
    draft.decimals = numeral.decimals
    return draft


def upper(place: Place, numeral: Numeral, first: Draft | None) -> Draft | None:
    """The upper end of a range: degrees of the scale that the lower end was read in."""
    draft = read(place, numeral)
    if draft is None or first is None or first.kind != "temperature" or draft.unit == "°F":
        return draft
    draft.kind, draft.unit, draft.unit_name = first.kind, first.unit, first.unit_name
    return draft


def below_zero(place: Place, draft: Draft) -> None:
    """氷点下2〜3度: the word before both ends turns them round."""
    match = _BELOW.search(place.text, max(place.free, draft.core_start - 5), draft.core_start)
    low, high = draft.value, draft.value_high
    if match is None or draft.unit not in ("°C", "°", "度") or low is None or high is None:
        return
    draft.value, draft.value_high, draft.core_start = -high, -low, match.start()
    draft.unit, draft.unit_name = "°C", "celsius"


def _turns(place: Place, numeral: Numeral, end: int) -> Draft | None:
    text = place.text
    if place.words.lang != "ja" or numeral.decimals:
        return None
    if _ANGLE.search(text, max(0, numeral.start - _REACH), end + 4) is not None:
        return None
    draft = Draft(numeral.start, end, numeral.start, numeral.end, "count", numeral.value, "turns")
    draft.unit = draft.unit_name = "度"
    return draft
