"""When a figure is about: the nearest date of its clause, a carried one, or the article's day."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from claims.extraction.clauses import Clause
from claims.extraction.strength import is_period
from claims.extraction.words import Words
from claims.figures import EDTF
from claims.quantities import Quantity
from claims.quantities.periods import quarter, shifted
from claims.triage_vocabulary import PeriodSource
from sources.columns import Words as Both

MONTHS_A_QUARTER = 3
DAY = len("2025-02-24")


class Dated(NamedTuple):
    """A period with the place it was read from, and how."""

    period: EDTF | None = None
    source: PeriodSource | None = None
    mention: Quantity | None = None
    note: Both | None = None


UNDATED = Dated()


def day_of(published: EDTF | None) -> dt.date | None:
    """Return the article's day; a year or month alone is too coarse to count from."""
    return dt.date.fromisoformat(published) if published and len(published) == DAY else None


def in_clause(
    text: str, clause: Clause, place: int, words: Words, published: EDTF | None
) -> Dated | None:
    """Return the date a figure of the clause goes with, or the word of time nearest to it.

    Chinese puts the date before its figure, English more often behind it: there a date behind
    the figure wins where no other figure stands between the two.
    """
    dates = [q for q in clause.quantities if is_period(q) and q.period is not None]
    before = [q for q in dates if q.start <= place]
    after = [q for q in dates if q.start > place]
    if not words.cjk and after and _next_to(clause, place, after[0]):
        return _stated(after[0], published)
    spoken = _spoken(text, clause, place, words, published)
    if before:
        nearest = before[-1]
        return spoken[1] if spoken and spoken[0] > nearest.start else _stated(nearest, published)
    if spoken:
        return spoken[1]
    return _stated(after[0], published) if after else None


def _next_to(clause: Clause, place: int, date: Quantity) -> bool:
    """Tell whether no other figure stands between a place and a date behind it."""
    return not any(place < q.start < date.start for q in clause.quantities if not is_period(q))


def _stated(date: Quantity, published: EDTF | None) -> Dated:
    if date.kind != "date_relative":
        return Dated(date.period, PeriodSource.STATED, date)
    return Dated(date.period, PeriodSource.ARTICLE_DATE, date, counted_note(date.text, published))


def counted_note(words: str, published: EDTF | None) -> Both:
    """Say from which day a word of time was counted."""
    if published is None:
        return {
            "zh": f"“{words}”：文章没有日期，无法推算",
            "en": f"“{words}”: the article has no date to count from",
        }
    return {
        "zh": f"“{words}”从文章日期 {published} 推算",
        "en": f"“{words}”, counted from the article's date {published}",
    }


def _spoken(
    text: str, clause: Clause, place: int, words: Words, published: EDTF | None
) -> tuple[int, Dated] | None:
    """Resolve 去年, last year, currently; the last one before the figure, else the first after."""
    found = list(words.deictic.finditer(text, clause.start, clause.stop))
    before = [one for one in found if one.start() <= place]
    one = before[-1] if before else next(iter(found), None)
    if one is not None:
        period = _counted(one[0], words, published)
        note = counted_note(one[0], published)
        return one.start(), Dated(period, PeriodSource.ARTICLE_DATE, None, note)
    now = words.now.search(text, clause.start, clause.stop)
    if now is None:
        return None
    note = counted_note(now[0], published)
    return now.start(), Dated(published, PeriodSource.ARTICLE_DATE, None, note)


def _counted(word: str, words: Words, published: EDTF | None) -> EDTF | None:
    unit, count = words.distances[word if words.cjk else word.lower()]
    day = day_of(published)
    if day is None:
        year = published[:4] if published and unit == "year" else None
        return f"{int(year) + count:04d}" if year else None
    if unit == "quarter":
        months = day.year * 4 + (day.month - 1) // MONTHS_A_QUARTER + count
        return quarter(months // 4, months % 4 + 1)
    return shifted(day, Decimal(count), unit)


def carried(last: Dated) -> Dated:
    """Return a period taken over from the clause before, with a note that says so."""
    if last.period is None:
        return UNDATED
    said = last.mention.text if last.mention else last.period
    note = {"zh": f"沿用前面的“{said}”", "en": f"carried over from “{said}” before it"}
    return Dated(last.period, PeriodSource.CARRIED, last.mention, note)


def last_date(text: str, clause: Clause, words: Words, published: EDTF | None) -> Dated | None:
    """Return the last date a clause leaves for the clauses after it."""
    return in_clause(text, clause, clause.stop, words, published)
