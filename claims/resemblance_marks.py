"""What a statement and a figure are found again by: small numbers an index can hold."""

import re
import unicodedata
import zlib
from decimal import Decimal
from typing import Final

from claims.figures import Quantity
from claims.intervals import Interval, in_base, interval
from claims.policy import current_policy
from claims.units import COUNT, unit

MASK: Final = 0x7FFFFFFF
"""A PostgreSQL integer is signed, so a mark has 31 bits."""
STEM: Final = 6
"""English words are known by their first letters: market, markets, marketing are one."""
LATIN: Final = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
HAN: Final = re.compile("[\u3400-\u9fff\uf900-\ufaff]+")
MOST_WORDS: Final = 120
MOST_STEPS: Final = 6
OPEN_STEPS: Final = 2
"""How many steps beyond its one bound an open figure ("over 75 %") is looked for."""


def mark(sort: str, text: str) -> int:
    """Return the number of a word; two words may share one, which a closer look puts right."""
    return zlib.crc32(f"{sort}:{text}".encode()) & MASK


def words_of(text: str) -> list[str]:
    """Return pairs of Chinese characters and stems of other words, in order, each once."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    found: dict[str, None] = {}
    for run in HAN.findall(folded):
        found.update(dict.fromkeys(run[at : at + 2] for at in range(len(run) - 1)))
    for word in LATIN.findall(HAN.sub(" ", folded)):
        if len(word) > 1:
            found[word[:STEM]] = None
    return list(found)[:MOST_WORDS]


def word_marks(text: str) -> set[int]:
    """Return the marks of a text's words."""
    return {mark("word", word) for word in words_of(text)}


def size_marks(figure: Quantity) -> set[int]:
    """Return the marks of a figure's size; figures whose intervals overlap share at least one.

    Sizes go in steps of 1, 2, 5, 10 of the base unit, so that 18.3 % and 18.9 % meet as well.
    """
    found = interval(figure, current_policy())
    if found is None:
        return set()
    written = unit(figure.unit)
    family = written.family if written else COUNT
    return {mark("size", f"{family} {step}") for step in _steps(in_base(found, written))}


def _steps(found: Interval) -> set[str]:
    """Return the steps an interval covers, from its bounds inwards, never more than a few."""
    low, high = found.low, found.high
    if low is None or high is None:
        bound = high if low is None else low
        return _open(bound if bound is not None else Decimal(0), upwards=high is None)
    if low < 0 < high:
        return {"0"} | _between(Decimal(0), high, "") | _between(Decimal(0), -low, "-")
    if high <= 0:
        return _between(-high, -low, "-")
    return _between(low, high, "")


def _open(bound: Decimal, *, upwards: bool) -> set[str]:
    sign = "-" if bound < 0 else ""
    away = upwards is (bound >= 0)
    start = _step(bound.copy_abs())
    if start is None:
        return {"0"}
    reach = range(OPEN_STEPS + 1) if away else range(-OPEN_STEPS, 1)
    return {f"{sign}{start + step}" for step in reach}


def _between(low: Decimal, high: Decimal, sign: str) -> set[str]:
    first, last = _step(low), _step(high)
    if last is None:
        return {"0"}
    if first is None:
        return {"0", f"{sign}{last}"}
    if last - first >= MOST_STEPS:
        first = last - MOST_STEPS + 1
    return {f"{sign}{step}" for step in range(first, last + 1)}


def _step(number: Decimal) -> int | None:
    """Return the place of a positive number in 1, 2, 5, 10, 20 …; None for 0."""
    if number == 0:
        return None
    lead = number.scaleb(-number.adjusted())
    within = 0 if lead < 2 else 1 if lead < 5 else 2  # noqa: PLR2004 - the steps 1, 2, 5
    return 3 * number.adjusted() + within
