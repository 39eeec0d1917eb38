"""Two long texts as one, with what went struck through and what came marked, word by word."""

import difflib
import re

from flask_babel import gettext
from markupsafe import Markup, escape

EACH = "\u3400-\u9fff\u3040-\u30ff\uac00-\ud7af"
TOKEN = re.compile(rf"[{EACH}]|\d+(?:[.,]\d+)*[%％]?|(?:(?![{EACH}])[^\W_\d])+|\s+|.", re.DOTALL)
"""A Chinese, Japanese or Korean character, a whole number, a word of other letters, or a sign."""
SHORTEST = 24
"""Characters from which a text is long enough to be told word by word."""
MOST_TOKENS = 3000
AROUND = 24
"""Unchanged tokens left standing on each side of a change."""

MARKED = {
    "del": Markup('<del><span class="vh">{} </span>{}</del>'),
    "ins": Markup('<ins><span class="vh">{} </span>{}</ins>'),
}


def word_diff(old: str, new: str, *, whole: bool = False) -> Markup | None:
    """Merge two texts; None where they are short, too long, or have too little in common.

    ``whole`` leaves nothing out of what stands on both sides.
    """
    if min(len(old), len(new)) < SHORTEST:
        return None
    before, after = TOKEN.findall(old), TOKEN.findall(new)
    if max(len(before), len(after)) > MOST_TOKENS:
        return None
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < 0.4:  # noqa: PLR2004 - below, two sentences are told apart sooner
        return None
    parts: list[Markup] = []
    for tag, start, stop, to_start, to_stop in matcher.get_opcodes():
        if tag == "equal":
            kept = before[start:stop]
            ends = {"first": not parts, "last": stop == len(before)}
            parts.append(escape("".join(kept)) if whole else _kept(kept, **ends))
            continue
        if stop > start:
            parts.append(_marked("del", gettext("removed:"), before[start:stop]))
        if to_stop > to_start:
            parts.append(_marked("ins", gettext("added:"), after[to_start:to_stop]))
    return Markup("").join(parts)


def _marked(tag: str, said: str, tokens: list[str]) -> Markup:
    """A change, named for those who do not see the marking."""
    return MARKED[tag].format(said, "".join(tokens))


def _kept(tokens: list[str], *, first: bool, last: bool) -> Markup:
    """What stands on both sides; the middle of a long stretch is left out."""
    head = [] if first else tokens[:AROUND]
    tail = [] if last else tokens[-AROUND:]
    if len(head) + len(tail) >= len(tokens):
        return escape("".join(tokens))
    return Markup("{} … {}").format("".join(head), "".join(tail))
