"""Measures said in two or three units: six feet two, two hours and 53 minutes, 7lb 4oz, 1h 20m."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from claims.quantities.english import numerals

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.unit import Unit


class Whole(NamedTuple):
    """The sum of a compound: where it ends, its value and the unit it is counted in."""

    end: int
    value: Decimal
    symbol: str
    name: str


# How many of the second unit make one of the first.
_STEPS = {
    ("foot", "inch"): 12,
    ("yard", "foot"): 3,
    ("yard", "inch"): 36,
    ("mile", "yard"): 1760,
    ("mile", "foot"): 5280,
    ("pound", "ounce"): 16,
    ("stone", "pound"): 14,
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("hour", "second"): 3600,
    ("minute", "second"): 60,
    ("kilometer", "meter"): 1000,
    ("meter", "centimeter"): 100,
    ("meter", "millimeter"): 1000,
    ("centimeter", "millimeter"): 10,
    ("kilogram", "gram"): 1000,
}
# A bare number may follow these: 5 foot 7, 12 stone 4.
_BARE = {"foot": ("inch", 12), "stone": ("pound", 14)}
# Times are counted in their smallest unit, which keeps them exact; so are stones.
_SMALLEST = frozenset({"year", "week", "day", "hour", "minute", "stone"})
_SYMBOLS = {"second": "second", "pound": "lb"}
_NAMES = {"POUND": "pound"}
_JOIN = re.compile(r"[ \t]?-[ \t]?(?=\w)|,?[ \t]{1,2}(?:and[ \t]{1,2})?|(?=\d)")
_AFTER_BARE = re.compile(r"\s*(?:$|[.,;:!?)\]]|(?:tall|high|long|and|in|with|but|to)\b)")
# Only behind feet is "in" a unit and no preposition.
_INCHES = re.compile(r"(?:inches|inch|ins?)\b(?!\s+[a-z]+\s+\d{4})|\"|″")
_FEET = re.compile(r"['’′][ \t]?(?P<inches>\d{1,2}(?:\.\d)?)(?:\"|''|’’|″|”)(?!\w)")
_CLOCK = re.compile(
    r"(?P<hours>\d{1,3})[ ]?h(?:rs?)?[ ]?(?P<minutes>\d{1,2})[ ]?m(?:ins?)?"
    r"(?:[ ]?(?P<seconds>\d{1,2}(?:\.\d{1,3})?)[ ]?s(?:ecs?)?)?\b"
    r"|(?P<lone>\d{1,3})[ ]?m(?:in)?[ ](?P<rest>\d{1,2}(?:\.\d{1,3})?)[ ]?s(?:ecs?)?\b"
)


def read(place: Place, numeral: Numeral, end: int, unit: Unit) -> Whole | None:
    """The measures that follow `numeral`, whose own `unit` ends at `end`, joined to it."""
    name = _NAMES.get(unit.symbol, unit.name)
    if name not in _LARGER:
        return None
    value, whole, factor = numeral.value, None, 1
    for _ in range(2):
        part = _part(place, end, name)
        if part is None:
            break
        end, amount, smaller = part
        steps = _STEPS[name, smaller]
        value, factor, name = value * steps + amount, factor * steps, smaller
        whole = _counted(end, value, factor, unit, smaller)
    return whole


def begins(place: Place, end: int, unit: Unit) -> bool:
    """Whether a number behind the comma at `end` may be a further measure: two hours, 5 minutes."""
    name = _NAMES.get(unit.symbol, unit.name)
    return name in _LARGER and place.words.candidates.match(place.lower, end + 2) is not None


def _counted(end: int, value: Decimal, factor: int, unit: Unit, smaller: str) -> Whole:
    name = _NAMES.get(unit.symbol, unit.name)
    if name in _SMALLEST:
        return Whole(end, value, _SYMBOLS.get(smaller, smaller), smaller)
    symbol = _SYMBOLS.get(name, unit.symbol)
    return Whole(end, value / factor, symbol, name)


_LARGER = frozenset(larger for larger, _ in _STEPS)


def _part(place: Place, at: int, larger: str) -> tuple[int, Decimal, str] | None:
    """The next measure of a compound: its end, its amount and its unit."""
    match = _JOIN.match(place.lower, at)
    if match is None or match.end() >= len(place.text):
        return None
    start = match.end()
    if place.words.candidates.match(place.lower, start) is None:
        return None
    numeral = numerals.read(place.words, place.text, place.lower, start, joins=False)
    if numeral is None or numeral.value.is_nan() or numeral.multiplier:
        return None
    gap = numeral.end
    while place.text[gap : gap + 1] in (" ", "-"):
        gap += 1
    inches = _INCHES.match(place.lower, gap) if larger in ("foot", "yard") else None
    if inches is not None and numeral.value < _STEPS[larger, "inch"]:
        return inches.end(), numeral.value, "inch"
    found = place.words.unit_at(place.text, place.lower, gap)
    if found is not None:
        name = _NAMES.get(found[2].symbol, found[2].name)
        steps = _STEPS.get((larger, name))
        if steps is not None and 0 <= numeral.value < steps:
            stop = place.text[found[0] - 1] == "." and place.ends_sentence(found[0])
            return found[0] - stop, numeral.value, name
    return _bare(place, match, numeral, larger)


def _bare(
    place: Place, match: re.Match[str], numeral: Numeral, larger: str
) -> tuple[int, Decimal, str] | None:
    if larger not in _BARE or "," in match.group() or "and" in match.group():
        return None
    smaller, steps = _BARE[larger]
    if not 0 <= numeral.value < steps:
        return None
    if "-" not in match.group() and _AFTER_BARE.match(place.lower, numeral.end) is None:
        return None
    if place.text[numeral.end : numeral.end + 1] == "%":
        return None
    return numeral.end, numeral.value, smaller


def feet(place: Place, numeral: Numeral) -> Whole | None:
    """Six feet two as 6'2"."""
    if place.text[numeral.end : numeral.end + 1] not in ("'", "’", "′"):
        return None
    if place.narrow and not place.text[numeral.end + 1 :].strip():
        return Whole(numeral.end + 1, numeral.value, "foot", "foot")
    match = _FEET.match(place.text, numeral.end)
    if match is None or not numeral.arabic:
        return None
    return Whole(match.end(), numeral.value + Decimal(match["inches"]) / 12, "foot", "foot")


def clock(place: Place, start: int) -> Whole | None:
    """A span of time in letters: 2h 3m 59s, 1hr 20min, 3m 26.1s."""
    head = place.lower[start + 1 : start + 5]
    if "h" not in head and "m" not in head:
        return None
    match = _CLOCK.match(place.lower, start)
    if match is None:
        return None
    if match["lone"]:
        seconds = Decimal(match["lone"]) * 60 + Decimal(match["rest"])
        return Whole(match.end(), seconds, "second", "second")
    minutes = Decimal(match["hours"]) * 60 + Decimal(match["minutes"])
    if match["seconds"]:
        return Whole(match.end(), minutes * 60 + Decimal(match["seconds"]), "second", "second")
    return Whole(match.end(), minutes, "minute", "minute")
