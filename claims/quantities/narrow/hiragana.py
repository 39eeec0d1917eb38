"""Numbers written out in hiragana, between blanks or stops: にまんごせん, きゅうじゅうなな."""

import re
from decimal import Decimal

from claims.quantities.numeral import Numeral

_DIGITS = {
    "れい": 0,
    "ぜろ": 0,
    "いち": 1,
    "に": 2,
    "さん": 3,
    "よん": 4,
    "ご": 5,
    "ろく": 6,
    "なな": 7,
    "しち": 7,
    "はち": 8,
    "きゅう": 9,
    "はっ": 8,
    "ろっ": 6,
    "いっ": 1,
}
_PLACES = {
    "じゅう": 10,
    "ひゃく": 100,
    "びゃく": 100,
    "ぴゃく": 100,
    "せん": 1000,
    "ぜん": 1000,
}
_MYRIADS = {"まん": 4, "おく": 8, "ちょう": 12}
_WORDS = sorted((*_DIGITS, *_PLACES, *_MYRIADS), key=len, reverse=True)
_TOKEN = re.compile("|".join(_WORDS))
_RUN = re.compile(rf"(?:{'|'.join(_WORDS)}){{1,24}}(?![ぁ-ん])")
START = re.compile(rf"(?<![ぁ-ん一-龠ァ-ヶー])(?={'|'.join(_WORDS)})")
# Alone these are particles or parts of everyday words.
_NEVER_ALONE = frozenset({"に", "はっ", "ろっ", "いっ", "まん", "おく", "ちょう", "れい"})
_SHORTEST_POSITIONAL = 2


def read(text: str, at: int) -> Numeral | None:
    """The number at `at`, which must begin and end with a word."""
    if START.match(text, at) is None:
        return None
    match = _RUN.match(text, at)
    if match is None or match.group() in _NEVER_ALONE:
        return None
    value = _value(_TOKEN.findall(match.group()))
    return None if value is None else Numeral(at, match.end(), Decimal(value), arabic=False)


def _value(tokens: list[str]) -> int | None:
    if len(tokens) >= _SHORTEST_POSITIONAL and all(token in _DIGITS for token in tokens):
        return int("".join(str(_DIGITS[token]) for token in tokens))
    total = group = 0
    digit: int | None = None
    for token in tokens:
        if token in _DIGITS:
            if digit is not None:
                return None
            digit = _DIGITS[token]
        elif token in _PLACES:
            group += _PLACES[token] * (1 if digit is None else digit)
            digit = None
        else:
            total += (group + (digit or 0) or 1) * 10 ** _MYRIADS[token]
            group, digit = 0, None
    return total + group + (digit or 0)
