"""Dates and times: they are periods of figures, not figures themselves."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities import periods
from claims.quantities.cjk import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from collections.abc import Callable

    from claims.quantities.cjk.place import Place
    from claims.quantities.cjk.vocabulary import Vocabulary

_D = "0-9０-９"
_H = "一二三四五六七八九十廿"
_YEAR_LETTERS = "零〇○一二三四五六七八九"
_DASH = "[-–—－~～/／至到]{1,2}"
_MONTH = rf"(?P<month>[{_D}]{{1,2}}|[{_H}]{{1,2}})\s?[月월]"
_DAY = rf"\s?(?P<day>[{_D}]{{1,2}}|[{_H}]{{1,3}})\s?[日号號일]"
_PART = (
    r"(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年|前三季度"
    r"|初|末|底|年底|年初|年末|中)"
)
_FISCAL = "财年|財年|财政年度|財政年度|年度|学年|學年|赛季|賽季|会计年度"

_YEARS = re.compile(
    rf"(?P<y1>[12１２][{_D}]{{3}})\s?[年년]?\s?{_DASH}\s?(?P<y2>[12１２][{_D}]{{3}}|[{_D}]{{2}})\s?"
    rf"(?P<what>{_FISCAL}|[年년](?!代|대|龄|月|월|[{_D}]))"
)
_YEAR = re.compile(
    rf"(?P<year>[12１２][{_D}]{{3}}|[一二][{_YEAR_LETTERS}]{{3}}|[{_D}]{{2}}(?=\s?[年년](?:[{_D}代末初底대])))"
    rf"\s?(?:(?P<decade>年代|년대)|(?:{_FISCAL})|[年년](?:度(?!假)|도(?![가-힣])|\s?{_MONTH}(?:份|{_DAY})?|{_PART})?)"
)
_MONTH_DAY = re.compile(
    rf"{_MONTH}(?:份|{_DAY}"
    r"|(?=[，,。、）)的至到在\-—~起前后以에의かに부까は ]|[上中下]旬|初|底|末|间|$))?"
)
_MONTHS = re.compile(rf"(?P<m1>[{_D}]{{1,2}})\s?{_DASH}\s?(?P<m2>[{_D}]{{1,2}})\s?[月월](?:份)?")
_DAY_ONLY = re.compile(
    rf"(?P<day>[{_D}]{{1,2}})\s?[日일](?!元|圆|均|本|韩|系|圓|内|內|游|間|间|동|간)"
)
_DAYS = re.compile(
    rf"(?P<d1>[{_D}]{{1,2}})\s?{_DASH}\s?(?P<d2>[{_D}]{{1,2}})\s?[日号號일](?!线|楼|元|本|均)"
)
_DECADE = re.compile(rf"(?P<decade>[{_D}]{{2}}|[{_H}]{{2}}|[12][{_D}]{{3}})\s?(?:年代|년대)")
_CENTURY = re.compile(rf"(?P<century>[{_D}]{{1,2}}|[{_H}]{{1,3}})\s?世[纪紀]")
_QUARTER = re.compile(r"(?P<quarter>[一二三四1-4])季(?:度|报(?!告期))")
_ISO = re.compile(
    r"(?P<year>[12][0-9]{3})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9.])"
)
_CLOCK = re.compile(
    rf"(?P<hour>[{_D}]{{1,2}}|[{_H}零]{{1,3}})\s?[点點时時시]"
    rf"(?:(?P<minute>[{_D}]{{1,2}}|[{_H}零]{{1,4}})\s?[分분]?(?!之)|(?P<rest>半|整|许|許|钟|鐘|一刻|三刻))?"
)
_DIGITAL = re.compile(
    rf"(?P<hour>[{_D}]{{1,2}})[:：](?P<minute>[{_D}]{{2}})(?:[:：](?P<second>[{_D}]{{2}}))?(?![{_D}])"
)
# What every date or time looks like at its start; it spares the other patterns most numerals.
_LIKELY = re.compile(
    rf"[{_D}]{{1,4}}\s?(?:[年月日号號时時点點季世:：년월일시]|{_DASH}\s?[{_D}]|\.[0-9]{{1,2}}\.|[财財学學赛賽会])"
    rf"|[{_H}零〇○百]{{1,4}}\s?[年月时時点點季世日号號]"
)
_BEFORE_SPAN = ("近", "续", "連", "过去", "过往", "未来", "前", "后", "每", "满", "第", "达", "约")
_LAST_CENTURY_START = 1900
_THIS_CENTURY_START = 2000
_HOURS, _MINUTES, _MONTHS_OF_YEAR, _DAYS_OF_MONTH = 24, 60, 12, 31


def read(place: Place) -> int:
    """Adds the date or time that starts at this place; its end, or 0 when none does."""
    if place.at < place.free or not _LIKELY.match(place.text, place.at):
        return 0
    letter = place.text[place.at + 4 : place.at + 5]
    for pattern, make in _GRAMMARS if not _after_a_year(place, letter) else _WITH_YEAR:
        match = pattern.match(place.text, place.at)
        if match is not None:
            draft = make(place, match)
            if draft is not None:
                return place.add(draft)
    return 0


def _after_a_year(place: Place, letter: str) -> bool:
    """Whether `letter` is the 年 behind four digits, and not that of 5日、3年."""
    return letter in ("年", "년") and place.text[place.at : place.at + 4].isnumeric()


def number(words: Vocabulary, written: str) -> int:
    """The whole number of `written`; a run of positional digits counts as it stands."""
    if all(letter in words.arabic for letter in written):
        return int(written)
    if len(written) == 4 and all(letter in words.digits for letter in written):
        return int("".join(str(words.digits[letter]) for letter in written))
    numeral = numerals.read(words, written, 0)
    return int(numeral.value) if numeral is not None and numeral.end == len(written) else -1


def _draft(place: Place, end: int, kind: str, period: str | None, rule: str) -> Draft:
    at = place.at
    draft = Draft(at, end, at, end, kind, None, rule, period=period)
    draft.reason = "a period is no figure"
    return draft


def _years(place: Place, match: re.Match[str]) -> Draft:
    first = number(place.words, match["y1"])
    last = number(place.words, match["y2"])
    if last < 100:
        last += first // 100 * 100
    period = periods.between(periods.dated(first) or "", periods.dated(last) or "")
    return _draft(place, match.end(), "date", period, "years")


def _year(place: Place, match: re.Match[str]) -> Draft | None:
    words = place.words
    year = number(words, match["year"])
    if len(match["year"]) == 2:
        if match["decade"]:
            return _tens(place, match, year)
        year += _LAST_CENTURY_START if year > 30 else _THIS_CENTURY_START
    if match["decade"]:
        return _draft(place, match.end(), "date", periods.decade(year), "decade")
    end, period, kind = match.end(), periods.dated(year), "date_year"
    if match["month"]:
        month = number(words, match["month"])
        day = number(words, match["day"]) if match["day"] else None
        dated = periods.dated(year, month, day)
        kind, period = ("date", dated) if dated is not None else (kind, period)
    elif match["quarter"]:
        period, kind = periods.quarter(year, number(words, match["quarter"])), "date"
    elif match["half"]:
        period, kind = periods.half(year, 1 if match["half"] == "上" else 2), "date"
    draft = _draft(place, end, kind, period, "year" if kind == "date_year" else "date")
    if kind == "date_year":
        draft.value, draft.reason, draft.num_end = Decimal(year), None, match.end("year")
        draft.unit = draft.unit_name = "year"
    _deadline(place, draft)
    return draft


def _deadline(place: Place, draft: Draft) -> None:
    """2030年前 ends with the year: EDTF leaves the start open."""
    text, end = place.text, draft.core_end
    for word in place.words.before_word:
        if text.startswith(word, end) and text[end + len(word) : end + len(word) + 1] not in (
            "后",
            "三",
            "两",
            "十",
            "几",
            "夕",
            "半",
            "五",
            "六",
            "四",
            "八",
        ):
            draft.end = draft.core_end = end + len(word)
            draft.qualifier = "before"
            draft.period = None if draft.period is None else periods.until(draft.period)
            return


def _tens(place: Place, match: re.Match[str], tens: int) -> Draft | None:
    if not 0 <= tens <= 90 or tens % 10:
        return None
    before = place.text[max(0, place.at - 5) : place.at]
    this = any(before.endswith(word) for word in ("本世纪", "本世紀", "21世纪", "新世纪"))
    start = _THIS_CENTURY_START if this or tens < 20 else _LAST_CENTURY_START
    draft = _draft(place, match.end(), "date", periods.decade(start + tens), "decade")
    for word in ("上世纪", "上个世纪", "上世紀", "上個世紀", "本世纪"):
        if before.endswith(word):
            draft.start = place.at - len(word)
    return draft


def _decade(place: Place, match: re.Match[str]) -> Draft | None:
    return _tens(place, match, number(place.words, match["decade"]))


def _century(place: Place, match: re.Match[str]) -> Draft | None:
    value = number(place.words, match["century"])
    if not 1 <= value <= 99:
        return None
    return _draft(place, match.end(), "date", periods.century(value), "century")


def _quarter(place: Place, match: re.Match[str]) -> Draft:
    year = place.published.year if place.published is not None else None
    period = periods.quarter(year, number(place.words, match["quarter"]))
    draft = _draft(place, match.end(), "date", period, "quarter")
    if place.text[place.at - 1 : place.at] == "第":
        draft.core_start = place.at - 1
    return draft


def _month_day(place: Place, match: re.Match[str]) -> Draft | None:
    words = place.words
    before = place.text[place.at - 1 : place.at]
    if before and before in words.numeral_letters:
        return None
    month = number(words, match["month"])
    if not 1 <= month <= _MONTHS_OF_YEAR or place.text[match.end() : match.end() + 1] in (
        "份额",
        "子",
    ):
        return None
    day = number(words, match["day"]) if match["day"] else None
    year = place.published.year if place.published is not None else None
    period = periods.dated(year, month, day)
    if period is None:
        return None
    draft = _draft(place, match.end(), "date", period, "month-day" if day else "month")
    _deadline(place, draft)
    return draft


def _months(place: Place, match: re.Match[str]) -> Draft | None:
    first, last = number(place.words, match["m1"]), number(place.words, match["m2"])
    if not 1 <= first < last <= _MONTHS_OF_YEAR:
        return None
    year = place.published.year if place.published is not None else None
    period = periods.between(periods.dated(year, first) or "", periods.dated(year, last) or "")
    return _draft(place, match.end(), "date", period, "months")


def _day(place: Place, match: re.Match[str]) -> Draft | None:
    before = place.text[max(0, place.at - 2) : place.at]
    if before.endswith(_BEFORE_SPAN) or not 1 <= int(match["day"]) <= _DAYS_OF_MONTH:
        return None
    day = place.published
    period = periods.dated(day.year if day else None, day.month if day else None, int(match["day"]))
    return _draft(place, match.end(), "date", period, "day")


def _days(place: Place, match: re.Match[str]) -> Draft | None:
    first, last = int(match["d1"]), int(match["d2"])
    if not 1 <= first < last <= _DAYS_OF_MONTH:
        return None
    return _draft(place, match.end(), "date", None, "days")


def _iso(place: Place, match: re.Match[str]) -> Draft | None:
    period = periods.dated(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if period is None else _draft(place, match.end(), "date", period, "iso")


def _clock(place: Place, match: re.Match[str]) -> Draft | None:
    hour = number(place.words, match["hour"])
    minute = number(place.words, match["minute"]) if match["minute"] else 0
    if not 0 <= hour <= _HOURS or not 0 <= minute < _MINUTES:
        return None
    before = place.text[max(0, place.at - 4) : place.at]
    parts = place.words.table["periods"]["part_of_day"].split()
    named = any(before.endswith(part) for part in parts) or (
        bool(place.found)
        and (place.found[-1].kind in ("date", "time") and place.at - place.found[-1].core_end <= 2)
    )
    tail = match.group(0)[-1]
    if not named and match["rest"] is None and not (match["minute"] and tail in "分분"):
        return None
    if match["rest"] is None and match["minute"] is None and tail not in "点點时時시":
        return None
    return _draft(place, match.end(), "time", None, "clock")


def _digital(place: Place, match: re.Match[str]) -> Draft | None:
    if int(match["hour"]) > _HOURS or int(match["minute"]) >= _MINUTES:
        return None
    return _draft(place, match.end(), "time", None, "clock")


_GRAMMARS: tuple[tuple[re.Pattern[str], Callable[[Place, re.Match[str]], Draft | None]], ...] = (
    (_YEARS, _years),
    (_YEAR, _year),
    (_MONTHS, _months),
    (_MONTH_DAY, _month_day),
    (_DAYS, _days),
    (_DAY_ONLY, _day),
    (_DECADE, _decade),
    (_CENTURY, _century),
    (_QUARTER, _quarter),
    (_ISO, _iso),
    (_CLOCK, _clock),
    (_DIGITAL, _digital),
)
# Four digits and 年 can only be one of these.
_WITH_YEAR = _GRAMMARS[:2]
