"""What a figure is about, as a key that two figures of the same thing share."""

import re
import unicodedata

from sources.columns import Words

SPACES = re.compile(r"\s+")
LONGEST = 300
"""Longer texts describe rather than name, and are no key."""


def topics(subject: Words | None, measure: Words | None) -> tuple[str, ...]:
    """Return one key for each language that names both whose figure it is and what is measured."""
    named = sorted(set(subject or {}) & set(measure or {}))
    keys = (
        f"{lang}|{folded((subject or {})[lang])}|{folded((measure or {})[lang])}" for lang in named
    )
    return tuple(key for key in keys if len(key) <= LONGEST)


def folded(text: str) -> str:
    """Drop what is no difference: case, width and spaces."""
    return SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip().casefold()
