"""Scores of a match or a vote: 3比1, 102:98, 21-18; and pairs of readings such as 180/110."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_JOINT = re.compile(r"\s?(?:[:：∶]|比)\s?")
_DASH = re.compile(r"[-–—－](?=[0-9０-９])")
_CONTEST = re.compile(
    r"胜|勝|击败|擊敗|不敌|不敵|负于|負於|战平|戰平|逆转|逆轉|比分|平局|打平|逼平|输给|輸給|赢|贏|赞成|反对|票"
    r"|横扫|橫掃|力克|战胜|大胜|惜败|惜敗|落败|落敗|淘汰|领先|領先|扳平|扳成|首节|半场|半場|决赛|局|射门|零封|完胜|轻取"
)
_SHARE = re.compile(r"比例|比率|之比|比重|配比|比为|比约|化比|性别比|性別比|汇率|匯率")
_WINDOW = 14
_SET_WINDOW = 30
_HIGHEST = 199
_PAIR = re.compile(r"([0-9]{2,3})\s?[/／]\s?([0-9]{2,3})\s?(?:毫米汞柱|mmHg|毫米水银柱)")
# What may follow the first number of a score.
STARTS = frozenset(" :：∶比-–—－/／")


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A score or a ratio whose first number is `numeral`."""
    return pair(place, numeral) or _colon(place, numeral) or _set(place, numeral)


def pair(place: Place, numeral: Numeral) -> Draft | None:
    """血压180/110毫米汞柱 is two readings and no fraction."""
    match = _PAIR.match(place.text, numeral.start) if numeral.arabic else None
    if match is None:
        return None
    draft = Draft(numeral.start, match.end(), numeral.start, match.end(2), "pair", None, "pair")
    draft.reason = "two readings"
    return draft


def _colon(place: Place, numeral: Numeral) -> Draft | None:
    text = place.text
    match = _JOINT.match(text, numeral.end)
    if match is None:
        return None
    other = _other(place, match.end())
    if other is None or other.arabic != numeral.arabic:
        return None
    share = _SHARE.search(text, max(0, numeral.start - _WINDOW), numeral.start) is not None
    follower = text[other.end : other.end + 1]
    contest = not share and _is_contest(place, numeral, other)
    if not share:
        if not 0 <= numeral.value <= _HIGHEST or not 0 <= other.value <= _HIGHEST:
            return None
        if numeral.decimals or (follower and follower in ":："):
            return None
        if not contest and place.words.unit_at(text, other.end) is not None:
            return None
    return _draft(numeral, other, contest=contest)


def _set(place: Place, numeral: Numeral) -> Draft | None:
    """21-18 in a sentence about a match."""
    match = _DASH.match(place.text, numeral.end) if numeral.arabic else None
    if match is None or numeral.decimals or numeral.multiplier:
        return None
    other = _other(place, match.end())
    if other is None or other.decimals or other.multiplier:
        return None
    if not 0 <= numeral.value <= _HIGHEST or other.value > _HIGHEST:
        return None
    text = place.text
    if text[other.end : other.end + 1] in ("-", "—") or place.words.unit_at(text, other.end):
        return None
    if text[numeral.start - 1 : numeral.start] in ("-", "—"):
        return None
    chained = bool(place.found) and place.found[-1].kind == "score"
    window = text[max(0, numeral.start - _SET_WINDOW) : other.end + _SET_WINDOW]
    if not chained and _CONTEST.search(window) is None:
        return None
    return _draft(numeral, other, contest=True)


def _is_contest(place: Place, numeral: Numeral, other: Numeral) -> bool:
    if place.found and place.found[-1].kind == "score":
        return True
    window = place.text[max(0, numeral.start - _WINDOW) : other.end + _WINDOW]
    return _CONTEST.search(window) is not None


def _other(place: Place, at: int) -> Numeral | None:
    text, words = place.text, place.words
    if at >= len(text) or text[at] not in words.numeral_letters:
        return None
    found = numerals.read(words, text, at)
    return None if found is None or found.value.is_nan() else found


def _draft(numeral: Numeral, other: Numeral, *, contest: bool) -> Draft | None:
    draft = Draft(numeral.start, other.end, numeral.start, other.end, "ratio", None, "ratio")
    if contest:
        draft.kind, draft.rule, draft.reason = "score", "score", "a score is two numbers"
        return draft
    if not other.value:
        return None
    draft.value = numeral.value / other.value
    return draft
