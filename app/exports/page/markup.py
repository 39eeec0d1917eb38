"""Puts words into markup: escaped, with the language they are in, closed in where they turn about.

Everything a page prints passes :meth:`Setting.inline`, :meth:`Setting.block` or :func:`text`.
"""

import re

from app.exports.signs import visible
from app.exports.view.text import TAGS, Hidden, Said, Text, Tongues, Words

HELD_NOWHERE = '<>&"\0-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff'
"""What would end an element or an attribute, and what no page can hold."""
TURNS = "\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
"""Letters and marks that change the direction of what stands beside them."""
UNSAFE, TURNING = re.compile(f"[{HELD_NOWHERE}]"), re.compile(f"[{TURNS}]")
REMARKABLE = re.compile(f"[{HELD_NOWHERE}{TURNS}]")
TAG = re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*")
BETWEEN = " · "
ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "\n", "\x85": "\ufffd"}


def text(words: str) -> str:
    """Text as it may stand in an element or in a quoted attribute."""
    if UNSAFE.search(words):
        words = visible(words)
        for char, entity in ENTITIES.items():
            words = words.replace(char, entity)
    return words


def lang(tag: str) -> str:
    """The attribute for a language; nothing for a tag that is none."""
    return f' lang="{tag}"' if tag and TAG.fullmatch(tag) else ""


class Setting:
    """How words are set in a page of these tongues."""

    def __init__(self, tongues: Tongues) -> None:
        """Keep the tongues; the first is the language of the page."""
        self.tongues = tongues
        self.tags = tuple(f' lang="{TAGS[tongue]}"' for tongue in tongues)
        self.own = TAGS[tongues[0]]
        self.single = len(tongues) == 1

    def inline(self, words: Words | None, between: str = " ") -> str:
        """Words in a line: one after the other where there are two tongues."""
        if type(words) is tuple:
            if self.single:
                return self._closed(words[0])
            return self._both(words, between)
        if words is None:
            return ""
        if isinstance(words, Said):
            return self._said(words)
        mark = self.inline(words.mark, between) if isinstance(words, Hidden) else ""
        return f'<span class="withheld">{mark}</span>'

    def block(self, words: Words | None, kind: str = "p", name: str = "") -> str:
        """Words in a block: two tongues side by side, or one below the other, as there is room."""
        if words is None:
            return ""
        named = f' class="{name}"' if name else ""
        if type(words) is tuple and not self.single and words[0] != words[1]:
            first, second = (
                f"<{kind}{named}{tag}>{self._closed(one)}</{kind}>"
                for tag, one in zip(self.tags, words, strict=True)
            )
            return f'<div class="pair">{first}{second}</div>'
        if isinstance(words, Said) and self._foreign(words):
            return f"<{kind}{named}{lang(words.tag)}>{self._closed(words.words)}</{kind}>"
        return f"<{kind}{named}>{self.inline(words)}</{kind}>"

    def lines(self, *parts: Words | None) -> str:
        """Words side by side: one line, or one for each tongue where all have both."""
        known = [part for part in parts if part]
        texts = [part for part in known if type(part) is tuple]
        if self.single or len(texts) < len(known) or not texts:
            return BETWEEN.join(map(self.inline, known))
        first, second = (BETWEEN.join(text[index] for text in texts) for index in (0, 1))
        return self._both((first, second), " ", ' class="tongue"')

    def heading(self, level: int, words: Words, rest: str = "") -> str:
        """A heading; two tongues have a line each, because a heading cannot hold blocks."""
        if type(words) is tuple and not self.single and words[0] != words[1]:
            inside = self._both(words, " ", ' class="tongue"')
        else:
            inside = self.inline(words)
        return f"<h{level}>{inside}{rest}</h{level}>"

    @staticmethod
    def bare(words: Words, between: str = " · ") -> str:
        """Words without markup, and not escaped."""
        if isinstance(words, Said):
            return words.words
        found = words.mark if isinstance(words, Hidden) else words
        return between.join(dict.fromkeys(found))

    def _both(self, words: Text, between: str, named: str = "") -> str:
        if words[0] == words[1]:
            return self._closed(words[0])
        return between.join(
            f"<span{named}{tag}>{self._closed(one)}</span>"
            for tag, one in zip(self.tags, words, strict=True)
            if one
        )

    def _said(self, words: Said) -> str:
        if self._foreign(words):
            return f"<span{lang(words.tag)}>{self._closed(words.words)}</span>"
        return self._closed(words.words)

    def _foreign(self, words: Said) -> bool:
        return bool(words.tag) and words.tag != self.own

    @staticmethod
    def _closed(words: str) -> str:
        """Text that cannot turn its neighbours about."""
        if not REMARKABLE.search(words):
            return words
        safe = text(words)
        return f"<bdi>{safe}</bdi>" if TURNING.search(safe) else safe
