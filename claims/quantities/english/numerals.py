"""Any English numeral: digits, words, or digits with words, with the fraction behind it."""

import re
from decimal import Decimal

from claims.quantities.english import cardinals, digits, fractions, ordinals
from claims.quantities.english.vocabulary import Vocabulary
from claims.quantities.numeral import Numeral

_ARTICLE = re.compile(r"\ban?[ \t]{1,3}\Z")
_TAKES_ARTICLE = frozenset({"hundred", "thousand", "million", "billion", "trillion", "dozen"})
_REACH = 5
# What may follow digits before a scale, and the first letters of scales.
_GAPS = tuple(" \t\xa0-")
_SCALE_LETTERS = tuple("htmblcdqa -\t")
_LONE = re.compile(r"(?:half|quarter)\b")


def read(
    words: Vocabulary, text: str, lower: str, start: int, *, joins: bool = True
) -> Numeral | None:
    """The numeral at `start`; the article of "a hundred" and "a half" belongs to it."""
    letter = text[start]
    if letter.isdigit() or letter in words.vulgar or letter == ".":
        return _in_digits(words, text, lower, start, joins=joins)
    return _in_words(words, lower, start, joins=joins)


def _in_digits(
    words: Vocabulary, text: str, lower: str, start: int, *, joins: bool
) -> Numeral | None:
    found = digits.read(words, text, start)
    if found is None:
        return None
    end, value, multiplier = found.end, found.value, found.multiplier
    if found.value.is_nan():
        return Numeral(start, end, value)
    cardinal = None
    if lower[end : end + 1] in _GAPS and lower[end + 1 : end + 2] in _SCALE_LETTERS:
        cardinal = cardinals.read(words, lower, end, value, joins=joins)
    if cardinal is not None:
        end, value = cardinal.end, cardinal.value
        multiplier = power(words, cardinal) or multiplier
    joins = joins and lower.startswith(("and", " and"), end + 1)
    more = fractions.added(words, lower, end, value) if joins else None
    if more is None and joins and found.whole and cardinal is None:
        part = fractions.added_digits(words, lower, end)
        more = None if part is None else (part[0], value + part[1])
    if more is not None:
        end, value = more
    return Numeral(start, end, value, arabic=True, decimals=found.decimals, multiplier=multiplier)


def _in_words(words: Vocabulary, lower: str, start: int, *, joins: bool) -> Numeral | None:
    part = fractions.part_of_scale(words, lower, start)
    if part is not None:
        return Numeral(
            article(lower, start), part[0], part[1], arabic=False, multiplier=part[2] or None
        )
    alone = _lone_part(words, lower, start)
    if alone is not None:
        return alone
    cardinal = cardinals.read(words, lower, start, joins=joins)
    if cardinal is None:
        return None
    cardinal = _without_part(words, lower, cardinal)
    if cardinal.words[0][0] in _TAKES_ARTICLE:
        start = article(lower, start)
    numeral = Numeral(
        start, cardinal.end, cardinal.value, arabic=False, multiplier=power(words, cardinal)
    )
    pointed = fractions.point(words, lower, cardinal.end)
    if pointed is not None:
        return _scaled(words, lower, numeral, pointed)
    below = fractions.parts(words, lower, cardinal)
    if below is not None:
        return _of_scale(words, lower, numeral._replace(end=below[0], value=below[1]))
    more = None
    if joins and cardinal.words[-1][0] in words.dozens:
        more = fractions.of_dozens(lower, cardinal.end, cardinal.value)
    elif joins:
        more = fractions.added(words, lower, cardinal.end, cardinal.value)
    if more is not None:
        return numeral._replace(end=more[0], value=more[1])
    return numeral


_MANIFOLD = re.compile(r"(?P<many>tens|dozens|scores|hundreds|thousands)[ ]of[ ](?P<of>[a-z]+)\b")
_TENS = 10
_LEAST_MANIFOLD = 1000


def manifold(words: Vocabulary, lower: str, start: int) -> Numeral | None:
    """Tens of thousands, hundreds of millions: one numeral, whose factor stands before "of"."""
    for at in (start, start - len("tens of ")):
        match = _MANIFOLD.match(lower, at) if at >= 0 else None
        base = words.vague.get(match["of"]) if match is not None else None
        if match is not None and base is not None and base >= _LEAST_MANIFOLD:
            break
    else:
        return None
    factor = words.vague.get(match["many"], Decimal(_TENS))
    return Numeral(match.start(), match.end(), base * factor, arabic=False, vague=True)


def couple(lower: str, start: int) -> Numeral | None:
    """A couple of hundred: about two of what follows."""
    match = _COUPLE.match(lower, start)
    begin = article(lower, start)
    if match is None or begin == start or not (match["of"] or match["scale"]):
        return None
    scale = _COUPLES.get(match["scale"] or "", 0)
    value = Decimal(24) if match["scale"] == "dozen" else Decimal(2).scaleb(scale)
    return Numeral(begin, match.end(), value, arabic=False, multiplier=scale if scale > 2 else None)


_COUPLES = {"hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_COUPLE = re.compile(
    r"couple(?P<of>[ ]of)?(?:[ ](?P<scale>hundred|thousand|million|billion|trillion|dozen)\b)?"
)


def _lone_part(words: Vocabulary, lower: str, start: int) -> Numeral | None:
    """A half, a quarter, and with the article a fifth or a twenty-first."""
    match = _LONE.match(lower, start)
    if match is not None:
        value = Decimal("0.5") if match.group() == "half" else Decimal("0.25")
        return Numeral(article(lower, start), match.end(), value, arabic=False)
    at = article(lower, start)
    if at == start:
        return None
    found = ordinals.spelled(words, lower, start)
    if found is None or found[1] <= 2:
        return None
    return Numeral(at, found[0], 1 / Decimal(found[1]), arabic=False)


def _without_part(
    words: Vocabulary, lower: str, cardinal: cardinals.Cardinal
) -> cardinals.Cardinal:
    """Two million and three fifths: the three belongs to the fifths, not to the millions."""
    cut = lower.rfind(" and ", cardinal.start, cardinal.end)
    if cut < 0 or fractions.added(words, lower, cut, Decimal(1)) is None:
        return cardinal
    whole = cardinals.read(words, lower[:cut], cardinal.start)
    if whole is None or words.scales.get(whole.words[-1][0], 0) < 6:
        return cardinal
    return whole


def article(lower: str, start: int) -> int:
    """The start of "a" or "an" before `start`, or `start`."""
    floor = max(0, start - _REACH)
    if lower.find("a", floor, start) < 0:
        return start
    match = _ARTICLE.search(lower, floor, start)
    return start if match is None else match.start()


def power(words: Vocabulary, cardinal: cardinals.Cardinal) -> int | None:
    """The power of ten of the scales that end the cardinal: six for millions."""
    total = 0
    for word, _, _ in reversed(cardinal.words):
        if word not in words.scales:
            break
        total += words.scales[word]
    return total or None


def _scaled(
    words: Vocabulary, lower: str, numeral: Numeral, pointed: tuple[int, Decimal, int]
) -> Numeral:
    """Two point five million: the scale stands behind the decimals."""
    end, fraction, decimals = pointed
    numeral = numeral._replace(end=end, value=numeral.value + fraction, decimals=decimals)
    return _of_scale(words, lower, numeral)


def _of_scale(words: Vocabulary, lower: str, numeral: Numeral) -> Numeral:
    match = _SCALE.match(lower, numeral.end)
    scale = words.scales.get(match["scale"]) if match is not None else None
    if match is None or scale is None or match["scale"] in words.short_scales:
        return numeral
    return numeral._replace(end=match.end(), value=numeral.value.scaleb(scale), multiplier=scale)


_SCALE = re.compile(r"[ \t]{1,3}(?:of[ \t]an?[ \t])?(?P<scale>[a-z]+)\b")
