"""Money: a currency before or after the numeral, and its smaller coins (五元三角)."""

from __future__ import annotations

from decimal import Decimal
from itertools import islice
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.cjk.vocabulary import Vocabulary
    from claims.quantities.numeral import Numeral
    from claims.quantities.unit import Unit

_BLANKS = " \u3000"
# 毛 before these is no coin: 三毛利率 is nothing, 三毛衣 neither.
_NO_COIN = frozenset("利衣巾笔皮线主孩猴虫泽发重细度形落色逐力恋债洲龙星楼场枫戏钢铁镇山田")
# Taiwan writes its own currency as a bare 元; where others are named 元 stays Chinese.
_FOLLOWED = "TWD"
# Numbers back to which a currency is looked for; a sentence without end has any number of them.
_NEAR = 100
# 角 is a corner as well: 冰山一角.
_CORNER = frozenset("角")


def read(place: Place, numeral: Numeral, unit: tuple[int, Unit] | None) -> Draft | None:
    """The amount of `numeral`; a currency before it wins over one after it."""
    after = unit if unit is not None and unit[1].kind == "currency" else None
    if unit is None or after is None:
        coins = coin(place, numeral)
        if coins is not None:
            return coins
    prefix = _prefix(place, numeral) if after is None or after[1].symbol == "CNY" else None
    if prefix is None and after is None:
        return None
    if prefix is not None:
        start, code = prefix
        end = after[0] if after is not None else numeral.end
        return _draft(numeral, start, end, code)
    assert after is not None  # noqa: S101  (one of the two was found)
    draft = _draft(numeral, numeral.start, after[0], after[1].symbol)
    if not _tenth(place, draft, numeral):
        _coins(place, draft)
    if draft.unit == "CNY":
        _named_behind(place, draft)
    return draft


def _named_behind(place: Place, draft: Draft) -> None:
    """1,085元新台幣: the name of the currency behind its unit."""
    found = place.words.units.at(place.text, draft.core_end)
    if found is not None and found[1].kind == "currency" and found[0] - draft.core_end > 1:
        draft.core_end = found[0]
        draft.unit = draft.unit_name = found[1].symbol


def follow(place: Place, draft: Draft) -> None:
    """時薪190元 behind a 新台幣28,590元: a bare 元 is of the currency that the sentence names."""
    unit = place.text[draft.num_end : draft.core_end].strip()
    if draft.core_start != draft.num_start or unit != "元":
        return
    for earlier in islice(reversed(place.found), _NEAR):
        if earlier.kind == "currency" and earlier.unit != "CNY":
            if earlier.unit == _FOLLOWED:
                draft.unit = draft.unit_name = earlier.unit
            return


def _tenth(place: Place, draft: Draft, numeral: Numeral) -> bool:
    """三块五: a bare digit behind 块 is a tenth."""
    text, at, words = place.text, draft.core_end, place.words
    if text[at - 1 : at] not in ("块", "塊") or numeral.decimals or draft.value is None:
        return False
    letter = text[at : at + 1]
    digit = _digit(words, letter)
    if not digit or (letter in words.pair and letter != "两"):
        return False
    follower = text[at + 1 : at + 2]
    article = follower == "一" and words.unit_at(text, at + 2) is not None
    if follower and not article and follower in words.carrying_digits:
        return False
    if words.unit_at(text, at + 1) is not None or words.subunit_words.at(text, at + 1):
        return False
    draft.value += Decimal(digit) / 10
    draft.core_end, draft.decimals = at + 1, 1
    return True


def _digit(words: Vocabulary, letter: str) -> int:
    """The value of one digit in either script; 0 when there is none."""
    if letter and letter in words.arabic:
        return int(letter)
    return words.digits.get(letter, 0) if letter else 0


def coin(place: Place, numeral: Numeral) -> Draft | None:
    """三毛, 八角 and 五分钱 without a 元 before them."""
    text = place.text
    end = numeral.end + (text[numeral.end : numeral.end + 1] == " ")
    found = place.words.coins.at(text, end)
    if found is None or text[found[0] : found[0] + 1] in _NO_COIN:
        return None
    if numeral.value > 100 or numeral.multiplier:
        return None
    if text[end : found[0]] in _CORNER and not 1 < numeral.value < 10:
        return None
    draft = Draft(
        numeral.start,
        found[0],
        numeral.start,
        numeral.end,
        "currency",
        numeral.value.scaleb(-found[1]),
        "coin",
        "CNY",
        "CNY",
    )
    draft.decimals = found[1]
    _coins(place, draft)
    return draft


def _prefix(place: Place, numeral: Numeral) -> tuple[int, str] | None:
    text, at = place.text, numeral.start
    while at > place.free and text[at - 1] in _BLANKS:
        at -= 1
    found = place.words.prefixes.before(text, at)
    if found is None or found[0] < place.free:
        return None
    first, before = text[found[0]], text[found[0] - 1 : found[0]]
    if first.isascii() and first.isalpha() and before.isascii() and before.isalnum():
        return None
    if not first.isascii() and before and before in place.words.numeral_letters:
        return None
    return found


def _draft(numeral: Numeral, start: int, end: int, code: str) -> Draft:
    draft = Draft(start, end, numeral.start, numeral.end, "currency", numeral.value, "money")
    draft.unit = draft.unit_name = code
    return draft


def _coins(place: Place, draft: Draft) -> None:
    """Adds 三角五分 to 五元, and 三 cents to dollars; a bare digit after 块 is a tenth."""
    text, words = place.text, place.words
    at = draft.core_end
    while at < len(text):
        if text[at] in "又零" and at + 1 < len(text) and text[at + 1] in words.numeral_letters:
            at += 1
        if text[at] not in words.numeral_letters:
            return
        part = numerals.read(words, text, at)
        if part is None or part.value.is_nan() or draft.value is None:
            return
        found = words.subunit_words.at(text, part.end)
        if found is None:
            return
        power = words.subunits.get((draft.unit or "", text[part.end : found[0]]))
        if power is None:
            return
        draft.value += part.value.scaleb(-power)
        power += _last_digit(place, draft, found[0], power)
        draft.decimals = power
        at = draft.core_end = max(found[0], draft.core_end)


def _last_digit(place: Place, draft: Draft, at: int, power: int) -> int:
    """三块两毛五: a bare digit behind 毛 is a hundredth."""
    text, words = place.text, place.words
    digit = _digit(words, text[at : at + 1])
    if power != 1 or not digit or draft.value is None:
        return 0
    follower = text[at + 1 : at + 2]
    if follower in words.carrying or words.units.at(text, at + 1) is not None:
        return 0
    if words.subunit_words.at(text, at + 1) is not None:
        return 0
    draft.value += Decimal(digit).scaleb(-2)
    draft.core_end = at + 1
    return 1
