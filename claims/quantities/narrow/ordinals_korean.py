"""Ranks in Korean: 열한 번째, 백이십오등, 끝에서 두번째, 다음, 마지막."""

from __future__ import annotations

import re
from typing import Any

from claims.quantities.cjk import korean_numerals
from claims.quantities.narrow.answers import answer

_RANKED = re.compile(
    r"(?<![가-힣0-9])(?=[영공일이삼사오육륙칠팔구십백천만억조열스서마쉰예여아하한두둘세셋네넷다0-9])"
)
_RANK = re.compile(r"\s?(?:번\s?째|등(?=$|[^가-힣]|[석으은이에을])|위(?=$|[^가-힣]|[로에를가]))")
_DIGITS = re.compile(r"[0-9]{1,15}")
_FROM_LAST = re.compile(r"끝에서 ")
_RELATIVE = (
    (re.compile(r"마지막에서 바로 전의 것|마지막의 옆"), "end-1"),
    (re.compile(r"마지막(?!에서|의 옆)"), "end+0"),
    (re.compile(r"다음(?: 것)?"), "current+1"),
    (re.compile(r"이전(?: 것)?"), "current-1"),
    (re.compile(r"지금의 것|현재(?= )"), "current+0"),
    (re.compile(r"처음|첫\s?번째|첫(?= )"), "1"),
)


def read(text: str) -> list[dict[str, Any]]:
    """The ranks of `text`, plain and relative."""
    rows = [
        answer(match.start(), match.end(), "ordinal", meaning)
        for pattern, meaning in _RELATIVE
        for match in pattern.finditer(text)
    ]
    for match in _RANKED.finditer(text):
        if not any(row["start"] <= match.start() < row["end"] for row in rows):
            row = _ranked(text, match.start())
            rows += [] if row is None else [row]
    return rows


def _ranked(text: str, at: int) -> dict[str, Any] | None:
    for end, value in _numbers(text, at):
        rank = _RANK.match(text, end)
        if rank is None or value == 0:
            continue
        last = _FROM_LAST.search(text, max(0, at - 4), at)
        if last is not None:
            return answer(last.start(), rank.end(), "ordinal", f"end-{value - 1}")
        return answer(at, rank.end(), "ordinal", str(value))
    return None


def _numbers(text: str, at: int) -> list[tuple[int, int]]:
    digits = _DIGITS.match(text, at)
    if digits is not None:
        return [(digits.end(), int(digits.group()))]
    values = [
        (match.end(), korean_numerals.value_of(match))
        for match in korean_numerals.candidates(text, at)
    ]
    return [(end, value) for end, value in values if value]
