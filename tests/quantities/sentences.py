"""Sentences with the quantities a reader must find in them, written before any reader saw them."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

_LOWER_BOUNDS = ("over", "at_least", "odd", "multiple_of")
_UPPER_BOUNDS = ("under", "at_most", "nearly")
_CLASSES = frozenset({*_LOWER_BOUNDS, *_UPPER_BOUNDS, "about", "range", "exactly"})


@dataclass(frozen=True)
class Expected:
    """One quantity as an editor reads it."""

    core: str
    value: Decimal | None
    high: Decimal | None
    unit: str | None
    comparator: str | None
    change: str | None
    period: str | None


@dataclass(frozen=True)
class Sentence:
    """A sentence and all its quantities, in order."""

    text: str
    quantities: tuple[Expected, ...]


def sentences(lang: str, folder: Path = Path(__file__).parent) -> list[Sentence]:
    """The sentences of `lang` that lie in `folder`, in as many files as there are themes."""
    paths = sorted(folder.glob(f"sentences.{lang}.*txt"))
    lines = [line for path in paths for line in path.read_text(encoding="utf-8").splitlines()]
    return [as_sentence(line) for line in lines if line and not line.startswith("#")]


def as_sentence(line: str) -> Sentence:
    """A sentence as it is written in a file: text, a bar, its quantities."""
    text, _, listed = line.partition(" | ")
    parts = [part.strip() for part in listed.split(" ; ") if part.strip()]
    return Sentence(text, tuple(_expected(part) for part in parts))


def _expected(part: str) -> Expected:
    core, _, meaning = part.rpartition(" = ")
    words = meaning.split()
    change = words.pop()[1:] if words[-1].startswith(">") else None
    comparator = words.pop() if words[-1] in _CLASSES else None
    if words[0].startswith("@"):
        return Expected(core, None, None, None, comparator, change, words[0][1:])
    if words[0] == "?":
        return Expected(core, None, None, None, comparator, change, None)
    low, _, high = words[0].partition("..")
    unit = " ".join(words[1:]) or None
    return Expected(
        core, Decimal(low), Decimal(high) if high else None, unit, comparator, change, None
    )
