"""What a text and a question are cut into for the search: Latin words, and pairs of CJK characters.

Chinese writes no spaces, so every two neighbouring characters are one word of the index and a
word of two characters is found like any other. The last character of a run stands alone as well,
so that the beginnings of words (``三`` asks for ``三*``) reach every character.
"""

import re
import unicodedata
from dataclasses import dataclass

CJK = (
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
    "\u3005-\u3007\u3041-\u3096\u30a1-\u30fa\u30fc\uac00-\ud7a3"
)
RUNS = re.compile(f"[{CJK}]+|[^\\W_{CJK}]+")
IS_CJK = re.compile(f"[{CJK}]")
LONGEST = 100
"""Characters of a question that are looked at."""


@dataclass(frozen=True)
class Question:
    """What somebody asks for: ``parts`` stand in the text as they are, in any order.

    ``exact`` are words of the index, ``beginnings`` those that a word of the index begins with.
    """

    parts: tuple[str, ...]
    exact: tuple[str, ...]
    beginnings: tuple[str, ...]

    def stands_in(self, text: str) -> bool:
        """Whether a text has every part: the index alone does not know what stands side by side."""
        found = folded(text)
        return all(part in found for part in self.parts)


def folded(text: str) -> str:
    """A text without the differences of width, case and compatibility that nobody searches for."""
    return unicodedata.normalize("NFKC", text).casefold()


def index_words(text: str) -> list[str]:
    """The words under which a text is kept in the index, each once."""
    words: dict[str, None] = {}
    for run in RUNS.findall(folded(text)):
        if IS_CJK.match(run):
            words.update(dict.fromkeys(_pairs(run)))
            words[run[-1]] = None
        else:
            words[run] = None
    return list(words)


def question(typed: str) -> Question:
    """Cut what somebody typed; one with no letter and no digit asks for nothing."""
    text = folded(typed[:LONGEST])
    exact: dict[str, None] = {}
    beginnings: dict[str, None] = {}
    for run in RUNS.findall(text):
        if IS_CJK.match(run) and len(run) > 1:
            exact.update(dict.fromkeys(_pairs(run)))
        else:
            beginnings[run] = None
    parts = tuple(part for part in text.split() if RUNS.search(part))
    return Question(parts, tuple(exact), tuple(beginnings))


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]
