"""Intervals in Japanese: 20より大きく35以下, 10から20, 10番目以上15番目未満の間, 最大700."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from claims.quantities import cjk
from claims.quantities.narrow import numbers_japanese
from claims.quantities.narrow.bounds import Bound, of_sense, rounded

JOINT = re.compile(r"\s*(?:同時に|そして|かつ|又は|又|また|が|て|で|、|,|，|\s)*\s*")
if TYPE_CHECKING:
    from claims.quantities.numeral import Numeral

_UNIT = r"(?:番目|個|人|歳|円|回|メートル|パーセント|%|％|点|名|件|台)?"
_MORE = r"(?:大き|多|高|長|重|上回)"
_LESS = r"(?:小さ|少な|低|短|軽|下回)"
# Words behind the number; the longer ones first.
_AFTER = (
    (
        rf"{_UNIT}(?:より{_MORE}いか等しい|かそれ以上|もしくはそれ以上|[、,]?\s?あるいは以上|以上)",
        "at_least",
    ),
    (
        rf"{_UNIT}(?:より{_LESS}いか等しい|かそれ以下|もしくはそれ以下|[、,]?\s?あるいは以下|以下|以内)",
        "at_most",
    ),
    (rf"{_UNIT}より{_MORE}くな(?:く|い)", "at_most"),
    (rf"{_UNIT}より{_LESS}くな(?:く|い)", "at_least"),
    (rf"{_UNIT}(?:より(?:も)?{_MORE}(?:くて|い|く|る)?|を?(?:超え|上回)(?:る|た)?|超)", "over"),
    (
        rf"{_UNIT}(?:より(?:も)?{_LESS}(?:くて|い|く|る)?|未満|を?下回(?:る|った)?|までもない|に満たない)",
        "under",
    ),
    (r"に等しい|と等しい", "exactly"),
)
_AFTERS = tuple((re.compile(rf"\s?(?:{words})"), sense) for words, sense in _AFTER)
_BEFORE = (
    (r"最小|少なくとも|大なりイコール|最低|>=|≥", "at_least"),
    (r"最大|多くて|多くとも|小なりイコール|小さいイコール|最高|<=|≤", "at_most"),
    (r"大なり|>|＞", "over"),
    (r"小なり|<|＜", "under"),
    (r"イコール|=|＝", "exactly"),
)
_BEFORES = tuple((re.compile(rf"(?:{words})\s?\Z"), sense) for words, sense in _BEFORE)
_JOIN = re.compile(rf"{_UNIT}\s?(?:から|と|[~～〜\-－–—])\s?(?:第|約)?")
_END = re.compile(rf"{_UNIT}(?P<word>まで|の間|の中|の範囲|未満|以下)?")
_REACH = 12
_BETWEEN = re.compile(r"の間")


class _Found(NamedTuple):
    """A numeral with the start it has when 第 stands before it."""

    start: int
    numeral: Numeral


def bounds(text: str, lang: str) -> list[Bound]:
    """The intervals of `text` before neighbours are joined."""
    words = cjk.vocabulary(lang)
    found = [
        _Found(numeral.start - (text[numeral.start - 1 : numeral.start] == "第"), numeral)
        for numeral in numbers_japanese.every_numeral(words, text)
    ]
    result: list[Bound] = []
    index = 0
    while index < len(found):
        floor = result[-1].end if result else 0
        pair = _pair(text, found[index], found[index + 1]) if index + 1 < len(found) else None
        if pair is not None:
            result.append(pair)
            index += 2
            continue
        bound = _single(text, found[index].numeral, floor)
        if bound is not None:
            result.append(_between(text, result, bound))
        index += 1
    return result


def _between(text: str, result: list[Bound], bound: Bound) -> Bound:
    """以上 … 未満の間: the words that close an interval belong to its upper bound."""
    match = _BETWEEN.match(text, bound.end)
    if match is None or not result or result[-1].end != bound.start or bound.high is None:
        return bound
    return bound._replace(end=match.end())


def _pair(text: str, first: _Found, second: _Found) -> Bound | None:
    """Two numbers that から, ~ or と … の間 joins."""
    match = _JOIN.match(text, first.numeral.end)
    if match is None or match.end() not in (second.numeral.start, second.numeral.start + 1):
        return None
    low, high = first.numeral.value, second.numeral.value
    if match.end() == second.numeral.start + 1:
        high = abs(high)
    end = _END.match(text, second.numeral.end)
    word = end["word"] if end is not None else None
    dashed = not {"から", "と"} & {
        match.group().strip("第約 ")[-2:],
        match.group().strip("第約 ")[-1:],
    }
    if "と" in match.group() and word not in ("の間", "の中"):
        return None
    if dashed and (_is_code(text, second.numeral) or _is_date(text, second.numeral)):
        return None
    if low >= high:
        return None
    stop = second.numeral.end if word is None or end is None else end.end()
    return Bound(first.start, stop, low, high, low_closed=True, high_closed=word == "以下")


def _is_code(text: str, numeral: Numeral) -> bool:
    """1995-01 and 1-2-3 are codes."""
    written = text[numeral.start : numeral.end].lstrip("-－")
    further = text[numeral.end : numeral.end + 1] in ("-", "－", "—")
    return further or (written.startswith(("0", "０")) and len(written) > 1)


def _is_date(text: str, numeral: Numeral) -> bool:
    return text[numeral.end : numeral.end + 1] in ("月", "日", "年")


def _single(text: str, numeral: Numeral, floor: int) -> Bound | None:
    window = max(floor, numeral.start - _REACH)
    for pattern, sense in _BEFORES:
        match = pattern.search(text, window, numeral.start)
        if match is not None:
            return of_sense((match.start(), numeral.end), sense, numeral.value)
    for pattern, sense in _AFTERS:
        match = pattern.match(text, numeral.end)
        if match is not None:
            return of_sense((numeral.start, match.end()), sense, rounded(numeral.value))
    return None
