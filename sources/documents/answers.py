"""Understanding what the confined process answered: it read a stranger's file, so it is doubted."""

import json
from collections.abc import Iterator
from typing import Any

from sources.documents.document import CONTROLS, Document
from sources.documents.limits import MOST_CHARACTERS
from sources.errors import Refused, TooLarge
from sources.places import CELL, MOST_PLACES, PAGE, PARAGRAPH, SECTION, Place
from sources.words import Words

KINDS = frozenset({PAGE, PARAGRAPH, SECTION, CELL})
LONGEST_LINE = 2_000
MOST_NOTICES = 20
FACTS = ("title", "byline", "authors", "published", "language", "publisher", "made")


class Unfit(Exception):
    """An answer that no reader of ours gives."""


def understood(answer: bytes) -> Document:
    """Return the document; raise the refusal the reader said, or Unfit."""
    try:
        said = json.loads(answer)
    except (ValueError, RecursionError) as problem:
        raise Unfit("no JSON") from problem
    _want(isinstance(said, dict), "no object")
    if "refused" in said:
        kind = TooLarge if said["refused"] == "TooLarge" else Refused
        raise kind(_line(said.get("code")), _words(said.get("message")), "file")
    content = said.get("content")
    _want(isinstance(content, str) and len(content) <= MOST_CHARACTERS, "content")
    _want(CONTROLS.search(content) is None, "controls")
    copy, notices = said.get("copy"), said.get("notices")
    _want(copy is None or (isinstance(copy, str) and copy.isascii()), "copy")
    _want(isinstance(notices, list) and len(notices) <= MOST_NOTICES, "notices")
    return Document(
        content=content,
        notices=tuple(_words(notice) for notice in notices),
        places=tuple(_places(said.get("places"), len(content))),
        copy=copy,
        **{name: _line(said[name]) if said.get(name) else None for name in FACTS},
    )


def _places(said: Any, length: int) -> Iterator[Place]:
    """Yield places that begin at 0, ascend and stay inside the text."""
    _want(isinstance(said, list) and len(said) <= 2 * MOST_PLACES, "places")
    before = -1
    for one in said:
        _want(isinstance(one, list) and len(one) == 3, "place")  # noqa: PLR2004 - a triple
        offset, kind, locator = one
        _want(type(offset) is int and before < offset < length, "offset")
        _want(before >= 0 or offset == 0, "first offset")
        _want(kind in KINDS, "kind")
        yield offset, kind, _line(locator)
        before = offset


def _words(said: Any) -> Words:
    _want(isinstance(said, dict) and set(said) <= {"zh", "en"}, "words")
    return {tongue: _line(words) for tongue, words in said.items()}


def _line(said: Any) -> str:
    _want(isinstance(said, str) and len(said) <= LONGEST_LINE, "line")
    _want(CONTROLS.search(said) is None, "controls in a line")
    return str(said)


def _want(fits: bool, what: str) -> None:  # noqa: FBT001 - a condition and its name
    if not fits:
        raise Unfit(what)
