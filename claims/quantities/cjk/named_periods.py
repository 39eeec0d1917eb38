"""Periods that Japanese and Korean name in words: 令和6年, 昨年10月, 3月期, 지난해, 3분기."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from claims.quantities import periods
from claims.quantities.cjk import dates
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place

_D = "0-9０-９"
_N = rf"[{_D}]{{1,2}}|[一二三四五六七八九十]{{1,3}}"
_DASH = "[-–—－~～〜∼]"
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
_YEARS = {
    "昨年": -1,
    "去年": -1,
    "一昨年": -2,
    "今年": 0,
    "本年": 0,
    "来年": 1,
    "再来年": 2,
    "지난해": -1,
    "작년": -1,
    "재작년": -2,
    "올해": 0,
    "금년": 0,
    "내년": 1,
    "내후년": 2,
    "올": 0,
}
_MONTHS = {
    "先月": -1,
    "先々月": -2,
    "今月": 0,
    "来月": 1,
    "지난달": -1,
    "이달": 0,
    "이번 달": 0,
    "다음 달": 1,
    "내달": 1,
}
_DAYS = {"昨日": -1, "一昨日": -2, "明日": 1}


def _any(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_TAIL = {
    "ja": (
        rf"(?:の?(?P<m1>{_N}){_DASH}(?P<m2>{_N})月期?|の?(?P<closing>{_N})月期"
        rf"|の?(?P<month>{_N})月(?!間|分)(?:(?P<day>{_N})日(?!間))?"
        r"|の?(?P<half>[上下])(?:半)?期|の?第(?P<quarter>[1-4１-４一二三四])四半期)"
    ),
    "ko": (
        rf"(?:\s?(?P<m1>[{_D}]{{1,2}}){_DASH}(?P<m2>[{_D}]{{1,2}})월"
        rf"|\s?(?P<month>[{_D}]{{1,2}})월(?:\s?(?P<day>[{_D}]{{1,2}})일(?!간))?"
        rf"|\s?(?P<half>[상하])반기|\s?(?:(?P<q1>[1-4]){_DASH})?(?P<quarter>[1-4])(?:/4)?\s?분기)"
    ),
}
_HEAD = {
    "ja": (
        rf"(?:(?P<era>{_any(_ERAS)})(?P<era_year>元|{_N})年|(?P<year>[12１２][{_D}]{{3}})年"
        rf"|(?P<short>[{_D}]{{2}})年(?=(?:[{_D}]{{1,2}}{_DASH})?[{_D}]{{1,2}}月期)"
        rf"|(?P<relative>{_any(_YEARS)}))(?P<fiscal>度)?"
    ),
    "ko": rf"(?:(?P<year>[12][{_D}]{{3}})년도?|(?P<relative>{_any(_YEARS)}))",
}
_NAMED = {lang: re.compile(rf"{head}{_TAIL[lang]}?") for lang, head in _HEAD.items()}
_UNNAMED = {lang: re.compile(tail) for lang, tail in _TAIL.items()}
_MONTH = re.compile(rf"(?P<relative>{_any(_MONTHS)})(?:\s?(?P<day>[{_D}]{{1,2}})[日일](?![間간]))?")
_DAY = re.compile(_any(_DAYS))
_CLOCK = re.compile(
    rf"(?P<hour>[{_D}]{{1,2}})시(?:\s?[{_D}]{{1,2}}분|\s?반)?"
    r"(?=$|[^가-힣]|께|쯤|에|부터|까지|경|를|을|이|가|의|로)"
)
_HANGUL = re.compile("[가-힣]")
# Letters before 来年 and 上期 with which they are other words (将来, 以上).
_JOINED = frozenset("将未以従本出由古往年")


class _Year(NamedTuple):
    """The year a period belongs to; `offset` is None for one that is written out."""

    number: int | None
    offset: int | None
    fiscal: bool


def read(place: Place) -> int:
    """Adds the period named at this place; its end, or 0 when none is."""
    if place.at < place.free or _inside_a_word(place):
        return 0
    lang = place.words.lang
    named = _NAMED[lang].match(place.text, place.at)
    draft = None if named is None else _of_year(place, named)
    if draft is None:
        draft = _of_month(place) or _of_day(place) or _clock(place)
    if draft is None and (tail := _UNNAMED[lang].match(place.text, place.at)) is not None:
        draft = _unnamed(place, tail)
    return 0 if draft is None else place.add(draft)


def _inside_a_word(place: Place) -> bool:
    before = place.text[place.at - 1 : place.at]
    if not before:
        return False
    if before in place.words.arabic:
        return True
    if place.words.lang == "ko":
        return not place.arabic and _HANGUL.match(before) is not None
    return place.letter in "来上下" and before in _JOINED


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _of_year(place: Place, match: re.Match[str]) -> Draft | None:
    """A year of an era, a year seen from today, or a plain one that goes on in a special way."""
    tailed = _special(match) or _group(match, "month") is not None
    if _group(match, "year") and not (match["year"] and _special(match)):
        return None
    year = _year(place, match)
    if year is None:
        return None
    if match["relative"] == "올" and not tailed:
        return None
    if year.offset is not None and not _group(match, "month") and not _parts(match):
        return _seen_from_today(place, match.end(), year)
    return _dated(place, match, year)


def _special(match: re.Match[str]) -> bool:
    return _group(match, "fiscal") is not None or _parts(match)


def _parts(match: re.Match[str]) -> bool:
    return any(_group(match, name) for name in ("m1", "closing", "half", "quarter"))


def _year(place: Place, match: re.Match[str]) -> _Year | None:
    fiscal = bool(_group(match, "fiscal"))
    if (era := _group(match, "era")) is not None:
        written = match["era_year"]
        count = 1 if written == "元" else dates.number(place.words, written)
        return _Year(_ERAS[era] + count, None, fiscal) if count > 0 else None
    for name, base in (("year", 0), ("short", 2000)):
        if (written_year := _group(match, name)) is not None:
            return _Year(base + dates.number(place.words, written_year), None, fiscal)
    offset = _YEARS[match["relative"]]
    year = place.published.year + offset if place.published is not None else None
    if fiscal and year is not None and place.published is not None and place.published.month < 4:
        year -= 1
    return _Year(year, offset, fiscal)


def _seen_from_today(place: Place, end: int, year: _Year) -> Draft:
    draft = _draft(place, end, "date_relative", periods.dated(year.number), "named-year")
    if year.number is None:
        draft.period = None
    if year.fiscal:
        draft.qualifier = "fiscal"
        draft.period = None if year.number is None else _financial(year.number, 4, 12)
    draft.value, draft.reason = Decimal(year.offset or 0), None
    draft.unit = draft.unit_name = "year"
    return draft


def _dated(place: Place, match: re.Match[str], year: _Year) -> Draft | None:
    if not _special(match) and not _group(match, "month"):
        draft = _draft(place, match.end(), "date_year", periods.dated(year.number), "era")
        draft.value, draft.reason = Decimal(year.number or 0), None
        draft.unit = draft.unit_name = "year"
        return draft
    period, valid = _within(place, match, year)
    if not valid:
        return None
    draft = _draft(place, match.end(), "date", period, "named-period")
    if year.fiscal or _group(match, "closing"):
        draft.qualifier = "fiscal"
    return draft


def _within(place: Place, match: re.Match[str], year: _Year) -> tuple[str | None, bool]:
    """The part of `year` that `match` names, and whether it is one at all."""
    number = place.words
    if month := _group(match, "month"):
        day = _group(match, "day")
        period = periods.dated(
            year.number, dates.number(number, month), dates.number(number, day) if day else None
        )
        return period, period is not None
    if _group(match, "m1"):
        return _months(place, match, year.number)
    if closing := _group(match, "closing"):
        return _closed_in(dates.number(number, closing), year.number)
    if half := _group(match, "half"):
        count = 1 if half in "上상" else 2
        if year.fiscal:
            return _financial_part(year.number, (count - 1) * 6, 6), True
        return periods.half(year.number, count), True
    if _group(match, "quarter"):
        return _quarter(place, match, year), True
    return None if year.number is None else _financial(year.number, 4, 12), True


def _months(place: Place, match: re.Match[str], year: int | None) -> tuple[str | None, bool]:
    first, last = (dates.number(place.words, match[name]) for name in ("m1", "m2"))
    if not 1 <= first < last <= 12:
        return None, False
    low, high = periods.dated(year, first) or "", periods.dated(year, last) or ""
    return periods.between(low, high), True


def _quarter(place: Place, match: re.Match[str], year: _Year) -> str | None:
    """A quarter; whose financial year a Japanese one counts from is often not said."""
    count = dates.number(place.words, match["quarter"])
    if year.fiscal:
        return _financial_part(year.number, (count - 1) * 3, 3)
    first = _group(match, "q1")
    if first is not None and int(first) < count:
        ends = (periods.quarter(year.number, end) for end in (int(first), count))
        return periods.between(*ends)
    return periods.quarter(year.number, count) if place.words.lang == "ko" else None


def _closed_in(month: int, year: int | None) -> tuple[str | None, bool]:
    """The financial year that ends with `month`: 2024年3月期 began in April 2023."""
    if not 1 <= month <= 12:
        return None, False
    if year is None:
        return None, True
    return _financial(year if month == 12 else year - 1, month % 12 + 1, 12), True


def _financial(year: int, month: int, length: int) -> str:
    """`length` months from `month` of `year` on."""
    last = year * 12 + month - 2 + length
    first = periods.dated(year, month) or ""
    return periods.between(first, periods.dated(last // 12, last % 12 + 1) or "")


def _financial_part(year: int | None, skipped: int, length: int) -> str | None:
    """A part of the Japanese financial year, which begins in April."""
    if year is None:
        return None
    first = year * 12 + 3 + skipped
    return _financial(first // 12, first % 12 + 1, length)


def _of_month(place: Place) -> Draft | None:
    match = _MONTH.match(place.text, place.at)
    if match is None:
        return None
    offset = Decimal(_MONTHS[match["relative"]])
    month = periods.shifted(place.published, offset, "month")
    if match["day"]:
        year, _, number = (month or "XXXX-XX").partition("-")
        period = f"{year}-{number}-{dates.number(place.words, match['day']):02d}"
        return _draft(place, match.end(), "date", period, "named-month")
    draft = _draft(place, match.end(), "date_relative", month, "named-month")
    draft.value, draft.reason, draft.unit, draft.unit_name = offset, None, "month", "month"
    return draft


def _clock(place: Place) -> Draft | None:
    """오후 3시 20분: a time of the day."""
    match = _CLOCK.match(place.text, place.at) if place.words.lang == "ko" else None
    if match is None or int(match["hour"]) > 24:
        return None
    return _draft(place, match.end(), "time", None, "clock")


def _of_day(place: Place) -> Draft | None:
    match = _DAY.match(place.text, place.at)
    if match is None:
        return None
    offset = Decimal(_DAYS[match.group()])
    period = periods.shifted(place.published, offset, "day")
    draft = _draft(place, match.end(), "date_relative", period, "named-day")
    draft.value, draft.reason, draft.unit, draft.unit_name = offset, None, "day", "day"
    return draft


def _unnamed(place: Place, match: re.Match[str]) -> Draft | None:
    """A half, a quarter or a financial year whose year is not named; months are plain dates."""
    part = match.group()
    if _group(match, "month") or part.startswith(("上期", "下期")) or part[0] in " の":
        return None
    year = place.published.year if place.published is not None else None
    period, valid = _within(place, match, _Year(year, None, fiscal=False))
    if _group(match, "closing"):
        period = None
    return _draft(place, match.end(), "date", period, "named-period") if valid else None


def _draft(place: Place, end: int, kind: str, period: str | None, rule: str) -> Draft:
    draft = Draft(place.at, end, place.at, end, kind, None, rule, period=period)
    draft.reason = "a period is no figure"
    return draft
