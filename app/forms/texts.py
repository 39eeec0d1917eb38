"""Text as people type it: in which language it is, and what an edit does to the other one."""

import re

from sources.columns import Words

HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")


def as_words(text: str | None) -> Words | None:
    """Return a typed text under the language it is written in; nothing typed is None.

    A text with a Chinese character is Chinese: the desk writes Chinese or English, whatever the
    language of the page is.
    """
    stripped = (text or "").strip()
    if not stripped:
        return None
    return {"zh" if HAN.search(stripped) else "en": stripped}


def reworded(known: Words | None, shown: str, typed: str | None) -> Words | None:
    """Return what a field holds after an edit: untouched text keeps all of its languages."""
    if known is not None and (typed or "").strip() == shown.strip():
        return known
    return as_words(typed)
