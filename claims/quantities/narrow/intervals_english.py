"""English intervals: larger than twenty and at most 35, between 5 and 10, 200 or more."""

import re

from claims.quantities import english
from claims.quantities.english import ordinals
from claims.quantities.english.place import Place
from claims.quantities.narrow import numbers
from claims.quantities.narrow.bounds import Bound, of_sense
from claims.quantities.numeral import Numeral

JOINT = re.compile(r"\s*(?:,\s*)?(?:and|but|while|yet)?\s*(?:is\s+)?", re.IGNORECASE)

_MORE = r"(?:more|greater|larger|higher|bigger|longer|older|taller|better)"
_LESS = r"(?:less|lower|smaller|fewer|shorter|younger|worse)"
_EQUAL = r"(?:(?:or|/)\s*)?equal(?:s|ing)?(?:\s+(?:to|than))?"
_AT_LEAST = (
    rf"(?:no|not)\s+{_LESS}\s+than|at\s+(?:the\s+(?:very\s+)?)?least(?:\s+{_EQUAL})?|{_MORE}\s*(?:than\s+)?{_EQUAL}"
    rf"|{_EQUAL}\s+or\s+{_MORE}\s+than|{_EQUAL}\s+or\s+over|>\s?=|≥|⩾|≧|(?:a\s+)?minimum(?:\s+of)?"
)
_AT_MOST = (
    rf"(?:no|not)\s+{_MORE}\s+than|at\s+(?:the\s+(?:very\s+)?)?most(?:\s+{_EQUAL})?|up\s+to"
    rf"|{_LESS}\s*(?:than\s+)?{_EQUAL}|{_EQUAL}\s+or\s+{_LESS}\s+than|<\s?=|≤"
    r"|≦|⩽|(?:a\s+)?maximum(?:\s+of)?|as\s+(?:many|much)\s+as"
)
_OVER = (
    rf"{_MORE}\s+than|above|over|in\s+excess\s+of|upwards?\s+of|north\s+of|"
    r"exceed(?:s|ed|ing)?|surpass(?:es|ed|ing)?|beyond|(?<!=)>|＞"
)
_UNDER = rf"{_LESS}\s+than|below|under|beneath|(?<!=)<|＜"
_EXACTLY = r"\bequal(?:s|ing|led)?(?:\s+to)?|is\s+exactly"
_BEFORE = (
    (_AT_LEAST, "at_least"),
    (_AT_MOST, "at_most"),
    (_OVER, "over"),
    (_UNDER, "under"),
    (_EXACTLY, "exactly"),
)
_LEADS = tuple(
    (
        re.compile(rf"(?:(?:(?<![a-z])|(?=[<>≥≤＜＞]))(?:{words}))\s*(?:the\s+)?\Z", re.IGNORECASE),
        sense,
    )
    for words, sense in _BEFORE
)
_OR_MORE = re.compile(
    rf"\s+(?:or|and)\s+(?:{_MORE}(?:\s+than\b)?|above\b|over\b|up\b)", re.IGNORECASE
)
_OR_LESS = re.compile(rf"\s+(?:or|and)\s+(?:{_LESS}(?:\s+than\b)?|below\b|under\b)", re.IGNORECASE)
_OR_EQUAL = re.compile(r"\s+or\s+equal(?:s|ing)?(?:\s+to)?\b", re.IGNORECASE)
_JOIN = re.compile(
    r"\s?[-–—~～]\s?|\s+(?:to|through|thru|till|until|up\s+to)\s+(?:the\s+)?|\s+and\s+(?:the\s+)?"
)
_OPEN = re.compile(r"\b(?:in\s+between|between|from)\s+(?:the\s+)?\Z", re.IGNORECASE)
_REACH = 40


def bounds(text: str) -> list[Bound]:
    """The intervals of `text` before neighbours are joined."""
    found = _numerals(text)
    starts = {numeral.start for numeral in found}
    result: list[Bound] = []
    index = 0
    while index < len(found):
        numeral = found[index]
        floor = result[-1].end if result else 0
        pair = _pair(text, numeral, found[index + 1], floor) if index + 1 < len(found) else None
        if pair is not None:
            result.append(pair)
            index += 2
            continue
        bound = _single(text, numeral, floor, starts)
        if bound is not None:
            result.append(bound)
        index += 1
    return result


def _numerals(text: str) -> list[Numeral]:
    """Cardinals and ordinals, which are compared alike: higher than the tenth."""
    found = numbers.english_numerals_of(text, split=True)
    words = english.vocabulary()
    texts = (text, english.lowered(text))
    for match in words.candidates.finditer(texts[1]):
        if any(numeral.start <= match.start() < numeral.end for numeral in found):
            continue
        place = Place(words, texts, (match.start(), match.group()), [], None, narrow=True)
        draft = ordinals.digits(place) or ordinals.words_at(place)
        if (
            draft is not None
            and draft.value is not None
            and text[: draft.core_start].endswith("the ")
        ):
            found.append(Numeral(draft.core_start, draft.core_end, draft.value, arabic=False))
    return sorted(found, key=lambda numeral: numeral.start)


def _pair(text: str, first: Numeral, second: Numeral, floor: int) -> Bound | None:
    match = _JOIN.match(text, first.end)
    if match is None or not second.start <= match.end() <= second.start + 2:
        return None
    high = abs(second.value) if match.end() > second.start else second.value
    opening = _OPEN.search(text, max(floor, first.start - 16), first.start)
    word = match.group().lower().split()[0] if match.group().strip() else ""
    between = opening is not None and "between" in opening.group().lower()
    if word == "and" and not between:
        return None
    if word.isalpha() and word != "and" and opening is None and not first.arabic:
        return None
    if first.value >= high or _is_code(text, first, second):
        return None
    start = first.start if opening is None else opening.start()
    return Bound(start, second.end, first.value, high, low_closed=True)


def _is_code(text: str, first: Numeral, second: Numeral) -> bool:
    """1995-01 is a month and +1-222-2222 a telephone number."""
    written = text[second.start : second.end].lstrip("-")
    if len(written) > 1 and written[0] == "0":
        return True
    around = text[first.start - 1 : first.start] + text[second.end : second.end + 1]
    return "-" in around or "+" in around


def _single(text: str, numeral: Numeral, floor: int, starts: set[int]) -> Bound | None:
    lead = _lead(text, numeral, floor)
    after = _tail(text, numeral, starts)
    if after is not None:
        start = numeral.start
        if lead is not None and lead[1] == "exactly":
            start = lead[0]
        elif lead is not None and after[1] != "or_equal":
            return of_sense((lead[0], numeral.end), lead[1], numeral.value)
        if after[1] != "or_equal":
            return of_sense((start, after[0]), after[1], numeral.value)
        if lead is not None and lead[1] in ("over", "under"):
            sense = "at_least" if lead[1] == "over" else "at_most"
            return of_sense((lead[0], after[0]), sense, numeral.value)
    if lead is None:
        return None
    return of_sense((lead[0], numeral.end), lead[1], numeral.value)


def _lead(text: str, numeral: Numeral, floor: int) -> tuple[int, str] | None:
    best: tuple[int, str] | None = None
    for pattern, sense in _LEADS:
        match = pattern.search(text, max(floor, numeral.start - _REACH), numeral.start)
        if match is not None and (best is None or match.start() < best[0]):
            best = (match.start(), sense)
    if (
        best is not None
        and text[best[0] : best[0] + 1] in "<>"
        and text[best[0] - 1 : best[0]] == "="
    ):
        return None
    return best


def _tail(text: str, numeral: Numeral, starts: set[int]) -> tuple[int, str] | None:
    for pattern, sense in ((_OR_MORE, "at_least"), (_OR_LESS, "at_most"), (_OR_EQUAL, "or_equal")):
        match = pattern.match(text, numeral.end)
        if match is None:
            continue
        gap = len(text[match.end() :]) - len(text[match.end() :].lstrip())
        if match.end() + gap in starts:
            return None
        return match.end(), sense
    return None
