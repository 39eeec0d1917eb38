"""English dates: 5 May 2024, May 2024, fiscal 2024, the 1990s, Q3 2024; periods, not figures."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from claims.quantities import periods
from claims.quantities.english.vocabulary import vocabulary
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral

_YEAR = re.compile(r"(?:1[4-9]\d\d|20\d\d)(?!\d)")
_SPAN = re.compile(r"(1[5-9]\d\d|20\d\d)\s?[-–/]\s?(20\d\d|19\d\d|\d\d)(?!\d|[,.]\d|[%-])")
_DECADE = re.compile(r"(1[5-9]\d0|20\d0|\d0)['’]?s\b")
_ISO = re.compile(r"([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_THEIR = re.compile(
    r"\b(?:his|her|their|my|our|your)[ ](?:(?:early|mid|late|low|high)[ -])?\Z"
    r"|\b(?:low|high)(?:er)?[ -]\Z"
)
_DAY_JOINTS = re.compile("[-–]| to | an| un")
_DAY_LETTERS = frozenset("-–tau")
_SEPARATORS = frozenset("-–/. ")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)")
_CLOCK = re.compile(
    r"\d{1,2}(?:[:.]\d{2}){0,2}\s?[ap]\.?m\b\.?|\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?!\d)|\d{1,2}\s?o['’]clock"
)
_QUARTER_BEFORE = re.compile(r"\b(?:(q)([1-4])|(h)([12])|([1-4])(q)|([12])(h))\s\Z")
_FISCAL_BEFORE = re.compile(r"\b(?:fiscal(?:\syear)?|fy)\s?\Z")
_UNIT_AFTER = re.compile(
    r"\s?(?:%|per\s?cent|percent|million|billion|trillion|thousand|bn\b|hundred)"
)
_PUNCTUATION = re.compile(r"\s*(?:$|[.,;:!?)\]”\"'’—–])")
_CENTURY = 100


@cache
def _with_month() -> tuple[re.Pattern[str], re.Pattern[str]]:
    month = vocabulary().month_pattern
    after = re.compile(
        rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?\s+(?P<month>{month})\b\.?(?:,?\s+(?P<year>\d{{4}})(?!\d))?"
    )
    before = re.compile(rf"\b(?P<month>{month})\b\.?\s{{1,2}}(?:the\s)?\Z")
    return after, before


_DAY_YEAR = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?![\d:%]|\.\d)(?:,\s?(?P<year>\d{4})(?!\d))?"
)


def read(place: Place) -> int:
    """Adds the date at a digit; its end, or 0. Times of day are passed over without a quantity."""
    draft = named_month(place) or _numeric(place)
    if draft is not None:
        return place.add(draft)
    head = place.lower[place.at + 1 : place.at + 8]
    match = None
    if ":" in head or "m" in head or "o" in head:
        match = _CLOCK.match(place.lower, place.at)
    if match is not None and not place.lower.startswith("%", match.end()):
        return match.end()
    draft = _year(place)
    return place.add(draft) if draft is not None else 0


def period_draft(start: int, end: int, kind: str, period: str | None, rule: str) -> Draft:
    """A period over a span of text; `period` is None for a day that is in no calendar."""
    draft = Draft(start, end, start, end, kind, None, rule, period=period)
    draft.reason = "a period is no figure" if period else "no calendar has this day"
    return draft


def named_month(place: Place) -> Draft | None:
    """The day or the year at a digit with the month beside it."""
    at, text = place.at, place.text
    if text[at + 1 : at + 2].isdigit() and text[at + 2 : at + 3].isdigit():
        word = place.before(at).lower().rstrip(".")
        if word not in place.words.months:
            return None
    after, _ = _with_month()
    span = _days(place)
    if span is not None:
        return span
    match = after.match(place.lower, place.at)
    months = place.words.months
    if match is not None and int(match["day"]) <= 31 and not _modal_may(place, match):
        year = int(match["year"]) if match["year"] else published_year(place)
        period = periods.dated(year, months[match["month"]], int(match["day"]))
        end = match.end() if match["year"] else match.end("month")
        return period_draft(place.at, end, "date", period, "date")
    word = place.before(at).lower().rstrip(".")
    if word not in place.words.months and word != "the":
        return None
    lead = month_before(place)
    if lead is None or _modal_may(place, lead):
        return None
    month = months[lead["month"]]
    year_only = _YEAR.match(place.lower, place.at)
    if year_only is not None:
        period = periods.dated(int(year_only.group()), month)
        return period_draft(lead.start(), year_only.end(), "date", period, "month")
    day = _DAY_YEAR.match(place.lower, place.at)
    if day is None or not 1 <= int(day["day"]) <= 31:
        return None
    year = int(day["year"]) if day["year"] else published_year(place)
    period = periods.dated(year, month, int(day["day"]))
    return period_draft(lead.start(), day.end(), "date", period, "date")


def month_before(place: Place) -> re.Match[str] | None:
    """The month before the digit at hand, with or without "the"."""
    return _with_month()[1].search(place.lower, max(place.free, place.at - 14), place.at)


def _days(place: Place) -> Draft | None:
    """4 to 14 July, July 4-14: from one day of a month to another."""
    tail = place.lower[place.at + 1 : place.at + 7]
    if _DAY_LETTERS.isdisjoint(tail) or _DAY_JOINTS.search(tail) is None:
        return None
    patterns = _day_spans()
    match = patterns[0].match(place.lower, place.at)
    start = place.at
    if match is None:
        word = place.before(place.at)
        month, start = word.lower().rstrip("."), place.at - len(word) - 1
        if month not in place.words.months:
            return None
        match = patterns[1].match(place.lower, place.at)
        if match is None:
            return None
    else:
        month = match["month"]
    year = int(match["year"]) if match["year"] else published_year(place)
    days = [periods.dated(year, place.words.months[month], int(match[name])) for name in ("a", "b")]
    if days[0] is None or days[1] is None or int(match["a"]) >= int(match["b"]):
        return None
    period = periods.between(days[0], days[1])
    return period_draft(start, match.end(), "date", period, "days")


@cache
def _day_spans() -> tuple[re.Pattern[str], re.Pattern[str]]:
    month = vocabulary().month_pattern
    days = (
        r"(?P<a>[1-3]?\d)(?:st|nd|rd|th)?(?:[ ](?:to|and|until)[ ]|[ ]?[-–][ ]?)"
        r"(?P<b>[1-3]?\d)(?:st|nd|rd|th)?"
    )
    year = r"(?:,?[ ](?P<year>\d{4})(?!\d))?"
    return (
        re.compile(rf"{days}(?:[ ]of)?[ ](?P<month>{month})\b{year}"),
        re.compile(rf"{days}{year}(?![\d%\w-]|[.,]\d)"),
    )


def _modal_may(place: Place, match: re.Match[str]) -> bool:
    """May and march are months only with a capital."""
    return not place.text[match.start("month")].isupper() and match["month"] in ("may", "march")


def published_year(place: Place) -> int | None:
    """The year of publication, which a day without a year belongs to."""
    return place.published.year if place.published is not None else None


def _numeric(place: Place) -> Draft | None:
    if (
        place.text[place.at + 1 : place.at + 2] == "/"
        or place.text[place.at + 2 : place.at + 3] == "/"
    ):
        match = _SLASHED.match(place.lower, place.at)
        if match is not None:
            draft = period_draft(place.at, match.end(), "date", None, "date-slashed")
            draft.reason = "day and month may be in either order"
            return draft
    tail = place.lower[place.at + 2 : place.at + 6]
    if "s" not in tail and place.text[place.at + 4 : place.at + 5] not in _SEPARATORS:
        return None
    match = _ISO.match(place.lower, place.at)
    if match is not None:
        period = periods.dated(*(int(part) for part in match.groups()))
        return period_draft(place.at, match.end(), "date", period, "iso")
    match = _SPAN.match(place.lower, place.at)
    if match is not None:
        first, last = int(match.group(1)), int(match.group(2))
        last += first // _CENTURY * _CENTURY if last < _CENTURY else 0
        if first < last and (last - first == 1 or _dated(place, match.end(), place.at)):
            period = periods.between(f"{first:04d}", f"{last:04d}")
            return period_draft(place.at, match.end(), "date", period, "years")
    match = _DECADE.match(place.lower, place.at)
    if match is not None and not _age_decade(place, match):
        first = int(match.group(1))
        first += 1900 if first < _CENTURY else 0
        return period_draft(place.at, match.end(), "date", periods.decade(first), "decade")
    return None


def _age_decade(place: Place, match: re.Match[str]) -> bool:
    """In their 30s is an age, in the mid-80s may be a temperature."""
    if _THEIR.search(place.lower, max(0, place.at - 14), place.at):
        return True
    return len(match.group(1)) == 2 and place.before(place.at).lower() in (
        "his",
        "her",
        "their",
        "my",
        "our",
        "your",
        "mid",
        "late",
        "early",
        "mid-",
        "low",
        "high",
    )


def _year(place: Place) -> Draft | None:
    match = _YEAR.match(place.lower, place.at) if place.letter in "12" else None
    if match is None:
        return None
    end = match.end()
    after = place.lower[end : end + 1]
    if after and (after.isalnum() or after in "%/" or place.lower[end : end + 2] in (",0", "-m")):
        return None
    if after in (".", ",") and place.lower[end + 1 : end + 2].isdigit():
        return None
    if _UNIT_AFTER.match(place.lower, end) or not _dated(place, end, place.at):
        return None
    year = int(match.group())
    draft = period_draft(place.at, end, "date_year", f"{year:04d}", "year")
    draft.value, draft.reason = Decimal(year), None
    draft.unit = draft.unit_name = "year"
    quarter = _QUARTER_BEFORE.search(place.lower, max(0, place.at - 5), place.at)
    if quarter is not None:
        draft.core_start = quarter.start()
        letter, number = sorted(group for group in quarter.groups() if group)[::-1]
        draft.period = (periods.quarter if letter == "q" else periods.half)(year, int(number))
    fiscal = _FISCAL_BEFORE.search(place.lower, max(0, place.at - 14), place.at)
    if fiscal is not None:
        draft.start, draft.qualifier = fiscal.start(), "fiscal"
    return draft


def _dated(place: Place, end: int, start: int) -> bool:
    """A preposition before it, or no noun behind it, makes four digits a year."""
    before = place.before(start).lower().rstrip(".")
    if before in place.words.before_year or before in place.words.months:
        return True
    if before.endswith(("'s", "’s")):
        return True
    if _PUNCTUATION.match(place.lower, end) is not None:
        return before not in ("about", "around", "than", "nearly", "some", "least", "of", "over")
    noun = place.after(end)
    if noun == "":
        return True
    if noun[0].isupper() or before == "the":
        return True
    if place.words.unit_at(place.text, place.lower, end + 1) is not None:
        return False
    return not (noun.endswith("s") or noun in place.words.people) or noun in ("was", "is", "has")


def relative(place: Place, draft: Draft, numeral: Numeral) -> None:
    """Three years ago: a span of time that is a date."""
    word = place.after(draft.core_end).lower()
    sign = place.words.relative.get(word)
    if word == "before" and not _PUNCTUATION.match(
        place.lower, place.lower.index(word, draft.core_end) + len(word)
    ):
        return
    if sign is None or (word in ("before", "after") and draft.value is None):
        return
    end = place.lower.index(word, draft.core_end) + len(word)
    if word in ("before", "later", "earlier", "hence") and numeral.value < 0:
        return
    draft.core_end = end
    draft.kind, draft.rule = "date_relative", f"relative-{word}"
    draft.value = sign * numeral.value
    draft.period = periods.shifted(place.published, draft.value, draft.unit)
