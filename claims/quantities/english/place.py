"""A place of an English text where a quantity may start, with what is known around it."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import changes, comparators

if TYPE_CHECKING:
    import datetime as dt

    from claims.quantities.english.vocabulary import Vocabulary
    from claims.quantities.numeral import Numeral
    from claims.quantities.quantity import Draft

_SIGN = re.compile(r"(?:(?<![\w)\]%$€£¥.])[-−–][ \t]?|\b(?:minus|negative)[ \t]{1,3})\Z")
_WORD_BEFORE = re.compile(r"[A-Za-z][\w.&'’-]*\Z")
_WIDEST_GAP = 3
_BLANKS = " \t\xa0"
_WORD_AFTER = re.compile(r"[ \t\xa0]{1,3}([A-Za-z][\w'’-]*)")
# The last letters of minus and negative, and the dashes that are signs.
_SIGNS = ("s", "e", "-", "−", "–", " ")
# Give or take: no sign.
_EITHER = ("plus or ", "plus/", "plus-or-")
_DASHES = ("-", "−", "–")
_REACH = 24


_GREATEST = Decimal(10) ** 31
_DATES = frozenset({"date", "date_year", "date_relative"})


def _stated(draft: Draft) -> int | None:
    """No decimals were stated of a whole number; a part such as three quarters is exact."""
    if draft.value is None or draft.value.is_nan():
        return None
    scaled = draft.value.scaleb(-(draft.multiplier or 0))
    return 0 if scaled == scaled.to_integral_value() else None


def _last_word(token: str) -> str:
    """The word that ends `token`, which holds signs before it at most."""
    if token.isascii() and token.isalpha():
        return token
    match = _WORD_BEFORE.search(token)
    return "" if match is None else match.group()


class Place:
    """One candidate of the scan."""

    __slots__ = (
        "_before",
        "_before_at",
        "at",
        "found",
        "free",
        "letter",
        "lower",
        "narrow",
        "published",
        "text",
        "word",
        "words",
    )

    def __init__(
        self,
        words: Vocabulary,
        texts: tuple[str, str],
        candidate: tuple[int, str],
        found: list[Draft],
        published: dt.date | None,
        *,
        narrow: bool = False,
    ) -> None:
        self.narrow = narrow
        self.words = words
        self.text, self.lower = texts
        self.found = found
        self.published = published
        self.move(*candidate)

    def move(self, at: int, word: str) -> None:
        """Stands at the candidate `word` at `at` of the same text."""
        self.at = at
        self.word = word
        self.letter = self.text[at]
        # The end of the quantity before this place; nothing may reach back over it.
        self.free = self.found[-1].core_end if self.found else 0
        self._before_at = -1
        self._before = ""

    def before(self, at: int) -> str:
        """The word right before `at`, as written; empty when something else stands there."""
        if at == self._before_at:
            return self._before
        word, text = "", self.text
        if at and text[at - 1] in _BLANKS:
            start = max(self.free, at - _REACH)
            token = text[start:at].rstrip(_BLANKS)
            if at - start - len(token) <= _WIDEST_GAP:
                word = _last_word(token[token.rfind(" ") + 1 :])
        self._before_at, self._before = at, word
        return word

    def after(self, at: int) -> str:
        """The word right after `at`, as written."""
        match = _WORD_AFTER.match(self.text, at)
        return "" if match is None else match.group(1)

    def around(self, start: int, end: int, back: int, ahead: int) -> str:
        """What the sentence says around a span, in lower case; the neighbour sentences are not."""
        lead = self.lower[max(0, start - back) : start]
        tail = self.lower[start : end + ahead]
        lead = lead[max(lead.rfind(". "), lead.rfind("! "), lead.rfind("? ")) + 1 :]
        stop = tail.find(". ", end - start)
        return lead + (tail if stop < 0 else tail[:stop])

    def ends_sentence(self, at: int) -> bool:
        """Whether the full stop before `at` ends the sentence as well as an abbreviation."""
        rest = self.text[at : at + 2].strip()
        return not rest or (not self.text[at : at + 1].strip() and rest.isupper())

    def signed(self, numeral: Numeral) -> Numeral:
        """`numeral` with the minus or "negative" before it."""
        last = self.lower[numeral.start - 1 : numeral.start]
        if last not in _DASHES and self.lower[numeral.start - 2 : numeral.start - 1] not in _SIGNS:
            return numeral
        match = _SIGN.search(self.lower, max(self.free, numeral.start - 12), numeral.start)
        if match is None or self.lower.endswith(_EITHER, 0, match.start()):
            return numeral
        if match.group()[0] in "-−–" and self.found and self._touches(match.start()):
            return numeral
        return numeral._replace(start=match.start(), value=-numeral.value)

    def _touches(self, at: int) -> bool:
        """Whether only blanks stand between the quantity before and a dash, which is no sign."""
        return not self.text[self.free : at].strip() and at - self.free <= _WIDEST_GAP

    def add(self, draft: Draft) -> int:
        """Keeps `draft` with its comparator and change; the place where the search goes on."""
        if draft.value is not None and abs(draft.value) >= _GREATEST:
            draft.value = draft.value_high = None
            draft.reason = "no figure is as great as this"
        if draft.decimals is None and draft.value is not None and draft.kind not in _DATES:
            draft.decimals = _stated(draft)
        comparators.attach(self, draft)
        changes.attach(self, draft)
        self.found.append(draft)
        return max(draft.core_end, draft.end)
