"""English temperatures without a named scale: 40C, 20 below zero."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english.drafts import of_unit
from claims.quantities.unit import Unit

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.quantity import Draft

WARM = re.compile(
    r"temperature|thermostat|outside|weather|heat|warm|cool|cold|fever|oven|deg\.|below zero"
)


_SEASON = re.compile(
    r"highs?\b|lows?\b|hot\b|frost|forecast|summer|winter|\bsun|climate|mercury|freez|boil|degree"
    r"|snow|sea surface|record"
)


_DEGREE_LETTER = re.compile(r"[ ]?[CF](?![\w/'’-])")


BELOW_ZERO = re.compile(r"[ \t]{1,2}below[ \t]{1,2}zero\b|[ \t]{1,2}below\s*\Z")


def lettered(place: Place, numeral: Numeral) -> tuple[int, str, Unit] | None:
    """40C is a temperature where the sentence speaks of warmth."""
    if place.text[numeral.end : numeral.end + 1] not in ("C", "F", " "):
        return None
    match = _DEGREE_LETTER.match(place.text, numeral.end)
    window = place.around(numeral.start, numeral.end, _WINDOW, _WINDOW)
    if match is None:
        return None
    whole = place.narrow and not place.text[match.end() :].strip()
    alone = whole and not place.lower[: numeral.start].strip()
    spoken = WARM.search(window) is not None or (
        numeral.arabic and " " not in match.group() and _SEASON.search(window) is not None
    )
    if not alone and not spoken:
        return None
    symbol, name = ("°C", "celsius") if match.group()[-1] == "C" else ("°F", "fahrenheit")
    return match.end(), match.group(), Unit(symbol, name, "temperature")


def below_zero(place: Place, numeral: Numeral) -> Draft | None:
    """Ten below zero."""
    if not place.lower.startswith(" below", numeral.end):
        return None
    match = BELOW_ZERO.match(place.lower, numeral.end)
    if match is None or ("zero" not in match.group() and not place.narrow):
        return None
    return of_unit(numeral, match.end(), "temperature", -numeral.value, "°", "degree", "below-zero")


_WINDOW = 60
