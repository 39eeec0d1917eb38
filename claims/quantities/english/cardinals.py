"""Cardinals in words, alone or behind digits: twenty-three million, 3 hundred and 21."""

import re
from decimal import Decimal

from claims.quantities.english.vocabulary import Vocabulary

_WORD = re.compile(r"(?P<gap>[ \t\xa0]{1,4}|[ \t]?-[ \t]?)(?P<and>and[ \t]{1,3})?(?P<word>[a-z]+)")
_FIRST = re.compile(r"(?P<gap>)(?P<and>)(?P<word>[a-z]+)")
_DIGITS_AFTER = re.compile(
    r"[ \t]{1,3}(?P<and>and[ \t]{1,3})?(?P<low>\d{1,2})(?P<hundred>[ \t]hundred)?"
    r"(?:[ \t]and[ \t](?P<rest>\d{1,2}))?(?![\w.,/%])"
)
_SCALED_AFTER = re.compile(
    r"[ \t]{1,2}(?:and[ \t]{1,2})?(?P<digits>\d{1,3})[ \t]{1,2}(?P<scale>[a-z]{4,9})\b"
)
# More words than this are no number.
_LONGEST = 48
# Thirty-three hundred is said, and ninety-nine hundred; a hundred and one hundred is two numbers.
_MOST_HUNDREDS = 100


class Cardinal:
    """A cardinal while its words are added one by one."""

    __slots__ = ("end", "section", "size", "start", "total", "unit", "words")

    def __init__(self, start: int, first: Decimal | None) -> None:
        self.start = start
        self.end = -1 if first is None else start
        self.total = Decimal(0)
        self.section: Decimal | None = first
        # The power of the last scale, and the size of the last word within its section.
        self.size = 0
        self.unit = 0
        self.words: list[tuple[str, int, int]] = []

    @property
    def value(self) -> Decimal:
        """The value of the words so far."""
        return self.total + (self.section or 0)


def read(
    words: Vocabulary, lower: str, start: int, first: Decimal | None = None, *, joins: bool = True
) -> Cardinal | None:
    """The cardinal at `start`, or behind the digits `first`; `joins` lets "and" join its parts."""
    number = Cardinal(start, first)
    pattern, at = (_FIRST if first is None else _WORD), start
    for _ in range(_LONGEST):
        match = pattern.match(lower, at)
        pattern = _WORD
        if match is None or (match["and"] and not joins):
            break
        if not _add(words, number, match, behind_digits=first is not None):
            break
        at = number.end = match.end()
        number.words.append((match["word"], match.start("word"), match.end()))
        if match["word"] in words.dozens:
            break
        if first is not None and _digits_after(number, lower, match["word"]):
            break
        if first is not None and _scaled_digits(words, number, lower, match["word"]):
            break
    return number if number.words else None


def _add(words: Vocabulary, number: Cardinal, match: re.Match[str], *, behind_digits: bool) -> bool:
    word, joined, hyphen = match["word"], bool(match["and"]), "-" in match["gap"]
    if joined and not number.words:
        return False
    if word in words.ones or word in words.tens:
        value = words.ones.get(word, words.tens.get(word, 0))
        return _small(number, value, hyphen=hyphen)
    if word in words.hundreds:
        return _hundred(number, joined=joined)
    if word in words.scales and (behind_digits or word not in words.short_scales):
        return not joined and _scale(number, words.scales[word])
    if word in words.dozens and not joined:
        number.total = (number.total + (1 if number.section is None else number.section)) * 12
        number.section = Decimal(0)
        return True
    return False


def _small(number: Cardinal, value: int, *, hyphen: bool) -> bool:
    section = number.section
    if section is None or (number.unit == 0 and number.size and section == 0):
        if hyphen and number.words:
            return False
        number.section, number.unit = Decimal(value), 10 if value >= 20 else 1
        return True
    if not number.words:
        return False
    tail = section % 100
    if hyphen and not (number.unit == 10 and 0 < value < 10):
        return False
    if number.unit == 10 and tail >= 20 and tail % 10 == 0 and 0 < value < 10:
        number.section, number.unit = section + value, 1
        return True
    if number.unit == 100 and tail == 0 and value > 0:
        number.section, number.unit = section + value, 10 if value >= 20 else 1
        return True
    return False


def _hundred(number: Cardinal, *, joined: bool) -> bool:
    if number.unit == 100 or joined:
        return False
    if number.section is None or (number.size and number.section == 0 and not number.unit):
        if number.size:
            return False
        number.section = Decimal(100)
    elif not 0 < number.section < _MOST_HUNDREDS:
        return False
    else:
        number.section *= 100
    number.unit = 100
    return True


def _scale(number: Cardinal, power: int) -> bool:
    if number.section is None or (number.size and not number.unit):
        if number.section is None and not number.size:
            number.section = Decimal(1)
        elif number.total and power >= number.size:
            number.total = number.total.scaleb(power)
            number.size = power
            return True
        else:
            return False
    if number.size and power >= number.size:
        if power == number.size:
            return False
        number.total = (number.total + number.section).scaleb(power)
    else:
        number.total += number.section.scaleb(power)
    number.section, number.size, number.unit = Decimal(0), power, 0
    return True


def _digits_after(number: Cardinal, lower: str, word: str) -> bool:
    """3 hundred and 21; 4 thousand 3 hundred."""
    if word not in ("hundred", "thousand"):
        return False
    match = _DIGITS_AFTER.match(lower, number.end)
    if match is None:
        return False
    low, rest = int(match["low"]), int(match["rest"] or 0)
    if match["hundred"]:
        if word != "thousand" or match["and"] or not 0 < low < 10:
            return False
        number.section = (number.section or Decimal(0)) + low * 100 + rest
        number.end = match.end() if rest else match.end("hundred")
        return True
    if not match["and"] or not low or match["rest"]:
        return False
    number.section = (number.section or Decimal(0)) + low
    number.end = match.end()
    return True


def _scaled_digits(words: Vocabulary, number: Cardinal, lower: str, word: str) -> bool:
    """1 million 200 thousand; 3 crore 25 lakh."""
    power = words.scales.get(word, 0)
    match = _SCALED_AFTER.match(lower, number.end) if power else None
    if match is None:
        return False
    smaller = words.scales.get(match["scale"], power)
    if smaller >= power or match["scale"] in words.short_scales:
        return False
    number.section = Decimal(match["digits"]).scaleb(smaller)
    number.end = match.end()
    return True
