"""The forms that most figures of a newspaper have, read in one match: 2024年10月, 18.3%, 58人."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING

from claims.quantities import periods
from claims.quantities.cjk import amounts
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place

# Whatever follows that could change the meaning is left to the whole grammar.
_AFTER_YEAR = (
    r" 0-9一二三四年月度代初末底第上下前中后後之以至到财財会會学學赛賽"
    r"龄齡岁歲季半起旬份间間内內\-–—－~～/"
)
_PLAIN = re.compile(
    rf"([12][0-9]{{3}})年(?:([0-9]{{1,2}})月(?:([0-9]{{1,2}})日)?)?(?![{_AFTER_YEAR}])"
    r"|([0-9]{1,9}(?:\.([0-9]{1,6}))?)%(?![ \-–—－~～〜到至포ポ／/])"
)
# Behind these a number may be negative, the end of a range, part of a name or a sum of money.
_PARTING = frozenset(",，:：")
_JOINED = frozenset("-–—－−~～/／.．·_+×xX*第负負 \u3000")
_REASON = "a period is no figure"


def read(place: Place) -> int:
    """Adds a plain amount, date or percentage; its end, or 0 when none of them stands here."""
    text, at = place.text, place.at
    if at:
        before = text[at - 1]
        if before in _JOINED or (before.isascii() and before.isalnum()):
            return 0
        # A comma or a colon joins digits only.
        if before in _PARTING and text[at - 2 : at - 1] in place.words.arabic:
            return 0
    match = _PLAIN.match(text, at)
    if match is None:
        amount = amounts.read(place)
        return 0 if amount is None else place.add(amount)
    end = match.end()
    year, month, _, share, decimals = match.groups()
    if year is None:
        return place.add(_share(at, end, share, decimals))
    draft = _year(at, end, year) if month is None else _date(at, end, match.groups())
    if draft is None:
        return 0
    place.found.append(draft)
    place.free = end
    return end


def _share(at: int, end: int, written: str, decimals: str | None) -> Draft:
    draft = Draft(
        at, end, at, end - 1, "percentage", Decimal(written), "percent-sign", "%", "percent"
    )
    draft.decimals = len(decimals) if decimals else 0
    return draft


def _year(at: int, end: int, year: str) -> Draft:
    draft = Draft(at, end, at, end - 1, "date_year", _value(year), "year", "year", "year")
    draft.period = year
    return draft


def _date(at: int, end: int, parts: tuple[str | None, ...]) -> Draft | None:
    year, month, day = (None if part is None else int(part) for part in parts[:3])
    period = periods.dated(year, month, day)
    if period is None:
        return None
    draft = Draft(at, end, at, end, "date", None, "date")
    draft.period, draft.reason = period, _REASON
    return draft


@lru_cache(maxsize=256)
def _value(year: str) -> Decimal:
    return Decimal(year)
