"""Comparators before and after an English quantity, and "30% lower than" somebody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english import beside

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.quantity import Draft

_DATES = frozenset({"date", "date_year", "date_relative", "time", "ordinal"})
# Well below the 7.63% of a year ago; but over the three days.
_BOUNDS = frozenset({"over", "under", "at_least", "at_most"})
_SCALED = frozenset({"percentage", "currency", "number", "temperature", "dimension", "age"})
# Only a figure without a bound can be a difference, and only one of these kinds.
_OPEN = (None, "odd")
_REFERRING = frozenset({"percentage", "multiple", "fraction", "range"})
_DEGREE = re.compile(r"[ \t]{1,3}([a-z]+)(?:[ \t]{1,3}[a-z]+){0,2}?[ \t]{1,3}than\b")
# No comparator ends in a longer word.
_LONGEST = 16
_BLANKS = " \t\xa0"
_BLANKS_AND_BRACKETS = " \t\xa0("


def attach(place: Place, draft: Draft) -> None:
    """Widens `draft` over its comparators; the word before wins over the word after."""
    if draft.kind in _DATES or draft.kind == "score":
        return
    _after(place, draft)
    _before(place, draft)
    if draft.comparator in _OPEN and draft.kind in _REFERRING:
        _reference(place, draft)


def _after(place: Place, draft: Draft) -> None:
    lower, at = place.lower, draft.core_end
    letter = lower[at : at + 1]
    if letter == "+":
        draft.end, draft.comparator = at + 1, draft.comparator or "over"
    elif letter == "-":
        for suffix, kind in (("-plus", "over"), ("-odd", "odd")):
            if lower.startswith(suffix, at):
                draft.end, draft.comparator = at + len(suffix), kind
    elif letter and letter in _BLANKS:
        _phrase_after(place, draft)


def _phrase_after(place: Place, draft: Draft) -> None:
    """Or more, at least, at the most."""
    lower, at = place.lower, draft.core_end
    while lower[at : at + 1] in _BLANKS and lower[at : at + 1]:
        at += 1
    if not lower.startswith(place.words.after_beginnings, at):
        return
    found = place.words.after.at(lower, at)
    if found is None or lower[found[0] : found[0] + 1].isalnum():
        return
    if lower.startswith(" than", found[0]):
        return
    draft.end, draft.comparator = found[0], draft.comparator or found[1]


def _before(place: Place, draft: Draft) -> None:
    word = place.before(draft.core_start)
    lead = beside.before(word) if word else None
    if lead is not None and not lead.bounds and lead.article != "the":
        return
    at = draft.core_start
    while at > place.free and place.lower[at - 1] in _BLANKS_AND_BRACKETS:
        at -= 1
    if lead is not None and lead.article != "the" and not place.lower.endswith(lead.bounds, 0, at):
        return
    if at > place.free and place.lower[at - 1] == "~":
        draft.start, draft.comparator = at - 1, "about"
        return
    found = _bound(place, draft, at)
    if found is None or found[0] < place.free or not _begins_word(place.lower, found[0]):
        return
    start, kind, phrase = found
    if phrase == "up to" and place.before(start).lower() in place.words.upward:
        return
    if _is_no_bound(place, phrase, draft, start):
        return
    if kind == "only":
        draft.start, draft.qualifier = start, "only"
        return
    draft.start = start
    draft.comparator = kind
    _compound(place, draft, start)


def _bound(place: Place, draft: Draft, at: int) -> tuple[int, str, str] | None:
    """The comparator that ends at `at`: its start, its name and its words."""
    lower, words = place.lower, place.words
    last = lower[lower.rfind(" ", max(0, at - _LONGEST), at) + 1 : at]
    if last[:1].isalpha() and last not in words.before_ends and last != "the":
        return None
    found = words.before.before(lower, at)
    if found is None and lower.endswith(" the", 0, at):
        at -= len(" the")
        found = words.before.before(lower, at)
        if found is not None and (found[1] not in _BOUNDS or draft.kind not in _SCALED):
            found = None
    return None if found is None else (*found, lower[found[0] : at])


def _is_no_bound(place: Place, phrase: str, draft: Draft, start: int) -> bool:
    """Over three years tells when, and within the 3km zone where; within three years is a bound."""
    if phrase == "within":
        return draft.kind != "duration"
    if phrase != "over" or draft.kind != "duration":
        return False
    return place.before(start).lower() not in place.words.spent


def _compound(place: Place, draft: Draft, start: int) -> None:
    """Less than or equal to is at most; a further word before may turn the sense."""
    end = start
    while end and place.lower[end - 1] in _BLANKS:
        end -= 1
    for phrase, kind in (("less than or", "at_most"), ("more than or", "at_least")):
        if place.lower.endswith(phrase, 0, end) and draft.comparator == "exactly":
            draft.start, draft.comparator = end - len(phrase), kind
            return
    found = place.words.before.before(place.lower, end)
    if found is None or found[0] < place.free or not _begins_word(place.lower, found[0]):
        return
    if found[1] in ("at_least", "at_most", "about", "nearly") and draft.comparator == "about":
        draft.start, draft.comparator = found


def _begins_word(lower: str, start: int) -> bool:
    return not (start and (lower[start - 1].isalnum() or lower[start - 1] == "-"))


def _reference(place: Place, draft: Draft) -> None:
    match = _DEGREE.match(place.lower, draft.core_end)
    sense = place.words.degrees.get(match.group(1)) if match is not None else None
    if sense is not None:
        draft.change, draft.qualifier = "by", sense
