"""Which units are the same kind of thing, how they convert exactly, and what they are called."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import cache
from importlib import resources
from types import MappingProxyType

from sources.columns import Words

EXACT = Context(prec=160)
"""Sixty printed digits times the longest factor of the table stay far inside this precision."""

SHORTEST_NAME = 4
"""Shorter spellings are symbols, whose case is part of their meaning."""

COUNT = "count"
MONEY = "money"
PERCENT = "percent"
POINTS = "points"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its symbol, its kind, the exact factor to the kind's base unit, and its names.

    A currency has no factor to another one: its ``family`` is itself, so it never converts. A noun
    the table does not know is a count of its own family.
    """

    symbol: str
    kind: str
    family: str
    factor: Decimal
    zh: str
    en: str
    one: str

    def after(self, number: Words, *, one: bool = False) -> Words:
        """Print the unit after a number given in both languages."""
        return {"zh": number["zh"] + self.zh, "en": number["en"] + (self.one if one else self.en)}


def unit(written: str | None) -> Unit | None:
    """Find the unit a figure carries; an unknown word is a count noun, None stays None."""
    word = (written or "").strip()
    return (known_unit(word) or _noun(word)) if word else None


def known_unit(word: str) -> Unit | None:
    """Find a unit of the table by a spelling, or by a name without regard to case."""
    folded = word.casefold() if len(word) >= SHORTEST_NAME else word
    return spellings().get(word) or spellings().get(folded)


def _noun(word: str) -> Unit:
    """Take an unknown word as something that is counted."""
    spaced = f" {word}"
    zh = spaced if word.isascii() else word
    return Unit(word, COUNT, f"count:{word.casefold()}", Decimal(1), zh, spaced, spaced)


def kind_of(written: str | None) -> str:
    """Return the kind of a written unit: ``percent``, ``money``, … A bare number is a count."""
    found = unit(written)
    return found.kind if found else COUNT


def convertible(one: Unit, other: Unit) -> bool:
    """Tell whether numbers in one unit have an exact meaning in the other."""
    return one.family == other.family


def to_base(number: Decimal, found: Unit) -> Decimal:
    """Write a number in the base unit of its kind, exactly."""
    return EXACT.multiply(number, found.factor)


def from_base(number: Decimal, found: Unit) -> Decimal:
    """Write a base number in a unit; exact unless the quotient has no finite decimal."""
    return EXACT.divide(number, found.factor)


def convert(number: Decimal, from_unit: Unit, to_unit: Unit) -> Decimal:
    """Convert between two convertible units; raise ValueError for any other pair."""
    if not convertible(from_unit, to_unit):
        message = f"{from_unit.symbol} is not {to_unit.symbol}"
        raise ValueError(message)
    if from_unit.factor == to_unit.factor:
        return number
    return from_base(to_base(number, from_unit), to_unit)


@cache
def spellings() -> Mapping[str, Unit]:
    """Return every spelling of the table with its unit; raise ValueError when two units share one.

    A spelling is looked up as written first and then without regard to case, so ``MW`` and ``mW``
    stay apart while ``Companies`` is found.
    """
    text = resources.files("claims").joinpath("units.toml").read_text(encoding="utf-8")
    exact: dict[str, Unit] = {}
    for kind, rows in tomllib.loads(text).items():
        for symbol, row in rows.items():
            found = _row(symbol, kind, row)
            for spelling in (symbol, *row.get("also", ())):
                if exact.setdefault(spelling, found) is not found:
                    message = f"{spelling!r} is both {exact[spelling].symbol} and {symbol}"
                    raise ValueError(message)
    return MappingProxyType(_printed(exact) | _loose(exact) | exact)


def _printed(exact: Mapping[str, Unit]) -> dict[str, Unit]:
    """Return the names units are printed with, so that what is printed can be typed again."""
    return {
        name.strip(): found
        for found in exact.values()
        for name in (found.zh, found.en, found.one)
        if name.strip()
    }


def _loose(exact: Mapping[str, Unit]) -> dict[str, Unit]:
    """Return the names without case, leaving out those that would then name two units.

    Symbols keep their case: ``M`` is no metre and ``mw`` nothing at all.
    """
    found: dict[str, set[Unit]] = {}
    for spelling, known in exact.items():
        if len(spelling) >= SHORTEST_NAME:
            found.setdefault(spelling.casefold(), set()).add(known)
    return {spelling: known.pop() for spelling, known in found.items() if len(known) == 1}


def _row(symbol: str, kind: str, row: Mapping[str, str]) -> Unit:
    """Build a unit out of one row of the table."""
    family = f"{kind}:{symbol}" if kind in {MONEY, COUNT} else kind
    factor = Decimal(row.get("factor", "1"))
    return Unit(symbol, kind, family, factor, row["zh"], row["en"], row.get("one", row["en"]))
