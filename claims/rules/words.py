"""The word lists of the rules, read once, and finding the first of their words in a text."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType


@cache
def patterns() -> Mapping[str, Mapping[str, re.Pattern[str]]]:
    """Return a pattern for each list and language; longer words come before their beginnings."""
    text = resources.files("claims.rules").joinpath("words.toml").read_text(encoding="utf-8")
    return MappingProxyType(
        {
            name: MappingProxyType({lang: _pattern(lang, words) for lang, words in lists.items()})
            for name, lists in tomllib.loads(text).items()
        }
    )


def _pattern(language: str, words: list[str]) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(joined if language == "zh" else rf"\b(?:{joined})\b", re.IGNORECASE)


def pattern_of(name: str, language: str) -> re.Pattern[str] | None:
    """Return the pattern of a list in a language; None where the language has none."""
    return patterns()[name].get(language.partition("-")[0])


def first(name: str, text: str, language: str) -> str | None:
    """Return the first word of a list that a text holds, as printed there; None without one.

    A language without a list has no such words.
    """
    pattern = pattern_of(name, language)
    found = pattern.search(text) if pattern else None
    return found.group() if found else None
