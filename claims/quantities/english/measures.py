"""An English numeral with its unit or noun: measures, ages, temperatures, spans, counts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import ages, compounds, counts, dates, degrees, money
from claims.quantities.english.drafts import of_unit
from claims.quantities.unit import Unit

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.quantity import Draft

_GAP = re.compile(r"[ \t]?-[ \t]?(?=[a-zA-Z])|[ \t\xa0]{0,2}(?P<open>[(\[{<])?")
# Half an acre, a quarter of a mile, two-thirds of the mile.
_PART_OF = re.compile(
    r"[ \t]{1,2}(?:of[ \t]{1,2})?(?:an?|the)[ \t]{1,2}|[ \t]{1,2}of[ \t]{1,2}one[ \t]{1,2}"
)
_LETTER = re.compile(r"(?:s|h|in)(?![\w'’-])")
_HEAVY = re.compile(
    r"weigh|baby|heav|lift|meat|\blbs?\b|\blost\b|kilogram|\bton|ounce|body|muscle|mass|load"
    r"|cargo|drug|cocaine|fish"
)
_COSTLY = re.compile(
    r"profit|million|cost|price|£|pay|paid|spend|spent|worth|bank|budget|salary|pension|fund|revenue|sales|sold|income|debt|loan|fine|tax|share"
)
_TIGHT = frozenset(
    {"m", "t", "g", "l", "mm", "cm", "km", "kg", "ml", "W", "V", "L", "nm", "ha", "mi"}
)
_WINDOW = 60


def read(place: Place, numeral: Numeral) -> Draft | None:
    """The quantity of `numeral` with the unit at its side."""
    unit = unit_after(place, numeral) or degrees.lettered(place, numeral) or _tight(place, numeral)
    feet = compounds.feet(place, numeral)
    if feet is not None:
        return _compound(numeral, feet, "dimension")
    if unit is None and (below := degrees.below_zero(place, numeral)) is not None:
        return below
    if _is_million(place, numeral, unit):
        return _millions(place, numeral)
    draft = ages.read(place, numeral)
    if draft is None:
        draft = money.read(place, numeral, _as_money(place, numeral, unit))
    if draft is None and unit is not None:
        draft = measured(place, numeral, unit)
    if draft is None:
        return None
    draft.decimals = numeral.decimals
    draft.multiplier = draft.multiplier or _multiplier(draft, numeral)
    if numeral.vague:
        draft.comparator = "multiple_of"
    return draft


def _is_million(place: Place, numeral: Numeral, unit: tuple[int, str, Unit] | None) -> bool:
    if unit is None or unit[1] != "m" or unit[0] != numeral.end + 1:
        return False
    noun = counts.noun_at(place, unit[0]) or ""
    if noun.lower() in place.words.millions:
        return True
    noun = place.after(unit[0])
    if place.before(numeral.start).lower() in ("a", "an", "the") or not noun.islower():
        return False
    return noun not in place.words.long and counts.is_plural(place, noun)


def _millions(place: Place, numeral: Numeral) -> Draft | None:
    """6.5m people: before a noun of persons or goods the m stands for millions."""
    scaled = numeral._replace(end=numeral.end + 1, value=numeral.value.scaleb(6), multiplier=6)
    return counts.read(place, scaled)


def _tight(place: Place, numeral: Numeral) -> tuple[int, str, Unit] | None:
    """9.58s, 24h and 12in: letters that are units only right behind digits."""
    if place.text[numeral.end : numeral.end + 1] not in ("s", "h", "i"):
        return None
    match = _LETTER.match(place.text, numeral.end) if numeral.arabic else None
    if match is None or numeral.multiplier:
        return None
    letters = match.group()
    if letters == "s" and not numeral.decimals:
        return None
    name, kind = {"s": ("second", "duration"), "h": ("hour", "duration")}.get(
        letters, ("inch", "dimension")
    )
    return match.end(), letters, Unit(name, name, kind)


def _multiplier(draft: Draft, numeral: Numeral) -> int | None:
    if numeral.multiplier or not numeral.value or draft.value is None:
        return numeral.multiplier
    ratio = abs(draft.value / numeral.value)
    for power in (3, 6, 9, 12):
        if ratio == Decimal(10) ** power:
            return power
    return None


def unit_after(place: Place, numeral: Numeral) -> tuple[int, str, Unit] | None:
    """The unit behind `numeral`, behind a blank, a hyphen or an opening bracket."""
    match = _GAP.match(place.text, numeral.end)
    at = numeral.end if match is None else match.end()
    if _is_part(numeral) and (part := _PART_OF.match(place.lower, numeral.end)):
        at, match = part.end(), None
    found = place.words.unit_at(place.text, place.lower, at)
    if found is None:
        return None
    if match is not None and match["open"]:
        closing = place.text[found[0] : found[0] + 1]
        return (found[0] + 1, found[1], found[2]) if closing and closing in ")]}>" else None
    end, surface, _ = found
    if surface[-1] == "." and not place.narrow and place.ends_sentence(end):
        return end - 1, surface[:-1], found[2]
    if (
        surface in _TIGHT
        and place.text[end : end + 1] in "0123456789"
        and place.text[end : end + 1]
    ):
        return None
    if surface in ("p", "l", "t", "g", "W", "V", "$") and at > numeral.end and surface != "$":
        return None if place.text[at - 1] == "-" or surface in ("p", "t") else found
    return found


def _is_part(numeral: Numeral) -> bool:
    return numeral.value != int(numeral.value) and numeral.decimals is None


def _as_money(
    place: Place, numeral: Numeral, unit: tuple[int, str, Unit] | None
) -> tuple[int, str, Unit] | None:
    """Pounds weigh when the sentence speaks of weight, and cost otherwise."""
    if unit is None or unit[2].symbol != "POUND" or not _weighs(place, numeral, unit[0]):
        return unit
    return None


def _weighs(place: Place, numeral: Numeral, end: int) -> bool:
    window = place.around(numeral.start, end, _WINDOW, _WINDOW // 2)
    if (
        place.lower.startswith(" of ", end) or (_is_part(numeral) and numeral.value < 1)
    ) and _COSTLY.search(window) is None:
        return True
    return _HEAVY.search(window) is not None and _COSTLY.search(window) is None


def _compound(numeral: Numeral, whole: compounds.Whole, kind: str) -> Draft:
    return of_unit(numeral, whole.end, kind, whole.value, whole.symbol, whole.name, "compound")


def measured(place: Place, numeral: Numeral, found: tuple[int, str, Unit]) -> Draft | None:
    """A measure by its kind of unit."""
    end, surface, unit = found
    value = numeral.value
    if unit.kind == "currency" and unit.symbol != "POUND":
        return None
    whole = compounds.read(place, numeral, end, unit)
    if whole is not None:
        return _compound(numeral, whole, "duration" if unit.kind == "duration" else "dimension")
    if unit.symbol == "POUND":
        return of_unit(numeral, end, "dimension", value, "lb", "pound", "dimension")
    if unit.kind == "duration":
        draft = of_unit(numeral, end, "duration", value, unit.symbol, unit.name, "duration")
        dates.relative(place, draft, numeral)
        return draft
    below = None
    if unit.kind == "temperature" or unit.symbol == "°":
        below = degrees.BELOW_ZERO.match(place.lower, end)
    if below is not None and "zero" in below.group():
        return of_unit(
            numeral, below.end(), "temperature", -value, unit.symbol, unit.name, "below-zero"
        )
    if unit.kind == "temperature":
        return of_unit(numeral, end, "temperature", value, unit.symbol, unit.name, "temperature")
    if unit.symbol == "°":
        window = place.around(numeral.start, end, _WINDOW, _WINDOW // 5)
        alone = place.narrow and end - numeral.start == len(place.text.strip())
        warm = alone or degrees.WARM.search(window) or surface == "deg."
        kind = "temperature" if warm else "dimension"
        return of_unit(numeral, end, kind, value, unit.symbol, unit.name, kind)
    symbol = "lb" if unit.name == "pound" else unit.symbol
    return of_unit(numeral, end, "dimension", value, symbol, unit.name, "dimension")
