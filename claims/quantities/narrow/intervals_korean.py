"""Intervals in Korean: 100보다 크고 300보다 작다, 50 이하, 20 이상, 20과 30 사이."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities import cjk
from claims.quantities.narrow import numbers_korean
from claims.quantities.narrow.bounds import Bound, of_sense, rounded

if TYPE_CHECKING:
    from claims.quantities.numeral import Numeral

JOINT = re.compile(r"\s*(?:고|거나|에서|이며|[,，])?\s*")

_UNIT = r"(?:\s?(?:번째|등|위|점|개|명|살|세|원|퍼센트|%))?"
_MORE = r"(?:크|높|많|길|넘)"
_LESS = r"(?:작|낮|적|짧)"
_END = r"(?:다|은|을|아|고|거나|는다|는)?"
_THAN = rf"{_UNIT}\s?보다는?\s?"
_OR_THAN = rf"{_UNIT}(?:이거나|과 같거나)\s?그보다\s?"
_AFTER = (
    (rf"{_THAN}{_MORE}거나 같{_END}|{_OR_THAN}{_MORE}{_END}", "at_least"),
    (rf"{_UNIT}\s?이상|과 같거나 큰|\s?>=", "at_least"),
    (rf"{_THAN}{_LESS}거나 같{_END}|{_OR_THAN}{_LESS}{_END}", "at_most"),
    (rf"{_UNIT}\s?이[하내]|과 같거나 작은|에 달하는|\s?<=", "at_most"),
    (rf"{_THAN}{_MORE}(?:다|은|거나|고)", "over"),
    (rf"{_UNIT}\s?초과|{_UNIT}[이을를]?\s?넘(?:는다|는|었다|게)?", "over"),
    (rf"{_THAN}{_LESS}(?:다|은|거나|고)|{_UNIT}\s?미만|\s?밑", "under"),
    (r"(?:과|와) 같(?:다)?", "exactly"),
)
_AFTERS = tuple((re.compile(f"(?:{words})"), sense) for words, sense in _AFTER)
_BEFORE = (
    (r"최소|적어도|>=|≥", "at_least"),
    (r"최대|많아야|<=|≤", "at_most"),
    (r"정확히", "exactly"),
    (r">", "over"),
    (r"(?<!=)<", "under"),
)
_BEFORES = tuple((re.compile(rf"(?:{words})\s?\Z"), sense) for words, sense in _BEFORE)
_JOIN = re.compile(rf"{_UNIT}\s?(?:에서부터|에서|부터|과|와|[~∼〜–—-])\s?")
_BETWEEN = re.compile(rf"{_UNIT}\s?(?P<word>사이|까지)")
_REACH = 8


def bounds(text: str, lang: str) -> list[Bound]:
    """The intervals of `text` before neighbours are joined."""
    found = numbers_korean.every_numeral(cjk.vocabulary(lang), text)
    result: list[Bound] = []
    index = 0
    while index < len(found):
        floor = result[-1].end if result else 0
        pair = _pair(text, found[index], found[index + 1]) if index + 1 < len(found) else None
        if pair is not None:
            result.append(pair)
            index += 2
            continue
        bound = _single(text, found[index], floor)
        if bound is not None:
            result.append(bound)
        index += 1
    return result


def _pair(text: str, first: Numeral, second: Numeral) -> Bound | None:
    """Two numbers with 에서 … 까지, 과 … 사이 or a dash between them."""
    match = _JOIN.match(text, first.end)
    if match is None or match.end() != second.start or first.value >= second.value:
        return None
    between = _BETWEEN.match(text, second.end)
    dashed = match.group().strip()[-1:] in "~∼〜–—-"
    if between is None and not dashed:
        return None
    if dashed and (text[second.end : second.end + 1] == "-" or text[second.start] == "0"):
        return None
    end = second.end if between is None else between.end()
    return Bound(first.start, end, first.value, rounded(second.value), low_closed=True)


def _single(text: str, numeral: Numeral, floor: int) -> Bound | None:
    window = max(floor, numeral.start - _REACH)
    for pattern, sense in _BEFORES:
        match = pattern.search(text, window, numeral.start)
        if match is not None:
            unit = re.compile(_UNIT).match(text, numeral.end)
            closed = unit is not None and sense != "exactly"
            end = unit.end() if unit is not None and closed else numeral.end
            return of_sense((match.start(), end), sense, numeral.value)
    best: Bound | None = None
    for pattern, sense in _AFTERS:
        match = pattern.match(text, numeral.end)
        if match is not None and (best is None or match.end() > best.end):
            best = of_sense((numeral.start, match.end()), sense, rounded(numeral.value))
    return best
