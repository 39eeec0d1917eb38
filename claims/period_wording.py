"""Periods in the words of both languages: ``../2030`` is 2030年前 and "by 2030"."""

import re
from typing import Final

from claims.figures import EDTF
from claims.periods import YEARLESS, PeriodError, read_period
from sources.columns import Words
from sources.edtf import MONTHS

PARTS: Final[dict[int, Words]] = {
    21: {"zh": "春季", "en": "spring"},
    22: {"zh": "夏季", "en": "summer"},
    23: {"zh": "秋季", "en": "autumn"},
    24: {"zh": "冬季", "en": "winter"},
    33: {"zh": "第一季度", "en": "Q1"},
    34: {"zh": "第二季度", "en": "Q2"},
    35: {"zh": "第三季度", "en": "Q3"},
    36: {"zh": "第四季度", "en": "Q4"},
    40: {"zh": "上半年", "en": "first half of"},
    41: {"zh": "下半年", "en": "second half of"},
}


def period_words(period: EDTF) -> Words:
    """Print a period: ``2024年10月`` and ``October 2024``; unreadable text is printed as it is."""
    if YEARLESS.fullmatch(period):
        return _yearless(period)
    try:
        text = read_period(period).text
    except PeriodError:
        return {"zh": period, "en": period}
    first, slash, last = text.partition("/")
    if not slash:
        return _point(text)
    if first in {"", ".."}:
        end = _point(last)
        return {"zh": f"{end['zh']}前", "en": f"by {end['en']}"}
    start = _point(first)
    if last in {"", ".."}:
        return {"zh": f"{start['zh']}起", "en": f"since {start['en']}"}
    end = _point(last)
    return {"zh": f"{start['zh']}至{end['zh']}", "en": f"{start['en']} to {end['en']}"}


def _point(text: EDTF) -> Words:
    """Print one date with its doubts."""
    bare = text.rstrip("~?%")
    words = _date(bare)
    if text.endswith(("~", "%")):
        words = {"zh": f"约{words['zh']}", "en": f"around {words['en']}"}
    if text.endswith(("?", "%")):
        words = {"zh": f"{words['zh']}（存疑）", "en": f"{words['en']} (uncertain)"}
    return words


def _date(bare: EDTF) -> Words:
    """Print a year, decade, century, month, part of a year or day."""
    if "X" in bare:
        return _unspecified(bare)
    year, part, day = (*map(int, bare.split("-")), 0, 0)[:3]
    if day:
        return {"zh": f"{year}年{part}月{day}日", "en": f"{day} {MONTHS[part - 1]} {year}"}
    if part in PARTS:
        name = PARTS[part]
        return {"zh": f"{year}年{name['zh']}", "en": f"{name['en']} {year}"}
    if part:
        return {"zh": f"{year}年{part}月", "en": f"{MONTHS[part - 1]} {year}"}
    return {"zh": f"{year}年", "en": str(year)}


def _yearless(period: EDTF) -> Words:
    """Print parts of a year that is not stated, and that it is not."""
    ends = [_part(point) for point in period.split("/")]
    zh = "至".join(end["zh"] for end in ends)
    en = " to ".join(end["en"] for end in ends)
    return {"zh": f"{zh}（未注明年份）", "en": f"{en} (year not stated)"}


def _part(point: EDTF) -> Words:
    part, day = (*map(int, point.split("-")[1:]), 0)[:2]
    if part in PARTS:
        return {"zh": PARTS[part]["zh"], "en": PARTS[part]["en"].removesuffix(" of")}
    if not 1 <= part <= len(MONTHS):
        return {"zh": point, "en": point}
    if day:
        return {"zh": f"{part}月{day}日", "en": f"{day} {MONTHS[part - 1]}"}
    return {"zh": f"{part}月", "en": MONTHS[part - 1]}


def _unspecified(bare: EDTF) -> Words:
    """Print a decade or a century."""
    if re.fullmatch(r"[0-9]{3}X", bare):
        decade = int(bare[:3] + "0")
        return {"zh": f"{decade}年代", "en": f"the {decade}s"}
    first, last = int(bare[:2] + "00"), int(bare[:2] + "99")
    return {"zh": f"{first}年至{last}年", "en": f"{first} to {last}"}
