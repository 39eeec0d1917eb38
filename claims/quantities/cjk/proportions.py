"""Parts, scores and multiples in Japanese and Korean: 5人に1人, 5명 중 1명, 3対1, 두 배."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import korean_numerals, numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_OF = {"ja": re.compile(r"に|のうち|中"), "ko": re.compile(r"\s?(?:중|가운데)\s?")}
# A part of these round numbers is a share; 12명 중 7명 are twelve people and seven.
_ROUND = frozenset({10, 100, 1000})
# 4人に3人 is a share; 25人に20人 hardly.
_FEWEST_PEOPLE = 20
_PARTS = re.compile(
    r"\s?분의\s?(?:(?P<digits>[0-9]{1,9}(?:\.[0-9]{1,9})?)|(?P<spelled>[일이삼사오육칠팔구십백천]{1,12}))"
)
_VERSUS = {
    "ja": re.compile(r"\s?(?:対|－|-|―|–|—|:|：)\s?(?P<other>[0-9０-９]{1,3})(?![0-9０-９.．:：])"),
    "ko": re.compile(r"\s?(?:대|-|–|—|:)\s?(?P<other>[0-9]{1,3})(?![0-9.:])"),
}
_RATIO_SIGNS = "対대"
_CONTEST = re.compile(
    "勝|敗|破っ|破り|下し|引き分|サヨナラ|決勝|試合|制し|先制|同点|逆転|スコア|ドロー|退け|白星|黒星"
    "|이겼|이긴|졌|패|꺾|승리|승부|비겼|눌렀|누르|제압|무승부|완파|역전|물리|결승|승을"
)
_WINDOW = 24
_HIGHEST_SCORE = 199
_TIMES = re.compile(
    r"\s?배(?=$|[^가-힣]|[로가는의를나]|이상|이하|가량|정도|까지|에|넘|늘|증|많|높|커|수준)"
)
_BLANKS = " \u3000"


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A part, a score, a ratio or a multiple whose first numeral is `numeral`."""
    return (
        _fraction(place, numeral)
        or _part(place, numeral)
        or _contest(place, numeral)
        or _multiple(place, numeral)
    )


def _fraction(place: Place, numeral: Numeral) -> Draft | None:
    """3분의 1, whose 1 takes no 만 and no 조 from the word behind it (3분의 1만, 1조각)."""
    match = _PARTS.match(place.text, numeral.end) if place.words.lang == "ko" else None
    if match is None or not numeral.value:
        return None
    spelled = match["spelled"]
    upper = korean_numerals.sino(spelled) if spelled else Decimal(match["digits"])
    if upper is None:
        return None
    end, value = match.end(), Decimal(upper) / numeral.value
    return Draft(numeral.start, end, numeral.start, end, "fraction", value, "fraction")


def _part(place: Place, numeral: Numeral) -> Draft | None:
    """One of so many: both numerals count the same."""
    text, words = place.text, place.words
    at = numeral.end + (text[numeral.end : numeral.end + 1] in _BLANKS and numeral.end < len(text))
    unit = words.unit_at(text, at)
    if unit is None or unit[1].kind != "count":
        return None
    joint = _OF[words.lang].match(text, unit[0])
    part = None if joint is None else _next(place, joint.end())
    if (
        joint is None
        or part is None
        or not text.startswith((text[at : unit[0]], " " + text[at : unit[0]]), part.end)
    ):
        return None
    if not 0 < part.value < numeral.value or not _is_a_share(numeral, part, text[joint.start()]):
        return None
    end = part.end + unit[0] - at + (text[part.end] == " ")
    value = part.value / numeral.value
    return Draft(numeral.start, end, numeral.start, end, "fraction", value, "one-of")


def _is_a_share(numeral: Numeral, part: Numeral, joint: str) -> bool:
    if part.value == 1 or numeral.value in _ROUND:
        return True
    return joint == "に" and numeral.value < _FEWEST_PEOPLE


def _next(place: Place, at: int) -> Numeral | None:
    text, words = place.text, place.words
    if at >= len(text):
        return None
    if words.lang == "ko" and text[at] not in words.arabic:
        return korean_numerals.read(words, text, at)
    if text[at] not in words.numeral_letters:
        return None
    numeral = numerals.read(words, text, at)
    return None if numeral is None or numeral.value.is_nan() else numeral


def _contest(place: Place, numeral: Numeral) -> Draft | None:
    """3対1 is a score where somebody won or lost, and a ratio elsewhere; 2-1 only a score."""
    text = place.text
    match = _VERSUS[place.words.lang].match(text, numeral.end)
    if match is None or not numeral.arabic or numeral.decimals or numeral.multiplier:
        return None
    other = int(match["other"])
    if not 0 <= numeral.value <= _HIGHEST_SCORE or other > _HIGHEST_SCORE:
        return None
    draft = Draft(numeral.start, match.end(), numeral.start, match.end(), "ratio", None, "ratio")
    window = text[max(0, numeral.start - _WINDOW) : match.end() + _WINDOW]
    if _CONTEST.search(window) is not None and place.words.unit_at(text, match.end()) is None:
        draft.kind, draft.rule, draft.reason = "score", "score", "a score is two numbers"
        return draft
    if match.group().strip()[0] not in _RATIO_SIGNS or not other:
        return None
    draft.value = numeral.value / other
    return draft


def _multiple(place: Place, numeral: Numeral) -> Draft | None:
    if place.words.lang != "ko":
        return None
    match = _TIMES.match(place.text, numeral.end)
    if match is None:
        return None
    draft = Draft(
        numeral.start, match.end(), numeral.start, numeral.end, "multiple", numeral.value, "times"
    )
    draft.unit = draft.unit_name = "times"
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    return draft
