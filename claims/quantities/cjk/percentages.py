"""Shares of a hundred: %, 百分之, 成, 折, 个百分点, 个基点, 半数."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.cjk.unreadable import TOO_LONG, note
from claims.quantities.numeral import Numeral
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.cjk.vocabulary import Vocabulary

_SIGN = re.compile(
    r"\s{0,4}(?:[%％](?:\s?(?P<points>포인트|ポイント))?|パ\s*ー\s*セ\s*ン\s*ト(?P<more>ポイント)?|퍼센트|프로(?![가-힣]))"
)
_MILLE = re.compile(r"\s?[‰]")
_POINTS = re.compile(
    r"\s{0,4}(?:[个個]?\s*百\s*分\s*[点點]|pct(?![a-z])|[个個]\s?pct|ポイント|%포인트|퍼센트포인트)"
)
_BASIS = re.compile(r"\s?[个個]?\s?(?:基[点點]|BP(?![A-Za-z])|bps?(?![A-Za-z]))")
_TENTHS = re.compile(
    r"\s*成\s*(半|[一二三四五六七八九1-9](?![0-9０-９个個万千百亿年月日元家人十]))?(多|有余|余)?"
)
_DISCOUNT = re.compile(
    r"(?:\s+(?P<tenth>[1-9１-９一二三四五六七八九]))?\s*折(?![叠合射腰扣磨返戟旧算让断线服损中])"
)
_HUNDREDTHS = re.compile(r"([十百佰千仟万萬亿億]{1,4})\s{0,2}分\s{0,2}[之の]\s{0,2}")
_TO = re.compile(r"\s?(?:至|到|[-–—－~～])\s?(?=[一二三四五六七八九十百零0-9０-９])")
_WARI = re.compile(
    r"\s?割(?:(?P<half>半)|(?:(?P<bu>[1-9１-９一二三四五六七八九])分)?"
    r"(?:(?P<rin>[1-9１-９一二三四五六七八九])厘)?)(?P<off>引き?)?"
)
# The first letters of every share, in all three scripts.
BEGINNINGS = frozenset("%％ \u3000成折个個百‰基BbpパポP퍼프割")


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A percentage whose numeral is `numeral`."""
    text, end = place.text, numeral.end
    letter = text[end : end + 1]
    if letter and letter not in BEGINNINGS:
        return None
    if (match := _SIGN.match(text, end)) is not None:
        unit = "pp" if match["points"] or match["more"] else "%"
        return share(numeral, match.end(), numeral.value, "percent-sign", unit)
    if (match := _MILLE.match(text, end)) is not None:
        moved = numeral._replace(decimals=(numeral.decimals or 0) + 1)
        return share(moved, match.end(), numeral.value / 10, "per-mille")
    if (match := _POINTS.match(text, end)) is not None:
        return share(numeral, match.end(), numeral.value, "percentage-point", "pp")
    if (match := _BASIS.match(text, end)) is not None:
        return share(numeral, match.end(), numeral.value, "basis-point", "bp")
    return tenths(place, numeral) or discount(place, numeral) or japanese_tenths(place, numeral)


def share(numeral: Numeral, end: int, value: Decimal, rule: str, unit: str = "%") -> Draft:
    """A draft of kind percentage."""
    draft = Draft(numeral.start, end, numeral.start, numeral.end, "percentage", value, rule, unit)
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    draft.unit_name = {"%": "percent", "pp": "percentage point", "bp": "basis point"}[unit]
    if numeral.odd:
        draft.comparator = "odd"
    return draft


def tenths(place: Place, numeral: Numeral) -> Draft | None:
    """四成, 两成五, 三成半, 四成还多."""
    words, text = place.words, place.text
    match = _TENTHS.match(text, numeral.end)
    if match is None or not 0 < numeral.value <= 10:
        return None
    follower = text[match.end() : match.end() + 1]
    if follower and match.group(1) is None and follower in words.words["not_tenth"]:
        return None
    end = match.end(1) if match.group(1) else text.index("成", numeral.end) + 1
    value = numeral.value * 10
    digit = match.group(1)
    if digit:
        value += 5 if digit == "半" else Decimal(words.digits.get(digit, digit))
    draft = share(numeral, end, value, "tenths")
    # A tenth is as precise as it is written: 四成 is forty give or take five, 两成五 is 25.
    draft.decimals = 0 if digit else (numeral.decimals or 0) - 1
    draft.num_end = end
    if text[numeral.start - 1 : numeral.start] in ("过", "過") and numeral.start > place.free:
        draft.start, draft.comparator = numeral.start - 1, "over"
    if match.group(2):
        draft.comparator, draft.core_end = "odd", match.end()
    return draft


def japanese_tenths(place: Place, numeral: Numeral) -> Draft | None:
    """三割, 3割8分7厘, and 2割引, which leaves eight tenths of the price."""
    match = _WARI.match(place.text, numeral.end)
    if match is None or not 0 < numeral.value <= 10:
        return None
    value = numeral.value * 10
    for name, power in (("bu", 0), ("rin", -1)):
        digit = match[name]
        if digit:
            value += Decimal(place.words.digits.get(digit) or int(digit)).scaleb(power)
    value += 5 if match["half"] else 0
    if match["off"]:
        value = 100 - value
    draft = share(numeral, match.end(), value, "tenths")
    # 3割 is thirty give or take five, 3割1分5厘 is 31.5.
    draft.decimals = 1 if match["rin"] else 0 if match["bu"] or match["half"] else -1
    draft.num_end = match.end()
    return draft


def discount(place: Place, numeral: Numeral) -> Draft | None:
    """五折 is fifty percent of the price; 七五折 seventy-five."""
    match = _DISCOUNT.match(place.text, numeral.end)
    if match is None or not 0 < numeral.value < 100 or numeral.value == 10:
        return None
    value = numeral.value * 10 if numeral.value < 10 else numeral.value
    digit = match["tenth"]
    if digit:
        value += place.words.digits.get(digit) or int(digit)
    return share(numeral, match.end(), value, "discount")


def hundredths(place: Place) -> int:
    """百分之…, 千分之…, 万分之…: the numeral follows; 0 when none does."""
    text, words = place.text, place.words
    match = _HUNDREDTHS.match(text, place.at)
    if match is None or (place.at and text[place.at - 1] in words.numeral_letters):
        return 0
    after = text[match.end() : match.end() + 1]
    if not after or after not in words.numeral_letters:
        return 0
    numeral = numerals.read(words, text, match.end())
    if numeral is None and after in "百佰":
        numeral = _hundred(match.end())
    if numeral is None:
        return 0
    if numeral.value.is_nan():
        return note(place, place.at, numeral.end, TOO_LONG, "percentage")
    power = _power(words, match.group(1))
    numeral = place.signed(numeral._replace(start=place.at))
    draft = share(numeral, numeral.end, _scaled(numeral.value, power), "hundredths")
    draft.decimals = (numeral.decimals or 0) + power
    draft.num_start = match.end()
    _upper(place, draft, power)
    return place.add(draft)


def _hundred(at: int) -> Numeral:
    return Numeral(at, at + 1, Decimal(100), arabic=False, decimals=0)


def _power(words: Vocabulary, letters: str) -> int:
    """How many tens further than 百分之 the parts are: 千分之 is one, 万分之 two."""
    power = -2
    for letter in letters:
        if letter in words.places:
            power += len(str(words.places[letter])) - 1
        else:
            power += words.myriads[letter]
    return power


def _scaled(value: Decimal, power: int) -> Decimal:
    return value.scaleb(-power) if power else value


def _upper(place: Place, draft: Draft, power: int) -> None:
    """百分之三十至四十: the second numeral shares the 百分之."""
    match = _TO.match(place.text, draft.core_end)
    if match is None:
        return
    upper = numerals.read(place.words, place.text, match.end())
    if upper is None or upper.value.is_nan() or place.words.unit_at(place.text, upper.end):
        return
    high = _scaled(upper.value, power)
    if draft.value is not None and high > draft.value:
        draft.value_high, draft.core_end, draft.num_end = high, upper.end, upper.end
        draft.kind, draft.comparator, draft.rule = "range", "range", "range-hundredths"
