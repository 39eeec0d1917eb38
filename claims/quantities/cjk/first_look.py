"""What Japanese and Korean read before the grammar they share with Chinese begins."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import (
    ages,
    cents,
    compounds,
    first_ones,
    korean_numerals,
    measures,
    named_periods,
    number_names,
    pounds,
    proportions,
    speeds,
    weather,
)
from claims.quantities.numeral import Numeral
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place

_PER_ONE = re.compile(r"[1１一]\s?(?=[^0-9０-９\s、。])")
_PER = ("当たり", "あたり", "につき", "당")
# 7日連続, 1日3回: days that are counted and no day of the month.
_COUNTED_DAYS = re.compile(
    r"(?P<count>[0-9０-９]{1,3})日"
    r"(?:(?:連続|ぶり|以内|以上|未満|以降も|分の?|目|ほど|程度|余り|近く|かけ|がかり|半|齢|後|前(?!後))"
    r"|(?P<each>(?:に|平均|最大|最低|約)?(?=[0-9０-９]+(?![0-9０-９時月日:：]))))"
)
_A_DAY = re.compile(r"1일\s[0-9]+\s?[회번]|[0-9]{1,3}일\s?(?:만에|동안|연속|이내|안에|째)")
_SCALE = re.compile(r"[百千](?P<some>数十?)?")
_SOME = re.compile(r"数[十百千]?(?P<myriad>[万億]?)")
_POWERS = {"万": 4, "億": 8}
_DOUBLED = {"倍増": ("multiple", Decimal(2), "times"), "半減": ("percentage", Decimal(50), "%")}
_NAMES = {"times": "times", "%": "percent"}


def read(place: Place) -> int:
    """Reads what stands here and is neither a plain numeral nor a plain date; 0 when nothing is."""
    end = named_periods.read(place) or first_ones.read(place)
    if end:
        return end
    if place.letter in "倍半":
        return _doubled(place) or _more_than_half(place)
    if place.words.lang == "ko" and not place.arabic:
        return _named_days(place)
    return number_names.read(place) or _per_one(place) or _bare_scale(place)


def counts_days(place: Place) -> bool:
    """Whether the digits here with 日 count days rather than name one."""
    if _A_DAY.match(place.text, place.at) is not None:
        return True
    match = _COUNTED_DAYS.match(place.text, place.at)
    return match is not None and (match["each"] is None or match["count"] in "1１")


def own(place: Place, numeral: Numeral) -> Draft | None:
    """The quantity in a shape of these languages; a narrow question asks for fewer of them."""
    if not place.narrow:
        return grammar(place, numeral)
    draft = ages.read(place, numeral) or cents.read(place, numeral)
    if draft is None and place.words.lang == "ko":
        draft = pounds.read(place, numeral) or weather.read(place, numeral)
    return draft or speeds.read(place, numeral)


def grammar(place: Place, numeral: Numeral) -> Draft | None:
    """The quantity of `numeral` in one of the shapes that only these languages have."""
    return (
        _and_some(place, numeral)
        or ages.read(place, numeral)
        or speeds.read(place, numeral)
        or cents.read(place, numeral)
        or compounds.read(place, numeral)
        or pounds.read(place, numeral)
        or proportions.read(place, numeral)
        or weather.read(place, numeral)
    )


def _and_some(place: Place, numeral: Numeral) -> Draft | None:
    """十数人 is ten and some, 百数十人 a hundred and some tens."""
    if place.words.lang != "ja" or place.text[numeral.end : numeral.end + 1] != "数":
        return None
    match = _SOME.match(place.text, numeral.end)
    if match is None or numeral.value % 10 or place.words.unit_at(place.text, match.end()) is None:
        return None
    power = _POWERS.get(match["myriad"], 0)
    value = numeral.value.scaleb(power)
    further = numeral._replace(end=match.end(), value=value, odd=True, multiplier=power or None)
    return measures.read(place, further)


def _bare_scale(place: Place) -> int:
    """百人, 千円 and 百数十人: a scale that counts itself."""
    text, words = place.text, place.words
    match = _SCALE.match(text, place.at)
    if match is None or _continues(place) or text[match.end() : match.end() + 1] in words.myriads:
        return 0
    if words.unit_at(text, match.end()) is None or words.stop_around(text, place.at) is not None:
        return 0
    numeral = Numeral(
        place.at,
        match.end(),
        Decimal(words.places[place.letter]),
        arabic=False,
        decimals=0,
        odd=match["some"] is not None,
    )
    draft = measures.read(place, numeral)
    return 0 if draft is None else place.add(draft)


def _continues(place: Place) -> bool:
    return place.at > 0 and place.text[place.at - 1] in place.words.numeral_letters


def _doubled(place: Place) -> int:
    known = _DOUBLED.get(place.text[place.at : place.at + 2])
    before = place.text[place.at - 1 : place.at]
    if known is None or (before and before in place.words.numeral_letters):
        return 0
    kind, value, unit = known
    end = place.at + 2
    draft = Draft(place.at, end, place.at, end, kind, value, "doubled", unit, _NAMES[unit])
    draft.change = "by"
    return place.add(draft)


def _more_than_half(place: Place) -> int:
    """過半数 is more than half."""
    text, at = place.text, place.at
    if not text.startswith("半数", at) or text[at - 1 : at] != "過":
        return 0
    draft = Draft(at, at + 2, at, at + 2, "percentage", Decimal(50), "half", "%", "percent")
    draft.start, draft.comparator = at - 1, "over"
    return place.add(draft)


def _named_days(place: Place) -> int:
    found = korean_numerals.days(place.text, place.at)
    if found is None:
        return 0
    end, count = found
    draft = Draft(place.at, end, place.at, end, "duration", Decimal(count), "named-days", "day")
    draft.unit_name = "day"
    if place.text.startswith("일주일", place.at):
        draft.value, draft.unit, draft.unit_name = Decimal(1), "week", "week"
    return place.add(draft)


def _per_one(place: Place) -> int:
    """1株当たり names what a figure is for; the one in it is no figure."""
    match = _PER_ONE.match(place.text, place.at)
    if match is None:
        return 0
    unit = place.words.unit_at(place.text, match.end())
    if unit is None or not place.text.startswith(_PER, unit[0]):
        return 0
    return unit[0]
