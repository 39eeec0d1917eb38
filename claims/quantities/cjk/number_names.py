"""Figures that are names in Japanese and Korean text: 03-1234-5678, 5G, 6·25, 3・11."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import digits, measures, multiples, percentages
from claims.quantities.numeral import Numeral

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place

_NAME = re.compile(
    r"0[0-9]{1,3}-[0-9]{2,4}-[0-9]{3,4}|[2-6][GＧ](?![A-Za-z0-9])|1인\s?(?:가구|시위|용|칭)"
)
_DOTTED = re.compile(r"(?P<whole>[0-9０-９]{1,4})[・·](?P<part>[0-9０-９]{1,3})(?![0-9０-９・·])")
_MEASURED = frozenset({"percentage", "dimension", "temperature", "multiple"})


def read(place: Place) -> int:
    """The end of a name at this place, or of a decimal that 縦書き sets with a dot (２・５％)."""
    match = _NAME.match(place.text, place.at)
    if match is not None:
        return match.end()
    match = _DOTTED.match(place.text, place.at)
    if match is None:
        return 0
    return _decimal(place, match) or match.end()


def _decimal(place: Place, match: re.Match[str]) -> int:
    whole, part = (digits.half_width(match[name]) for name in ("whole", "part"))
    numeral = Numeral(place.at, match.end(), Decimal(f"{whole}.{part}"), decimals=len(part))
    for grammar in (percentages.read, multiples.read, measures.read):
        draft = grammar(place, numeral)
        if draft is not None:
            return place.add(draft) if draft.kind in _MEASURED else 0
    return 0
