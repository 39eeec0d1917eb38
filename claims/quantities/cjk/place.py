"""A place of a text where a quantity may start, with what is already known around it."""

import datetime as dt

from claims.quantities.cjk import changes, comparators, money, verbs_last
from claims.quantities.cjk.vocabulary import Vocabulary
from claims.quantities.numeral import Numeral
from claims.quantities.quantity import Draft

_MINUS = "-－−–"


class Place:
    """One candidate of the scan."""

    __slots__ = (
        "arabic",
        "at",
        "found",
        "free",
        "letter",
        "narrow",
        "published",
        "rated",
        "stop",
        "text",
        "words",
    )

    def __init__(
        self,
        words: Vocabulary,
        text: str,
        at: int,
        found: list[Draft],
        published: dt.date | None,
        *,
        narrow: bool = False,
    ) -> None:
        self.narrow = narrow
        self.words = words
        self.found = found
        self.published = published
        self._turn(text)
        # The end of the quantity before this place; nothing may reach back over it.
        self.free = found[-1].core_end if found else 0
        self.move(at)

    def begin(self, text: str) -> None:
        """Turns to another sentence, in which nothing has been found."""
        self._turn(text)
        self.found = []
        self.free = 0

    def _turn(self, text: str) -> None:
        self.text = text
        # Whether a rate such as 每桶 may stand before a figure of this sentence.
        self.rated = "每" in text

    def move(self, at: int) -> None:
        """Stands at another letter of the same text."""
        self.at = at
        self.letter = self.text[at]
        self.arabic = self.letter in self.words.arabic
        self.stop: tuple[int, int] | None = None

    def signed(self, numeral: Numeral) -> Numeral:
        """`numeral` with the minus or 负 before it."""
        at = numeral.start
        text = self.text
        if at == 0 or text[at - 1] not in self.words.minus_ends:
            return numeral
        for word in self.words.negative:
            if text.endswith(word, 0, at):
                return numeral._replace(start=at - len(word), value=-numeral.value)
        if text[at - 1] in _MINUS and self._is_minus(at - 1):
            return numeral._replace(start=at - 1, value=-numeral.value)
        return numeral

    def _is_minus(self, at: int) -> bool:
        """A dash after a letter, a digit or a unit joins; after anything else it is a minus."""
        if at == self.free and self.found:
            return False
        before = self.text[at - 1 : at]
        if before == "" or before in _MINUS or before in "%％":
            return before == ""
        if before.isascii():
            return not before.isalnum()
        return before not in self.words.numeral_letters

    def add(self, draft: Draft) -> int:
        """Keeps `draft` with its comparator and change; the place where the search goes on."""
        if self.words.verbs_last:
            verbs_last.compare(self, draft)
        if draft.unit == "CNY" and self.found:
            money.follow(self, draft)
        comparators.attach(self, draft)
        changes.attach(self, draft)
        if self.words.verbs_last:
            verbs_last.change(self, draft)
        self.found.append(draft)
        self.free = draft.core_end
        return max(draft.core_end, draft.end)
