"""A text without its typography: spaces, punctuation and widths are left out, digits never."""

import unicodedata
from collections.abc import Iterator

KEPT = frozenset("%‰")
"""Signs that Unicode counts among punctuation and that change what a number says."""
MINUS = frozenset("-−‐‑–")
LEFT_OUT = ("P", "Z", "C")
"""The classes of punctuation, separators and control characters."""


class Folded:
    """The letters of a text that typography leaves alone, each with its place in the text."""

    def __init__(self, text: str) -> None:
        kept = list(_kept(text))
        self.letters = "".join(letter for letter, _ in kept)
        self._places = [place for _, place in kept]

    def spans(self, letters: str) -> Iterator[tuple[int, int]]:
        """Yield the places in the text where folded letters stand, ends exclusive."""
        at = self.letters.find(letters) if letters else -1
        while at >= 0:
            yield self._places[at], self._places[at + len(letters) - 1] + 1
            at = self.letters.find(letters, at + 1)


def folded(text: str) -> str:
    """Return the letters of a text that typography leaves alone."""
    return "".join(letter for letter, _ in _kept(text))


def _kept(text: str) -> Iterator[tuple[str, int]]:
    for place, char in enumerate(text):
        if char.isascii() and char.isalnum():
            yield char, place
            continue
        for letter in unicodedata.normalize("NFKC", char):
            if _counts(letter, text, place):
                yield "-" if letter in MINUS else letter, place


def _counts(letter: str, text: str, place: int) -> bool:
    """Whether a character says something: a point between digits does, and so does a minus."""
    if letter in KEPT:
        return True
    before, after = text[place - 1 : place], text[place + 1 : place + 2]
    if letter == ".":
        return before.isdigit() and after.isdigit()
    if letter in MINUS:
        return after.isdigit() and not before.isalnum()
    return not unicodedata.category(letter).startswith(LEFT_OUT)
