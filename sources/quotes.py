"""Finding quoted words in a text: as they stand, or as programs change them when words are copied.

A place is a start and a stop in Unicode code points, the stop exclusive. Words that stand in more
than one place have more than one answer: who asks must say which is meant.
"""

import re
from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

Span = tuple[int, int]

MOST: Final = 40
"""Places that are returned; who needs to tell more of them apart quotes more words."""
PIECES: Final = re.compile(r"(\s*)(\S)")
ALIKE: Final = ("'‘’＇", '"“”„«»「」＂', "‐‑–—―-－−")
"""Characters that one program writes and another replaces."""
FIRST_WIDE: Final = "\u2e80"
"""From here on characters are set without spaces: a line may end between any two of them."""
BROKEN: Final = r"(?:\u00ad|[-‐][^\S\n]*+\n\s*+)?"
"""A word may be broken at the end of a line."""
WIDE_FORMS: Final = {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)}
NARROW_FORMS: Final = {wide: narrow for narrow, wide in WIDE_FORMS.items()}

SOFT: Final = "\u00ad"
BROKEN_HERE: Final = re.compile(r"(?<=[^\W\d_])[-‐][^\S\n]*\n\s*(?=[^\W\d_])")
"""A word that is broken in the quote; whether the hyphen is its own shows in the text."""


def places(text: str, quote: str, most: int = MOST) -> list[Span]:
    """Return where a quote occurs; white space at its ends does not count.

    Where it occurs nowhere as it is, it may differ in what programs change when words are copied:
    white space and line ends, broken words, quotation marks, dashes, and the width of signs.
    """
    words = quote.strip()
    if not words:
        return []
    return list(islice(exact(text, words), most)) or list(islice(_loose(text, words), most))


def exact(text: str, words: str) -> Iterator[Span]:
    """Yield every place where exactly these words stand."""
    at = text.find(words)
    while at >= 0:
        yield at, at + len(words)
        at = text.find(words, at + 1)


def occurrences(text: str, words: str, most: int = MOST) -> list[Span]:
    """Return where words are met by somebody who looks for them, in whatever letters' case."""
    sought = words.strip()
    return list(islice(_loose(text, sought, re.IGNORECASE), most)) if sought else []


def _loose(text: str, words: str, flags: re.RegexFlag = re.NOFLAG) -> Iterator[Span]:
    for match in re.compile(_pattern(words), flags).finditer(text):
        yield match.span()


def _pattern(words: str) -> str:
    """Write the words as a pattern; what repeats in it never gives back, so it takes no longer."""
    whole = BROKEN_HERE.sub(SOFT, words)
    pieces = [(bool(gap), sign) for gap, sign in PIECES.findall(whole)]
    joined = [
        _between(one, other, spaced=spaced) + _forms(other)
        for (_, one), (spaced, other) in pairwise(pieces)
    ]
    return _forms(pieces[0][1]) + "".join(joined)


def _forms(sign: str) -> str:
    if sign == SOFT:
        return r"(?:[-‐\u00ad]\s*+)?"
    alike = next((signs for signs in ALIKE if sign in signs), "")
    forms = {sign, *alike, *filter(None, (WIDE_FORMS.get(sign), NARROW_FORMS.get(sign)))}
    letters = "".join(sorted(re.escape(form) for form in forms))
    return f"[{letters}]" if len(forms) > 1 else letters


def _between(one: str, other: str, *, spaced: bool) -> str:
    if max(one, other) >= FIRST_WIDE:
        return r"\s*+"
    if spaced:
        return r"\s++"
    return BROKEN if one.isalpha() and other.isalpha() else ""
