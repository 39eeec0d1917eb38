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
_SEPARATORS = frozenset("-–/. ")
_SLASHED = re.compile(r"\d{1,2}/\d{1,2}/(?:\d{4}|\d{2})(?!\d)")
_CLOCK = re.compile(
    r"\d{1,2}(?:[:.]\d{2}){0,2}\s?[ap]\.?m\b\.?|\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?!\d)|\d{1,2}\s?o['’]clock"
)
_QUARTER_BEFORE = re.compile(r"\b(?:(q)([1-4])|(h)([12])|([1-4])(q)|([12])(h))\s\Z")
_LETTERED = re.compile(
    r"(?:(?P<part>[qh])(?P<which>[1-4])(?:[ ]?(?=fy|cy|['’]|20\d\d)))?(?P<fiscal>fy|cy)?['’]?(?P<first>20\d\d|\d\d)"
    r"(?:[-/–](?P<last>20\d\d|\d\d))?(?![\w,]|\.\d)"
    r"|(?P<number>[1-4])(?P<letter>[qh])[ ]?['’]?(?P<year>20\d\d|\d\d)(?![\w,]|\.\d)"
)
_LEADING = ("y", "q", "h", "'", "’")
_LETTERS = re.compile(r"\b(?:(?:[qh][1-4][ ]?)?(?:fy|cy)['’]?|[qh])\Z")
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
    draft = _named_month(place) or _numeric(place)
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


def _draft(start: int, end: int, kind: str, period: str | None, rule: str) -> Draft:
    draft = Draft(start, end, start, end, kind, None, rule, period=period)
    draft.reason = "a period is no figure" if period else "no calendar has this day"
    return draft


def lettered(place: Place) -> int:
    """FY25, Q3 FY2024, 1H24: adds the period; its end, or 0."""
    draft = _lettered(place)
    return place.add(draft) if draft is not None else 0


def month(place: Place) -> int:
    """Adds a month that stands alone: since July; its end, or 0."""
    end = place.at + len(place.word)
    text = place.text
    if not text[place.at].isupper() or _DAY_AFTER.match(text, end):
        return 0
    before = place.before(place.at)
    if place.word in _NAMES_TOO and (
        before.lower() not in _MONTH_BEFORE or place.after(end)[:1].isupper()
    ):
        return 0
    if before[:1].isupper() and before.lower() not in _MONTH_BEFORE:
        return 0
    period = periods.dated(_published(place), place.words.months[place.word])
    return place.add(_draft(place.at, end, "date", period, "month-alone"))


# Words that are names or verbs as well, and what shows that they are months.
_NAMES_TOO = frozenset({"may", "march", "april", "june", "august"})
_MONTH_BEFORE = frozenset(
    [
        *"in since by until till of from to last this next early late mid and between for".split(),
        *"during through before after around throughout each every end".split(),
    ]
)
_DAY_AFTER = re.compile(r"\.?,?[ \t]{1,2}\d|[’']s? \d|-[A-Za-z]")
_QUARTER = re.compile(
    r"[ -]quarter\b(?!-?[ ]?final)(?:[ ]of[ ](?:(?:fiscal|FY)[ ])?(?P<year>20\d\d|19\d\d))?"
)
_HALF = re.compile(
    r"[ -]half[ ]of[ ](?:(?P<year>20\d\d|19\d\d)|(?:the|this|last|next)[ ](?:financial |fiscal |calendar )?year)\b"
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
    year = int(match["year"]) if match["year"] else _published(place)
    period = (periods.quarter if quarter is not None else periods.half)(year, number)
    stop = match.end() if match["year"] or half is None else end + len(" half")
    return place.add(_draft(place.at, stop, "date", period, "part-of-year"))


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
    draft = _draft(start, match.end(), "date", period, "lettered")
    draft.qualifier = "fiscal" if match["fiscal"] == "fy" else None
    return draft


def _full(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)


def _named_month(place: Place) -> Draft | None:
    at, text = place.at, place.text
    if text[at + 1 : at + 2].isdigit() and text[at + 2 : at + 3].isdigit():
        word = place.before(at).lower().rstrip(".")
        if word not in place.words.months:
            return None
    after, before = _with_month()
    match = after.match(place.lower, place.at)
    months = place.words.months
    if match is not None and int(match["day"]) <= 31 and not _modal_may(place, match):
        year = int(match["year"]) if match["year"] else _published(place)
        period = periods.dated(year, months[match["month"]], int(match["day"]))
        end = match.end() if match["year"] else match.end("month")
        return _draft(place.at, end, "date", period, "date")
    word = place.before(at).lower().rstrip(".")
    if word not in place.words.months and word != "the":
        return None
    lead = before.search(place.lower, max(place.free, place.at - 14), place.at)
    if lead is None or _modal_may(place, lead):
        return None
    month = months[lead["month"]]
    year_only = _YEAR.match(place.lower, place.at)
    if year_only is not None:
        period = periods.dated(int(year_only.group()), month)
        return _draft(lead.start(), year_only.end(), "date", period, "month")
    day = _DAY_YEAR.match(place.lower, place.at)
    if day is None or not 1 <= int(day["day"]) <= 31:
        return None
    year = int(day["year"]) if day["year"] else _published(place)
    period = periods.dated(year, month, int(day["day"]))
    return _draft(lead.start(), day.end(), "date", period, "date")


def _modal_may(place: Place, match: re.Match[str]) -> bool:
    """May and march are months only with a capital."""
    return not place.text[match.start("month")].isupper() and match["month"] in ("may", "march")


def _published(place: Place) -> int | None:
    return place.published.year if place.published is not None else None


def _numeric(place: Place) -> Draft | None:
    if (
        place.text[place.at + 1 : place.at + 2] == "/"
        or place.text[place.at + 2 : place.at + 3] == "/"
    ):
        match = _SLASHED.match(place.lower, place.at)
        if match is not None:
            draft = _draft(place.at, match.end(), "date", None, "date-slashed")
            draft.reason = "day and month may be in either order"
            return draft
    tail = place.lower[place.at + 2 : place.at + 6]
    if "s" not in tail and place.text[place.at + 4 : place.at + 5] not in _SEPARATORS:
        return None
    match = _ISO.match(place.lower, place.at)
    if match is not None:
        period = periods.dated(*(int(part) for part in match.groups()))
        return _draft(place.at, match.end(), "date", period, "iso")
    match = _SPAN.match(place.lower, place.at)
    if match is not None:
        first, last = int(match.group(1)), int(match.group(2))
        last += first // _CENTURY * _CENTURY if last < _CENTURY else 0
        if first < last and (last - first == 1 or _dated(place, match.end(), place.at)):
            period = periods.between(f"{first:04d}", f"{last:04d}")
            return _draft(place.at, match.end(), "date", period, "years")
    match = _DECADE.match(place.lower, place.at)
    if match is not None and not _age_decade(place, match):
        first = int(match.group(1))
        first += 1900 if first < _CENTURY else 0
        return _draft(place.at, match.end(), "date", periods.decade(first), "decade")
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
    draft = _draft(place.at, end, "date_year", f"{year:04d}", "year")
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
