"""Periods as EDTF (ISO 8601-2): years, months, days, quarters, halves, decades, deadlines."""

import calendar
import datetime as dt
from decimal import Decimal

_FIRST_QUARTER = 33
_FIRST_HALF = 40
_MONTHS = {"month": 1, "quarter": 3}
_YEARS = {"year": 1, "decade": 10, "century": 100}
_DAYS = {"day": 1, "week": 7, "night": 1}


def dated(year: int | None, month: int | None = None, day: int | None = None) -> str | None:
    """`2024`, `2024-10`, `2024-10-05`; an unknown year is XXXX. None for a day that is none."""
    if month is not None and not 1 <= month <= 12:
        return None
    if day is not None and not 1 <= day <= _length(year, month):
        return None
    parts = ["XXXX" if year is None else f"{year:04d}"]
    if month is not None or day is not None:
        parts.append("XX" if month is None else f"{month:02d}")
    if day is not None:
        parts.append(f"{day:02d}")
    return "-".join(parts)


def _length(year: int | None, month: int | None) -> int:
    if month is None:
        return 31
    return calendar.monthrange(year or 2000, month)[1]


def quarter(year: int | None, number: int) -> str:
    """A quarter of a year; EDTF numbers them 33 to 36."""
    return f"{_year(year)}-{_FIRST_QUARTER + number - 1}"


def half(year: int | None, number: int) -> str:
    """A half of a year; EDTF numbers them 40 and 41."""
    return f"{_year(year)}-{_FIRST_HALF + number - 1}"


def decade(first_year: int) -> str:
    """The ten years that begin with `first_year`: 1990 is 199X."""
    return f"{first_year // 10:03d}X"


def century(number: int) -> str:
    """The 20th century is 19XX."""
    return f"{number - 1:02d}XX"


def until(period: str) -> str:
    """Before or by the end of `period`."""
    return f"../{period}"


def between(first: str, last: str) -> str:
    """From `first` to `last`."""
    return f"{first}/{last}"


def _year(year: int | None) -> str:
    return "XXXX" if year is None else f"{year:04d}"


def shifted(published: dt.date | None, value: Decimal | None, unit: str | None) -> str | None:
    """The period that lies `value` units from the day of publication, as precise as the unit."""
    if published is None or value is None or value != int(value) or abs(value) > 9999:
        return None
    count = int(value)
    if unit in _YEARS:
        year = published.year + count * _YEARS[unit]
        return f"{year:04d}" if 1 <= year <= dt.MAXYEAR else None
    if unit in _MONTHS:
        months = published.year * 12 + published.month - 1 + count * _MONTHS[unit]
        return f"{months // 12:04d}-{months % 12 + 1:02d}" if months > 0 else None
    if unit in _DAYS:
        return (published + dt.timedelta(days=count * _DAYS[unit])).isoformat()
    return None
