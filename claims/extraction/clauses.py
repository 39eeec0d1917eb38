"""The clauses of a text: where a statement begins and ends, by marks, brackets and numbers."""

import itertools
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from claims.extraction.words import Words
from claims.quantities import Quantity

BRACKETED = re.compile("[（(「『【“][^（）()「」『』【】“”\n]{0,24}[）)」』】”]")
CJK_END = re.compile(r"[。！？!?]+[”」』）)]*|\n+|(?<=[a-z%)])\.\s")
ENGLISH_END = re.compile(r"(?<![.!?])[.!?]++[\"”’)]*+\s+(?=[A-Z\"“(0-9$€£])|\n+|[。！？]")
"""A run of marks is looked at from its first one only: from each of them, a page of dots would take
as many steps as the square of its length."""
MOST_NUMBERS = 100
CJK_HARD = re.compile("[，,；;：:]|——")
CJK_SOFT = re.compile("、")
ENGLISH_HARD = re.compile(r";|:(?=\s)|\s[—–]\s|—")
ENGLISH_SOFT = re.compile(r",(?=\s)|\s(?=(?:and|but|while|whereas|yet)\s)")


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of text with the numbers in it, and the sentence it belongs to."""

    start: int
    stop: int
    sentence: tuple[int, int]
    quantities: tuple[Quantity, ...]

    def said(self, text: str) -> str:
        """Return its words."""
        return text[self.start : self.stop]


class Shelter:
    """Stretches in which no mark divides: short brackets and quotation marks, and numbers."""

    def __init__(self, text: str, quantities: Sequence[Quantity]) -> None:
        spans = [(found.start(), found.end()) for found in BRACKETED.finditer(text)]
        spans += [(quantity.start, quantity.end) for quantity in quantities]
        self._starts: list[int] = []
        self._stops: list[int] = []
        for start, stop in sorted(spans):
            if self._stops and start < self._stops[-1]:
                self._stops[-1] = max(self._stops[-1], stop)
            else:
                self._starts.append(start)
                self._stops.append(stop)

    def holds(self, place: int) -> bool:
        """Tell whether a mark at this place stands inside one."""
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._stops[at]


def sentences(text: str, words: Words, shelter: Shelter | None = None) -> Iterator[tuple[int, int]]:
    """Yield the bounds of the sentences that hold more than white space, in order."""
    ends = CJK_END if words.cjk else ENGLISH_END
    begin = 0
    for found in ends.finditer(text):
        if shelter is not None and text[found.start()] != "\n" and shelter.holds(found.start()):
            continue
        if text[begin : found.end()].strip():
            yield begin, found.end()
        begin = found.end()
    if text[begin:].strip():
        yield begin, len(text)


def clauses(
    text: str, words: Words, quantities: Sequence[Quantity], strong: frozenset[int]
) -> Iterator[list[Clause]]:
    """Yield the clauses of each sentence; ``strong`` holds the starts of strong figures.

    A hard mark always divides. A soft one (、 and English commas and conjunctions) divides only
    where both sides have their own figure and verb.
    """
    shelter = Shelter(text, quantities)
    ordered = sorted(quantities, key=lambda quantity: quantity.start)
    at = 0
    for bounds in sentences(text, words, shelter):
        inside: list[Quantity] = []
        while at < len(ordered) and ordered[at].start < bounds[1]:
            inside.append(ordered[at])
            at += 1
        for part, held in _bearable(bounds, inside):
            yield _divided(text, words, part, held, strong, shelter)


def _bearable(
    bounds: tuple[int, int], inside: list[Quantity]
) -> Iterator[tuple[tuple[int, int], list[Quantity]]]:
    """Cut a sentence with more numbers than anybody writes into one.

    Each figure is read in the light of its whole clause, so a line of ten thousand numbers would
    take a hundred million looks.
    """
    for first in range(0, len(inside), MOST_NUMBERS):
        held = inside[first : first + MOST_NUMBERS]
        after = inside[first + MOST_NUMBERS : first + MOST_NUMBERS + 1]
        start = held[0].start if first else bounds[0]
        yield (start, after[0].start if after else bounds[1]), held


def _divided(
    text: str,
    words: Words,
    sentence: tuple[int, int],
    inside: list[Quantity],
    strong: frozenset[int],
    shelter: Shelter,
) -> list[Clause]:
    hard, soft = (CJK_HARD, CJK_SOFT) if words.cjk else (ENGLISH_HARD, ENGLISH_SOFT)
    start, stop = sentence
    cuts = [start]
    for found in hard.finditer(text, start, stop):
        if not shelter.holds(found.start()) and not _between_digits(text, found):
            cuts += _soft_cuts(
                text, words, (cuts[-1], found.start()), (soft, strong, inside), shelter
            )
            cuts.append(found.end())
    cuts += _soft_cuts(text, words, (cuts[-1], stop), (soft, strong, inside), shelter)
    return _joined(text, sentence, [*cuts, stop], inside, strong)


def _between_digits(text: str, found: re.Match[str]) -> bool:
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return before.isdigit() and after.isdigit() and found[0] in ",:："


def _soft_cuts(
    text: str,
    words: Words,
    bounds: tuple[int, int],
    figures: tuple[re.Pattern[str], frozenset[int], list[Quantity]],
    shelter: Shelter,
) -> list[int]:
    """Return the soft marks that have a figure and a verb of their own on either side."""
    soft, strong, inside = figures
    own = [q for q in inside if q.start in strong and bounds[0] <= q.start < bounds[1]]
    if len(own) < 2:  # noqa: PLR2004 - one on either side
        return []
    cuts: list[int] = []
    begin = bounds[0]
    for found in soft.finditer(text, *bounds):
        if shelter.holds(found.start()):
            continue
        left = any(begin <= q.start < found.start() for q in own)
        right = any(q.start >= found.end() for q in own)
        if (
            left
            and right
            and words.verb(text, begin, found.start()) is not None
            and _verb_before_next(text, words, found.end(), bounds[1])
        ):
            begin = found.end()
            cuts.append(begin)
    return cuts


def _verb_before_next(text: str, words: Words, start: int, stop: int) -> bool:
    """Tell whether a verb follows before the next comma."""
    comma = CJK_SOFT if words.cjk else re.compile(r",\s")
    following = comma.search(text, start + 1, stop)
    return words.verb(text, start, following.start() if following else stop) is not None


def _joined(
    text: str,
    sentence: tuple[int, int],
    cuts: list[int],
    inside: list[Quantity],
    strong: frozenset[int],
) -> list[Clause]:
    """Make the clauses, keeping a contrast pair (from 1 % to 50 %) in one."""
    made: list[Clause] = []
    for start, stop in itertools.pairwise(cuts):
        here = tuple(q for q in inside if start <= q.start < stop)
        opened = made and _opens_a_pair(made[-1], strong)
        if opened and _closes_a_pair(here, strong):
            last = made.pop()
            made.append(Clause(last.start, stop, sentence, last.quantities + here))
        elif text[start:stop].strip():
            made.append(Clause(start, stop, sentence, here))
    return made


def _opens_a_pair(clause: Clause, strong: frozenset[int]) -> bool:
    figures = [q for q in clause.quantities if q.start in strong]
    return bool(figures) and figures[-1].change == "from"


def _closes_a_pair(quantities: tuple[Quantity, ...], strong: frozenset[int]) -> bool:
    figures = [q for q in quantities if q.start in strong]
    return bool(figures) and figures[0].change == "to"
