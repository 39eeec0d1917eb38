"""Comparators before and after a quantity: 超过, 近, 约 … 以上, 左右, and 低于同行 30%."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.cjk.vocabulary import Vocabulary
    from claims.quantities.quantity import Draft

_BLANKS = " \u3000"
# 控制在±0.5毫米: the sign stands between the comparator and the number.
_BLANKS_AND_SIGNS = " \u3000±"
# 每百公里 is the longest of its kind that newspapers print.
_RATE_REACH = 6
# These qualify a number only with its unit.
_AFTER_UNIT = frozenset(("起", "许", "許", "多"))
# What these start when it is no comparator: 30起来 is nothing, 3年前后 is.
_RUNS_ON = {
    "起": frozenset("来點点诉火火伏来草薪始码初"),
    "附近": frozenset(),
    "前后": frozenset("脚"),
}
_INNER = frozenset("容部地涵因存")
_REFERENCE_REACH = 14
# A comparator after the number gives way to one before it.
_WEAK = frozenset((None, "about", "over", "odd", "at_most", "under"))
# A figure that is only rounded can still be a difference: 高出正常值近一倍.
_LOOSE = frozenset((None, "nearly", "about", "odd"))
# 三百多 is more than three hundred; after smaller numbers 多 begins the next word.
_ROUND_ENOUGH = 20
_MATCHES = frozenset(("场", "場", "轮", "輪", "届", "屆", "期", "战"))
_MANY_MATCHES = 30
_FAR_REACH = 5
_FAR_ENDS = frozenset("少码碼多高低")
_EXACT_SPANS = frozenset(("hour", "minute", "second"))
_LASTING = (
    "历时",
    "歷時",
    "持续",
    "持續",
    "长达",
    "長達",
    "耗时",
    "耗時",
    "用时",
    "用時",
    "为期",
    "為期",
    "花了",
    "等了",
    "超过",
)
_CLAUSE_ENDS = frozenset("，,。；;！!？?：:、（）()“”\n")
# 比 in these compares nothing with somebody else.
_RATIOS = frozenset({"同比", "环比", "環比", "占比", "对比", "之比", "好比", "可比"})
# Only these are also the ends of longer words, such as 最近 and 合约.
_SHORT = frozenset("近约約才在只破")
_DATES = frozenset({"date", "date_year", "date_relative", "time"})


def attach(place: Place, draft: Draft) -> None:
    """Widens `draft` over its comparators; the word before wins over the word after."""
    if draft.kind in _DATES or draft.kind == "ordinal":
        return
    text, words = place.text, place.words
    if text[draft.core_end : draft.core_end + 1] in words.after_starts:
        _after(place, draft)
    if draft.core_start and may_end(place, draft.core_start, words.before_ends):
        _before(place, draft)
    if draft.comparator is None and draft.start < 0 and _far(place, draft):
        return
    if draft.comparator in _LOOSE and draft.change is None:
        _reference(place, draft)


def may_end(place: Place, at: int, ends: frozenset[str]) -> bool:
    """Whether one of `ends` stands before `at`, or a rate such as 每桶, before which one may."""
    return place.text[at - 1] in ends or (place.rated and before_rate(place, at) < at)


def _after(place: Place, draft: Draft) -> None:
    if draft.kind in ("duration", "dimension") and _within(place, draft):
        return
    found = place.words.after.at(place.text, draft.core_end)
    if found is None and place.text[draft.core_end : draft.core_end + 1] == " ":
        found = place.words.after.at(place.text, draft.core_end + 1)
    if found is None:
        return
    end, kind = found
    written = place.text[draft.core_end : end]
    if written in _AFTER_UNIT and draft.unit is None:
        hundreds = written == "多" and draft.value is not None and draft.value >= _ROUND_ENOUGH
        if not hundreds or draft.kind == "ordinal":
            return
    if written in ("起", "前后", "附近") and place.text[end : end + 1] in _RUNS_ON.get(written, ()):
        return
    draft.end = end
    draft.comparator = draft.comparator or kind


def _within(place: Place, draft: Draft) -> bool:
    """三年内: no later than three years from then."""
    at = draft.core_end
    if place.text[at : at + 1] not in ("内", "內") or place.text[at + 1 : at + 2] in _INNER:
        return False
    draft.end, draft.comparator = at + 1, "at_most"
    return True


def before_rate(place: Place, at: int) -> int:
    """Where 每桶 in 每桶73美元 starts when it ends at `at`; else `at` itself."""
    if not place.rated:
        return at
    text = place.text
    start = text.rfind("每", max(place.free, at - _RATE_REACH), at)
    if start < 0 or start + 1 == at:
        return at
    found = place.words.unit_at(text, start + 1)
    return start if found is not None and found[0] == at else at


def _before(place: Place, draft: Draft) -> None:
    text, words = place.text, place.words
    at = draft.core_start
    while at > place.free and text[at - 1] in _BLANKS_AND_SIGNS:
        at -= 1
    at = before_rate(place, at)
    if _span_of_time(place, draft, at):
        return
    found = words.before.before(text, at)
    if found is None and at and text[at - 1] in words.fillers:
        found = words.before.before(text, at - 1)
    if found is None and _over_scale(place, draft, at):
        return
    if found is None or found[0] < place.free or _is_markup(text, found[0]):
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
    draft.comparator = kind if draft.comparator in _WEAK else draft.comparator


def _is_markup(text: str, start: int) -> bool:
    """The > of <p>四个 and of a quotation in Markdown compares nothing."""
    if text[start] not in "<>":
        return False
    before = text[start - 1 : start]
    return before == "" or before in "\"'/" or (before.isascii() and before.isalnum())


def _far(place: Place, draft: Draft) -> bool:
    """至少运动150分钟: a short verb stands between the comparator and the number."""
    text, words = place.text, place.words
    at = draft.core_start
    while at and text[at - 1] in _BLANKS:
        at -= 1
    floor = max(place.free, at - _FAR_REACH)
    if _FAR_ENDS.isdisjoint(text[floor:at]):
        return False
    while at > floor:
        at -= 1
        if not "\u4e00" <= text[at] <= "\u9fff" or text[at] in words.numeral_letters:
            return False
        if text[at] in "高低" and text[at - 1 : at] == "最" and text[at + 1] in "可能":
            draft.start, draft.comparator = at - 1, "at_most" if text[at] == "高" else "at_least"
            return at > floor
        if text[at] in "少码碼多" and words.far.before(text, at + 1) is not None:
            found = words.before.before(text, at + 1)
            if found is not None and found[0] >= place.free:
                draft.start, draft.comparator = found
                return True
    return False


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
        if draft.kind != "duration" and not _last_matches(place, draft, at):
            return False
        found = place.words.span.before(place.text, at)
        if found is not None and place.text[found[0] : at] in ("前", "后", "後"):
            found = None
        if found is not None and place.text[found[0] : at] == "近":
            lasting = place.text.endswith(_LASTING, 0, found[0])
            if draft.unit in _EXACT_SPANS or lasting:
                found = None
    if found is None or found[0] < place.free:
        return False
    draft.start, draft.qualifier = found
    return True


def _last_matches(place: Place, draft: Draft, at: int) -> bool:
    """近10场: the last ten matches, not nearly ten."""
    if draft.unit not in _MATCHES or draft.value is None or draft.value >= _MANY_MATCHES:
        return False
    return place.text[at - 1 : at] == "近" and draft.value == draft.value.to_integral_value()


def _reference(place: Place, draft: Draft) -> None:
    """A comparison word further left: 超过总销量的四分之三, 低于同行30%."""
    text, words = place.text, place.words
    at = draft.core_start if draft.start < 0 else draft.start
    while at and text[at - 1] in _BLANKS:
        at -= 1
    part = text[at - 1 : at] == "的"
    if not part and draft.kind not in ("percentage", "fraction", "multiple"):
        return
    floor = max(place.free, at - _REFERENCE_REACH)
    if words.referring.search(text, floor, at) is None:
        return
    degree = words.degree.before(text, at)
    plain = part and draft.comparator is None
    ends = words.before.ends if plain else words.reference.ends
    than = frozenset() if plain else words.than
    while at > floor and (letter := text[at - 1]) not in _CLAUSE_ENDS:
        if letter in ends and _compared(words, text, at, draft, plain=plain):
            return
        if degree is not None and letter in than and text[at - 2 : at] not in _RATIOS:
            draft.change, draft.qualifier = "by", degree[1]
            return
        at -= 1


def _compared(words: Vocabulary, text: str, at: int, draft: Draft, *, plain: bool) -> bool:
    """Whether a word of comparison ends at `at`, which then colours `draft`."""
    if plain:
        found = words.before.before(text, at)
        if found is None or found[1] not in ("over", "under", "nearly", "about"):
            return False
        draft.comparator = found[1]
        return True
    found = words.reference.before(text, at)
    if found is None:
        return False
    draft.change, draft.qualifier = "by", found[1]
    return True
