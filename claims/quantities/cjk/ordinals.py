"""Ranks: 第四, 首次, 榜首."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_BLANKS = " \u3000"
# 第二百条 cites a law; 第三条生产线 counts lines.
_ARTICLES = frozenset("条條款项項")
_LINES = frozenset("生产產线線跑河路街隧航管地铁鐵高船船狗命红紅")
_NOT_BEFORE_FIRST = frozenset("句段部元魁岁斩匕匪祸昂颔俯罪党酋居")


def first(place: Place) -> int:
    """首 with a noun that can be counted, or one of the fixed words for the first place."""
    text, at, words = place.text, place.at, place.words
    fixed = words.rank_first.at(text, at)
    if fixed is not None:
        return _add(place, at, fixed[0], at, fixed[0])
    if place.letter != "首":
        return at + 1
    if text[at + 1 : at + 2] not in words.first:
        return at + 1
    before = text[at - 1 : at]
    if before and (before in words.numeral_letters or before in _NOT_BEFORE_FIRST):
        return at + 1
    return _add(place, at, at + 2, at, at + 1)


def _add(place: Place, start: int, end: int, num_start: int, num_end: int) -> int:
    if start < place.free:
        return end
    return place.add(Draft(start, end, num_start, num_end, "ordinal", Decimal(1), "ordinal-first"))


def is_name(place: Place, numeral: Numeral) -> bool:
    """第一医院 and 第二十条 name something, as 第三方 does."""
    text, at = place.text, numeral.end
    if text[numeral.start - 1 : numeral.start] != "第":
        return False
    if text[at : at + 1] in _ARTICLES and text[at + 1 : at + 2] not in _LINES:
        return True
    return place.words.name_after_rank.at(text, at) is not None


def ranked(place: Place, numeral: Numeral) -> Draft | None:
    """排名十三: a bare number behind a word for ranking."""
    if not place.words.ranking.before(place.text, numeral.start):
        return None
    unit = place.words.unit_at(place.text, numeral.end)
    if unit is not None and unit[1].symbol not in ("位", "名"):
        return None
    return Draft(
        numeral.start,
        numeral.end,
        numeral.start,
        numeral.end,
        "ordinal",
        numeral.value,
        "ordinal-ranked",
    )


def counted(place: Place, numeral: Numeral) -> Draft | None:
    """A numeral after 第."""
    text = place.text
    at = numeral.start
    while at and text[at - 1] in _BLANKS:
        at -= 1
    if not at or text[at - 1 : at] not in place.words.words["ordinal"]:
        return None
    return Draft(
        at - 1, numeral.end, numeral.start, numeral.end, "ordinal", numeral.value, "ordinal-counted"
    )
