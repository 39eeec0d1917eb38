"""Intervals in Chinese and Japanese: 大于二十的同时小于等于三十五, 20~100, 五百以上."""

import re
from decimal import Decimal

from claims.quantities import cjk
from claims.quantities.narrow import numbers
from claims.quantities.narrow.bounds import Bound, of_sense
from claims.quantities.numeral import Numeral

JOINT = re.compile(r"[\s的]*(?:同时|并且|而且|但是|并|且|而|但|又|和|及|与|，|,|、|；)*\s*")

_BEFORE = (
    (
        r"(?:大于|大於|多于|高于|超过|超過)或?者?(?:等于|等於)|>=|≥|＞＝|至少|最少|最低|不少于|不小于|不低于|不少於|起码",
        "at_least",
    ),
    (
        r"(?:小于|小於|少于|低于)或?者?(?:等于|等於)|<=|≤|＜＝|至多|最多|最高|不超过|不超過|不多于|不大于|不高于",
        "at_most",
    ),
    (r"大于|大於|多于|多於|高于|高於|超过|超過|超出|>|＞|逾|大過", "over"),
    (r"小于|小於|少于|少於|低于|低於|不足|不到|<|＜", "under"),
    (r"等于|等於|=|＝", "exactly"),
)
_LEADS = tuple(
    (re.compile(rf"(?:{words})(?:了|是|有|为|為|达|达到|到)?\s*(?:百分之)?\Z"), sense)
    for words, sense in _BEFORE
)
_THAN = re.compile(r"比\s*\Z")
_DEGREE = re.compile(r"\s*(?:(?:更)?(?P<over>大|多|高)|(?P<under>小|少|低))")
_AFTER = re.compile(
    r"\s*(?:(?P<at_least>(?:及|或|或者)以上)|(?P<over>以上|之上)|(?P<at_most>(?:及|或|或者)以下)|(?P<under>以下|之下|以内|之内))"
)
_JOIN = re.compile(r"\s*(?:[-~～—–－]|到|至|和|与|與|及|、)\s*")
_OPEN = re.compile(r"(?:位于|处于|介于|在|从|從|自|由)\s*\Z")
_BETWEEN = re.compile(r"\s*(?:之间|之間|间|間|中间)")
_ODD = re.compile(r"\s*(?:[多余餘几幾来]|有余)\s?(?=[万亿萬億]|$|[^0-9])")
_REACH = 10


def bounds(text: str, lang: str) -> list[Bound]:
    """The intervals of `text` before neighbours are joined."""
    words = cjk.vocabulary(lang)
    found = numbers.numerals_of(words, text)
    result: list[Bound] = []
    index = 0
    while index < len(found):
        numeral = found[index]
        floor = result[-1].end if result else 0
        pair = _pair(text, numeral, found[index + 1], floor) if index + 1 < len(found) else None
        if pair is not None:
            result.append(pair)
            index += 2
            continue
        bound = _single(text, numeral, floor)
        if bound is not None:
            result.append(bound)
        index += 1
    return result


def _pair(text: str, first: Numeral, second: Numeral, floor: int) -> Bound | None:
    """Two numerals with 到, ~ or 和 … 之间 between them."""
    match = _JOIN.match(text, first.end)
    if match is None or (match.end() != second.start and match.end() != second.start + 1):
        return None
    if (
        text[second.end : second.end + 1] in ("-", "—")
        and text[second.end + 1 : second.end + 2].isdigit()
    ):
        return None
    high = abs(second.value) if match.end() == second.start + 1 else second.value
    between = _BETWEEN.match(text, second.end)
    if between is None and match.group().strip() in ("和", "与", "與", "及", "、"):
        return None
    if first.value >= high or _is_date(text, second):
        return None
    opening = _OPEN.search(text, max(floor, first.start - 3), first.start)
    start = first.start if opening is None else opening.start()
    if opening is not None and opening.group().strip() == "在" and between is None:
        start = first.start
    end = second.end if between is None else between.end()
    return Bound(start, end, first.value, high, low_closed=True)


def _is_date(text: str, numeral: Numeral) -> bool:
    return text[numeral.end : numeral.end + 1] in ("月", "日", "年") or (
        text[numeral.start] == "0" and numeral.end - numeral.start > 1
    )


def _single(text: str, numeral: Numeral, floor: int) -> Bound | None:
    window = max(floor, numeral.start - _REACH)
    for pattern, sense in _LEADS:
        match = pattern.search(text, window, numeral.start)
        if match is not None:
            return of_sense((match.start(), numeral.end), sense, numeral.value)
    than = _THAN.search(text, window, numeral.start)
    degree = _DEGREE.match(text, numeral.end)
    if than is not None and degree is not None:
        sense = "over" if degree["over"] else "under"
        return of_sense((than.start(), degree.end()), sense, numeral.value)
    after = _AFTER.match(text, numeral.end)
    if after is not None and after.lastgroup is not None:
        return of_sense((numeral.start, after.end()), after.lastgroup, numeral.value)
    if numeral.odd:
        return of_sense((numeral.start, numeral.end), "over", Decimal(numeral.value))
    return None
