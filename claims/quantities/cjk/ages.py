"""Ages as Japanese and Korean papers print them: 山田さん(45), A(45)씨, 生後3カ月, 90日齢."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_OPENED = {
    "ja": re.compile(
        r"(?:さん|くん|君|ちゃん|様|氏|容疑者|被告|受刑者|死刑囚|社長|会長|頭取|選手|監督|投手|捕手|手|騎手"
        r"|棋士|段|名人|議員|知事|市長|町長|村長|首相|大統領|大臣|教授|代表|長男|長女|次男|次女|三男|三女|妻|夫|父|母|息子|娘|孫|兄|弟|姉|妹|男性|女性|医師|弁護士|記者|俳優|歌手)[（(]\Z"
    ),
    "ko": re.compile(r"[가-힣A-Z][（(]\Z"),
}
_CLOSED = {
    "ja": re.compile(r"[）)]"),
    "ko": re.compile(r"[）)]\s?(?:씨|군|양|선수|의원|감독|대표|교수|전|회장|사장|할머니|할아버지)"),
}
_SINCE_BIRTH = re.compile(r"(?:生後|生まれて(?:から)?|赤ちゃんが|생후)\s?(?:約|약|満)?\s?\Z")
_OLD = re.compile(r"齢(?:の)?")
_OLDEST = 120
_BLANKS = " \u3000"


def read(place: Place, numeral: Numeral) -> Draft | None:
    """The age of a person, or the time since a birth."""
    return _in_brackets(place, numeral) or _since_birth(place, numeral)


def _in_brackets(place: Place, numeral: Numeral) -> Draft | None:
    text, lang = place.text, place.words.lang
    if not numeral.arabic or numeral.decimals or not 0 <= numeral.value <= _OLDEST:
        return None
    if _CLOSED[lang].match(text, numeral.end) is None:
        return None
    if _OPENED[lang].search(text, max(0, numeral.start - 5), numeral.start) is None:
        return None
    return _draft(numeral, numeral.end, "year")


def _since_birth(place: Place, numeral: Numeral) -> Draft | None:
    text, at = place.text, numeral.end
    if text[at : at + 1] in _BLANKS:
        at += 1
    found = place.words.unit_at(text, at)
    if found is None or found[1].kind != "duration":
        return None
    old = _OLD.match(text, found[0])
    if old is not None:
        return _draft(numeral, found[0] + 1, found[1].symbol)
    if _SINCE_BIRTH.search(text, max(0, numeral.start - 8), numeral.start) is None:
        return None
    return _draft(numeral, found[0], found[1].symbol)


def _draft(numeral: Numeral, end: int, unit: str) -> Draft:
    draft = Draft(
        numeral.start, end, numeral.start, numeral.end, "age", numeral.value, "age", unit, unit
    )
    draft.decimals = numeral.decimals
    return draft
