"""English ages: 87-year-old, aged 87, the age of twelve months, Ruth Adeyemi, 61."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english.drafts import of_unit

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.quantity import Draft

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
    r"\b(?:median|average|mean|minimum|maximum|retirement|pension|voting|drinking|school-leaving)"
    r" age\b[^.;]{0,50}\Z"
)


_OLDEST = 120


_BEFORE_AGE = tuple(" \t-ymwd")


def read(place: Place, numeral: Numeral) -> Draft | None:
    """Five years old, 87-year-old, aged 87."""
    old = _years_old(place, numeral)
    if old is not None:
        return old
    if (not numeral.arabic and numeral.value < 1) or abs(numeral.value) > _OLDEST:
        return None
    lead = max(place.free, numeral.start - _REACH)
    if speaks_of_age(place, lead, numeral.start):
        match = _AGE_BEFORE.search(place.lower, lead, numeral.start)
        if match is not None:
            return _aged(place, numeral, match)
    if place.narrow or not (_is_apposed(place, numeral) or _is_ages(place, numeral)):
        return None
    return of_unit(numeral, numeral.end, "age", numeral.value, "year", "year", "age-apposed")


def speaks_of_age(place: Place, start: int, end: int) -> bool:
    """Whether the words from `start` to `end` may make the number behind them an age."""
    lower = place.lower
    return lower.find("age", start, end) >= 0 or lower.find("er than", start, end) >= 0


def announced(place: Place, numeral: Numeral) -> bool:
    """Whether the words before make the number an age: the age of 12, older than 65."""
    if numeral.value > _OLDEST:
        return False
    floor, start = max(place.free, numeral.start - _REACH), numeral.start
    return (
        speaks_of_age(place, floor, start)
        and _AGE_BEFORE.search(place.lower, floor, start) is not None
    )


def speaks_of_ages(place: Place, start: int) -> bool:
    """Whether the words before `start` may speak of the ages that people have."""
    return place.lower.find(" age", max(0, start - _WINDOW), start) >= 0


def _years_old(place: Place, numeral: Numeral) -> Draft | None:
    follower = place.lower[numeral.end : numeral.end + 1]
    if follower == " ":
        follower = place.lower[numeral.end + 1 : numeral.end + 2]
    match = _AGE.match(place.lower, numeral.end) if follower in _BEFORE_AGE else None
    if match is None:
        return None
    unit = (match["unit"] or "year").rstrip("s").replace("yr", "year")
    return of_unit(numeral, match.end(), "age", numeral.value, unit, unit, "age")


def _aged(place: Place, numeral: Numeral, match: re.Match[str]) -> Draft | None:
    """Aged 87, older than 65, the age of 12 months."""
    if place.after(numeral.end).lower() in ("percent", "per"):
        return None
    found = place.words.unit_at(place.text, place.lower, numeral.end + 1)
    if found is not None:
        if found[2].kind != "duration" or "than" in match.group():
            return None
        unit = found[2].name
        return of_unit(numeral, found[0], "age", numeral.value, unit, unit, "age-before")
    draft = of_unit(numeral, numeral.end, "age", numeral.value, "year", "age", "age-before")
    if place.narrow and place.lower.startswith("age ", match.start()):
        draft.core_start = match.start()
    return draft


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
    if not speaks_of_ages(place, numeral.start):
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


_WINDOW = 60
_REACH = 24
