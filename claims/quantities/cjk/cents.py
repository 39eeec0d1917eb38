"""Dollars and cents as one amount: 545ドルと5セント, 1달러 20센트."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_CENTS = re.compile(r"\s?(?:ドル(?:と)?|달러\s?)(?P<cents>[0-9０-９]{1,2})\s?(?:セント|센트)")


def read(place: Place, numeral: Numeral) -> Draft | None:
    """The amount in dollars, to the cent."""
    match = _CENTS.match(place.text, numeral.end)
    if match is None or numeral.decimals or numeral.multiplier:
        return None
    value = numeral.value + Decimal(match["cents"]).scaleb(-2)
    end = match.end()
    draft = Draft(numeral.start, end, numeral.start, numeral.end, "currency", value, "money", "USD")
    draft.unit_name, draft.decimals = "USD", 2
    return draft
