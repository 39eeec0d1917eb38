"""English phrases read as a whole: "no one", "a year and a half", "a few thousand"."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral


def stopped(place: Place) -> int:
    """The end of a fixed phrase over the word at hand: second to none, no one."""
    for phrase, offsets in place.words.stops.get(place.word, ()):
        for offset in offsets:
            start = place.at - offset
            if start >= 0 and place.lower.startswith(phrase, start):
                end = start + len(phrase)
                if not (
                    place.lower[end : end + 1].isalnum() or place.lower[start - 1 : start].isalnum()
                ):
                    return end
                break
    return 0


_ONE = Decimal(1)


_BOUNDED = frozenset({"over", "under", "at_least", "at_most", "nearly", "about"})


_AND_A_HALF = re.compile(r"[ ]and[ ]a[ ](half|quarter)\b")


_OF_TIME = re.compile(r"[ \t](?:ago|earlier|later|before|hence)\b")


def article(place: Place) -> int:
    """More than a century, nearly a mile, a year and a half: the article counts one."""
    article, _, name = place.word.partition(" ")
    end = place.at + len(place.word)
    half = _AND_A_HALF.match(place.lower, end)
    found = place.words.before.before(place.lower, max(place.at - 1, 0))
    bounded = found is not None and found[1] in _BOUNDED and found[0] >= place.free
    end = end if half is None else half.end()
    if (not bounded and half is None) or _OF_TIME.match(place.lower, end):
        return 0
    unit = place.words.folded.words[name]
    parts = {None: Decimal(0), "half": Decimal("0.5"), "quarter": Decimal("0.25")}
    value = _ONE + parts[half and half.group(1)]
    numbered = end if half is not None else place.at + len(article)
    draft = Draft(place.at, end, place.at, numbered, unit.kind, value, "article", unit.symbol)
    draft.unit_name = unit.name
    return place.add(draft)


_FEW = re.compile(r"\b(?:a few|several|many|some few)[ ]\Z")


def few(place: Place) -> Numeral | None:
    """Several hundred, a few thousand: a multiple of what is named."""
    lead = _FEW.search(place.lower, max(place.free, place.at - 9), place.at)
    if lead is None:
        return None
    numeral = numerals.read(place.words, place.text, place.lower, place.at)
    return None if numeral is None else numeral._replace(start=lead.start(), vague=True)
