"""Words with a numeral in them that count nothing (一些, 不三不四), found around the numeral."""

from collections.abc import Iterable

# A word of numerals alone, such as 九九, is a number after all before one of these.
_SHARES = frozenset("折成倍%％")
# Where in a word its numeral stands.
_Entry = tuple[str, int]
_NONE: tuple[_Entry, ...] = ()


class StopWords:
    """The words, by the numeral letter in them and the letters behind it, or the one before it."""

    def __init__(
        self,
        words: Iterable[str],
        *,
        numerals: frozenset[str],
        letters: frozenset[str],
        point: str,
    ) -> None:
        self._numerals = numerals
        self._hanzi = numerals - frozenset("0123456789０１２３４５６７８９")
        self._point = point
        self._onward = numerals | _SHARES | frozenset("之の")
        self._numeral = self._hanzi | frozenset(point)
        ahead: dict[str, list[_Entry]] = {}
        behind: dict[str, list[_Entry]] = {}
        for word in sorted({*words}, key=len, reverse=True):
            for index, letter in enumerate(word):
                if letter in letters and index + 1 == len(word):
                    behind.setdefault(word[-2:], []).append((word, index))
                elif letter in letters:
                    ahead.setdefault(word[index : index + 3], []).append((word, index))
        # Three letters rule most words out at once; a word that ends sooner stands under each.
        self._ahead = {
            key: tuple(sorted([*ahead.get(key[:2], ()), *found], key=_longest))
            if len(key) > 2
            else tuple(found)
            for key, found in ahead.items()
        }
        self._behind = {key: tuple(found) for key, found in behind.items()}

    def around(self, text: str, start: int) -> tuple[int, int] | None:
        """The span of the longest such word over the numeral letter at `start`."""
        known = self._ahead
        entries = known.get(text[start : start + 3]) or known.get(text[start : start + 2], _NONE)
        if start and (behind := self._behind.get(text[start - 1 : start + 1])):
            entries = tuple(sorted((*entries, *behind), key=_longest))
        for word, index in entries:
            first = start - index
            if first >= 0 and text.startswith(word, first):
                end = first + len(word)
                if text[end : end + 1] not in self._onward or not self._goes_on(text, first, end):
                    return first, end
        return None

    def begins(self, text: str, start: int) -> bool:
        """Whether a word begins with the numeral letter here and goes on without another."""
        numeral, known = self._numeral, self._ahead
        entries = known.get(text[start : start + 3]) or known.get(text[start : start + 2], _NONE)
        return any(
            index == 0 and word[1] not in numeral and text.startswith(word, start)
            for word, index in entries
        )

    def _goes_on(self, text: str, first: int, end: int) -> bool:
        """Whether what follows makes a number of the word after all: 九九折, 万分之一."""
        follower = text[end : end + 1]
        if text[end - 1] in self._point and follower in self._numerals:
            return True
        if follower in ("之", "の") and text[end - 1] == "分":
            return True
        return follower in _SHARES and self._hanzi.issuperset(text[first:end])


def _longest(entry: _Entry) -> int:
    return -len(entry[0])
