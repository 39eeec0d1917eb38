"""Relative ranks in Japanese: 次, 最後, 最後から一つ前, 最後から3番目, だい一万."""

from __future__ import annotations

import re
from typing import Any

from claims.quantities import cjk
from claims.quantities.cjk import numerals
from claims.quantities.narrow.answers import answer

_THING = r"(?:のもの|のこと)?"
_N = r"[0-9０-９一二三四五六七八九十]{1,3}"
_FROM_LAST = re.compile(rf"最後から(?P<count>{_N})(?:つ前{_THING}|(?P<rank>番目))")
_WORDS = (
    (re.compile(rf"最後(?!から{_N}){_THING}"), "end+0"),
    (re.compile(r"最初"), "1"),
    (re.compile(r"(?<![0-9０-９一二三四五六七八九十目])次(?=の|[”」』、。]|\Z)"), "current+1"),
    (re.compile(rf"(?:(?<=その)|(?<=、)|\A)前(?=の)(?:のもの)?{_THING}"), "current-1"),
    (re.compile(r"現在のこと"), "current+0"),
)
_SPOKEN = re.compile(r"だい(?=[0-9０-９一二三四五六七八九十百千])")
_PRIZE = re.compile(r"[一二三]等(?=級|賞|席)")


def read(text: str) -> list[dict[str, Any]]:
    """The relative and spoken ranks of `text`."""
    words = cjk.vocabulary("ja")
    rows = []
    for match in _FROM_LAST.finditer(text):
        count = numerals.read(words, match["count"], 0)
        if count is not None:
            back = int(count.value) - (1 if match["rank"] else 0)
            rows.append(answer(match.start(), match.end(), "ordinal", f"end-{back}"))
    for pattern, meaning in _WORDS:
        rows += [
            answer(match.start(), match.end(), "ordinal", meaning)
            for match in pattern.finditer(text)
        ]
    for match in _SPOKEN.finditer(text):
        numeral = numerals.read(words, text, match.end())
        if numeral is not None:
            rows.append(answer(match.start(), numeral.end, "ordinal", numeral.value))
    rows += [
        answer(match.start(), match.end(), "ordinal", str(words.digits[match.group()[0]]))
        for match in _PRIZE.finditer(text)
    ]
    return rows
