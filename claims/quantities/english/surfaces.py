"""The unit that stands at a place of an English text, found by the word its name begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from claims.quantities.unit import Unit

_LETTERS = re.compile(r"[^\W\d_]+")


class Surfaces:
    """The names of units by their first word, the longest first.

    ``written`` are compared as they stand (MW is no mW), ``folded`` in lower case.
    """

    def __init__(self, written: Mapping[str, Unit], folded: Mapping[str, Unit]) -> None:
        self._by_word: dict[str, list[tuple[str, bool, Unit]]] = {}
        for small, names in ((False, written), (True, folded)):
            for name, unit in names.items():
                known = self._by_word.setdefault(_beginning(name.lower(), 0), [])
                known.append((name, small, unit))
        for known in self._by_word.values():
            known.sort(key=lambda entry: -len(entry[0]))

    def at(self, text: str, lower: str, at: int) -> tuple[int, str, Unit] | None:
        """The longest unit at `at`: end, surface and unit; of equals the one as written."""
        known = self._by_word.get(_beginning(lower, at))
        if known is None:
            return None
        for name, small, unit in known:
            if (lower if small else text).startswith(name, at):
                end = at + len(name)
                if _whole(text, end):
                    return end, text[at:end], unit
        return None

    def begins(self, word: str) -> bool:
        """Whether some name begins with `word`, which is in lower case."""
        return word in self._by_word

    def is_begun(self, word: str) -> bool:
        """Whether some name is longer than its first word `word`."""
        return any(len(name) > len(word) for name, _, _ in self._by_word.get(word, ()))


def _beginning(lower: str, at: int) -> str:
    """The word at `at`, or the sign that stands there."""
    match = _LETTERS.match(lower, at)
    return lower[at : at + 1] if match is None else match.group()


def _whole(text: str, end: int) -> bool:
    """A unit that ends in a letter must not run on into a word."""
    last, after = text[end - 1], text[end : end + 1]
    if not last.isalnum():
        return not (last == "$" and after.isdigit())
    return not (after.isalnum() or (after in ("²", "³") and after != ""))
