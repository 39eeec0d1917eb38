"""Every interval of a sentence: more than 20 and at most 35 is (20,35]."""

import re
from typing import Any

from claims.quantities import cjk
from claims.quantities.narrow import (
    intervals_cjk,
    intervals_english,
    intervals_japanese,
    intervals_korean,
)
from claims.quantities.narrow.answers import answer
from claims.quantities.narrow.bounds import Bound, merged


def read(text: str, lang: str) -> list[dict[str, Any]]:
    """The intervals of `text`."""
    if lang == "ja":
        bounds, joint = intervals_japanese.bounds(text, lang), intervals_japanese.JOINT
    elif lang == "ko":
        bounds, joint = intervals_korean.bounds(text, lang), intervals_korean.JOINT
    elif lang in cjk.LANGUAGES:
        bounds, joint = intervals_cjk.bounds(text, lang), intervals_cjk.JOINT
    else:
        bounds, joint = intervals_english.bounds(text), intervals_english.JOINT
    return [
        answer(bound.start, bound.end, "range", bound.written)
        for bound in _merged(text, bounds, joint)
    ]


def _merged(text: str, bounds: list[Bound], joint: re.Pattern[str]) -> list[Bound]:
    """Neighbours that a conjunction joins make one interval."""
    result: list[Bound] = []
    for bound in bounds:
        if result and joint.fullmatch(text, result[-1].end, bound.start):
            whole = merged(result[-1], bound)
            if whole is not None:
                result[-1] = whole
                continue
        result.append(bound)
    return result
