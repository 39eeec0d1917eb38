"""Speeds whose time stands before the number: 時速300キロ, 초속 40m."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_PER = re.compile(
    r"(?:(?P<hour>時速|시속)|(?P<second>秒速|초속)|(?P<minute>分速|분속))\s?(?P<about>約|およそ|약\s?)?\Z"
)
_KNOWN = {
    "km/h": "kilometer per hour",
    "m/s": "meter per second",
    "mile/h": "mile per hour",
}
_SHORT = {"hour": "h", "minute": "min", "second": "s"}
_BLANKS = " \u3000"


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A length behind 時速, 秒速 or 分速, with an approximation in between left to comparators."""
    text = place.text
    match = _PER.search(text, max(place.free, numeral.start - 7), numeral.start)
    per = None if match is None else next((name for name in _SHORT if match[name]), None)
    if match is None or per is None:
        return None
    at = numeral.end + (text[numeral.end : numeral.end + 1] in _BLANKS)
    found = place.words.unit_at(text, at)
    if found is None or found[1].kind != "dimension":
        return None
    end, unit = found
    symbol = f"{unit.symbol}/{_SHORT[per]}"
    draft = Draft(
        match.start(), end, numeral.start, numeral.end, "dimension", numeral.value, "speed", symbol
    )
    draft.unit_name = _KNOWN.get(symbol, f"{unit.name} per {per}")
    draft.comparator = "about" if match["about"] else None
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    return draft
