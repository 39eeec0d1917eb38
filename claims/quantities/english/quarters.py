"""English periods shorter or other than years: July, the third quarter of 2024, FY25, 1H24."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities import periods
from claims.quantities.english.dates import period_draft, published_year

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.quantity import Draft

_LETTERED = re.compile(
    r"(?:(?P<part>[qh])(?P<which>[1-4])(?:[ ]?(?=fy|cy|['’]|20\d\d)))?"
    r"(?P<fiscal>fy|cy)?['’]?(?P<first>20\d\d|\d\d)"
    r"(?:[-/–](?P<last>20\d\d|\d\d))?(?![\w,]|\.\d)"
    r"|(?P<number>[1-4])(?P<letter>[qh])[ ]?['’]?(?P<year>20\d\d|\d\d)(?![\w,]|\.\d)"
)


_LETTERS = re.compile(r"\b(?:(?:[qh][1-4][ ]?)?(?:fy|cy)['’]?|[qh])\Z")


_LEADING = ("y", "q", "h", "'", "’")


def _lettered(place: Place) -> Draft | None:
    if not (
        place.text[place.at - 1 : place.at].lower() in _LEADING
        or place.lower[place.at + 1 : place.at + 2] in ("q", "h")
    ):
        return None
    lead = _LETTERS.search(place.lower, max(place.free, place.at - 6), place.at)
    start = place.at if lead is None else lead.start()
    match = _LETTERED.match(place.lower, start)
    if match is None or match.end() <= place.at:
        return None
    number, letter = match["number"] or match["which"], match["letter"] or match["part"]
    if not letter and not match["fiscal"]:
        return None
    year = _full(match["year"] or match["first"])
    if match["last"]:
        period = periods.between(f"{year:04d}", f"{_full(match['last']):04d}")
    elif letter:
        if letter == "h" and int(number) > 2:
            return None
        period = (periods.quarter if letter == "q" else periods.half)(year, int(number))
    else:
        period = f"{year:04d}"
    draft = period_draft(start, match.end(), "date", period, "lettered")
    draft.qualifier = "fiscal" if match["fiscal"] == "fy" else None
    return draft


def lettered(place: Place) -> int:
    """FY25, Q3 FY2024, 1H24: adds the period; its end, or 0."""
    draft = _lettered(place)
    return place.add(draft) if draft is not None else 0


def _full(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)


def month(place: Place) -> int:
    """Adds a month that stands alone: since July; its end, or 0."""
    end = place.at + len(place.word)
    text = place.text
    if not text[place.at].isupper() or _DAY_AFTER.match(text, end):
        return 0
    before = place.before(place.at)
    if place.word in _NAMES_TOO and (
        before.lower() not in place.words.before_month or place.after(end)[:1].isupper()
    ):
        return 0
    if before[:1].isupper() and before.lower() not in place.words.before_month:
        return 0
    period = periods.dated(published_year(place), place.words.months[place.word])
    return place.add(period_draft(place.at, end, "date", period, "month-alone"))


# Words that are names or verbs as well, and what shows that they are months.
_NAMES_TOO = frozenset({"may", "march", "april", "june", "august"})
_DAY_AFTER = re.compile(r"\.?,?[ \t]{1,2}\d|[’']s? \d|-[A-Za-z]")


_QUARTER = re.compile(
    r"[ -]quarter\b(?!-?[ ]?final)(?:[ ]of[ ](?:(?:fiscal|FY)[ ])?(?P<year>20\d\d|19\d\d))?"
)


_HALF = re.compile(
    r"[ -]half[ ]of[ ](?:(?P<year>20\d\d|19\d\d)"
    r"|(?:the|this|last|next)[ ](?:financial |fiscal |calendar )?year)\b"
)


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def part_of_year(place: Place) -> int:
    """Adds the third quarter, the first half of 2024; the end, or 0."""
    number = _ORDINALS.get(place.word)
    end = place.at + len(place.word)
    quarter = _QUARTER.match(place.text, end)
    half = _HALF.match(place.text, end) if quarter is None else None
    match = quarter or half
    if number is None or match is None or (half is not None and number > 2):
        return 0
    year = int(match["year"]) if match["year"] else published_year(place)
    period = (periods.quarter if quarter is not None else periods.half)(year, number)
    stop = match.end() if match["year"] or half is None else end + len(" half")
    return place.add(period_draft(place.at, stop, "date", period, "part-of-year"))
