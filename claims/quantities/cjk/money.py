"""Money: a currency before or after the numeral, and its smaller coins (五元三角)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.unit import Unit

_BLANKS = " \u3000"
_RENMINBI = ("人民币", "人民幣")


def read(place: Place, numeral: Numeral, unit: tuple[int, Unit] | None) -> Draft | None:
    """The amount of `numeral`; a currency before it wins over one after it."""
    after = unit if unit is not None and unit[1].kind == "currency" else None
    prefix = _prefix(place, numeral) if after is None or after[1].symbol == "CNY" else None
    if prefix is None and after is None:
        return None
    if prefix is not None:
        start, code = prefix
        end = after[0] if after is not None else numeral.end
        return _draft(numeral, start, end, code)
    assert after is not None  # noqa: S101  (one of the two was found)
    draft = _draft(numeral, numeral.start, after[0], after[1].symbol)
    _coins(place, draft)
    for word in _RENMINBI:
        if place.text.startswith(word, draft.core_end) and draft.unit == "CNY":
            draft.core_end += len(word)
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
        at = draft.core_end = found[0]
