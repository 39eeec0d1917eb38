"""What Japanese and Korean call the first: 初めて, 首位, 첫 번째, 처음으로."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place

_FIRST = re.compile(
    r"史上初|初めて|首位|처음으로|첫(?:\s?번째|째|\s차례)(?=[^가-힣]|[가는은의로를에]|$)"
)
_HANGUL = re.compile("[가-힣]")
# 部首位置 and the like hold 首位 by chance.
_NOT_AFTER = frozenset("部元党")


def read(place: Place) -> int:
    """Adds the rank that stands here; its end, or 0 when none does."""
    match = _FIRST.match(place.text, place.at)
    if match is None or place.at < place.free:
        return 0
    before = place.text[place.at - 1 : place.at]
    if before in _NOT_AFTER and before:
        return 0
    if place.words.lang == "ko" and before and _HANGUL.match(before):
        return 0
    end = match.end()
    return place.add(Draft(place.at, end, place.at, end, "ordinal", Decimal(1), "ordinal-first"))
