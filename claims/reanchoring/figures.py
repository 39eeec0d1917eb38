"""The figures of a text as comparable values: 三成 and 30% are the same, 3% and 8% are not."""

import re
import unicodedata
from bisect import bisect_left
from decimal import Decimal
from typing import NamedTuple

from claims import quantities
from claims.quantities import Quantity
from claims.reanchoring.passage import Span
from claims.rules.words import pattern_of

DIGITS = re.compile(r"\d+(?:[.,:]\d+)*")
DATES = ("date", "period", "time")


class Meaning(NamedTuple):
    """What a figure says, whatever words it is printed in."""

    value: Decimal | None
    value_high: Decimal | None
    unit: str | None
    comparator: str | None
    qualifier: str | None
    period: str | None


class Read:
    """A text with its quantities, found by place."""

    def __init__(self, text: str, language: str) -> None:
        self.text = text
        self.language = language
        self.quantities = quantities.read(text, language)
        self._starts = [found.core_start for found in self.quantities]

    def inside(self, start: int, stop: int) -> list[Quantity]:
        """The quantities whose numeral lies in a span, in order."""
        first = max(bisect_left(self._starts, start) - 1, 0)
        found = []
        for quantity in self.quantities[first:]:
            if quantity.core_start >= stop:
                break
            if start <= quantity.num_start and quantity.num_end <= stop:
                found.append(quantity)
        return found

    def meanings(self, start: int, stop: int) -> list[Meaning]:
        """What the figures of a span say, each read within its whole sentence.

        A number that the reader takes for none, such as the 15 of a model's name, counts by its
        digits, so that no changed digit goes unnoticed; a word of direction counts too, for a rise
        of 5 % is no fall of 5 %.
        """
        found = self.inside(start, stop)
        said = [(quantity.num_start, meaning(quantity)) for quantity in found]
        covered = [(quantity.core_start, quantity.core_end) for quantity in found]
        said += [
            (match.start(), _digits(match.group()))
            for match in DIGITS.finditer(self.text, start, stop)
            if not any(low <= match.start() < high for low, high in covered)
        ]
        said += self._directions(start, stop)
        return [item for _, item in sorted(said, key=lambda pair: pair[0])]

    def _directions(self, start: int, stop: int) -> list[tuple[int, Meaning]]:
        return [
            (match.start(), Meaning(None, None, "direction", name, None, None))
            for name in ("rise", "fall")
            if (pattern := pattern_of(name, self.language)) is not None
            for match in pattern.finditer(self.text, start, stop)
        ]

    def masked(self, start: int, stop: int) -> str:
        """The words of a span with each figure as one letter, to compare the words alone."""
        parts, at = [], start
        for found in self.inside(start, stop):
            low, high = max(found.core_start, at), min(found.core_end, stop)
            if low >= high:
                continue
            parts.append(self.text[at:low] + "\0")
            at = high
        parts.append(self.text[at:stop])
        return DIGITS.sub("\0", "".join(parts))

    def covering(self, span: Span) -> list[Meaning]:
        """What the figures say that a span overlaps."""
        start, stop = span
        return [
            meaning(found)
            for found in self.quantities
            if found.core_start < stop and found.core_end > start
        ]


def meaning(found: Quantity) -> Meaning:
    """Return what a quantity says; a date says its period, and nothing of how it is written."""
    if found.kind.startswith(DATES) and found.period:
        return Meaning(None, None, None, None, None, found.period)
    return Meaning(
        found.value,
        found.value_high,
        found.unit,
        found.comparator,
        found.qualifier,
        found.period,
    )


def _digits(written: str) -> Meaning:
    """Return a number that is no quantity by its digits alone."""
    plain = unicodedata.normalize("NFKC", written).replace(",", "")
    return Meaning(None, None, "digits", plain, None, None)
