"""Anchors: where a claim stands in a version, as W3C text quote and text position selectors."""

import re
from dataclasses import dataclass

CONTEXT = 32
"""Code points of context kept on either side of a quote."""
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
