"""Ranks: 第四, 首次, 榜首."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_BLANKS = " \u3000"
_NOT_BEFORE_FIRST = frozenset("部元魁岁斩匕匪祸昂颔俯罪党酋居")


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
