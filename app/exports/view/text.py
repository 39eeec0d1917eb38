"""The three kinds of words a format lays out: in each tongue, in one language only, or withheld."""

from collections.abc import Iterator
from dataclasses import dataclass

Tongues = tuple[str, ...]
"""The languages of a view in reading order: ``("zh",)``, ``("en",)`` or ``("zh", "en")``."""
Text = tuple[str, ...]
"""Words that exist in every tongue of the view: one string each, in the order of the tongues."""
TAGS = {"zh": "zh-Hans", "en": "en"}
"""The tag of each tongue, as a page's ``lang`` wants it."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words that stand in one language only, as somebody wrote them; ``tag`` is empty if unknown.

    Quotes, titles, addresses and whatever nobody translated are of this kind.
    """

    words: str
    tag: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What this profile withholds: the mark that stands in its place, and its commitment in hex."""

    mark: Text
    commitment: str


Words = Text | Said | Hidden


def lines(words: Words | None, tongues: Tongues) -> Iterator[tuple[str, str]]:
    """Yield each string to print with its language tag; what reads the same in all comes once.

    The tag is empty where the language does not matter or is not known.
    """
    if words is None:
        return
    if isinstance(words, Said):
        yield words.tag, words.words
        return
    text = words.mark if isinstance(words, Hidden) else words
    if len(text) > 1 and all(one == text[0] for one in text):
        yield "", text[0]
        return
    for tongue, one in zip(tongues, text, strict=True):
        if one:
            yield TAGS[tongue], one


def flat(words: Words | None, tongues: Tongues, between: str = " / ") -> str:
    """Return all of it in one line, for a cell, a title or an attribute."""
    return between.join(line for _, line in lines(words, tongues))
