"""Every number of a Japanese sentence, also as dozens, powers, decimals with 点 and in hiragana."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from claims.quantities.cjk import fractions, numerals
from claims.quantities.cjk.place import Place
from claims.quantities.narrow import hiragana
from claims.quantities.numeral import Numeral

if TYPE_CHECKING:
    from claims.quantities.cjk.vocabulary import Vocabulary

_DOZEN = re.compile(r"\s?ダース")
_AND = re.compile(r"\s?と\s?")
_HALVES = (
    (re.compile(r"半ダース"), Decimal(6)),
    (re.compile(r"半分|半数"), Decimal("0.5")),
)
_POWER = re.compile(
    r"の(?P<minus>(?:マイナス|[-−－])*)(?P<power>[0-9０-９]{1,3}|[一二三四五六七八九十]{1,4})乗"
)
_TIMES = re.compile(r"\s?[×✕xX]\s?")
_POINT = re.compile(
    r"[・点](?P<digits>[0-9０-９]{1,20}|[〇零○一二三四五六七八九]{1,20})(?![0-9０-９])"
)
_WIDE_GROUPS = re.compile(
    r"[0-9０-９]{1,3}(?:[\u3000 ][0-9０-９]{3})+(?:[.．][0-9０-９]+)?(?![0-9０-９])"
)
_ODD_SCALE = re.compile(r"(?:あまり|余り)(?P<myriad>[万億兆])")
_HUNDREDTHS = re.compile(r"(?P<below>[百千万]{1,2})分の")
_PAIR = re.compile(r"(?P<word>[一二三四五六七八九])つ")
_MONTH_DAY = re.compile(
    r"(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})月(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})日"
)
_YEAR_BEFORE = re.compile(r"年\Z")
_UNNUMBERED = re.compile(r"\s*(?:[%％]|パーセント|割(?![^引]引)|ドル割引|見)")
_PARTS_OF = re.compile(r"分の(?P<scale>[十百千])(?![一二三四五六七八九十百千万億])")
_CARET = re.compile(r"\^(?P<minus>[+-]{0,4})(?P<power>[0-9]{1,3})")
_BARE = re.compile(r"[十百千](?:\Z|[、。])")
_MOST = Decimal(10) ** 300
_LARGEST_EXPONENT = 400


def numerals_of(words: Vocabulary, text: str) -> list[Numeral]:
    """The numerals of `text` in order; none lies inside another."""
    return _found(words, text, shares=False)


def _found(words: Vocabulary, text: str, *, shares: bool) -> list[Numeral]:
    found: list[Numeral] = []
    at = 0
    starts = _starts(words.candidates.pattern)
    while (match := starts.search(text, at)) is not None:
        start = match.start()
        numeral, end = _number(words, text, start, shares=shares)
        if numeral is not None:
            found.append(numeral)
        at = max(end, start + 1)
    return found


def every_numeral(words: Vocabulary, text: str) -> list[Numeral]:
    """The numerals of `text` with shares as parts of one: 五割 is a half, 30% is 0.3."""
    return [_as_part(text, numeral) for numeral in _found(words, text, shares=True)]


def _as_part(text: str, numeral: Numeral) -> Numeral:
    if text[numeral.end : numeral.end + 1] == "割":
        return numeral._replace(end=numeral.end + 1, value=numeral.value / 10)
    return numeral


@cache
def _starts(letters: str) -> re.Pattern[str]:
    """Where a number may start, in letters or in hiragana."""
    return re.compile(f"{letters}|{hiragana.START.pattern}")


def _number(words: Vocabulary, text: str, at: int, *, shares: bool) -> tuple[Numeral | None, int]:
    """The number at `at`, if one stands there, and where the search goes on."""
    spelled = hiragana.read(text, at)
    if spelled is not None:
        return spelled, spelled.end
    for pattern, value in _HALVES:
        if pattern.match(text, at) is not None:
            end = at + len(pattern.pattern) if "|" not in pattern.pattern else at + 2
            return Numeral(at, end, value, arabic=False), end
    date = _MONTH_DAY.match(text, at)
    if date is not None and _YEAR_BEFORE.search(text, max(0, at - 1), at) is None:
        return None, date.end()
    numeral = _plain(words, text, at)
    if numeral is None:
        return _stopped(words, text, at)
    place = Place(words, text, at, [], None, narrow=True)
    numeral = _completed(place, place.signed(numeral))
    if not shares and _UNNUMBERED.match(text, numeral.end) is not None:
        return None, numeral.end + 1
    return numeral, numeral.end


def _stopped(words: Vocabulary, text: str, at: int) -> tuple[None, int]:
    stop = words.stop_around(text, at) if text[at] in words.hanzi else None
    return None, at + 1 if stop is None else stop[1]


def _plain(words: Vocabulary, text: str, at: int) -> Numeral | None:
    """Digits, letters, or hundredths, as they stand."""
    if text[at] not in words.numeral_letters:
        return None
    pair = _PAIR.match(text, at)
    if pair is not None and text[at - 1 : at] not in words.numeral_letters:
        return Numeral(at, at + 1, Decimal(words.digits[pair["word"]]), arabic=False)
    groups = _WIDE_GROUPS.match(text, at)
    if groups is not None:
        digits = groups.group().replace("\u3000", "").replace(" ", "")
        inner = numerals.read(words, digits, 0)
        return None if inner is None else inner._replace(start=at, end=groups.end())
    if text[at] in words.hanzi:
        stop = words.stop_around(text, at)
        if stop is not None and (stop[0] < at or _within(words, text, at, stop)):
            return None
    if at and text[at - 1] in ".．" and text[at - 2 : at - 1] not in words.numeral_letters:
        at -= 1
    numeral = _hundredths(words, text, at) or numerals.read(words, text, at)
    if numeral is None and text[at] in words.places and _BARE.match(text, at):
        numeral = Numeral(at, at + 1, Decimal(words.places[text[at]]), arabic=False)
    return None if numeral is None or numeral.value.is_nan() else numeral


def _within(words: Vocabulary, text: str, at: int, stop: tuple[int, int]) -> bool:
    numeral = numerals.read(words, text, at)
    return numeral is None or numeral.end <= stop[1]


def _hundredths(words: Vocabulary, text: str, at: int) -> Numeral | None:
    """百分の二, whose denominator is a scale without its one."""
    match = _HUNDREDTHS.match(text, at)
    if match is None or match.end() >= len(text) or text[at - 1 : at] in words.numeral_letters:
        return None
    upper = numerals.read(words, text, match.end())
    if upper is None or upper.value.is_nan():
        return None
    below = Decimal(1)
    for letter in match["below"]:
        below *= words.places.get(letter) or Decimal(10) ** words.myriads[letter]
    return Numeral(at, upper.end, upper.value / below, arabic=False)


def _completed(place: Place, numeral: Numeral) -> Numeral:
    """Fractions, decimals, powers and dozens join the numeral before them."""
    words, text = place.words, place.text
    odd = _ODD_SCALE.match(text, numeral.end)
    if odd is not None:
        power = words.myriads[odd["myriad"]]
        return numeral._replace(end=odd.end(), value=numeral.value.scaleb(power), odd=True)
    numeral = _with_point(words, text, numeral)
    whole = fractions.of_parts(place, numeral) or fractions.mixed(place, numeral)
    if whole is None:
        whole = _mixed(place, numeral) or _of_a_scale(words, text, numeral)
    if whole is None and numeral.arabic:
        whole = fractions.slash(place, numeral)
    if whole is not None:
        return whole
    return _dozens(words, text, _raised(words, text, numeral))


def _of_a_scale(words: Vocabulary, text: str, numeral: Numeral) -> Numeral | None:
    """三五分の百, whose numerator is a scale without its one."""
    match = _PARTS_OF.match(text, numeral.end)
    if match is None or not numeral.value:
        return None
    upper = words.places[match["scale"]]
    return numeral._replace(end=match.end(), value=upper / numeral.value)


def _mixed(place: Place, numeral: Numeral) -> Numeral | None:
    """1また4/3 and 3また千分の23."""
    text = place.text
    if not text.startswith("また", numeral.end):
        return None
    at = numeral.end + 2
    if at < len(text) and (scaled := _hundredths(place.words, text, at)) is not None:
        return numeral._replace(end=scaled.end, value=numeral.value + scaled.value)
    if at >= len(text) or text[at] not in place.words.arabic:
        return None
    inner = Place(place.words, text, at, [], None, narrow=True)
    upper = numerals.read(place.words, text, at)
    part = None if upper is None else fractions.slash(inner, upper)
    return (
        None if part is None else numeral._replace(end=part.end, value=numeral.value + part.value)
    )


def _with_point(words: Vocabulary, text: str, numeral: Numeral) -> Numeral:
    """21点2 and 2千万点5544."""
    match = _POINT.match(text, numeral.end)
    if match is None or numeral.decimals:
        return numeral
    digits = "".join(str(words.digits.get(letter, letter)) for letter in match["digits"])
    value = numeral.value + Decimal(f"0.{int(digits):0{len(digits)}d}")
    return numeral._replace(end=match.end(), value=value, decimals=len(digits))


def _raised(words: Vocabulary, text: str, numeral: Numeral) -> Numeral:
    """２．５の−１乗 and 12.32×10の14乗."""
    times = _TIMES.match(text, numeral.end)
    base, factor = numeral, Decimal(1)
    if times is not None and times.end() < len(text):
        second = numerals.read(words, text, times.end())
        if second is None or second.value.is_nan():
            return numeral
        base, factor = second, numeral.value
    match = _POWER.match(text, base.end) or _CARET.match(text, base.end)
    if match is None:
        return numeral
    power = numerals.read(words, match["power"], 0)
    if power is None or power.value > _LARGEST_EXPONENT or not base.value:
        return numeral
    minuses = len(match["minus"].replace("マイナス", "-").replace("+", ""))
    exponent = int(power.value) * (-1 if minuses % 2 else 1)
    sign = -1 if base.value < 0 else 1
    value = factor * sign * abs(base.value) ** exponent
    return numeral._replace(end=match.end(), value=value) if abs(value) < _MOST else numeral


def _dozens(words: Vocabulary, text: str, numeral: Numeral) -> Numeral:
    """五十ダース, and ３００と２ダース, whose whole is a sum."""
    match = _DOZEN.match(text, numeral.end)
    if match is not None:
        return numeral._replace(end=match.end(), value=numeral.value * 12)
    joint = _AND.match(text, numeral.end)
    if joint is None or joint.end() >= len(text):
        return numeral
    if text[joint.end()] not in words.numeral_letters:
        return numeral
    second = numerals.read(words, text, joint.end())
    match = None if second is None else _DOZEN.match(text, second.end)
    if second is None or match is None:
        return numeral
    return numeral._replace(end=match.end(), value=numeral.value + second.value * 12)
