"""What differs from the issue that an appendix replaces."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.exports.view import sentences
from app.exports.view.parts import Changes
from app.exports.view.text import Text
from app.exports.view.wording import Wording


def changes(words: Wording, issue: Mapping[str, Any]) -> Changes:
    """Say which claims are not what they were in the issue before."""
    before = issue["replaces"]
    if before is None:
        return Changes((words.text(sentences.FIRST),), ())
    changed, added, removed = before["changed"], before["added"], before["removed"]
    told = [words.say(sentences.REPLACES, number=before["number"])]
    if not (changed or added or removed):
        told.append(words.text(sentences.NO_DIFFERENCE))
    if elsewhere := before["elsewhere"]:
        parts = words.joined(*(_part(words, name) for name in elsewhere), between=", ")
        told.append(words.say(sentences.ELSEWHERE, parts=parts))
    for sentence, numbers in (
        (sentences.DIFFERS, changed),
        (sentences.ADDED, added),
        (sentences.REMOVED, removed),
    ):
        if numbers:
            told.append(words.say(sentence, claims=_listed(numbers)))
    links = tuple((f"C-{number:02d}", f"c{number}") for number in sorted({*changed, *added}))
    return Changes(tuple(told), links)


def _part(words: Wording, name: str) -> Text:
    """What a part of the content beside the claims is called."""
    known = sentences.PARTS.get(name)
    return words.same(name) if known is None else words.text(known)


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(f"C-{number:02d}" for number in numbers)
