"""Dates and times: they are periods of figures, not figures themselves."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, TypeAlias

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
    r"(?:第?(?P<quarter>[一二三四1-4])季度?|(?P<half>[上下])半年|前(?P<first>[一二两三]|[123])(?:个|個)?季度?"
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
_DECADES = re.compile("(?P<d1>[二三四五六七八九])、?(?P<d2>[二三四五六七八九])十年代")
_CENTURY = re.compile(rf"(?P<century>[{_D}]{{1,2}}|[{_H}]{{1,3}})\s?世[纪紀]")
_QUARTER = re.compile(
    r"(?P<quarter>[一二三四1-4])(?:个|個|财|財)?季(?:(?P<degree>度)|(?P<report>[报報])(?!告期)|(?![节節赛賽军軍后後稻]))"
)
_ISO = re.compile(
    r"(?P<year>[12][0-9]{3})(?P<sep>[-/.])(?P<month>[0-9]{1,2})(?P=sep)(?P<day>[0-9]{1,2})(?![0-9.])"
)
_CLOCK = re.compile(
    rf"(?P<hour>[{_D}]{{1,2}}|[{_H}零]{{1,3}})\s?[点點时時시]"
    rf"(?:\s?(?P<minute>[{_D}]{{1,2}}|[{_H}零]{{1,4}})\s?[分분]?(?!之)|(?P<rest>半|整|许|許|钟|鐘|一刻|三刻))?"
)
_DIGITAL = re.compile(
    rf"(?P<hour>[{_D}]{{1,2}})[:：](?P<minute>[{_D}]{{2}})(?:[:：](?P<second>[{_D}]{{2}}))?(?![{_D}])"
)
# What may stand behind the first number of a date or a time.
MARKS = frozenset("年月日号號时時点點季世:：년월일시.财財学學赛賽会會")
# What every date or time looks like at its start, with the letter that tells which it may be.
_LIKELY = re.compile(
    rf"[{_D}]{{1,4}}\s?(?:(?P<digits>[年月日号號时時点點季世:：년월일시.]|[财財学學赛賽会會](?!季))|(?P<dash>{_DASH})\s?[{_D}])"
    rf"|[一二][{_YEAR_LETTERS}]{{3}}\s?(?P<year>年)|[二三四五六七八九十、]{{1,4}}(?P<decade>年)代"
    rf"|[{_H}零〇○]{{1,4}}(?:个|個|财|財)?\s?(?P<letters>[月时時点點季世])"
)
_NO_HOUR = re.compile("[代期速尚常段刻光间間差]")
_BEFORE_SPAN = (
    "近",
    "续",
    "續",
    "連",
    "过去",
    "过往",
    "未来",
    "前",
    "后",
    "每",
    "满",
    "第",
    "达",
    "约",
)
_LAST_CENTURY_START = 1900
_THIS_CENTURY_START = 2000
_HOURS, _MINUTES, _MONTHS_OF_YEAR, _DAYS_OF_MONTH = 24, 60, 12, 31


def half_year(place: Place) -> int:
    """上半年 and 下半年 at their 半; 0 when there is none."""
    text, at = place.text, place.at
    before = text[at - 1 : at]
    if before not in ("上", "下") or text[at + 1 : at + 2] != "年" or at - 1 < place.free:
        return 0
    start, year = deictic_year(place, at - 1)
    draft = _draft(
        place, at + 2, "date", periods.half(year, 1 if before == "上" else 2), "half-year"
    )
    draft.core_start = start
    draft.num_start, draft.num_end = at, at + 1
    return place.add(draft)


def deictic_year(place: Place, at: int) -> tuple[int, int | None]:
    """Where 去年 and the like that end at `at` start, and the year they mean if it is known."""
    day = place.published
    found = place.words.years.before(place.text, at)
    if found is None or found[0] < place.free:
        return at, None if day is None else day.year
    return found[0], None if day is None else day.year + found[1]


def read(place: Place) -> int:
    """Adds the date or time that starts at this place; its end, or 0 when none does."""
    likely = None if place.at < place.free else _LIKELY.match(place.text, place.at)
    if likely is None:
        return 0
    for pattern, make in _BY_MARK.get(likely[likely.lastgroup or ""], _JOINED):
        match = pattern.match(place.text, place.at)
        if match is not None:
            draft = make(place, match)
            if draft is not None:
                return place.add(draft)
    return 0


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
        kind, period = "date", periods.dated(year, month, day)
    elif match["quarter"]:
        period, kind = periods.quarter(year, number(words, match["quarter"])), "date"
    elif match["first"]:
        last = periods.quarter(year, number(words, match["first"]))
        period, kind = periods.between(periods.quarter(year, 1), last), "date"
    elif match["half"]:
        period, kind = periods.half(year, 1 if match["half"] == "上" else 2), "date"
    draft = _draft(place, end, kind, period, "year" if kind == "date_year" else "date")
    if kind == "date_year":
        draft.value, draft.reason, draft.num_end = Decimal(year), None, match.end("year")
        draft.unit = draft.unit_name = "year"
    elif period is None:
        draft.reason = "no such day"
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


def _decades(place: Place, match: re.Match[str]) -> Draft | None:
    """五六十年代: two decades."""
    first, last = (10 * number(place.words, match[name]) for name in ("d1", "d2"))
    draft = _tens(place, match, first)
    if draft is None or draft.period is None or last != first + 10:
        return None
    start = int(draft.period[:3]) * 10
    draft.period = periods.between(draft.period, periods.decade(start + 10))
    draft.rule = "decades"
    return draft


def _century(place: Place, match: re.Match[str]) -> Draft | None:
    value = number(place.words, match["century"])
    if not 1 <= value <= 99:
        return None
    return _draft(place, match.end(), "date", periods.century(value), "century")


def _quarter(place: Place, match: re.Match[str]) -> Draft | None:
    """三季度, 第三季, 去年第四季度 and 前三季度, which are three quarters."""
    text, start = place.text, place.at
    number_ = number(place.words, match["quarter"])
    before = text[start - 1 : start]
    if before in ("第", "前", "头"):
        start -= 1
    elif not match["degree"]:
        return None
    start, year = deictic_year(place, start)
    period = periods.quarter(year, number_)
    if before in ("前", "头"):
        period = periods.between(periods.quarter(year, 1), period)
    draft = _draft(place, match.end(), "date", period, "quarter")
    draft.core_start = start
    return draft


def _month_day(place: Place, match: re.Match[str]) -> Draft | None:
    words = place.words
    before = place.text[place.at - 1 : place.at]
    if before and before in words.numeral_letters:
        return None
    month = number(words, match["month"])
    follower = place.text[match.end() : match.end() + 1]
    if follower and follower in "子龄齡":
        return None
    if not 1 <= month <= _MONTHS_OF_YEAR:
        return _impossible(place, match, "no such month")
    day = number(words, match["day"]) if match["day"] else None
    start, year = deictic_year(place, place.at)
    period = periods.dated(year, month, day)
    draft = _draft(place, match.end(), "date", period, "month-day" if day else "month")
    draft.core_start = start
    if period is None:
        draft.reason = "no such day"
    _deadline(place, draft)
    return draft


def _impossible(place: Place, match: re.Match[str], reason: str) -> Draft | None:
    """13月 and 25时61分: written as a date or a time, and none."""
    if place.letter not in place.words.arabic:
        return None
    draft = _draft(place, match.end(), "date", None, "impossible")
    draft.reason = reason
    return draft


def _months(place: Place, match: re.Match[str]) -> Draft | None:
    first, last = number(place.words, match["m1"]), number(place.words, match["m2"])
    if not 1 <= first < last <= _MONTHS_OF_YEAR:
        return None
    year = place.published.year if place.published is not None else None
    period = periods.between(periods.dated(year, first) or "", periods.dated(year, last) or "")
    return _draft(place, match.end(), "date", period, "months")


def _day(place: Place, match: re.Match[str]) -> Draft | None:
    before = place.text[max(0, place.at - 3) : place.at].rstrip()
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
    draft = _draft(place, match.end(), "date", period, "iso")
    if period is None:
        draft.reason = "no such day"
    return draft


def _clock(place: Place, match: re.Match[str]) -> Draft | None:
    hour = number(place.words, match["hour"])
    minute = number(place.words, match["minute"]) if match["minute"] else 0
    if not 0 <= hour <= _HOURS or not 0 <= minute < _MINUTES:
        whole = match["minute"] and match.group()[-1] in "分분" and "点" not in match.group()
        return _impossible(place, match, "no such time") if whole else None
    before = place.text[max(0, place.at - 4) : place.at]
    parts = place.words.table["periods"]["part_of_day"].split()
    named = any(before.endswith(part) for part in parts) or (
        bool(place.found)
        and (place.found[-1].kind in ("date", "time") and place.at - place.found[-1].core_end <= 2)
    )
    tail = match.group(0)[-1]
    # 9时 in digits is a time of day wherever it stands; 九时 and 9点 need a neighbour.
    named = named or (
        tail in "时時" and place.arabic and not _NO_HOUR.match(place.text, match.end())
    )
    begun = match.start("minute")
    if named and begun > 0 and tail not in "分분" and place.words.stops.begins(place.text, begun):
        # 晚上八点一直: the 一 is no minute.
        return _draft(place, begun, "time", None, "clock")
    if not named and match["rest"] is None and not (match["minute"] and tail in "分분"):
        return None
    if match["rest"] is None and match["minute"] is None and tail not in "点點时時시":
        return None
    return _draft(place, match.end(), "time", None, "clock")


def _digital(place: Place, match: re.Match[str]) -> Draft | None:
    if int(match["hour"]) > _HOURS or int(match["minute"]) >= _MINUTES:
        return None
    return _draft(place, match.end(), "time", None, "clock")


_Grammars: TypeAlias = (
    "tuple[tuple[re.Pattern[str], Callable[[Place, re.Match[str]], Draft | None]], ...]"
)
_OF_YEAR: _Grammars = ((_YEARS, _years), (_YEAR, _year), (_DECADE, _decade), (_DECADES, _decades))
_OF_MONTH: _Grammars = ((_YEAR, _year), (_MONTHS, _months), (_MONTH_DAY, _month_day))
_OF_DAY: _Grammars = ((_DAYS, _days), (_DAY_ONLY, _day))
_OF_HOUR: _Grammars = ((_CLOCK, _clock),)
_OF_QUARTER: _Grammars = ((_QUARTER, _quarter),)
_JOINED: _Grammars = ((_YEARS, _years), (_MONTHS, _months), (_DAYS, _days), (_ISO, _iso))
_BY_MARK: dict[str, _Grammars] = {
    **dict.fromkeys("年년财財学學赛賽会會", _OF_YEAR),
    **dict.fromkeys("月월", _OF_MONTH),
    **dict.fromkeys("日号號일", _OF_DAY),
    **dict.fromkeys("时時点點시", _OF_HOUR),
    **dict.fromkeys("季", _OF_QUARTER),
    **dict.fromkeys("世", ((_CENTURY, _century),)),
    **dict.fromkeys(":：", ((_DIGITAL, _digital),)),
    ".": ((_ISO, _iso),),
}
