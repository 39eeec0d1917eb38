"""The commonest figures of a newspaper, read at once: 58人, 3.5万辆, 12.86亿元, 5公里.

Every letter beside such a figure that could change its meaning sends it to the whole grammar, so
this is a short cut and no second grammar; a test reads each of our sentences with and without it.
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claims.quantities.cjk import dates, fractions, labels, not_units, percentages, ranges, scores
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.cjk.vocabulary import Vocabulary
    from claims.quantities.numeral import Numeral
    from claims.quantities.unit import Unit

_AMOUNT = re.compile(
    r"((?:[0-9]{1,3}(?:,[0-9]{3}){1,3}|[0-9]{1,9})(?:\.([0-9]{1,6}))?)([万萬]?[亿億]|[万萬]?)(?![0-9.,])"
)
_KINDS = frozenset(("count", "currency", "dimension", "duration"))
_RULES = {
    "count": "count-unit",
    "currency": "money",
    "dimension": "dimension-unit",
    "duration": "duration",
}
_YEARS_OLD = frozenset({"岁", "歲", "周岁"})
# Units that mean something else beside certain words; each has its own rule in the grammar.
_OWN_RULES = frozenset("位码碼分室次届屆度°里")
_TAILED = frozenset({"meter", "jin", "chi", "zhang", "li"})
# 九十九 is the longest numeral below a hundred.
_HUNDRED, _LETTERS = 100, 3
# Decimals, multiplier and the signs of a rounded numeral, as a plain one has them.
_PLAIN = (0, None, False, None, False, False)
# A year has more digits, and a part of one behind it makes it a period.
_SPAN_DIGITS = 2
_PARTS_OF_YEAR = frozenset("代末初底度中上下第")
_JOINING = frozenset(" \u3000/／半又零多余餘块塊來来大")
_PIECES = frozenset("个個")
# 个百分点 and 个基点 are shares.
_SHARES = frozenset("百基pBb")


class Neighbours(NamedTuple):
    """The letters beside a number, or beside its unit, that make it more than a plain amount."""

    before: frozenset[str]
    unit: frozenset[str]
    behind: frozenset[str]
    currencies: frozenset[str]
    symbols: frozenset[str]


@lru_cache(maxsize=4)
def neighbours(words: Vocabulary) -> Neighbours:
    """The letters of one language, found once."""
    unit = words.continuing | percentages.BEGINNINGS | scores.STARTS | fractions.STARTS
    unit |= labels.NAME_FOLLOWERS | dates.MARKS | {word[0] for word in words.coins.words}
    return Neighbours(
        words.minus_ends | words.rank_ends | {word[-1] for word in words.prefixes.words},
        (unit | frozenset("倍大×xX*✕")) - _PIECES,
        (words.numeral_letters - frozenset(words.formal)) | _JOINING | ranges.JOINTS,
        frozenset(word[0] for word, unit in words.units.words.items() if unit.kind == "currency"),
        words.words["rank"] | _OWN_RULES,
    )


def read(place: Place) -> Draft | None:
    """The amount in figures that starts here, or None when the whole grammar has to look at it."""
    match = _AMOUNT.match(place.text, place.at)
    if match is None:
        return None
    end = match.end()
    found = _unit(place, end, years=end - place.at <= _SPAN_DIGITS)
    return None if found is None else _scaled(place.words, match, found)


def worded(place: Place, numeral: Numeral) -> Draft | None:
    """The plain amount of a numeral below a hundred in Chinese letters: 两年, 三名."""
    letters = numeral.end - place.at
    if letters > _LETTERS or numeral[4:] != _PLAIN or not 0 < numeral.value < _HUNDRED:
        return None
    # 王五三人: two digits side by side are for the whole grammar.
    if letters > 1 and "十" not in place.text[place.at : numeral.end]:
        return None
    found = _unit(place, numeral.end, years=True)
    # 一 counts only where something compares it.
    if found is None or (numeral.value == 1 and found[1].kind == "count"):
        return None
    return _draft(place.at, numeral.end, numeral.value, found)


def _unit(place: Place, at: int, *, years: bool) -> tuple[int, Unit] | None:
    """The unit at `at` when no letter beside it or before the number means anything more."""
    words, text = place.words, place.text
    beside = neighbours(words)
    if text[place.at - 1 : place.at] in beside.before:
        return None
    after = text[at : at + 1]
    if after in beside.unit and not (years and after == "年"):
        return None
    found = words.unit_at(text, at)
    if found is None or (behind := text[found[0] : found[0] + 1]) in beside.behind:
        return None
    unit = found[1]
    # 58人参加: 参 is a digit only where money is written.
    if unit.kind == "currency" and behind and behind in words.formal:
        return None
    if unit.kind not in _KINDS or unit.symbol in beside.symbols or unit.name in _TAILED:
        return None
    return None if _is_more(place, at, found[0], unit, beside) else found


def _is_more(place: Place, at: int, end: int, unit: Unit, beside: Neighbours) -> bool:
    """Whether the unit from `at` to `end` is only a part of what stands there."""
    text, words = place.text, place.words
    after = text[end : end + 1]
    if unit.symbol in _PIECES and (after in _SHARES or after in beside.currencies):
        return True
    if unit.symbol == "CNY":
        return after in beside.currencies
    if unit.kind == "duration" and (
        after in _PARTS_OF_YEAR or words.relative.at(text, end) is not None
    ):
        return True
    if unit.symbol in not_units.AFTER_NAMES and words.makers.before(text, place.at) is not None:
        return True
    return words.labels_after.at(text, at) is not None


def _scaled(words: Vocabulary, match: re.Match[str], found: tuple[int, Unit]) -> Draft:
    written, decimals, scale = match.groups()
    value = Decimal(written.replace(",", ""))
    if not scale:
        draft = _draft(match.start(), match.end(), value, found)
    else:
        power = sum(words.myriads[letter] for letter in scale)
        draft = _draft(match.start(), match.end(), value.scaleb(power), found)
        draft.multiplier = power
    if decimals:
        draft.decimals = len(decimals)
    return draft


def _draft(start: int, num_end: int, value: Decimal, found: tuple[int, Unit]) -> Draft:
    end, (symbol, name, kind) = found
    rule = _RULES[kind]
    if kind == "currency":
        name = symbol
    elif symbol in _YEARS_OLD:
        kind, rule, symbol, name = "age", "age-unit", "year", "year"
    draft = Draft(start, end, start, num_end, kind, value, rule, symbol, name)
    draft.decimals = 0
    return draft
