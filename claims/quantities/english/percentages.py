"""English shares of a hundred: 5%, 5 per cent, 3 percentage points, 25 basis points."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral

_SIGN = re.compile(r"\s?-?[%％](?!\s?-?points?\b)")
_WORD = re.compile(r"\s{0,2}-?\s?(?:per[\s-]?cents?|percentages?|pct)\b\.?(?![\s-]*points?\b)|pc\b")
_POINTS = re.compile(
    r"\s{0,2}-?\s?(?:(?:percentage|per\s?cent|%)[\s-]?points?\b|points?\sof\spercentage\b"
    r"|pp\b|ppts?\b|(?:of[ ])?a[ ](?:percentage[ -])?point\b)"
)
_BASIS = re.compile(r"\s{0,2}-?\s?(?:basis[\s-]points?\b|bps?\b)")
_AFTER_BLANK = tuple("p%％‰boa -")
_MILLE = re.compile(r"\s?‰")


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A percentage whose numeral is `numeral`."""
    lower, end = place.lower, numeral.end
    if not lower[end : end + 1] or lower[end] not in " \t\xa0-%％p‰b":
        return None
    if lower[end] == " " and lower[end + 1 : end + 2] not in _AFTER_BLANK:
        return None
    if (match := _SIGN.match(lower, end)) is not None:
        return share(numeral, match.end(), "percent-sign")
    if (match := _POINTS.match(lower, end)) is not None:
        return share(numeral, match.end(), "percentage-point", "pp")
    if (match := _WORD.match(lower, end)) is not None:
        stop = match.end() - 1 if match.group().endswith("cent.") else match.end()
        return share(numeral, stop, "percent-word")
    if (match := _BASIS.match(lower, end)) is not None:
        return share(numeral, match.end(), "basis-point", "bp")
    if (match := _MILLE.match(lower, end)) is not None:
        return share(numeral._replace(value=numeral.value / 10), match.end(), "per-mille")
    return None


def share(numeral: Numeral, end: int, rule: str, unit: str = "%") -> Draft:
    """A draft of kind percentage."""
    draft = Draft(
        numeral.start, end, numeral.start, numeral.end, "percentage", numeral.value, rule, unit
    )
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    draft.unit_name = {"%": "percent", "pp": "percentage point", "bp": "basis point"}[unit]
    return draft
