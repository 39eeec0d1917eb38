"""An English numeral with its unit or noun: measures, ages, temperatures, spans, counts."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import compounds, counts, dates, money
from claims.quantities.quantity import Draft
from claims.quantities.unit import Unit

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral

_GAP = re.compile(r"[ \t]?-[ \t]?(?=[a-zA-Z])|[ \t\xa0]{0,2}(?P<open>[(\[{<])?")
# Half an acre, a quarter of a mile, two-thirds of the mile.
_PART_OF = re.compile(
    r"[ \t]{1,2}(?:of[ \t]{1,2})?(?:an?|the)[ \t]{1,2}|[ \t]{1,2}of[ \t]{1,2}one[ \t]{1,2}"
)
_AGE = re.compile(
    r"[ \t]{0,2}-?[ \t]?(?:(?P<unit>years?|months?|weeks?|days?|yrs?)"
    r"[ \t-]{1,3}(?:olds?\b|of[ \t]age\b)"
    r"|(?P<short>y/?o)\b)"
)
_AGE_BEFORE = re.compile(
    r"\b(?:aged?|ages|the ages? of|age of|aged? (?:over|under|at least|about|around|between|up to)"
    r"|(?:older|younger) than|(?:over|under|above|below|past|passed) the age of)[ \t]{1,2}\Z"
)
_AGES = re.compile(
    r"\b(?:median|average|mean|minimum|maximum|retirement|pension|voting|drinking|school-leaving) age\b"
    r"[^.;]{0,50}\Z"
)
_OLDEST = 120
_BEFORE_AGE = tuple(" \t-ymwd")
_WARM = re.compile(
    r"temperature|thermostat|outside|weather|heat|warm|cool|cold|fever|oven|deg\.|below zero"
)
_SEASON = re.compile(
    r"highs?\b|lows?\b|hot\b|frost|forecast|summer|winter|\bsun|climate|mercury|freez|boil|degree"
    r"|snow|sea surface|record"
)
_DEGREE_LETTER = re.compile(r"[ ]?[CF](?![\w/'’-])")
_BELOW_ZERO = re.compile(r"[ \t]{1,2}below[ \t]{1,2}zero\b|[ \t]{1,2}below\s*\Z")
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
# These are so many metres long, and no millions.
_LONG = frozenset(
    "hurdles races sprints waves trees walls towers boats ships yachts pools masts cliffs dunes heats"
    " finals titles records times relays columns poles tunnels fences gaps stretches meters".split()
) - {"times"}
_WINDOW = 60


def read(place: Place, numeral: Numeral) -> Draft | None:
    """The quantity of `numeral` with the unit at its side."""
    unit = unit_after(place, numeral) or _letter_degree(place, numeral) or _tight(place, numeral)
    feet = compounds.feet(place, numeral)
    if feet is not None:
        return _compound(numeral, feet, "dimension")
    if unit is None and (below := _below_zero(place, numeral)) is not None:
        return below
    if _is_million(place, numeral, unit):
        return _millions(place, numeral)
    draft = age(place, numeral)
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
    noun = place.after(unit[0])
    if noun.lower() in place.words.millions:
        return True
    if place.before(numeral.start).lower() in ("a", "an", "the") or not noun.islower():
        return False
    return noun not in _LONG and counts.is_plural(place, noun)


def _millions(place: Place, numeral: Numeral) -> Draft | None:
    """6.5m people: before a noun of persons or goods the m stands for millions."""
    scaled = numeral._replace(end=numeral.end + 1, value=numeral.value.scaleb(6), multiplier=6)
    return counts.read(place, scaled)


def _letter_degree(place: Place, numeral: Numeral) -> tuple[int, str, Unit] | None:
    """40C is a temperature where the sentence speaks of warmth."""
    if place.text[numeral.end : numeral.end + 1] not in ("C", "F", " "):
        return None
    match = _DEGREE_LETTER.match(place.text, numeral.end)
    window = place.around(numeral.start, numeral.end, _WINDOW, _WINDOW)
    if match is None:
        return None
    whole = place.narrow and not place.text[match.end() :].strip()
    alone = whole and not place.lower[: numeral.start].strip()
    spoken = _WARM.search(window) is not None or (
        numeral.arabic and " " not in match.group() and _SEASON.search(window) is not None
    )
    if not alone and not spoken:
        return None
    symbol, name = ("°C", "celsius") if match.group()[-1] == "C" else ("°F", "fahrenheit")
    return match.end(), match.group(), Unit(symbol, name, "temperature")


def _below_zero(place: Place, numeral: Numeral) -> Draft | None:
    """Ten below zero."""
    if not place.lower.startswith(" below", numeral.end):
        return None
    match = _BELOW_ZERO.match(place.lower, numeral.end)
    if match is None or ("zero" not in match.group() and not place.narrow):
        return None
    return _draft(numeral, match.end(), "temperature", -numeral.value, "°", "degree", "below-zero")


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
    if place.lower.startswith(" of ", end) and _COSTLY.search(window) is None:
        return True
    return _HEAVY.search(window) is not None and _COSTLY.search(window) is None


def age(place: Place, numeral: Numeral) -> Draft | None:
    """Five years old, 87-year-old, aged 87."""
    match = None
    follower = place.lower[numeral.end : numeral.end + 1]
    if follower == " ":
        follower = place.lower[numeral.end + 1 : numeral.end + 2]
    if follower in _BEFORE_AGE:
        match = _AGE.match(place.lower, numeral.end)
    if match is not None:
        unit = (match["unit"] or "year").rstrip("s").replace("yr", "year")
        return _draft(numeral, match.end(), "age", numeral.value, unit, unit, "age")
    if not numeral.arabic and numeral.value < 1 or abs(numeral.value) > _OLDEST:
        return None
    lead = max(place.free, numeral.start - 24)
    match = None
    if (
        place.lower.find("age", lead, numeral.start) >= 0
        or place.lower.find("er than", lead, numeral.start) >= 0
    ):
        match = _AGE_BEFORE.search(place.lower, lead, numeral.start)
    if match is not None:
        if place.after(numeral.end).lower() in ("percent", "per"):
            return None
        found = place.words.unit_at(place.text, place.lower, numeral.end + 1)
        if found is not None and found[2].kind == "duration" and "than" not in match.group():
            unit = found[2].name
            return _draft(numeral, found[0], "age", numeral.value, unit, unit, "age-before")
        if found is not None:
            return None
        draft = _draft(numeral, numeral.end, "age", numeral.value, "year", "age", "age-before")
        if place.narrow and place.lower.startswith("age ", match.start()):
            draft.core_start = match.start()
        return draft
    if place.narrow or not (_is_apposed(place, numeral) or _is_ages(place, numeral)):
        return None
    return _draft(numeral, numeral.end, "age", numeral.value, "year", "year", "age-apposed")


def _is_apposed(place: Place, numeral: Numeral) -> bool:
    """Ruth Adeyemi, 61, said."""
    text, start = place.text, numeral.start
    if not numeral.arabic or numeral.decimals or text[start - 2 : start] != ", ":
        return False
    if not text[start - 3 : start - 2].isalpha() or text[numeral.end : numeral.end + 1] not in (
        ",",
        ".",
        ";",
    ):
        return False
    return not text[numeral.end + 1 : numeral.end + 3].strip().isdigit()


def _is_ages(place: Place, numeral: Numeral) -> bool:
    if place.lower.find(" age", max(0, numeral.start - _WINDOW), numeral.start) < 0:
        return False
    after = place.text[numeral.end : numeral.end + 1]
    if not numeral.arabic or after == "%" or numeral.multiplier or _is_measured(place, numeral):
        return False
    window = place.around(numeral.start, numeral.start, _WINDOW, 0)
    return _AGES.search(window) is not None and _is_year_free(numeral)


def _is_measured(place: Place, numeral: Numeral) -> bool:
    if place.lower.startswith((" per", "-per", " year", "-year"), numeral.end):
        return True
    return place.words.unit_at(place.text, place.lower, numeral.end + 1) is not None


def _is_year_free(numeral: Numeral) -> bool:
    return 0 < numeral.value <= _OLDEST


def _draft(
    numeral: Numeral, end: int, kind: str, value: Decimal, unit: str, name: str, rule: str
) -> Draft:
    draft = Draft(numeral.start, end, numeral.start, numeral.end, kind, value, rule)
    draft.unit, draft.unit_name = unit, name
    return draft


def _compound(numeral: Numeral, whole: compounds.Whole, kind: str) -> Draft:
    return _draft(numeral, whole.end, kind, whole.value, whole.symbol, whole.name, "compound")


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
        return _draft(numeral, end, "dimension", value, "lb", "pound", "dimension")
    if unit.kind == "duration":
        draft = _draft(numeral, end, "duration", value, unit.symbol, unit.name, "duration")
        dates.relative(place, draft, numeral)
        return draft
    below = None
    if unit.kind == "temperature" or unit.symbol == "°":
        below = _BELOW_ZERO.match(place.lower, end)
    if below is not None and "zero" in below.group():
        return _draft(
            numeral, below.end(), "temperature", -value, unit.symbol, unit.name, "below-zero"
        )
    if unit.kind == "temperature":
        return _draft(numeral, end, "temperature", value, unit.symbol, unit.name, "temperature")
    if unit.symbol == "°":
        window = place.around(numeral.start, end, _WINDOW, _WINDOW // 5)
        alone = place.narrow and end - numeral.start == len(place.text.strip())
        warm = alone or _WARM.search(window) or surface == "deg."
        kind = "temperature" if warm else "dimension"
        return _draft(numeral, end, kind, value, unit.symbol, unit.name, kind)
    return _draft(numeral, end, "dimension", value, unit.symbol, unit.name, "dimension")
