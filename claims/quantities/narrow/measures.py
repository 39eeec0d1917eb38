"""Percentages, currencies, dimensions, ages and temperatures, also units without a number."""

import re
from decimal import Decimal
from typing import Any

from claims.quantities import cjk, english, tables
from claims.quantities.narrow.answers import answer
from claims.quantities.quantity import Draft

_BARE_ENGLISH = {
    "currency": re.compile(r"\b(?:dollars?|rmb)\b", re.IGNORECASE),
    "temperature": re.compile(
        r"\b(?:degrees? )?(?:fahrenheit|celsius|farenheit|celcius|centigrade)\b", re.IGNORECASE
    ),
    "dimension": re.compile(r"\b(?:grammes?|metric tons?|mcg)\b", re.IGNORECASE),
    "percentage": re.compile(
        r"%|\bper\s?cents? of \d+|\b(?:percent|per cent|percentage)\b", re.IGNORECASE
    ),
}
_BARE_CHINESE = {
    "currency": re.compile("人民币|人民幣|美元|欧元|日元|韩元|英镑|港元|人民元|米ドル|ユーロ"),
    "temperature": re.compile("摄氏度|华氏度|°C|℃|°F|摂氏|華氏|섭씨|화씨"),
}
_ARTICLE = re.compile(r"\ban?\s(?=\w)")
_ARTICLE_KINDS = frozenset({"currency", "dimension"})
_ONE = Decimal(1)
_ANGLES = re.compile("角|转|轉|旋|弯|彎|经|經|纬|緯|视|視|酒")
_NUMBERED = re.compile(r"\d\s?-?\Z")
_NAMES = {"currency": {"dollar": "Dollar", "dollars": "Dollar", "rmb": "Chinese yuan"}}


def read(text: str, lang: str, hint: str) -> list[dict[str, Any]]:
    """The quantities of kind `hint`, then units that stand alone, in the order of their places."""
    found = [draft for draft in _drafts(text, lang) if _asked(draft, text, lang, hint)]
    rows = [
        answer(draft.core_start, draft.core_end, hint, draft.value, _unit(draft)) for draft in found
    ]
    if hint in _ARTICLE_KINDS and lang not in cjk.LANGUAGES:
        rows += _articles(text, hint, found)
    rows += [
        row
        for row in _bare(text, lang, hint, found)
        if not any(other["start"] <= row["start"] < other["end"] for other in rows)
    ]
    return sorted(rows, key=lambda row: int(row["start"]))


def _asked(draft: Draft, text: str, lang: str, hint: str) -> bool:
    """A bare 度 is a temperature when temperatures are asked for, unless it turns or lies."""
    if draft.kind == hint:
        return True
    bare = lang == "zh" and hint == "temperature" and draft.unit == "°"
    return bare and _ANGLES.search(text) is None


def _drafts(text: str, lang: str) -> list[Draft]:
    if lang in cjk.LANGUAGES:
        return cjk.scan(cjk.vocabulary(lang), cjk.blanked(text), narrow=True)
    return english.scan(english.blanked(text), narrow=True)


def _articles(text: str, hint: str, found: list[Draft]) -> list[dict[str, Any]]:
    """A pound of flour, a mile: the article counts one where a substance or nothing follows."""
    words, lower = english.vocabulary(), english.lowered(text)
    rows = []
    for match in _ARTICLE.finditer(lower):
        unit = words.unit_at(text, lower, match.end())
        if unit is None or any(
            d.core_start < unit[0] and match.start() < d.core_end for d in found
        ):
            continue
        kind = "dimension" if unit[2].symbol == "POUND" and lower[unit[0] :] else unit[2].kind
        follows = lower.startswith(" of ", unit[0]) and hint == "dimension"
        alone = not lower[: match.start()].strip() and not lower[unit[0] :].strip()
        if kind == hint and (follows or alone):
            rows.append(answer(match.start(), unit[0], hint, _ONE, unit[2].name))
    return rows


def _unit(draft: Draft) -> str | None:
    if draft.unit in ("°C", "°F"):
        return draft.unit[1]
    if draft.kind == "percentage":
        return "%"
    return draft.unit_name


def _bare(text: str, lang: str, hint: str, found: list[Draft]) -> list[dict[str, Any]]:
    patterns = _BARE_CHINESE if lang in cjk.LANGUAGES else _BARE_ENGLISH
    pattern = patterns.get(hint)
    if pattern is None:
        return []
    spans = [(draft.core_start, draft.core_end) for draft in found]
    return [
        _lone(match, lang, hint)
        for match in pattern.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in spans)
        and not (hint == "percentage" and _NUMBERED.search(text[: match.start()][-3:]))
    ]


def _lone(match: re.Match[str], lang: str, hint: str) -> dict[str, Any]:
    word = match.group().lower()
    digits = re.search(r"\d+", word)
    value = digits.group() if digits else None
    if hint == "percentage" and value is None:
        value = "null"
    return answer(match.start(), match.end(), hint, value, _lone_unit(word, lang, hint))


def _lone_unit(word: str, lang: str, hint: str) -> str | None:
    if hint == "temperature":
        return "F" if word.endswith(("heit", "f", "华氏度", "華氏", "화씨")) else "C"
    if hint == "percentage":
        return "%"
    if hint == "dimension":
        return {"g": "Gram", "m": "Metric ton"}["g" if word.startswith("gr") else "m"]
    named = _NAMES["currency"].get(word)
    if named is not None:
        return named
    unit = tables.units(lang).get(word)
    return unit.name if unit is not None else None
