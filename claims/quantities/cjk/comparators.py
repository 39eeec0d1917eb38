"""Comparators before and after a quantity: 超过, 近, 约 … 以上, 左右, and 低于同行 30%."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.quantity import Draft

_BLANKS = " \u3000"
_REFERENCE_REACH = 14
_CLAUSE_ENDS = frozenset("，,。；;！!？?：:、（）()“”\n")
# 比 in these compares nothing with somebody else.
_RATIOS = frozenset({"同比", "环比", "環比", "占比", "对比", "之比", "好比", "可比"})
# Only these are also the ends of longer words, such as 最近 and 合约.
_SHORT = frozenset("近约約才在只")
_DATES = frozenset({"date", "date_year", "date_relative", "time"})


def attach(place: Place, draft: Draft) -> None:
    """Widens `draft` over its comparators; the word before wins over the word after."""
    if draft.kind in _DATES or draft.kind == "ordinal":
        return
    _after(place, draft)
    _before(place, draft)
    if draft.comparator is None and draft.start < 0:
        _reference(place, draft)


def _after(place: Place, draft: Draft) -> None:
    found = place.words.after.at(place.text, draft.core_end)
    if found is None and place.text[draft.core_end : draft.core_end + 1] == " ":
        found = place.words.after.at(place.text, draft.core_end + 1)
    if found is None:
        return
    end, kind = found
    if place.text[draft.core_end : end] in ("起", "许", "多") and draft.unit is None:
        return
    draft.end = end
    draft.comparator = draft.comparator or kind


def _before(place: Place, draft: Draft) -> None:
    text, words = place.text, place.words
    at = draft.core_start
    while at > place.free and text[at - 1] in _BLANKS:
        at -= 1
    if _span_of_time(place, draft, at):
        return
    found = words.before.before(text, at)
    if found is None and at and text[at - 1] in words.fillers:
        found = words.before.before(text, at - 1)
    if found is None and _over_scale(place, draft, at):
        return
    if found is None or found[0] < place.free:
        return
    start, kind = found
    if text[start:at] in _SHORT and words.not_before.before(text, at) is not None:
        return
    draft.start = start
    if kind == "only":
        draft.qualifier = "only"
        further = words.before.before(text, start)
        if further is not None and further[1] != "only":
            draft.start, draft.comparator = further[0], draft.comparator or further[1]
        return
    draft.comparator = kind if draft.comparator in (None, "about", "over") else draft.comparator


def _over_scale(place: Place, draft: Draft, at: int) -> bool:
    """上千 and 过亿: more than the bare scale behind it."""
    words, text = place.words, place.text
    if text[at - 1 : at] not in words.bare_over or at - 1 < place.free or not at:
        return False
    if text[at] not in words.places and text[at] not in words.myriads:
        return False
    draft.start, draft.comparator = at - 1, "nearly" if text[at - 1] == "近" else "over"
    return True


def _span_of_time(place: Place, draft: Draft, at: int) -> bool:
    """近三年 and 连续八年 say when, not how many."""
    found = place.words.consecutive.before(place.text, at)
    if found is None:
        if draft.kind != "duration":
            return False
        found = place.words.span.before(place.text, at)
        if found is not None and place.text[found[0] : at] in ("前", "后", "後"):
            found = None
    if found is None or found[0] < place.free:
        return False
    draft.start, draft.qualifier = found
    return True


def _reference(place: Place, draft: Draft) -> None:
    """A comparison word further left: 超过总销量的四分之三, 低于同行30%."""
    if draft.kind not in ("percentage", "fraction", "multiple"):
        return
    text, words = place.text, place.words
    floor = max(place.free, draft.core_start - _REFERENCE_REACH)
    at = draft.core_start
    part = text[at - 1 : at] == "的"
    degree = words.degree.before(text, at)
    while at > floor and text[at - 1] not in _CLAUSE_ENDS:
        if part:
            found = words.before.before(text, at)
            if found is not None and found[1] in ("over", "under", "nearly", "about"):
                draft.comparator = found[1]
                return
        elif (found := words.reference.before(text, at)) is not None:
            draft.change, draft.qualifier = "by", found[1]
            return
        elif degree is not None and text[at - 1] in words.than and text[at - 2 : at] not in _RATIOS:
            draft.change, draft.qualifier = "by", degree[1]
            return
        at -= 1
