"""Every rank of a sentence, also relative ones: the next, the previous one, next to last."""

import re
from typing import Any

from claims.quantities import cjk, english
from claims.quantities.cjk import numerals as cjk_numerals
from claims.quantities.english import ordinals
from claims.quantities.english.place import Place
from claims.quantities.narrow import ordinals_japanese, ordinals_korean
from claims.quantities.narrow.answers import answer

_RELATIVE = re.compile(
    r"\bthe one before the last(?: one)?\b|\bthe (?:second|next|last) (?:to|but) (?:last|one)\b"
    r"|\b(?:next|second) to (?:the )?last\b|\bantepenultimate\b|\bpenultimate\b"
    r"|\b(?:next|previous|current) one\b|\b(?:last|next|previous|current)\b",
    re.IGNORECASE,
)
_MEANINGS = {
    "last": "end+0",
    "next": "current+1",
    "previous": "current-1",
    "current": "current+0",
    "antepenultimate": "end-2",
    "penultimate": "end-1",
    "next one": "current+1",
    "previous one": "current-1",
    "current one": "current+0",
}
_SINGULAR_PART = re.compile(r"\ban?[ \t]{1,3}\Z")


def read(text: str, lang: str) -> list[dict[str, Any]]:
    """The ranks of `text`."""
    if lang == "ko":
        rows = ordinals_korean.read(text)
    else:
        rows = _cjk(text, lang) if lang in cjk.LANGUAGES else _english(text)
    return sorted(rows, key=lambda row: int(row["start"]))


def _cjk(text: str, lang: str) -> list[dict[str, Any]]:
    words = cjk.vocabulary(lang)
    rows = [
        answer(draft.core_start, draft.core_end, "ordinal", draft.value)
        for draft in cjk.scan(words, text)
        if draft.kind == "ordinal"
    ]
    seen = {(row["start"], row["end"]) for row in rows}
    for match in re.finditer(r"第\s?(?=[^\s])", text):
        numeral = cjk_numerals.read(words, text, match.end())
        if numeral is not None and (match.start(), numeral.end) not in seen:
            rows = [
                row for row in rows if row["end"] <= match.start() or row["start"] >= numeral.end
            ]
            rows.append(answer(match.start(), numeral.end, "ordinal", numeral.value))
    return _with_relative(text, rows) if lang == "ja" else rows


def _with_relative(text: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The relative ranks of Japanese, which win over the plain ones inside them."""
    relative = ordinals_japanese.read(text)
    plain = [
        row
        for row in rows
        if not any(
            row["start"] < other["end"] and other["start"] < row["end"] for other in relative
        )
    ]
    return plain + relative


def _english(text: str) -> list[dict[str, Any]]:
    words = english.vocabulary()
    texts = (text, english.lowered(text))
    rows = [
        answer(match.start(), match.end(), "ordinal", _MEANINGS.get(match.group().lower(), "end-1"))
        for match in _RELATIVE.finditer(text)
    ]
    at = 0
    while (match := words.candidates.search(texts[1], at)) is not None:
        place = Place(words, texts, (match.start(), match.group()), [], None, narrow=True)
        draft = ordinals.digits(place) if place.letter.isdigit() else ordinals.words_at(place)
        at = match.end()
        if draft is None or _is_part(place, draft.core_end):
            continue
        at = max(at, draft.core_end)
        start = _with_article(place)
        if not any(row["start"] < draft.core_end and start < row["end"] for row in rows):
            rows.append(answer(start, draft.core_end, "ordinal", draft.value))
    return rows


def _with_article(place: Place) -> int:
    """A hundred trillionth starts at its article."""
    if place.word not in ("hundred", "thousand", "million", "billion"):
        return place.at
    match = _SINGULAR_PART.search(place.lower, max(0, place.at - 5), place.at)
    return place.at if match is None else match.start()


def _is_part(place: Place, end: int) -> bool:
    """A trillionth of something is a part, not a rank."""
    word = place.lower[place.at : end]
    return word in place.words.ordinal_scales and (
        _SINGULAR_PART.search(place.lower, max(0, place.at - 5), place.at) is not None
    )
