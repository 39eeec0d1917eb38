"""Anchors: where a claim stands in a version, as W3C text quote and text position selectors."""

import re
from dataclasses import dataclass

CONTEXT = 32
"""Code points of context kept on either side of a quote."""
LONGEST_WORD = 40
CJK = "\u2e80"
"""From here on a character is a word of its own."""
SENTENCE_END = re.compile(r"[。!?！？](?:[”」』）)]*)|(?<=[.!?])\s+(?=[A-Z\"“(])|\n+")


@dataclass(frozen=True, slots=True)
class Quote:
    """A passage by its words and its position (code points, ``stop`` exclusive)."""

    exact: str
    prefix: str
    suffix: str
    start: int
    stop: int


def quote(text: str, start: int, stop: int) -> Quote:
    """Return the selectors of ``text[start:stop]``; raise ValueError for an empty passage."""
    if not 0 <= start < stop <= len(text):
        message = f"no passage from {start} to {stop} in {len(text)} characters"
        raise ValueError(message)
    return Quote(
        exact=text[start:stop],
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[stop : stop + CONTEXT],
        start=start,
        stop=stop,
    )


def sentence(text: str, start: int, stop: int) -> tuple[int, int]:
    """Return the bounds of the sentence or sentences around a passage."""
    begin = 0
    for found in SENTENCE_END.finditer(text):
        if found.end() <= start:
            begin = found.end()
        elif found.start() >= stop - 1:
            end = found.end() if text[found.start()] != "\n" else found.start()
            return begin, max(end, stop)
    return begin, max(len(text.rstrip()), stop)


def whole_words(text: str, start: int, stop: int) -> tuple[int, int]:
    """Take in the rest of a word or number that a selection cuts, which nobody means to do."""
    for _ in range(LONGEST_WORD):
        start -= _cuts(text, start)
        stop += _cuts(text, stop)
    return start, stop


def _cuts(text: str, at: int) -> bool:
    """Tell whether a place is inside a word."""
    return 0 < at < len(text) and all(one.isalnum() and one < CJK for one in text[at - 1 : at + 1])
