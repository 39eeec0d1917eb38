"""Numerals of Chinese shape, plain, formal, positional or mixed with Arabic digits (3万4千)."""

import re
from decimal import Decimal

from claims.quantities.cjk import digits
from claims.quantities.cjk.vocabulary import Vocabulary
from claims.quantities.numeral import Numeral

_BLANKS = " \u3000\t"
# Most numerals of a newspaper; what may go on is read the long way.
_SIMPLE = re.compile(r"([0-9]{1,20})(\.([0-9]{1,9}))?(?![0-9])")
_NO_FIGURE = Decimal("NaN")
_MOST_POWERS = 12
# Beyond this a further 亿 is no figure; the bound keeps a run of 亿亿亿… cheap.
_LARGEST = 10**24
# The widest gap inside a numeral set with blanks.
_WIDEST_GAP = 4


class _Sum:
    """The running sum of a numeral: closed groups of 万, the open group, and the last digits."""

    __slots__ = (
        "arabic",
        "closed",
        "count",
        "decimals",
        "digits",
        "end",
        "group",
        "last",
        "odd",
        "overflow",
        "tenths",
        "zero",
    )

    def __init__(self, *, tenths: bool) -> None:
        # 四百五 is 450 in Chinese and 405 in Japanese.
        self.tenths = tenths
        self.closed: list[tuple[Decimal | int, int]] = []
        self.group: Decimal | int = 0
        self.digits: Decimal | int | None = None
        self.count = 0
        self.arabic = False
        self.decimals: int | None = None
        self.last = 0
        self.zero = False
        self.odd = False
        self.overflow = False
        self.end = -1

    @property
    def begun(self) -> bool:
        return self.end >= 0

    def total(self) -> Decimal:
        """The value so far; a digit after 百 or more counts tenths of it (四百五, 1万5)."""
        if self.closed:
            total = Decimal(sum(value for value, _ in self.closed)) + self.group
        else:
            total = Decimal(self.group)
        if self.digits is None:
            return total
        tail = self.tenths and self.last >= 100 and not self.zero and self.count == 1
        return total + (Decimal(self.digits) * self.last / 10 if tail else self.digits)


def read(words: Vocabulary, text: str, start: int) -> Numeral | None:
    """The numeral at `start`, sign not included; None when none stands there."""
    simple = _SIMPLE.match(text, start)
    if simple is not None:
        numeral = _simple(words, text, start, simple)
        if numeral is not None:
            return numeral
    total = _Sum(tenths=not words.verbs_last)
    place = start
    size = len(text)
    first_arabic = text[start] in words.arabic or text[start] in ".．"
    while place < size:
        at = place
        if total.begun and text[at] in _BLANKS:
            while at < size and at - place < _WIDEST_GAP and text[at] in _BLANKS:
                at += 1
            if at >= size:
                break
        step = _step(words, text, at, place, total)
        if step < 0:
            break
        place = step
    if not total.begun:
        return None
    return _finish(words, text, start, total, arabic=first_arabic)


def _simple(words: Vocabulary, text: str, start: int, match: re.Match[str]) -> Numeral | None:
    """Digits with at most 万, 亿 or both behind them, and nothing that goes on."""
    end = match.end()
    letter = text[end : end + 1]
    power = 0
    while letter and letter in words.myriads and power < _MOST_POWERS and letter != "兆":
        power += words.myriads[letter]
        end += 1
        letter = text[end : end + 1]
    if letter in words.continuing or (power and letter in words.arabic):
        return None
    fraction = match.group(3)
    value = Decimal(match.group())
    if power:
        value = value.scaleb(power)
    return Numeral(
        start, end, value, decimals=len(fraction) if fraction else 0, multiplier=power or None
    )


def _step(words: Vocabulary, text: str, at: int, place: int, total: _Sum) -> int:
    """Reads one token at `at` into `total`; the next place, or -1 when the numeral ends."""
    letter = text[at]
    if letter in words.arabic or (letter in ".．" and not total.begun):
        return _arabic(text, at, place, total)
    if letter in words.digits:
        return _digit(words, text, at, place, total)
    if letter in words.places:
        return _place(words, text, at, total)
    if letter in words.myriads:
        return _myriad(words, text, at, total)
    if letter in words.tens and total.digits is None:
        total.group += words.tens[letter]
        total.last = 10
        total.end = at + 1
        return at + 1
    if not total.begun:
        return -1
    if letter in words.point:
        return _point(words, text, at, total)
    if letter in words.inside:
        return _odd(words, text, at, total)
    return -1


def _arabic(text: str, at: int, place: int, total: _Sum) -> int:
    gap = at > place
    if total.digits is not None or (gap and not total.last):
        return -1
    found = digits.read(text, at)
    if found is None:
        return -1
    total.end, value, total.decimals = found
    total.overflow = total.overflow or value.is_nan()
    # What is longer than any figure has no value, and nothing is calculated with it.
    total.digits = Decimal(0) if value.is_nan() else value
    total.arabic = True
    total.count = total.end - at
    suffix = digits.SUFFIX.match(text, total.end)
    if suffix is not None:
        total.digits = Decimal(total.digits).scaleb(digits.SUFFIX_POWER[suffix.group(1)])
        total.end = suffix.end()
    return total.end


def _digit(words: Vocabulary, text: str, at: int, place: int, total: _Sum) -> int:
    letter = text[at]
    value = words.digits[letter]
    pair = letter in words.pair
    follower = text[at + 1 : at + 2]
    placed = follower in words.places
    if letter in words.formal and at and text[at - 1] in words.myriads and not placed:
        return -1
    if total.begun and not placed and follower and _begins_word(words, text, at):
        return -1
    again = total.begun and (total.last or total.digits is not None)
    if pair and again and not placed and follower not in words.myriads:
        return -1
    if total.digits is not None:
        if total.arabic or at > place or pair:
            return -1
        total.digits = total.digits * 10 + value
        total.count += 1
        if total.count > digits.LONGEST:
            total.digits = Decimal("NaN")
        total.end = at + 1
        return at + 1
    if value == 0 and (total.closed or total.group):
        total.zero = True
        return at + 1
    total.digits, total.arabic, total.count = value, False, 1
    total.end = at + 1
    return at + 1


def _begins_word(words: Vocabulary, text: str, at: int) -> bool:
    """780万一路: the 一 belongs to the word behind the numeral."""
    return words.stops.begins(text, at)


def _place(words: Vocabulary, text: str, at: int, total: _Sum) -> int:
    size = words.places[text[at]]
    follower = text[at + 1 : at + 2]
    if total.digits == 0 and not total.arabic:
        total.digits = None
    if size == 100 and follower == "帕":
        return -1
    if size == 1000 and follower in words.kilo and text[at + 1 : at + 3] != "克拉":
        return -1
    if total.digits is not None:
        total.group += total.digits * size
    elif (
        (size == 10 and not (total.group and total.last and size >= total.last))
        or total.zero
        or (total.closed and not total.group)
        or (not total.begun and (words.digits.get(follower, 0) > 0 or follower in words.myriads))
        or (words.verbs_last and _omits_one(words, follower, size, total))
    ):
        total.group += size
    else:
        return -1
    total.digits, total.last, total.zero = None, size, False
    total.end = at + 1
    return at + 1


def _omits_one(words: Vocabulary, follower: str, size: int, total: _Sum) -> bool:
    """千百 is eleven hundred in Japanese, where no 一 stands before 百 and 千."""
    return size < total.last if total.begun else follower in words.places


def _myriad(words: Vocabulary, text: str, at: int, total: _Sum) -> int:
    power = words.myriads[text[at]]
    if power == 12 and text[at + 1 : at + 2] in words.mega:
        return -1
    if not total.begun:
        if text[at + 1 : at + 2] not in words.myriads:
            return -1
        total.group = 1
    if total.overflow or (total.closed and _is_beyond(total.closed[0][0])):
        total.overflow = True
        total.group, total.digits = 0, None
        total.end = at + 1
        return at + 1
    value = total.group + (total.digits or 0)
    if value:
        while total.closed and total.closed[-1][1] < power:
            value += total.closed.pop()[0]
    elif total.closed:
        value = total.closed.pop()[0]
    else:
        return -1
    total.closed.append((value * 10**power, power))
    total.group, total.digits, total.last, total.zero = 0, None, 10**power, False
    total.end = at + 1
    return at + 1


def _is_beyond(value: Decimal | int) -> bool:
    """Whether a value is no figure any more; one that never was is unequal to itself."""
    return value != value or value >= _LARGEST  # noqa: PLR0124 - that is how NaN is told


def _point(words: Vocabulary, text: str, at: int, total: _Sum) -> int:
    if total.arabic and total.digits is not None:
        return -1
    place = at + 1
    while place < len(text) and text[place] in _BLANKS:
        place += 1
    # 八点一直到十点: the 一 begins the next word.
    if words.stops.begins(text, place):
        return -1
    end = place
    while end < len(text) and text[end] in words.digits and text[end] not in words.pair:
        end += 1
    if end == place or end - place > digits.LONGEST:
        return -1
    fraction = "".join(str(words.digits[letter]) for letter in text[place:end])
    value = total.total() + Decimal("0." + fraction)
    total.closed, total.group, total.last = [], 0, 0
    total.digits, total.arabic, total.decimals, total.count = value, False, end - place, 2
    total.end = end
    return end


def _odd(words: Vocabulary, text: str, at: int, total: _Sum) -> int:
    """多, 余 and 几 inside a numeral stand only before 万 or 亿."""
    place = at + 1
    while place < len(text) and text[place] in _BLANKS:
        place += 1
    if place < len(text) and text[place] in words.myriads:
        total.odd = True
        return place
    return -1


def _finish(
    words: Vocabulary, text: str, start: int, total: _Sum, *, arabic: bool
) -> Numeral | None:
    value = _NO_FIGURE if total.overflow else total.total()
    power = 0
    end = total.end
    while end > start and text[end - 1] in words.myriads:
        power += words.myriads[text[end - 1]]
        end -= 1
    decimals = total.decimals or 0
    return Numeral(start, total.end, value, arabic, decimals, power or None, odd=total.odd)
