"""Every number of a Korean sentence, in digits, Sino-Korean or native words."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.cjk import fractions, korean_numerals, numerals
from claims.quantities.cjk.place import Place
from claims.quantities.numeral import Numeral

if TYPE_CHECKING:
    from claims.quantities.cjk.vocabulary import Vocabulary

_HANGUL = re.compile("[가-힣]")
_START = re.compile(
    r"[0-9０-９]|(?<![가-힣0-9])[영공일이삼사오육륙칠팔구십백천만억조열스서마쉰예여아하한두둘세셋네넷다]"
)
_MINUS = re.compile(r"(?:마이너스|음수|-)\s?\Z")
_OF = re.compile(r"\s?분의\s?(?P<minus>마이너스\s?)?")
_AND = re.compile(r"과\s?|와\s?")
_GROUPS = re.compile(r"[0-9]{1,3}(?:[ \u202f][0-9]{3})+(?:\.[0-9]+)?(?![0-9])")
_POWER = re.compile(r"\^(?P<minus>[+-]?)(?P<power>[0-9]{1,3})")
_DOZEN = re.compile(r"\s?다스")
# What may follow a number that is none of its letters: a blank, a particle or what it counts.
_AFTER = re.compile(
    r"$|[^가-힣]|은|는|이|가|을|를|과|와|의|에|도|만|명|개|년|월|일|번|등|위|원|달러|호|살|세|분|점|대|배|건|곳"
    r"|입니다|이다|이고|보다|조각|퍼센트|프로|보|유효"
)
_NEVER_ALONE = frozenset("이만조억경영공열")
_SYMBOL = re.compile(r"\s?(?:%|퍼센트|프로(?![가-힣]))|ml|km|mm|cm|미터|등석")


def numerals_of(words: Vocabulary, text: str) -> list[Numeral]:
    """The numerals of `text` in order; none lies inside another."""
    found: list[Numeral] = []
    at = 0
    while (match := _START.search(text, at)) is not None:
        numeral = _number(words, text, match.start())
        at = match.start() + 1 if numeral is None else max(numeral.end, match.start() + 1)
        if numeral is not None and not _SYMBOL.match(text, numeral.end):
            found.append(numeral)
    return found


def every_numeral(words: Vocabulary, text: str) -> list[Numeral]:
    """The numerals of `text`, also those before a unit or a percent sign."""
    found: list[Numeral] = []
    at = 0
    while (match := _START.search(text, at)) is not None:
        numeral = _number(words, text, match.start())
        at = match.start() + 1 if numeral is None else max(numeral.end, match.start() + 1)
        if numeral is not None:
            found.append(numeral)
    return found


def _number(words: Vocabulary, text: str, at: int) -> Numeral | None:
    numeral = _plain(words, text, at)
    if numeral is None:
        return None
    numeral = _signed(text, numeral)
    whole = _fraction(words, text, numeral) or _mixed(words, text, numeral)
    if whole is None and numeral.arabic:
        place = Place(words, text, at, [], None, narrow=True)
        whole = fractions.slash(place, numeral)
    return whole or _raised(text, numeral)


def _plain(words: Vocabulary, text: str, at: int) -> Numeral | None:
    groups = _GROUPS.match(text, at)
    if groups is not None:
        value = Decimal(re.sub(r"[ \u202f]", "", groups.group()))
        return Numeral(at, groups.end(), value)
    if text[at] in words.arabic:
        dotted = at and text[at - 1] == "." and not text[at - 2 : at - 1].isalnum()
        numeral = numerals.read(words, text, at - 1 if dotted else at)
        return None if numeral is None or numeral.value.is_nan() else numeral
    return _spelled(text, at)


def _spelled(text: str, at: int) -> Numeral | None:
    """The longest spelled number at `at` behind which a word may go on."""
    for match in korean_numerals.candidates(text, at):
        value = korean_numerals.value_of(match)
        if value is None or not match.group() or not _AFTER.match(text, match.end()):
            continue
        if match.group() in _NEVER_ALONE and not _OF.match(text, match.end()):
            continue
        return Numeral(at, match.end(), Decimal(value), arabic=False)
    return None


def _signed(text: str, numeral: Numeral) -> Numeral:
    match = _MINUS.search(text, max(0, numeral.start - 6), numeral.start)
    if match is None or (
        match.group().startswith("-") and text[match.start() - 1 : match.start()].isalnum()
    ):
        return numeral
    return numeral._replace(start=match.start(), value=-numeral.value)


def _fraction(words: Vocabulary, text: str, numeral: Numeral) -> Numeral | None:
    """사분의 일, 3분의 2000: the denominator stands first."""
    match = _OF.match(text, numeral.end)
    if match is None or match.end() >= len(text) or not numeral.value:
        return None
    upper = _upper(words, text, match.end())
    if upper is None:
        return None
    sign = -1 if match["minus"] else 1
    return numeral._replace(end=upper.end, value=sign * upper.value / numeral.value)


def _upper(words: Vocabulary, text: str, at: int) -> Numeral | None:
    """A numerator, which takes no 만 and no 조 from the word behind it."""
    if text[at] in words.arabic:
        digits = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,9})?").match(text, at)
        return None if digits is None else Numeral(at, digits.end(), Decimal(digits.group()))
    for match in korean_numerals.candidates(text, at):
        written = match.group()
        if not written or (len(written) > 1 and written[-1] in "만조억"):
            continue
        value = korean_numerals.value_of(match)
        if value is not None:
            return Numeral(at, match.end(), Decimal(value), arabic=False)
    return None


def _mixed(words: Vocabulary, text: str, numeral: Numeral) -> Numeral | None:
    """일과 사분의 일: a whole number and a fraction."""
    match = _AND.match(text, numeral.end)
    if match is None or match.end() >= len(text):
        return None
    below = _plain(words, text, match.end())
    part = None if below is None else _fraction(words, text, below)
    if part is None:
        return None
    return numeral._replace(end=part.end, value=numeral.value + part.value)


def _raised(text: str, numeral: Numeral) -> Numeral:
    dozen = _DOZEN.match(text, numeral.end)
    if dozen is not None:
        return numeral._replace(end=dozen.end(), value=numeral.value * 12)
    match = _POWER.match(text, numeral.end)
    if match is None or not numeral.value:
        return numeral
    sign = -1 if numeral.value < 0 else 1
    exponent = int(match["power"]) * (-1 if match["minus"] == "-" else 1)
    return numeral._replace(end=match.end(), value=sign * abs(numeral.value) ** exponent)
