"""The shapes that most English figures have, read at once: 18.3%, 58 people, 48km, in 2024.

Every word beside such a figure that could change its meaning sends it to the whole grammar, so this
is a short cut and no second grammar; a test reads our sentences with and without it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import (
    ages,
    beside,
    counts,
    dates,
    labels,
    measured,
    multiples,
    percentages,
    prices,
    ranges,
)
from claims.quantities.english.drafts import of_unit
from claims.quantities.numeral import Numeral
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.beside import Before
    from claims.quantities.english.place import Place

_NUMBER = re.compile(
    r"(?:[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4}|[1-9][0-9]{0,11}|0(?=\.))(?:\.([0-9]{1,9}))?"
    r"(?![0-9]|[.,][0-9])"
)
_WORD = re.compile(r"[ -]?([A-Za-z]++)(?!\w)")
_SPACED = re.compile(r" ([A-Za-z]++)(?!\w)")
_YEAR = re.compile(r"(?:1[4-9]|20)[0-9]{2}\Z")
# Behind these a number may be a telephone's.
_DIALLED = frozenset({"911", "999", "112", "101", "111", "988"})
# What may stand before a number besides a word, and end a figure.
_OPENING = frozenset('("“+')
_STOPS = frozenset(",;)”?!")
_SHARE = re.compile(
    r" (?:(?P<percent>per ?cent)|(?P<pp>percentage points?)|(?P<bp>basis points?))(?![a-z-])"
)
_SHARES = {
    "percent": ("percent-word", "%"),
    "pp": ("percentage-point", "pp"),
    "bp": ("basis-point", "bp"),
}
_POINTS = re.compile(r" points\b(?! of)")
_OLD = re.compile(r"-year-olds?(?![\w-])")
_UNIT_OF_YEAR = ("%", "per", "million", "billion", "trillion", "thousand", "bn", "hundred")
# These letters are read by grammars of their own right behind digits: 5st, 5pm, 50kpc.
_TIED = frozenset(
    (
        *("st", "nd", "rd", "th", "am", "pm", "hr", "hrs", "min"),
        *("pc", "pp", "ppt", "ppts", "bp", "bps"),
    )
)
_SUFFIXES = frozenset({"bn", "tn", "trn"})
_OLDEST = 120
_YEAR_DIGITS = 4


def read(place: Place) -> int:
    """Adds the plain figure in digits that starts here; its end, or 0 when none does."""
    text, at = place.text, place.at
    match = _NUMBER.match(text, at)
    if match is None:
        return 0
    if at and text[at - 1] in prices.SIGNS:
        draft = prices.read(place, match)
    else:
        draft = _in_digits(place, match)
    return _label(place, match) if draft is None else place.add(draft)


def _label(place: Place, match: re.Match[str]) -> int:
    """The end of the number of a section, a page or a model, which counts nothing."""
    end, before = match.end(), place.before(place.at)
    if not before or beside.before(before).aging or _YEAR.match(match.group()) is not None:
        return 0
    if not labels.named(place, Numeral(place.at, place.at, _NO_VALUE)):
        return 0
    word = _SPACED.match(place.text, end)
    if word is None:
        counts_nothing = beside.stops(place.text, end)
    else:
        counts_nothing = beside.behind(word.group(1)).plain or beside.is_free(place, end)
    return end if counts_nothing and not ages.speaks_of_ages(place, place.at) else 0


def spelled(place: Place) -> int:
    """Adds the plain figure whose numeral is the word at hand; its end, or 0."""
    value = place.words.plain_numerals.get(place.word)
    if value is None or place.letter.isupper():
        return 0
    lead = _lead(place)
    if lead is None or not lead.plain or lead.article in ("a", "an"):
        return 0
    end = place.at + len(place.word)
    draft = _spoken(place, Numeral(place.at, end, value, arabic=False, decimals=0), lead)
    return 0 if draft is None else place.add(draft)


def _lead(place: Place) -> Before | None:
    """What stands before the number, unless it may make more of it."""
    at, text = place.at, place.text
    word = place.before(at)
    if word:
        lead = beside.before(word)
        listed = lead.listing and labels.named(place, Numeral(at, at, _NO_VALUE))
        return None if listed else lead
    if not at or text[at - 1] in _OPENING or (text[at - 1] == " " and text[at - 2] in _STOPS):
        return beside.NOTHING_BEFORE
    return None


_NO_VALUE = Decimal(0)


def _in_digits(place: Place, match: re.Match[str]) -> Draft | None:
    written, end = match.group(), match.end()
    lead = None if written in _DIALLED else _lead(place)
    if lead is None or (lead.article == "the" and dates.month_before(place) is not None):
        return None
    if not lead.plain:
        return _dated(place, end) if lead.month else None
    after = place.text[end : end + 1]
    if len(written) == _YEAR_DIGITS and after != "%" and _YEAR.match(written) is not None:
        return _year(place, end, lead)
    decimals = match.group(1)
    value = Decimal(written.replace(",", ""))
    numeral = Numeral(place.at, end, value, decimals=len(decimals) if decimals else 0)
    if after == " ":
        return _spoken(place, numeral, lead)
    if after == "%":
        return _ended(place, numeral, percentages.share(numeral, end + 1, "percent-sign"))
    if after.isalpha() or after == "-":
        return _tied(place, numeral, lead)
    return _bare(place, numeral, lead)


def _dated(place: Place, end: int) -> Draft | None:
    """A day or a year behind its month: October 1, March 2026."""
    spaced = place.text[end : end + 1] == " "
    if not (spaced or beside.stops(place.text, end)) or (
        spaced and place.lower[end + 1 : end + 2] in "hm"
    ):
        return None
    return dates.named_month(place)


def _year(place: Place, end: int, lead: Before) -> Draft | None:
    """Four digits behind a word of time are a year, whatever but a unit follows."""
    text = place.text
    after = text[end : end + 1]
    if not lead.dates or not (after == " " or beside.ends(place, end)):
        return None
    if after == " " and not text[end + 1 : end + 2].isalpha():
        return None
    if place.lower.startswith(_UNIT_OF_YEAR, end + 1):
        return None
    written = text[place.at : end]
    draft = dates.period_draft(place.at, end, "date_year", written, "year")
    draft.value, draft.reason = Decimal(written), None
    draft.unit = draft.unit_name = "year"
    return draft


def _spoken(place: Place, numeral: Numeral, lead: Before) -> Draft | None:
    """A number with words behind it: 58 people, 2.4 percent, 24 hours, 1.2 million tonnes."""
    end = numeral.end
    match = _WORD.match(place.text, end)
    if match is None:
        return None
    word = beside.behind(match.group(1))
    if word.unit:
        return measured.read(place, numeral, match, lead)
    if word.plain or _POINTS.match(place.lower, end) or beside.is_free(place, end):
        return _counted(place, numeral, lead, capital=word.capital)
    if word.scale and not numeral.multiplier:
        scaled = _NO_VALUE + numeral.value.scaleb(word.scale)
        return _scaled(place, numeral, (match.end(), scaled, word.scale), lead)
    if word.month and numeral.arabic:
        return dates.named_month(place)
    if match.group(1) == "times":
        times = multiples.read(place, numeral)
        return times if times is not None and beside.ends(place, times.core_end) else None
    share = _SHARE.match(place.lower, end)
    if share is None:
        return None
    shared = percentages.share(numeral, share.end(), *_SHARES[share.lastgroup or ""])
    return _ended(place, numeral, shared)


def _ended(place: Place, numeral: Numeral, share: Draft) -> Draft | None:
    """A share alone, or from its number to a second one."""
    if beside.ends(place, share.core_end):
        return share
    if place.lower.startswith(_JOINTS, share.core_end):
        return ranges.read(place, numeral, share) or share
    return None


_JOINTS = (" to ", " and ", " or ")


def _scaled(
    place: Place, numeral: Numeral, million: tuple[int, Decimal, int], lead: Before
) -> Draft | None:
    """A number with its million: where that ends, what it makes of the number, and its power."""
    end, value, power = million
    scaled = Numeral(numeral.start, end, value, numeral.arabic, numeral.decimals, power)
    if place.text[end : end + 1] == " ":
        return _spoken(place, scaled, lead)
    return _bare(place, scaled, lead)


def _tied(place: Place, numeral: Numeral, lead: Before) -> Draft | None:
    """Letters right behind digits or a hyphen: 48km, 6.3-inch, 5bn people, 3.2m customers."""
    text, end = place.text, numeral.end
    match = _WORD.match(text, end)
    if match is None or match.group().lower() in _TIED:
        return None
    letters = match.group()
    if letters == "m":
        return _metres_or_millions(place, numeral, lead)
    if letters in _SUFFIXES:
        power = place.words.suffixes[letters]
        return _scaled(place, numeral, (match.end(), numeral.value.scaleb(power), power), lead)
    if (old := _OLD.match(text, end)) is not None:
        if not beside.ends(place, old.end()):
            return None
        draft = of_unit(numeral, old.end(), "age", numeral.value, "year", "year", "age")
        draft.decimals = numeral.decimals
        return draft
    return (
        measured.read(place, numeral, match, lead) if beside.behind(match.group(1)).unit else None
    )


def _metres_or_millions(place: Place, numeral: Numeral, lead: Before) -> Draft | None:
    """3.2m customers are millions, 5m is a length where nothing can be counted."""
    end = numeral.end + 1
    noun = counts.noun_at(place, end)
    if noun is not None and noun.lower() in place.words.millions:
        scaled = numeral._replace(end=end, value=numeral.value.scaleb(6), multiplier=6)
        return _counted(place, scaled, lead, capital=False)
    return measured.metres(place, numeral, lead)


def _counted(place: Place, numeral: Numeral, lead: Before, *, capital: bool) -> Draft | None:
    """A number with its noun, or alone where no noun follows."""
    if numeral.value == 1 and not numeral.multiplier:
        return None
    noun = counts.noun_at(place, numeral.end)
    if noun is None:
        return None if capital else _bare(place, numeral, lead)
    if (lead.aging and ages.announced(place, numeral)) or _may_be_ages(place, numeral):
        return None
    draft = _draft(numeral, "count", "count")
    draft.unit = draft.unit_name = noun
    return draft


def _bare(place: Place, numeral: Numeral, lead: Before) -> Draft | None:
    """A number without a unit."""
    if (lead.aging and ages.announced(place, numeral)) or _may_be_ages(place, numeral):
        return None
    text, start, end = place.text, numeral.start, numeral.end
    if text[end : end + 1] != " " and (
        text[start - 2 : start] == ", " or not beside.stops(text, end)
    ):
        return None
    return _draft(numeral, "number", "bare")


def _draft(numeral: Numeral, kind: str, rule: str) -> Draft:
    start, end = numeral.start, numeral.end
    draft = Draft(start, end, start, end, kind, numeral.value, rule)
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    return draft


def _may_be_ages(place: Place, numeral: Numeral) -> bool:
    """Whether the sentence may speak of ages: a retirement age of at least 67."""
    return numeral.value <= _OLDEST and ages.speaks_of_ages(place, numeral.start)
