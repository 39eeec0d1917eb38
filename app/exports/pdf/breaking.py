"""Text that a typesetter can lay out: no control characters, and long words that may break."""

import re
from typing import Final

from app.exports.signs import visible

ZERO_WIDTH: Final = "\u200b"
"""Where a long word may break. The template draws nothing there and prints no character."""
LONGEST: Final = 22
"""Characters of a word that fit into the narrowest column."""
LONG_WORD: Final = re.compile(
    rf"[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]{{{LONGEST},}}"
)
PIECES: Final = re.compile(r"[^/?&=._:;,+@#%-]{1,12}[/?&=._:;,+@#%-]*|[/?&=._:;,+@#%-]+")
UNSEEN: Final = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")
"""A mark of byte order, and what turns the direction of text round so that it reads otherwise."""


def breakable(text: str) -> str:
    """Return text as it can be set: what cannot be printed is marked, what is unseen goes."""
    plain = UNSEEN.sub("", visible(text.replace("\r\n", "\n")))
    return LONG_WORD.sub(lambda word: ZERO_WIDTH.join(PIECES.findall(word[0])), plain)
