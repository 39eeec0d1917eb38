"""The words and signs a typed figure may carry around its number, read from their table."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from claims.figures import Comparator


@dataclass(frozen=True, slots=True)
class TypedWords:
    """Phrases with their meanings, the longest first, so that the first that fits is right."""

    before: tuple[tuple[str, Comparator], ...]
    after: tuple[tuple[str, Comparator], ...]
    inside: tuple[tuple[str, Comparator], ...]
    powers: tuple[tuple[str, int], ...]
    money_powers: Mapping[str, int]
    signs: tuple[tuple[str, str], ...]


@cache
def typed_words() -> TypedWords:
    """Return the table, read once."""
    text = resources.files("claims").joinpath("typed_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return TypedWords(
        before=_comparators(table["before"]),
        after=_comparators(table["after"]),
        inside=_comparators(table["inside"]),
        powers=tuple(sorted(table["powers"].items(), key=_longest)),
        money_powers=table["money_powers"],
        signs=tuple(sorted(table["signs"].items(), key=_longest)),
    )


def _comparators(listed: Mapping[str, list[str]]) -> tuple[tuple[str, Comparator], ...]:
    """Turn lists of phrases by comparator into pairs."""
    pairs = [(phrase, Comparator(name)) for name, phrases in listed.items() for phrase in phrases]
    return tuple(sorted(pairs, key=_longest))


def _longest(pair: tuple[str, object]) -> tuple[int, str]:
    """Order by length, and by the phrase itself so that the order never varies."""
    return -len(pair[0]), pair[0]
