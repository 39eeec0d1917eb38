"""The period a figure is about: reading EDTF, and telling whether two figures share a period."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from claims.figures import EDTF

POINT: Final = re.compile(
    r"(?P<year>[0-9]{4}|[0-9]{3}X|[0-9]{2}XX)(?:-(?P<part>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?"
    r"(?P<qualifier>[~?%])?"
)
QUARTERS: Final = {33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12), 40: (1, 6), 41: (7, 12)}
"""EDTF's codes for quarters (33 to 36) and halves (40, 41) with their first and last month."""
MONTHS_A_YEAR: Final = 12
YEARLESS: Final = re.compile(r"XXXX-[0-9]{2}(?:-[0-9]{2})?(?:/XXXX-[0-9]{2}(?:-[0-9]{2})?)?")
"""What is read of “in September” where neither the text nor the article says of which year."""
SEASONS: Final = range(21, 25)
"""Spring to winter: named parts of a year whose months depend on the place."""


class PeriodError(ValueError):
    """The text is not a period this product reads."""


class Match(StrEnum):
    """How two periods stand to each other."""

    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Period:
    """A period with its first and last day; None is an open or unknown side.

    ``season`` is EDTF's code 21 to 24; the days are then those of the year. ``to_the_year`` tells
    that nothing finer than a year was stated.
    """

    text: EDTF
    start: dt.date | None
    end: dt.date | None
    approximate: bool = False
    uncertain: bool = False
    season: int | None = None
    to_the_year: bool = True

    @property
    def is_open(self) -> bool:
        """Tell whether a side is not bounded."""
        return self.start is None or self.end is None

    def overlaps(self, other: "Period") -> bool:
        """Tell whether the two share at least one day."""
        return _begins_by(self.start, other.end) and _begins_by(other.start, self.end)


def read_period(text: EDTF) -> Period:
    """Read EDTF level 0 dates and intervals and the parts of level 1 news needs.

    Those are ``~ ? %``, open and unknown ends (``../2030``, ``2024/``), unspecified digits
    (``201X``, ``20XX``), seasons, and from level 2 the quarters and halves. Years 0001 to 9999.
    Source: ISO 8601-2:2019. Raises PeriodError for anything else.
    """
    written = text.strip()
    first, slash, last = written.partition("/")
    if not slash:
        return _point(written)
    start, end = _side(first), _side(last)
    if start is None and end is None:
        raise PeriodError(f"open on both sides: {text!r}")
    return _interval(written, start, end)


def _side(text: str) -> Period | None:
    """Read one end of an interval; None is open."""
    return None if text in {"", ".."} else _point(text)


def _interval(text: str, start: Period | None, end: Period | None) -> Period:
    """Join two ends; raise PeriodError if the later one comes first."""
    sides = [side for side in (start, end) if side]
    if any(side.season for side in sides):
        raise PeriodError(f"a season cannot end an interval: {text!r}")
    first, last = start.start if start else None, end.end if end else None
    if first and last and first > last:
        raise PeriodError(f"ends before it begins: {text!r}")
    return Period(
        text,
        first,
        last,
        approximate=any(side.approximate for side in sides),
        uncertain=any(side.uncertain for side in sides),
        to_the_year=all(side.to_the_year for side in sides),
    )


def _point(text: str) -> Period:
    """Read a year, decade, month, quarter, season or day."""
    found = POINT.fullmatch(text)
    if found is None:
        raise PeriodError(f"not a period: {text!r}")
    year, part, day = found["year"], found["part"], found["day"]
    if "00" in {part, day}:
        raise PeriodError(f"no such date: {text!r}")
    if part and "X" in year:
        raise PeriodError(f"a part of an unspecified year: {text!r}")
    try:
        start, end, season = _days(year, int(part or 0), int(day or 0))
    except (ValueError, calendar.IllegalMonthError) as wrong:
        raise PeriodError(f"no such date: {text!r}") from wrong
    qualifier = found["qualifier"] or ""
    return Period(
        text,
        start,
        end,
        approximate=qualifier in {"~", "%"},
        uncertain=qualifier in {"?", "%"},
        season=season,
        to_the_year=not part,
    )


def _days(year: str, part: int, day: int) -> tuple[dt.date, dt.date, int | None]:
    """Return first and last day and the season; raise ValueError for a day that is none."""
    first_year, last_year = int(year.replace("X", "0") or 0), int(year.replace("X", "9"))
    first_year = max(first_year, 1)
    if last_year < 1 or (day and not 1 <= part <= MONTHS_A_YEAR):
        raise ValueError(year)
    if day:
        only = dt.date(first_year, part, day)
        return only, only, None
    if part in SEASONS or not part:
        season = part or None
        return dt.date(first_year, 1, 1), dt.date(last_year, 12, 31), season
    first, last = QUARTERS.get(part, (part, part))
    end = dt.date(first_year, last, calendar.monthrange(first_year, last)[1])
    return dt.date(first_year, first, 1), end, None


def match(one: EDTF, other: EDTF, about_years: int) -> Match:
    """Tell whether two periods are the same, near enough to compare with a caveat, or different.

    An approximate year reaches ``about_years`` either side, an approximate month or day its own
    year. "By 2030" and "2030" are near. A period and a part of it are different. Text that
    cannot be read is near: nobody knows that it differs.
    """
    if one.strip() == other.strip():
        return Match.SAME
    try:
        return _match(read_period(one), read_period(other), about_years)
    except PeriodError:
        return Match.NEAR


def _match(one: Period, other: Period, about_years: int) -> Match:
    """Compare two periods that are not written alike."""
    if one.season != other.season:
        return Match.DIFFERENT
    if (one.start, one.end) == (other.start, other.end):
        alike = (one.approximate, one.uncertain) == (other.approximate, other.uncertain)
        return Match.SAME if alike else Match.NEAR
    if one.approximate and _reaches(one, other, about_years):
        return Match.NEAR
    if other.approximate and _reaches(other, one, about_years):
        return Match.NEAR
    if one.is_open != other.is_open and _shares_its_end(one, other):
        return Match.NEAR
    return Match.DIFFERENT


def _reaches(about: Period, other: Period, about_years: int) -> bool:
    """Tell whether an approximate period, widened, holds the other one."""
    if about.start is None or about.end is None or other.start is None or other.end is None:
        return False
    years = about_years if about.to_the_year else 0
    first, last = about.start.year - years, about.end.year + years
    return first <= other.start.year and other.end.year <= last


def _shares_its_end(one: Period, other: Period) -> bool:
    """Tell whether the bounded side of an open period is a side of the other one."""
    opened, bounded = (one, other) if one.is_open else (other, one)
    return opened.end == bounded.end if opened.start is None else opened.start == bounded.start


def _begins_by(start: dt.date | None, end: dt.date | None) -> bool:
    """Tell whether something has begun by the time the other thing ends."""
    return start is None or end is None or start <= end
