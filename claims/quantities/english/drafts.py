"""A draft of a numeral with its unit, as the grammars of measures, ages and degrees make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from decimal import Decimal

    from claims.quantities.numeral import Numeral


def of_unit(
    numeral: Numeral, end: int, kind: str, value: Decimal, unit: str, name: str, rule: str
) -> Draft:
    """The draft of `numeral` with a unit that ends at `end`."""
    draft = Draft(numeral.start, end, numeral.start, numeral.end, kind, value, rule)
    draft.unit, draft.unit_name = unit, name
    return draft
