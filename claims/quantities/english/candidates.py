"""Where in an English text a quantity may start: at a digit, at a sign such as ½, at a word."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.quantities.english.vocabulary import Vocabulary

_NOWHERE = sys.maxsize


class Candidates:
    """The candidates of one text in their order.

    Signs and words are looked for apart, because each search alone skips most letters at once.
    """

    __slots__ = ("_lower", "_sign", "_text_word", "_word", "_words")

    def __init__(self, words: Vocabulary, lower: str) -> None:
        self._words, self._lower = words, lower
        self._sign, self._word, self._text_word = -1, -1, ""

    def first(self) -> tuple[int, str] | None:
        """The first place and what stands there."""
        opening = self._words.number_word.match(self._lower)
        if opening is not None:
            return 0, opening.group()
        return self.after(0)

    def after(self, at: int) -> tuple[int, str] | None:
        """The next place that is not before `at`, and what stands there."""
        if self._sign < at:
            match = self._words.signs.search(self._lower, at)
            self._sign = _NOWHERE if match is None else match.start()
        if self._word < at:
            # The letter before a word is part of the match.
            match = self._words.later_word.search(self._lower, max(0, at - 1))
            self._word, self._text_word = (
                (_NOWHERE, "") if match is None else (match.start(1), match.group(1))
            )
        if self._word < self._sign:
            return self._word, self._text_word
        return None if self._sign == _NOWHERE else (self._sign, self._lower[self._sign])
