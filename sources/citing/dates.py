"""Dates as each style is to be given them, where citeproc-py has no right way of its own."""

from typing import Any

from sources import edtf
from sources.citation_styles import CHINESE, Style
from sources.edtf import MONTHS, Day

SEASONS = {1: ("Spring", "春"), 2: ("Summer", "夏"), 3: ("Fall", "秋"), 4: ("Winter", "冬")}
SHORT = {1: "Jan.", 2: "Feb.", 3: "Mar.", 4: "Apr.", 8: "Aug.", 9: "Sept.", 10: "Oct.",
         11: "Nov.", 12: "Dec."}  # fmt: skip
"""MLA (9th, appendix 1.1) shortens the names of months but May, June and July."""
DAY_FIRST = frozenset({Style.MLA})


def date_for(
    date: dict[str, Any], stated: str | None, style: Style, *, chinese: bool
) -> dict[str, Any]:
    """Return a date of CSL-JSON for a style; ``stated`` is the same in EDTF, where that is known.

    A span, and in GB/T a season, becomes words: citeproc-py cannot print it. GB/T 7714-2015,
    8.4.3.3, puts an estimated year in brackets; the Chicago Manual (17th, 14.145) a
    question mark; MLA has ``circa``, and APA (7th, 9.14) ``ca.`` of its own.
    """
    span = edtf.read(stated)
    if span is None:
        return date
    words: str | None = None
    if span.is_range:
        ends = [_words(day, style, chinese=chinese) for day in (span.first, span.last)]
        words = "–".join(ends) if style not in CHINESE else "/".join(ends)
    elif (span.first and span.first.season and style in CHINESE) or (
        span.mark and style is not Style.APA
    ):
        words = _words(span.first, style, chinese=chinese)
    if words is None:
        return {name: value for name, value in date.items() if name != "raw"}
    if span.mark and style in CHINESE:
        words = f"[{words}]"
    elif span.mark and style is not Style.APA:
        words = f"[{words}?]" if style is Style.CHICAGO else f"circa {words}"
    return {"literal": words, **({"circa": True} if span.mark and style is Style.APA else {})}


def _words(day: Day | None, style: Style, *, chinese: bool) -> str:
    if day is None:
        return ""
    year, *rest = day.parts
    if day.season:
        english, in_chinese = SEASONS[day.season]
        return f"{year}年{in_chinese}" if style in CHINESE and chinese else f"{english} {year}"
    if style in CHINESE:
        return "-".join([str(year), *(f"{part:02}" for part in rest)])
    if not rest:
        return str(year)
    month = SHORT.get(rest[0], MONTHS[rest[0] - 1]) if style is Style.MLA else MONTHS[rest[0] - 1]
    if len(rest) == 1:
        return f"{month} {year}"
    return f"{rest[1]} {month} {year}" if style in DAY_FIRST else f"{month} {rest[1]}, {year}"
