"""Numbers that name something (iPhone 15, H100, 5号线) and bare numbers that count something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_RUN = re.compile(r"[0-9A-Za-z]+(?:[-.+][0-9A-Za-z]+)*")
_MODEL = re.compile(r"[0-9]+(?:[.-][0-9]+)*[A-Za-z][0-9A-Za-z]*(?:[-.][0-9A-Za-z]+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*[ \u3000\xa0]{1,2}\Z")
_NAME_REACH = 24
_IDIOM_PAIRS = frozenset(
    (
        "七八",
        "三四",
        "千万",
        "千萬",
        "百千",
        "千百",
        "九一",
        "一二",
        "一半",
        "半半",
        "四八",
        "五六",
        "三两",
        "三兩",
        "三五",
        "一一",
        "四五",
        "百万",
    )
)
# In these both numerals count: 三男四女, 一死一伤, 一人一票.
_COUNTED_PAIRS = frozenset(
    "男女死伤傷胜勝负負平败敗金银銀铜銅个個名人位家次年月日天元角分米票岁歲室厅廳卫衛层層艘架辆輛台臺颗枚集章节節楼樓块塊條条"
)
_JOINING = frozenset("分又比成至到或和与、，")
_FORMAL_UNITS = frozenset("元圆圓整角分")
# 4×100米接力 is the name of an event.
_CROSS = frozenset("×xX*✕")
# 95后 are people born in a decade.
_BORN = re.compile(r"(?:[0-9０-９][05０５]|[五六七八九零〇][五零〇])\s?[后後](?![天来期续])")
_PHONE = re.compile(
    r"(?:0[0-9]{2,3}|[48]00)[-－— ][0-9]{3,4}[-－— ]?[0-9]{3,5}(?![0-9])"
    r"|1[3-9][0-9]-?[0-9]{4}-?[0-9]{4}(?![0-9])"
)
_GENERATION = re.compile(r"[2-6]G(?![A-Za-z0-9])|[248][kK](?![A-Za-z0-9])")
_MOBILE_DIGITS = 11
# What follows the digits of such a name.
NAME_FOLLOWERS = frozenset("-－— 后後号號汽柴無无#gGkK")
# “618” is the name of a day.
_OPENING = frozenset('“‘"「『《')
_CLOSING = frozenset('”’"」』》')
_PAY = re.compile(r"薪|工资|收入|元|价|價|奖|獎")
_PLATE = re.compile(r"(?:89|92|95|98|0)\s?(?:号|號)?(?:汽油|柴油|無鉛|无铅|#)")
# A number in Chinese letters below this, without a unit, is mostly part of a word.
_SMALLEST_WORDED = 100
_SMALLEST_ROUND = 10
_MORE = frozenset("多余餘")
# Codes are long runs of digits without separators.
_CODE_DIGITS = 6


def idiom(place: Place) -> int:
    """七嘴八舌 and 千山万水: four letters, a pair of numerals, and nothing that is counted."""
    text, at, words = place.text, place.at, place.words
    if text[at : at + 1] + text[at + 2 : at + 3] not in _IDIOM_PAIRS:
        return 0
    if text[at + 1] in words.point or text[at + 1] in _JOINING:
        return 0
    second, fourth = text[at + 1 : at + 2], text[at + 3 : at + 4]
    for letter in (second, fourth):
        if not letter or letter in words.numeral_letters or letter in _COUNTED_PAIRS:
            return 0
        if not "\u4e00" <= letter <= "\u9fff":
            return 0
    return at + 4


def formal(place: Place) -> int:
    """陆, 伍, 参 and 肆 begin names and verbs unless a scale or money stands behind them."""
    text, at, words = place.text, place.at, place.words
    if place.letter not in words.formal or (text[at - 1 : at] in words.numeral_letters and at):
        return 0
    follower = text[at + 1 : at + 2]
    if follower and (
        follower in words.places or follower in words.myriads or follower in _FORMAL_UNITS
    ):
        return 0
    return 0 if place.narrow else at + 1


def letters_before(place: Place) -> int:
    """The end of a run such as H100 or COVID-19; 0 when the digit at hand starts a number."""
    text, at = place.text, place.at
    if not at:
        return 0
    before = text[at - 1]
    if before == "." and at > 1 and text[at - 2].isascii() and text[at - 2].isalpha():
        before = text[at - 2]
    elif before in "-–" and at > 1:
        before = text[at - 2]
        if not (before.isascii() and before.isalpha()):
            return 0
    if before != "_" and not (before.isascii() and before.isalpha()):
        return 0
    prefix = place.words.prefixes.before(text, at)
    if prefix is not None:
        first = text[prefix[0] - 1 : prefix[0]]
        if not (first.isascii() and first.isalnum()):
            return 0
    match = _RUN.match(text, at)
    return match.end() if match is not None else at + 1


def number_name(place: Place, numeral: Numeral) -> int:
    """The end of a telephone number, of 95后, 5G or 92号汽油; 0 when digits here count."""
    text, at = place.text, place.at
    after = text[numeral.end : numeral.end + 2].lstrip()[:1]
    long = numeral.end - at == _MOBILE_DIGITS
    if (
        not long
        and (not after or after not in NAME_FOLLOWERS)
        and text[numeral.end - 1] not in "gGkK"
    ):
        return 0
    for pattern in (_PHONE, _BORN, _PLATE):
        match = pattern.match(text, at)
        # Whatever is counted in something is no telephone number.
        if match is not None and (
            pattern is not _PHONE or place.words.unit_at(text, match.end()) is None
        ):
            return match.end()
    match = _GENERATION.match(text, at)
    if match is not None and not _PAY.search(text, max(0, at - 6), at):
        return match.end()
    return 0


def crossed(place: Place, numeral: Numeral) -> bool:
    """Whether the number is one side of 4×100米 or 3×3."""
    text = place.text
    if (
        text[numeral.end : numeral.end + 1] in _CROSS
        and text[numeral.end + 1 : numeral.end + 2] in place.words.arabic
    ):
        return numeral.end + 1 < len(text)
    if text[numeral.start - 1 : numeral.start] in _CROSS and numeral.start > 1:
        return text[numeral.start - 2] in place.words.arabic
    return False


def bare(place: Place, numeral: Numeral) -> Draft | None:
    """A number without a unit, unless it is a label or part of a word."""
    if not _counts(place, numeral):
        return None
    draft = Draft(
        numeral.start, numeral.end, numeral.start, numeral.end, "number", numeral.value, "bare"
    )
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    if numeral.odd:
        draft.comparator = "odd"
    elif numeral.vague or numeral.about:
        draft.comparator = "multiple_of" if numeral.vague else "about"
    return draft


def _counts(place: Place, numeral: Numeral) -> bool:
    text, words = place.text, place.words
    at = numeral.end + (text[numeral.end : numeral.end + 1] == " ")
    if words.labels_after.at(text, at) is not None or text[at : at + 1] in ("届", "屆"):
        return False
    if not numeral.arabic:
        return _counts_in_letters(place, numeral)
    before, after = text[numeral.start - 1 : numeral.start], text[numeral.end : numeral.end + 1]
    if (after.isascii() and after.isalpha()) or (after in _CLOSING and before in _OPENING):
        return False
    if after == "》" or before in ("#", "＃"):
        return False
    if numeral.decimals and "·" in text[numeral.start : numeral.end]:
        return False
    return bool(numeral.multiplier or numeral.decimals) or not _named(place, numeral)


def _counts_in_letters(place: Place, numeral: Numeral) -> bool:
    """A bare number in Chinese letters counts when it is large, or when 多 or 出头 says so."""
    text, end = place.text, numeral.end
    if place.stop is not None and end <= place.stop[1]:
        return False
    if place.words.digits.keys() >= {*text[numeral.start : end]}:
        return False
    if numeral.value >= _SMALLEST_WORDED or numeral.decimals or numeral.odd:
        return True
    if numeral.value < _SMALLEST_ROUND:
        return False
    if text.startswith(("出头", "出頭"), end):
        return True
    return text[end : end + 1] in _MORE and not "\u4e00" <= text[end + 1 : end + 2] <= "\u9fff"


def _named(place: Place, numeral: Numeral) -> bool:
    """A name stands before the number, or its digits are a code."""
    text = place.text
    digits = text[numeral.start : numeral.end]
    if digits[0] in "0０" and len(digits) > 1:
        return True
    if len(digits) >= _CODE_DIGITS and digits.isdigit():
        return True
    return named(place, numeral)


def named(place: Place, numeral: Numeral) -> bool:
    """Whether a maker or a name in Latin letters stands before the number."""
    text, at = place.text, numeral.start
    while at and text[at - 1] in " \u3000":
        at -= 1
    if place.words.makers.before(text, at) is not None:
        return True
    return _NAME.search(text, max(0, numeral.start - _NAME_REACH), numeral.start) is not None


def skipped(place: Place, numeral: Numeral) -> int:
    """Where the search goes on behind a number that is a label: 737MAX is skipped as a whole."""
    if numeral.arabic:
        match = _MODEL.match(place.text, place.at)
        if match is not None:
            return max(match.end(), numeral.end)
    return numeral.end
