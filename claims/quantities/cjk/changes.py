"""Whether a figure is where a change starts, where it ends, or how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.quantity import Draft

_BLANKS = " \u3000"
_DATES = frozenset({"date", "date_year", "date_relative", "time", "ordinal"})


def attach(place: Place, draft: Draft) -> None:
    """Sets `draft.change` to from, to or by when a change word stands right before it."""
    if draft.change is not None or draft.kind in _DATES:
        return
    text, words = place.text, place.words
    at = draft.core_start if draft.start < 0 else draft.start
    while at and text[at - 1] in _BLANKS:
        at -= 1
    found = words.changes.before(text, at)
    if found is not None:
        draft.change = found[1]
    elif text[at - 1 : at] == "的":
        draft.change = _past_a_date(place, at - 1)


def _past_a_date(place: Place, at: int) -> str | None:
    """从2016年的1%: the change word stands before the date that the figure belongs to."""
    if not place.found:
        return None
    last = place.found[-1]
    if last.core_end != at or last.kind not in _DATES:
        return None
    start = last.core_start if last.start < 0 else last.start
    found = place.words.changes.before(place.text, start)
    return found[1] if found is not None and found[1] != "by" else None
