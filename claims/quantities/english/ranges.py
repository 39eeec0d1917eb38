"""English ranges: 5-10, 10 to 15 percent, between $5m and $7m."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english import (
    counts,
    labels,
    measures,
    money,
    multiples,
    numerals,
    percentages,
)
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral

_JOIN = re.compile(r"[-–][ ]to[ ]|[ \t]?[-–—~][ \t]?|[ \t]{1,2}(?:to|and|or)[ \t]{1,2}")
_CURRENCY = re.compile(r"(?:us|hk|nt|a|c|s|nz)?[$€£¥₩₹]|(?:usd|eur|gbp|rs\.?)[ \t]?")
_BETWEEN = re.compile(r"\bbetween[ \t]{1,2}(?:[$€£¥₹]|us\$|an?[ ])?[ \t]?\Z")
_ARTICLE = re.compile(r"an?[ ](?=[a-z])")
_FROM = re.compile(r"\b(?:from|at)[ \t]{1,2}(?:[$€£¥₹]|us\$)?[ \t]?\Z")
_SCORE = re.compile(
    r"\b(?:won|win|wins|lost|lose|beat|beats|drew|draw|defeat|victory|by|led|lead)[ \t]{1,2}\Z"
)
_JOINTS = frozenset(" \t-–—~")
_JOINT_LETTERS = frozenset("tao-–—~ ")
_UNITLESS = frozenset({"bare", "count"})
_CHANGE = re.compile(
    r"\b(?:rose|fell|grew|climbed|dropped|went|rising|falling|increased|declined|risen|fallen|cut|raised|up|down|jumped|slipped|moved|slid)\b"
)


def begun(place: Place, start: int) -> bool:
    """Whether "between" stands before the numeral at `start`, whose "and" then joins two ends."""
    floor = max(0, start - 14)
    if place.lower.find("between", floor, start) < 0:
        return False
    return _BETWEEN.search(place.lower, floor, start) is not None


def read(place: Place, numeral: Numeral, first: Draft | None) -> Draft | None:
    """The range that starts with `numeral`, which alone reads as `first`."""
    unit = None if first is None or first.rule in _UNITLESS else first
    at = numeral.end if unit is None else unit.core_end
    if place.text[at : at + 1] not in _JOINTS or at + 1 >= len(place.text):
        return None
    if place.text[at] == " " and place.lower[at + 1] not in _JOINT_LETTERS:
        return None
    match = _JOIN.match(place.lower, at)
    if match is None or match.end() >= len(place.text):
        return None
    joint = match.group().strip().removeprefix("- ").removeprefix("– ")
    if joint == "or" and not _is_guess(place, numeral, match.end()):
        return None
    if labels.named(place, numeral) or (joint == "and" and not begun(place, numeral.start)):
        return None
    if joint == "to" and _is_change(place, numeral):
        return None
    return _joined(place, numeral, unit, match, joint)


def _is_step(place: Place, first: Draft) -> bool:
    """Fell by $60bn to $75bn, rose 0.4% to 3.1%: a step with its unit, and where it ends."""
    word = place.before(first.core_start).lower()
    return word == "by" or word in place.words.verbs


def _is_guess(place: Place, numeral: Numeral, start: int) -> bool:
    """Two or three, 0.1 or 0.2 percent: neighbours, of which either may be meant."""
    if place.words.candidates.match(place.lower, start) is None:
        return False
    upper = numerals.read(place.words, place.text, place.lower, start)
    if upper is None or upper.value.is_nan() or upper.arabic != numeral.arabic:
        return False
    return 0 < numeral.value < upper.value <= 2 * numeral.value


def _joined(
    place: Place, numeral: Numeral, first: Draft | None, match: re.Match[str], joint: str
) -> Draft | None:
    sign = _CURRENCY.match(place.lower, match.end())
    start = match.end() if sign is None else sign.end()
    article = _ARTICLE.match(place.lower, start)
    start = start if article is None else article.end()
    if place.words.candidates.match(place.lower, start) is None:
        return None
    upper = numerals.read(place.words, place.text, place.lower, start)
    if (
        upper is None
        or upper.value.is_nan()
        or (upper.arabic != numeral.arabic and joint not in ("to", "and", "or"))
    ):
        return None
    if first is not None and first.kind == "currency":
        upper = money.short_scale(place, upper)
    last = _with_unit(place, upper)
    if joint == "to" and first is not None and _is_step(place, first):
        return None
    if 0 < numeral.value < 1 <= upper.value and not numeral.arabic:
        return None
    lower = _shared(numeral, upper)
    if upper.value <= lower.value and not (first and last and _above(last, first)):
        return None
    if sign is not None and (first is None or first.kind != "currency"):
        return None
    if (
        first is not None
        and first.core_end > numeral.end
        and (last is None or last.unit != first.unit)
    ):
        return None
    if joint not in ("to", "and", "or") and not _is_dash_range(place, numeral, upper, last):
        return None
    return _draft(place, (numeral, lower, upper), first, last)


def _above(last: Draft, first: Draft) -> bool:
    return last.value is not None and first.value is not None and last.value > first.value


def _is_change(place: Place, numeral: Numeral) -> bool:
    """From 1% to 50% behind a verb of change is a change; without one it is a range."""
    if _FROM.search(place.lower, max(0, numeral.start - 8), numeral.start) is None:
        return False
    lead = place.around(numeral.start, numeral.start, 60, 0)
    return _CHANGE.search(lead) is not None


def _is_dash_range(place: Place, numeral: Numeral, upper: Numeral, last: Draft | None) -> bool:
    text = place.text
    if text[upper.end : upper.end + 1] in ("-", "–", "/", ":") and last is None:
        return False
    if text[numeral.start - 1 : numeral.start] in ("-", "–", "/", ":"):
        return False
    if last is not None:
        return True
    return _SCORE.search(place.lower, max(0, numeral.start - 10), numeral.start) is None


def _shared(lower: Numeral, upper: Numeral) -> Numeral:
    """Ten to fifteen million: the scale is written once."""
    if lower.multiplier or not upper.multiplier:
        return lower
    if lower.value >= upper.value.scaleb(-upper.multiplier):
        return lower
    return lower._replace(value=lower.value.scaleb(upper.multiplier), multiplier=upper.multiplier)


def _with_unit(place: Place, numeral: Numeral) -> Draft | None:
    return (
        percentages.read(place, numeral)
        or multiples.read(place, numeral)
        or measures.read(place, numeral)
    )


def _draft(
    place: Place,
    ends: tuple[Numeral, Numeral, Numeral],
    first: Draft | None,
    last: Draft | None,
) -> Draft:
    numeral, lower, upper = ends
    start = numeral.start if first is None else first.core_start
    end = upper.end if last is None else last.core_end
    draft = Draft(start, end, numeral.start, upper.end, "range", lower.value, "range")
    draft.value_high, draft.comparator = upper.value, "range"
    draft.decimals, draft.multiplier = upper.decimals, lower.multiplier
    unit = last or first or counts.read(place, upper)
    if unit is not None:
        draft.unit, draft.unit_name = unit.unit, unit.unit_name
    if first is not None and first.value is not None and first.multiplier:
        draft.value, draft.multiplier = first.value, first.multiplier
    if last is not None and last.value is not None:
        draft.value_high = last.value
        if (first is None or not first.multiplier) and last.multiplier and not upper.multiplier:
            draft.value = numeral.value.scaleb(last.multiplier)
    return draft
