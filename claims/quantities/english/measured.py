"""Plain measures and prices in words, read at once: 48km, a 6.3-inch screen, 24 hours, 42 cents."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english import ages, beside, compounds, counts, money
from claims.quantities.english.drafts import of_unit
from claims.quantities.unit import Unit

if TYPE_CHECKING:
    from claims.quantities.english.beside import Before
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.quantity import Draft

_WORD = re.compile(r" ([A-Za-z]++)(?!\w)")
_METRE = Unit("m", "meter", "dimension")
# Pounds weigh or cost, degrees are of warmth or of an angle.
_AMBIGUOUS = frozenset({"POUND", "°"})


def read(place: Place, numeral: Numeral, match: re.Match[str], lead: Before) -> Draft | None:
    """A number with its unit, where no second unit and no word of time follows."""
    found = place.words.unit_at(place.text, place.lower, match.start(1))
    if found is None or (lead.aging and ages.announced(place, numeral)):
        return None
    end, surface, unit = found
    if unit.symbol in _AMBIGUOUS or not surface[-1].isalpha():
        return None
    spaced = not match.group()[0].isalpha()
    if unit.kind == "currency":
        return _price(place, numeral, found) if spaced else None
    if unit.kind not in ("dimension", "duration") or not beside.ends(place, end):
        return None
    if unit.kind == "duration" and (not spaced or _is_relative(place, end)):
        return None
    if place.text[end : end + 1] == "," and compounds.begins(place, end, unit):
        return None
    return _of_unit(numeral, end, unit)


def metres(place: Place, numeral: Numeral, lead: Before) -> Draft | None:
    """The length of a number with an m right behind it that counts no millions."""
    end, after = numeral.end + 1, place.after(numeral.end + 1)
    if after.islower() and counts.is_plural(place, after):
        return None
    if lead.aging and ages.announced(place, numeral):
        return None
    if not beside.ends(place, end) or compounds.begins(place, end, _METRE):
        return None
    return _of_unit(numeral, end, _METRE)


def _price(place: Place, numeral: Numeral, found: tuple[int, str, Unit]) -> Draft | None:
    """A number with its currency behind it: 42 cents, 5 million euros."""
    if not beside.ends(place, found[0]):
        return None
    draft = money.suffixed(place, numeral, found)
    if draft is not None:
        draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    return draft


def _of_unit(numeral: Numeral, end: int, unit: Unit) -> Draft:
    symbol = "lb" if unit.name == "pound" else unit.symbol
    draft = of_unit(numeral, end, unit.kind, numeral.value, symbol, unit.name, unit.kind)
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    return draft


def _is_relative(place: Place, end: int) -> bool:
    """Three years ago, two months of age: a date or an age and no span."""
    match = _WORD.match(place.text, end)
    if match is None or not beside.behind(match.group(1)).relative:
        return False
    # Before anything else it is a conjunction: 11 minutes before a crowd.
    joins = _WORD.match(place.text, match.end()) is not None
    return match.group(1) != "before" or not joins
