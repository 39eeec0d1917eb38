"""Parts in words: two-thirds, a quarter of a million, one and a half, three and a fifth."""

import re
from decimal import Decimal

from claims.quantities.english import cardinals, ordinals
from claims.quantities.english.cardinals import Cardinal
from claims.quantities.english.vocabulary import Vocabulary

_PART = re.compile(r"(?P<gap>[ \t]?-[ \t]?|[ \t]{1,3})(?P<word>[a-z]+)(?:-(?P<unit>[a-z]+))?")
_AND = re.compile(
    r"[ \t]{1,3}and[ \t]{1,3}(?P<upper>an?|[a-z]+(?:-[a-z]+)?)"
    r"[ \t-]{1,3}(?P<lower>[a-z]+)(?:-(?P<unit>[a-z]+))?"
)
_SCALE = re.compile(r"[ \t]{1,3}(?:of[ \t]an?[ \t])?(?P<scale>[a-z]+)")
_HALF = re.compile(
    r"(?P<part>half|quarter)[ \t]{1,3}(?:an?[ \t]{1,3}|of[ \t]an?[ \t]{1,3})?(?P<scale>[a-z]+)"
)
_AND_DIGITS = re.compile(
    r"[ \t]{1,2}and[ \t]{1,2}(?:(?P<upper>\d{1,3})/(?P<below>\d{1,3})(?![\d/])|(?P<sign>[¼-¾⅐-⅞]))"
)
_POINT = re.compile(r"[ \t]{1,3}point(?P<digits>(?:[ \t-]{1,3}[a-z]+){1,12})")


def part_of_scale(words: Vocabulary, lower: str, at: int) -> tuple[int, Decimal, int] | None:
    """Half a million, a quarter million, half a dozen: end, value and power."""
    match = _HALF.match(lower, at)
    if match is None:
        return None
    part = Decimal("0.5") if match["part"] == "half" else Decimal("0.25")
    scale = match["scale"]
    if scale in words.dozens:
        return match.end(), part * 12, 0
    if scale == "hundred":
        return match.end(), part * 100, 0
    if scale in words.scales and scale not in words.short_scales:
        return match.end(), part.scaleb(words.scales[scale]), words.scales[scale]
    return None


def denominator(words: Vocabulary, word: str, unit: str | None) -> int | None:
    """Thirds are three, twenty-fifths twenty-five."""
    if unit is None:
        return words.parts.get(word)
    tens = words.tens.get(word)
    ones = words.ordinals.get(unit.removesuffix("s"))
    return tens + ones if tens and ones and ones < 10 else None


def parts(words: Vocabulary, lower: str, number: Cardinal) -> tuple[int, Decimal] | None:
    """`number` as the upper half of a fraction whose lower half follows it: end and value."""
    if number.value == 1 and len(number.words) == 1:
        found = ordinals.spelled(words, lower, number.end)
        if found is not None and found[1] > 2:
            return found[0], 1 / Decimal(found[1])
    match = _PART.match(lower, number.end)
    if match is None:
        return None
    below = denominator(words, match["word"], match["unit"])
    end = match.end()
    if below is None and match["unit"]:
        below, end = words.parts.get(match["word"]), match.end("word")
    if below is None or match["word"] in ("second", "seconds", "score"):
        return None
    plural = lower[end - 1] == "s"
    if not plural and number.value != 1 and match["word"] != "half":
        return None
    upper, below = _regrouped(words, number, below, joined="-" in match["gap"])
    value = upper / below if below else upper
    if "and" in lower[number.start : number.end] and below >= 100 and upper > below:
        value = _mixed(upper, below)
    return end, value


def _mixed(upper: Decimal, below: int) -> Decimal:
    """Two hundred and fifty-four hundredths: the hundreds are whole, the rest are parts."""
    rest = upper % 100
    return upper - rest + rest / below


def _regrouped(
    words: Vocabulary, number: Cardinal, below: int, *, joined: bool
) -> tuple[Decimal, int]:
    """Moves the last words of the upper half to the lower one: one hundred | thirty fifths."""
    spelled = [word for word, _, _ in number.words]
    if joined or len(spelled) < 2:
        return number.value, below
    last = spelled[-1]
    plain = below < 10
    if last in words.tens and plain and spelled[-2] in words.hundreds and not _and_before(number):
        return number.value - words.tens[last], below + words.tens[last]
    if last in ("hundred", "thousand") and spelled[-2] in words.ones and plain:
        base = words.ones[spelled[-2]] * (100 if last == "hundred" else 1000)
        above = spelled[:-2]
        if above and above[-1] not in words.tens:
            value = _spelled(words, above)
            if value is not None:
                return value, base + below
    return number.value, below


def _and_before(number: Cardinal) -> bool:
    _, start, _ = number.words[-1]
    previous_end = number.words[-2][2]
    return start - previous_end > 3


def _spelled(words: Vocabulary, above: list[str]) -> Decimal | None:
    line = " ".join(above)
    number = cardinals.read(words, line, 0)
    return number.value if number is not None and number.end == len(line) else None


def added_digits(words: Vocabulary, lower: str, at: int) -> tuple[int, Decimal] | None:
    """The part behind "and" in digits: 1 and 3/4, 1 and ½."""
    match = _AND_DIGITS.match(lower, at)
    if match is None:
        return None
    if match["sign"]:
        part = words.vulgar.get(match["sign"])
        return None if part is None else (match.end(), part)
    upper, below = int(match["upper"]), int(match["below"])
    return (match.end(), Decimal(upper) / below) if 0 < upper < below else None


def added(words: Vocabulary, lower: str, at: int, value: Decimal) -> tuple[int, Decimal] | None:
    """The fraction joined to `value` by "and", scaled with it: two million and three fifths."""
    match = _AND.match(lower, at)
    if match is None:
        return None
    below = denominator(words, match["lower"], match["unit"])
    end = match.end()
    if below is None and match["unit"]:
        below, end = words.parts.get(match["lower"]), match.end("lower")
    if below is None or match["lower"] in ("second", "seconds"):
        return None
    upper = _upper(words, match["upper"])
    if upper is None:
        return None
    part = upper / below
    scale = _SCALE.match(lower, end)
    power = words.scales.get(scale["scale"]) if scale is not None else None
    if scale is not None and power is not None:
        if value < 1000:
            return scale.end(), (value + part).scaleb(power)
        return scale.end(), value + part.scaleb(power)
    return end, value + part * _magnitude(value)


def _upper(words: Vocabulary, written: str) -> Decimal | None:
    if written in ("a", "an"):
        return Decimal(1)
    tens, _, ones = written.partition("-")
    if ones:
        return (
            Decimal(words.tens[tens] + words.ones[ones])
            if tens in words.tens and ones in words.ones
            else None
        )
    value = words.ones.get(written, words.tens.get(written))
    return None if value is None else Decimal(value)


def of_dozens(lower: str, at: int, value: Decimal) -> tuple[int, Decimal] | None:
    """A dozen and a half: half of a dozen more."""
    match = _HALF_MORE.match(lower, at)
    return None if match is None else (match.end(), value + _DOZEN / 2)


_HALF_MORE = re.compile(r"[ ]and[ ]a[ ]half\b")
_DOZEN = Decimal(12)


def _magnitude(value: Decimal) -> Decimal:
    """The scale that a joined part shares: half of "three million and a half" is half a million."""
    for power in (12, 9, 6):
        scale = Decimal(10) ** power
        if value >= scale and value % scale == 0 and value / scale < 1000:
            return scale
    return Decimal(1)


def point(words: Vocabulary, lower: str, at: int) -> tuple[int, Decimal, int] | None:
    """Five point five; two point twenty-three: end, fraction and number of decimals."""
    match = _POINT.match(lower, at)
    if match is None:
        return None
    digits, end = "", at
    for word in re.finditer(r"[a-z]+", match["digits"]):
        spelled = word.group()
        if spelled in words.ones and (words.ones[spelled] < 10 or not digits):
            digits += str(words.ones[spelled])
        elif spelled in words.tens and not digits:
            digits = str(words.tens[spelled] // 10)
        else:
            break
        end = match.start("digits") + word.end()
    return (end, Decimal("0." + digits), len(digits)) if digits else None
