"""What a bare number counts: the plural noun behind it, over the words that describe the noun."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english import labels
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral

_WORD = re.compile(r"[ \t\xa0]{1,2}(?P<word>[A-Za-z\u00c0-\u024f][\w'’&.-]*|\d{2,4}(?=[ ][A-Z]))")
_OF = re.compile(
    r"[ \t\xa0]of(?:[ \t\xa0](?:the|its|his|her|their|our|my|these|those))?(?=[ \t\xa0])"
)
_MOST_WORDS = 4
_ENDS_CLAUSE = ",.;:!?"


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A number with the noun that it counts; the noun is the unit, not part of the core."""
    noun = _noun(place, numeral)
    if noun is None or labels.named(place, numeral):
        return None
    draft = Draft(
        numeral.start, numeral.end, numeral.start, numeral.end, "count", numeral.value, "count"
    )
    draft.unit = draft.unit_name = noun
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    if numeral.vague:
        draft.comparator = "multiple_of"
    return draft


def _noun(place: Place, numeral: Numeral) -> str | None:
    """The head noun: 27 new cases are cases, 50 Boeing 737 MAX jets are jets."""
    at = labels.rounded(place, numeral)
    if numeral.vague and (match := _OF.match(place.lower, at)):
        at = match.end()
    return noun_at(place, at, single=numeral.value == 1 and not numeral.multiplier)


def noun_at(place: Place, at: int, *, single: bool = False) -> str | None:
    """The head of the plural noun phrase that starts at `at`; of a singular one if `single`."""
    for _ in range(_MOST_WORDS):
        match = _WORD.match(place.text, at)
        if match is None:
            return None
        word = match["word"]
        at = match.end()
        if word[-1] in ".'’":
            word = word.rstrip(".'’")
        if not word or closes(place, word.lower()):
            return None
        if _counts(place, word, single=single):
            return word
        if word.lower() in place.words.attributive and _is_last(
            place, word, match.start("word") + len(word)
        ):
            return word
        if place.text[at - 1] == "." or place.text[at : at + 1] in _ENDS_CLAUSE:
            return None
    return None


def closes(place: Place, lower: str) -> bool:
    """A word of grammar or a verb ends the search for a noun."""
    return lower in place.words.closers or lower in place.words.verbs


def _counts(place: Place, word: str, *, single: bool) -> bool:
    lower = word.lower()
    words = place.words
    if single:
        return lower in words.singles
    return _INITIALS.fullmatch(word) is not None or is_plural(place, lower)


# RBIs and MPs; and what may stand behind the last word of a clause.
_INITIALS = re.compile(r"[A-Z]{2,}s")
_SHORTEST = 5


def _is_last(place: Place, word: str, at: int) -> bool:
    """Thirty-two sports: what else describes a noun is one at the end of a clause."""
    follower = place.text[at : at + 1]
    return len(word) >= _SHORTEST and word[-1] == "s" and (not follower or follower in ".,;:!?)")


def is_plural(place: Place, lower: str) -> bool:
    """Whether a word looks like the plural of a noun."""
    if lower in place.words.people:
        return True
    if lower in place.words.attributive or lower in place.words.closers or lower[-1:] != "s":
        return False
    return (
        len(lower) >= len("cats")
        and not lower.endswith(("ss", "us", "is", "ous", "'s", "’s"))
        and "." not in lower
    )
