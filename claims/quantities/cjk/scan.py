"""One pass over a text: finds where a quantity may start and hands each place to its grammar."""

import datetime as dt
import re
from collections.abc import Callable

from claims.quantities.cjk import (
    ages,
    cents,
    dates,
    first_look,
    fractions,
    korean_numerals,
    labels,
    measures,
    multiples,
    numerals,
    ordinals,
    percentages,
    pounds,
    ranges,
    speeds,
    vague,
    weather,
)
from claims.quantities.cjk.place import Place
from claims.quantities.cjk.vocabulary import Vocabulary, vocabulary
from claims.quantities.numeral import Numeral
from claims.quantities.quantity import Draft, Quantity

# Nothing reaches over the end of a sentence, so a text reads as its sentences do.
_SENTENCE = re.compile(r"[^。！？!?\n]+")
_BLANKS = " \u3000"
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+")


# Neither a blank nor a letter, so that no grammar reads across a web address.
_BLANK = "\0"


def blanked(text: str) -> str:
    """`text` with web addresses overwritten, so that their numbers are none."""
    if "://" not in text:
        return text
    return _ADDRESS.sub(lambda match: _BLANK * len(match.group()), text)


def read(lang: str, text: str, published: dt.date | None = None) -> list[Quantity]:
    """The quantities of `text` in the order of their places."""
    words = vocabulary(lang)
    return [
        draft.freeze(match.group(), match.start())
        for match in _SENTENCE.finditer(blanked(text))
        for draft in scan(words, match.group(), published)
    ]


def scan(
    words: Vocabulary, text: str, published: dt.date | None = None, *, narrow: bool = False
) -> list[Draft]:
    """The drafts of `text`; each candidate letter is looked at once. `narrow` joins no ranges."""
    found: list[Draft] = []
    search = words.candidates.search
    match = search(text)
    digits, followers, ordinal = words.digits, words.followers, words.words["ordinal"]
    while match is not None:
        at = match.start()
        if text[at] in digits and text[at + 1 : at + 2] not in followers:
            before = text[at - 1 : at]
            if not before or (before not in ordinal and before not in _BLANKS):
                match = search(text, at + 1)
                continue
        end = _at(Place(words, text, at, found, published, narrow=narrow))
        match = search(text, end if end > at else at + 1)
    return found


def _at(place: Place) -> int:
    """Reads what stands at a candidate letter; the place where the search goes on."""
    if place.at == place.free and place.found and place.words.digits.get(place.letter) == 0:
        return place.at + 1
    if place.words.verbs_last and not place.narrow:
        end = first_look.read(place)
        if end:
            return end
    return _shared(place)


def _shared(place: Place) -> int:
    """What all three scripts read alike."""
    special = _SPECIAL.get(place.letter)
    if special is not None:
        end = special(place)
        if end > place.at or place.letter not in place.words.hanzi:
            return end
    if place.letter in place.words.vague:
        numeral = vague.several(place)
        return 0 if numeral is None else _figure(place, numeral)
    if not place.arabic:
        place.stop = place.words.stop_around(place.text, place.at)
        if place.stop is not None and place.stop[0] < place.at:
            return place.stop[1]
        end = percentages.hundredths(place)
        if end:
            return end
    return _date(place) or _numeral(place)


def _date(place: Place) -> int:
    if place.words.verbs_last and first_look.counts_days(place):
        return 0
    return dates.read(place)


def _numeral(place: Place) -> int:
    if place.words.lang == "ko" and not place.arabic:
        spelled = korean_numerals.read(place.words, place.text, place.at)
        return 0 if spelled is None else _figure(place, place.signed(spelled))
    if place.arabic:
        end = labels.letters_before(place)
        if end:
            return end
    numeral = _worded(place) if not place.arabic else None
    if numeral is None:
        numeral = numerals.read(place.words, place.text, place.at)
    if numeral is None:
        numeral = vague.bare_scale(place)
    if numeral is None:
        return place.stop[1] if place.stop else 0
    if place.stop is not None and numeral.end <= place.stop[1]:
        return place.stop[1]
    if numeral.value.is_nan():
        return numeral.end
    return _figure(place, place.signed(numeral))


def _worded(place: Place) -> Numeral | None:
    return None if place.stop is not None else vague.neighbours(place)


def _figure(place: Place, numeral: Numeral) -> int:
    draft = None
    for grammar in _grammars(place):
        draft = grammar(place, numeral)
        if draft is not None:
            break
    if not place.narrow:
        draft = ranges.read(place, numeral, draft) or draft
    if draft is None:
        return labels.skipped(place, numeral)
    _widen(draft, numeral)
    return place.add(draft)


def _grammars(place: Place) -> tuple[Callable[[Place, Numeral], Draft | None], ...]:
    if place.narrow:
        return _NARROW_EAST.get(place.words.lang, _NARROW)
    return _VERBS_LAST if place.words.verbs_last else _GRAMMARS


def _widen(draft: Draft, numeral: Numeral) -> None:
    """A numeral that is a range itself (三五百) makes its quantity a range."""
    if numeral.high is None or draft.value is None or draft.kind == "ordinal":
        return
    ends = draft.value, numeral.high * (draft.value / numeral.value)
    draft.value, draft.value_high = min(ends), max(ends)
    draft.kind = draft.comparator = "range"


_GRAMMARS = (
    fractions.read,
    ordinals.counted,
    percentages.read,
    multiples.read,
    measures.read,
    measures.adjective,
    labels.bare,
)


_SPECIAL = {
    "首": ordinals.first,
    "榜": ordinals.first,
    "头": ordinals.first,
    "頭": ordinals.first,
    "翻": multiples.turn,
    "半": percentages.half,
    "절": percentages.half,
}
_NARROW = (percentages.read, measures.read)
_NARROW_EAST = {
    "ja": (ages.read, cents.read, speeds.read, *_NARROW),
    "ko": (ages.read, cents.read, pounds.read, speeds.read, weather.read, *_NARROW),
}
_VERBS_LAST = (first_look.grammar, *_GRAMMARS)
