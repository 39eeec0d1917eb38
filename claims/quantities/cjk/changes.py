"""Whether a figure is where a change starts, where it ends, or how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.quantities.cjk.comparators import before_rate, may_end

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.quantity import Draft

_BLANKS = " \u3000"
_DATES = frozenset({"date", "date_year", "date_relative", "time", "ordinal"})
_CLAUSE_ENDS = frozenset("，,。；;！!？?：:（）()\n")
# Currencies whose unit is also written as a bare 元.
_YUAN = frozenset(("TWD", "HKD", "MOP", "USD", "SGD"))
_ARRIVING = frozenset("到至为為成达達")
_FROM = frozenset("从從由自")
_BECOMING = (
    "至",
    "到",
    "为",
    "為",
    "变成",
    "變成",
    "转",
    "轉",
    "升",
    "降",
    "扩",
    "擴",
    "缩",
    "縮",
    "增",
    "减",
    "減",
    "涨",
    "跌",
)
_POINTS = frozenset(("pp", "bp"))
_ROW = ("连", "連")
_TIME_REACH = 12
_CHANGE_REACH = 16


def attach(place: Place, draft: Draft) -> None:
    """Sets `draft.change` to from, to or by when a change word stands right before it."""
    if draft.change is not None or draft.kind in _DATES:
        return
    text = place.text
    at = draft.core_start if draft.start < 0 else draft.start
    if not at or not (draft.unit in _POINTS or may_end(place, at, place.words.change_ends)):
        return
    while at and text[at - 1] in _BLANKS:
        at -= 1
    at = before_rate(place, at)
    if draft.kind == "duration" and _in_a_row(place, draft, at):
        return
    draft.change = _word(place, at) or (_letter(place, at) if at else None)
    if draft.change is None and draft.unit in _POINTS:
        draft.change = _further(place, at)
    if draft.change == "from" and text[at - 1] == "由" and not _goes_on(place, draft):
        draft.change = None
    if draft.change == "to" and draft.unit == "CNY":
        _same_money(place, draft)


def _letter(place: Place, at: int) -> str | None:
    """What the last letter before the figure says when no change word stands there."""
    text, letter = place.text, place.text[at - 1]
    if letter == "的":
        return _past_a_date(place, at - 1) or _from_a_time(place, at - 1)
    if letter == "至" and at > 1 and text[at - 2] in _CLAUSE_ENDS:
        return "to"
    last = place.found[-1] if place.found else None
    if last is None:
        return None
    if letter in "至到" and not text[last.core_end : at - 1].strip():
        return None if last.kind in _DATES else "to"
    return _arriving(place, at) if letter in _ARRIVING and last.change == "from" else None


def _in_a_row(place: Place, draft: Draft, at: int) -> bool:
    """連跌五個月 says how often something fell, and not by how much."""
    found = place.words.changes.before(place.text, at)
    if found is None or found[1] != "by" or place.text[found[0] - 1 : found[0]] not in _ROW:
        return False
    draft.start, draft.qualifier = found[0] - 1, "consecutive"
    return True


def _same_money(place: Place, draft: Draft) -> None:
    """自新台幣4.5元降為4.2元: the second amount is of the currency of the first."""
    last = place.found[-1] if place.found else None
    if last is not None and last.change == "from" and last.unit in _YUAN:
        draft.unit = draft.unit_name = last.unit


def _word(place: Place, at: int) -> str | None:
    """What the change word that ends at `at` says."""
    found = place.words.changes.before(place.text, at)
    if found is None or place.words.not_from.before(place.text, at) is not None:
        return None
    return found[1]


def _further(place: Place, at: int) -> str | None:
    """下调存款准备金率0.5个百分点: what moves by points stands between the verb and the figure."""
    for end in range(at, max(place.free, at - _CHANGE_REACH), -1):
        if place.text[end - 1] in _CLAUSE_ENDS:
            return None
        found = place.words.changes.before(place.text, end)
        if found is not None and found[1] == "by" and place.free <= found[0] < end - 1:
            return "by"
    return None


def _goes_on(place: Place, draft: Draft) -> bool:
    """由 opens a change only when something becomes of the figure: 由3%升至4%, not 由67台组成."""
    end = draft.core_end if draft.end < 0 else draft.end
    rest = place.text[end : end + _CHANGE_REACH]
    return any(word in rest for word in _BECOMING)


def _from_a_time(place: Place, at: int) -> str | None:
    """从去年同期的30%: a time without a numeral stands between the change word and the figure."""
    text = place.text
    for start in range(at - 1, max(place.free, at - _TIME_REACH) - 1, -1):
        if text[start] in _CLAUSE_ENDS:
            return None
        if text[start] in _FROM and place.words.not_from.before(text, start + 1) is None:
            return "from"
    return None


def _arriving(place: Place, at: int) -> str | None:
    """从680元炒到3000元: whatever verb stands before 到, it is where the change ends."""
    start = place.found[-1].core_end
    between = place.text[start : at - 1]
    if len(between) > _CHANGE_REACH or not _CLAUSE_ENDS.isdisjoint(between):
        return None
    return "to"


def _past_a_date(place: Place, at: int) -> str | None:
    """从2016年的1%: the change word stands before the date that the figure belongs to."""
    if not place.found:
        return None
    last = place.found[-1]
    if last.core_end != at or last.kind not in _DATES:
        return None
    start = last.core_start if last.start < 0 else last.start
    while start and place.text[start - 1] in _BLANKS:
        start -= 1
    found = place.words.changes.before(place.text, start)
    return found[1] if found is not None and found[1] != "by" else None
