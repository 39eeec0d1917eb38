"""Whether what a contender found is what a sentence says: the value, at its place."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from tests.benchmarks.contenders.protocol import Found
from tests.quantities.sentences import Expected, Sentence

# A third is printed with as many digits as its writer liked.
_CLOSE = Decimal("0.0001")
_PLAIN = (Decimal(1),)
# 40 % may be called 0.4, and a quarter 25 %.
_SHARES = {"%": (Decimal(1), Decimal(100)), None: (Decimal(1), Decimal("0.01"))}


@dataclass
class Score:
    """Figures with a value, those found with it, and places where there was nothing to find."""

    figures: int = 0
    right: int = 0
    false_alarms: int = 0

    @property
    def share(self) -> str:
        """The share of values found, as printed."""
        return f"{100 * self.right / self.figures:.1f} %"


def score(sentences: Iterable[Sentence], answers: Iterable[list[Found]]) -> Score:
    """Add the sentences up. Dates and scores are nobody's miss and nobody's false alarm."""
    total = Score()
    for sentence, found in zip(sentences, answers, strict=True):
        spans = list(spans_of(sentence))
        for expected, span in zip(sentence.quantities, spans, strict=True):
            if expected.value is not None:
                total.figures += 1
                total.right += _holds(expected, [item for item in found if _meets(item, span)])
        total.false_alarms += _places(
            [item for item in found if not any(_meets(item, span) for span in spans)]
        )
    return total


def spans_of(sentence: Sentence) -> Iterable[tuple[int, int]]:
    """Where the expected figures stand; they are listed in their order."""
    start = 0
    for expected in sentence.quantities:
        start = sentence.text.index(expected.core, start)
        yield start, start + len(expected.core)
        start += len(expected.core)


def _meets(item: Found, span: tuple[int, int]) -> bool:
    return item.start < span[1] and span[0] < item.end


def _holds(expected: Expected, found: list[Found]) -> bool:
    """Generously: any of several answers at the place, a range as one answer or as two."""
    wanted = [bound for bound in (expected.value, expected.high) if bound is not None]
    given = [number for item in found for number in (item.low, item.high) if number is not None]
    factors = _SHARES.get(expected.unit, _PLAIN)
    return all(any(_equal(number, bound, factors) for number in given) for bound in wanted)


def _equal(given: str, wanted: Decimal, factors: tuple[Decimal, ...]) -> bool:
    try:
        number = Decimal(given.replace(",", ""))
    except InvalidOperation:
        return False
    return any(abs(number * factor - wanted) <= abs(wanted) * _CLOSE for factor in factors)


def _places(items: list[Found]) -> int:
    """Answers of several models for one place are one false alarm."""
    places = 0
    reached = -1
    for item in sorted(items):
        places += item.start >= reached
        reached = max(reached, item.end)
    return places
