"""Longest match of known words at a place of a text, or ending there."""

from collections.abc import Mapping
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Lexicon(Generic[Meaning]):
    """Words with their meanings; each look-up costs one dictionary access per word length."""

    def __init__(self, words: Mapping[str, Meaning]) -> None:
        self.words = dict(words)
        self._by_first: dict[str, list[int]] = {}
        self._by_last: dict[str, list[int]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            for lengths, letter in ((self._by_first, word[0]), (self._by_last, word[-1])):
                known = lengths.setdefault(letter, [])
                if len(word) not in known:
                    known.append(len(word))
        self.ends = frozenset(self._by_last)

    def at(self, text: str, start: int) -> tuple[int, Meaning] | None:
        """The end and the meaning of the longest word that starts at `start`."""
        lengths = self._by_first.get(text[start : start + 1])
        if lengths is None:
            return None
        for length in lengths:
            word = text[start : start + length]
            if word in self.words:
                return start + len(word), self.words[word]
        return None

    def shorter(self, text: str, start: int, than: int) -> tuple[int, Meaning] | None:
        """The longest word at `start` that is shorter than `than`."""
        for length in self._by_first.get(text[start : start + 1], ()):
            if length < than:
                word = text[start : start + length]
                if word in self.words:
                    return start + length, self.words[word]
        return None

    def before(self, text: str, end: int) -> tuple[int, Meaning] | None:
        """The start and the meaning of the longest word that ends at `end`."""
        if end <= 0:
            return None
        lengths = self._by_last.get(text[end - 1])
        if lengths is None:
            return None
        for length in lengths:
            if length <= end:
                word = text[end - length : end]
                if word in self.words:
                    return end - length, self.words[word]
        return None

    def before_shorter(self, text: str, end: int, than: int) -> tuple[int, Meaning] | None:
        """The longest word that ends at `end` and is shorter than `than`."""
        if end <= 0:
            return None
        for length in self._by_last.get(text[end - 1], ()):
            if length <= end and length < than:
                word = text[end - length : end]
                if word in self.words:
                    return end - length, self.words[word]
        return None
