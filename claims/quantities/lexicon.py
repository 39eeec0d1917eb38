"""Longest match of known words at a place of a text, or ending there."""

from collections.abc import Mapping
from typing import Generic, TypeVar

Meaning = TypeVar("Meaning")


class Lexicon(Generic[Meaning]):
    """Words with their meanings; two letters rule most lengths of a word out at once."""

    def __init__(self, words: Mapping[str, Meaning]) -> None:
        self.words = dict(words)
        self._by_first: dict[str, list[int]] = {}
        self._by_last: dict[str, list[int]] = {}
        self._by_beginning: dict[str, list[int]] = {}
        self._by_ending: dict[str, list[int]] = {}
        for word in sorted(self.words, key=len, reverse=True):
            for lengths, letters in (
                (self._by_first, word[0]),
                (self._by_last, word[-1]),
                (self._by_beginning, word[:2]),
                (self._by_ending, word[-2:]),
            ):
                known = lengths.setdefault(letters, [])
                if len(word) not in known:
                    known.append(len(word))
        self.ends = frozenset(self._by_last)

    def at(self, text: str, start: int) -> tuple[int, Meaning] | None:
        """The end and the meaning of the longest word that starts at `start`."""
        words = self.words
        for length in self._by_beginning.get(text[start : start + 2], ()):
            word = text[start : start + length]
            if word in words:
                return start + len(word), words[word]
        letter = text[start : start + 1]
        return (start + 1, words[letter]) if letter in words else None

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
        words = self.words
        for length in self._by_ending.get(text[max(0, end - 2) : end], ()):
            if length <= end:
                word = text[end - length : end]
                if word in words:
                    return end - length, words[word]
        letter = text[end - 1]
        return (end - 1, words[letter]) if letter in words else None

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
