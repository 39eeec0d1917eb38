"""Dates of a work in the Extended Date/Time Format (ISO 8601-2:2019, EDTF level 1, of years 1 on).

A year, a month or a day, a season (``2024-21`` is spring), any of them uncertain (``?``),
approximate (``~``) or both (``%``), and a span of two of them, of which one may be open (``..``).
"""

import calendar
import re
from dataclasses import dataclass
from typing import Any

ONE = re.compile(
    r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<mark>[?~%]?)"
)
SEASONS = {21: 1, 22: 2, 23: 3, 24: 4}
"""The months 21 to 24 are spring to winter; CSL counts them 1 to 4."""
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
"""As English writes them."""
LAST_MONTH = len(MONTHS)
OPEN = ("", "..")


@dataclass(frozen=True)
class Day:
    """A year, perhaps with its month or season and its day; ``mark`` says what is not certain."""

    parts: tuple[int, ...]
    mark: str = ""

    @property
    def season(self) -> int | None:
        """The season as CSL counts it."""
        return SEASONS.get(self.parts[1]) if len(self.parts) > 1 else None


@dataclass(frozen=True)
class Span:
    """A date, or two with all between them; None is an open end."""

    first: Day | None
    last: Day | None
    is_range: bool = False

    @property
    def mark(self) -> str:
        """What is not certain of either end."""
        return next((day.mark for day in (self.first, self.last) if day and day.mark), "")


def read(text: str | None) -> Span | None:
    """Return what a date says; None for a text that is no such date."""
    first, slash, last = (text or "").partition("/")
    if not slash:
        day = _day(first)
        return Span(day, None) if day else None
    ends = [None if end in OPEN else _day(end) for end in (first, last)]
    wrong = any(
        end not in OPEN and day is None for end, day in zip((first, last), ends, strict=True)
    )
    if wrong or ends == [None, None]:
        return None
    if ends[0] and ends[1] and ends[0].parts > ends[1].parts:
        return None
    return Span(ends[0], ends[1], is_range=True)


def is_date(text: str) -> bool:
    """Whether a text is a date of this format."""
    return read(text) is not None


def to_csl(text: str | None) -> dict[str, Any] | None:
    """Return a date as CSL-JSON has it; ``raw`` keeps what its other members cannot say."""
    span = read(text)
    if span is None:
        return None
    days = [day for day in (span.first, span.last) if day is not None]
    found: dict[str, Any] = {"date-parts": [_csl_parts(day) for day in days]}
    if days[0].season:
        found["season"] = days[0].season
    if span.mark:
        found["circa"] = True
    if from_csl(found) != text:
        found["raw"] = text
    return found


def from_csl(date: Any) -> str | None:
    """Return a date of CSL-JSON in this format; None where it says nothing that can be read."""
    if not isinstance(date, dict):
        return None
    for name in ("edtf", "raw", "literal"):
        raw = date.get(name)
        if isinstance(raw, str) and is_date(raw.strip()):
            return raw.strip()
    parts = date.get("date-parts")
    if not isinstance(parts, list):
        return None
    season = date.get("season")
    ends = [_from_parts(part, season) for part in parts[:2]]
    mark = "~" if date.get("circa") and str(date["circa"]) != "0" else ""
    text = "/".join(f"{end}{mark}" for end in ends if end)
    return text if is_date(text) else None


def _day(text: str) -> Day | None:
    match = ONE.fullmatch(text)
    if match is None:
        return None
    parts = tuple(int(match[name]) for name in ("year", "month", "day") if match[name])
    return Day(parts, match["mark"]) if _is_day(parts) else None


def _is_day(parts: tuple[int, ...]) -> bool:
    if parts[0] == 0:
        return False
    if len(parts) == 1:
        return True
    if parts[1] in SEASONS:
        return len(parts) == 2  # noqa: PLR2004 - a season has no day
    if not 1 <= parts[1] <= LAST_MONTH:
        return False
    return parts[2:] == () or 1 <= parts[2] <= calendar.monthrange(*parts[:2])[1]


def _csl_parts(day: Day) -> list[int]:
    return list(day.parts[:1] if day.season else day.parts)


def _from_parts(parts: Any, season: Any) -> str | None:
    try:
        numbers = [int(part) for part in parts if str(part).strip()]
    except (TypeError, ValueError):
        return None
    if not numbers or numbers[0] <= 0:
        return None
    if len(numbers) == 1 and str(season) in {"1", "2", "3", "4"}:
        numbers.append(20 + int(season))
    return "-".join([f"{numbers[0]:04}", *(f"{number:02}" for number in numbers[1:3])])
