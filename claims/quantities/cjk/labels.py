"""Numbers that name something (iPhone 15, H100, 5号线) and bare numbers that count something."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_RUN = re.compile(r"[0-9A-Za-z]+(?:[-.][0-9A-Za-z]+)*")
_MODEL = re.compile(r"[0-9]+(?:[.-][0-9]+)*[A-Za-z][0-9A-Za-z]*(?:[-.][0-9A-Za-z]+)*")
_NAME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*[ \u3000\xa0]{1,2}\Z")
_NAME_REACH = 24
# A number in Chinese letters below this, without a unit, is mostly part of a word.
_SMALLEST_WORDED = 100
# Codes are long runs of digits without separators.
_CODE_DIGITS = 6


def letters_before(place: Place) -> int:
    """The end of a run such as H100 or COVID-19; 0 when the digit at hand starts a number."""
    text, at = place.text, place.at
    if not at:
        return 0
    before = text[at - 1]
    if before in "-–" and at > 1:
        before = text[at - 2]
        if not (before.isascii() and before.isalpha()):
            return 0
    if before != "_" and not (before.isascii() and before.isalpha()):
        return 0
    prefix = place.words.prefixes.before(text, at)
    if prefix is not None:
        first = text[prefix[0] - 1 : prefix[0]]
        if not (first.isascii() and first.isalnum()):
            return 0
    match = _RUN.match(text, at)
    return match.end() if match is not None else at + 1


def bare(place: Place, numeral: Numeral) -> Draft | None:
    """A number without a unit, unless it is a label or part of a word."""
    if not _counts(place, numeral):
        return None
    draft = Draft(
        numeral.start, numeral.end, numeral.start, numeral.end, "number", numeral.value, "bare"
    )
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    if numeral.odd:
        draft.comparator = "odd"
    return draft


def _counts(place: Place, numeral: Numeral) -> bool:
    text, words = place.text, place.words
    if words.labels_after.at(text, numeral.end) is not None:
        return False
    if not numeral.arabic:
        if place.stop is not None and numeral.end <= place.stop[1]:
            return False
        return numeral.value >= _SMALLEST_WORDED or bool(numeral.decimals) or numeral.odd
    after = text[numeral.end : numeral.end + 1]
    if after.isascii() and after.isalpha():
        return False
    if numeral.multiplier or numeral.decimals:
        return True
    return not _named(place, numeral)


def _named(place: Place, numeral: Numeral) -> bool:
    """A name stands before the number, or its digits are a code."""
    text = place.text
    digits = text[numeral.start : numeral.end]
    if digits[0] in "0０" and len(digits) > 1:
        return True
    if len(digits) >= _CODE_DIGITS and digits.isdigit():
        return True
    at = numeral.start
    while at and text[at - 1] in " \u3000":
        at -= 1
    if place.words.makers.before(text, at) is not None:
        return True
    return _NAME.search(text, max(0, numeral.start - _NAME_REACH), numeral.start) is not None


def skipped(place: Place, numeral: Numeral) -> int:
    """Where the search goes on behind a number that is a label: 737MAX is skipped as a whole."""
    if numeral.arabic:
        match = _MODEL.match(place.text, place.at)
        if match is not None:
            return max(match.end(), numeral.end)
    return numeral.end
