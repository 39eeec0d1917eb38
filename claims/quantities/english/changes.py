"""Whether an English figure is where a change starts, where it ends, or how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.quantity import Draft

# Fell below $70 tells a level, rose more than 5% a size.
_LEVELS = ("below", "above", "under", "over", "past", "beyond")
_DATES = frozenset({"date", "date_year", "date_relative", "time", "ordinal"})


def attach(place: Place, draft: Draft) -> None:
    """Sets `draft.change` by the word right before the quantity."""
    if draft.change is not None or draft.kind in _DATES:
        return
    if draft.kind == "multiple" and draft.rule == "multiple-word":
        if place.word.endswith(("ed", "ing", "fold")):
            draft.change = "by"
        return
    start = draft.core_start if draft.start < 0 else draft.start
    word = place.before(start).lower()
    if word in ("from", "to", "by"):
        draft.change = word
    elif word in place.words.verbs:
        level = draft.comparator in ("over", "under") and draft.start >= 0
        draft.change = "to" if level and place.lower.startswith(_LEVELS, draft.start) else "by"
