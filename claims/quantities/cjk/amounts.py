"""The commonest figures of a newspaper, read at once: 58人, 3.5万辆, 12.86亿元, 5公里.

Every letter beside such a figure that could change its meaning sends it to the whole grammar, so
this is a short cut and no second grammar: a test reads each of our sentences with and without it.
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
_OWN_NAMES = frozenset({"meter", "jin", "chi", "zhang", "li", "year"})
_JOINING = frozenset(" \u3000-–—－~～〜∼至到半又零多余餘块塊來来几数數大")
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
        words.numeral_letters | _JOINING | scores.STARTS | ranges.JOINTS,
        frozenset(word[0] for word, unit in words.units.words.items() if unit.kind == "currency"),
        words.words["rank"] | _OWN_RULES,
    )


def read(place: Place) -> Draft | None:
    """The amount that starts here, or None when the whole grammar has to look at it."""
    match = _AMOUNT.match(place.text, place.at)
    if match is None:
        return None
    words, text, end = place.words, place.text, match.end()
    beside = neighbours(words)
    if text[end : end + 1] in beside.unit or text[place.at - 1 : place.at] in beside.before:
        return None
    found = words.unit_at(text, end)
    if found is None or text[found[0] : found[0] + 1] in beside.behind:
        return None
    unit = found[1]
    if unit.kind not in _KINDS or unit.symbol in beside.symbols or unit.name in _OWN_NAMES:
        return None
    if _is_more(place, end, found[0], unit, beside):
        return None
    return _draft(words, match, found[0], unit)


def _is_more(place: Place, at: int, end: int, unit: Unit, beside: Neighbours) -> bool:
    """Whether the unit from `at` to `end` is only a part of what stands there."""
    text, words = place.text, place.words
    after = text[end : end + 1]
    if unit.symbol in _PIECES and (after in _SHARES or after in beside.currencies):
        return True
    if unit.symbol == "CNY":
        return after in beside.currencies
    if unit.kind == "duration" and words.relative.at(text, end) is not None:
        return True
    if unit.symbol in not_units.AFTER_NAMES and words.makers.before(text, place.at) is not None:
        return True
    return words.labels_after.at(text, at) is not None


def _draft(words: Vocabulary, match: re.Match[str], end: int, unit: Unit) -> Draft:
    written, decimals, scale = match.groups()
    value = Decimal(written.replace(",", ""))
    power = None
    if scale:
        power = sum(words.myriads[letter] for letter in scale)
        value = value.scaleb(power)
    start, kind, symbol = match.start(), unit.kind, unit.symbol
    draft = Draft(start, end, start, match.end(), kind, value, _RULES[kind], symbol, unit.name)
    draft.decimals, draft.multiplier = len(decimals) if decimals else 0, power
    if kind == "currency":
        draft.unit_name = symbol
    elif symbol in _YEARS_OLD:
        draft.kind, draft.rule = "age", "age-unit"
        draft.unit = draft.unit_name = "year"
    return draft
