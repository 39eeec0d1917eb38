"""Pounds of money and pounds of weight, which Japanese and Korean write alike."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_POUND = re.compile(r"\s?(?:ポンド|파운드)")
_WEIGHT = re.compile("体重|重さ|重量|体重|の肉|肥料|체중|무게|중량|몸무게")
_REACH = 12
# Weights of this size are given in tons.
_HEAVIEST = 10_000


def read(place: Place, numeral: Numeral) -> Draft | None:
    """Sterling for large sums, unless a weight is spoken of; None for a weight."""
    match = _POUND.match(place.text, numeral.end)
    if match is None or (numeral.value < _HEAVIEST and numeral.multiplier is None):
        return None
    if _WEIGHT.search(place.text, max(0, numeral.start - _REACH), match.end() + _REACH):
        return None
    draft = Draft(
        numeral.start, match.end(), numeral.start, numeral.end, "currency", numeral.value, "money"
    )
    draft.unit = draft.unit_name = "GBP"
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    return draft
