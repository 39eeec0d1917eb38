"""What Japanese and Korean say behind a figure: 以上, を超える, 이상 and the verb of a change."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from claims.quantities import tables
from claims.quantities.lexicon import Lexicon

if TYPE_CHECKING:
    from collections.abc import Iterator

    from claims.quantities.cjk.place import Place
    from claims.quantities.quantity import Draft

LANGUAGES = frozenset({"ja", "ko"})
_PERIODS = frozenset({"date", "date_year", "date_relative", "time"})
_UNCHANGED = _PERIODS | {"ordinal", "score"}
_CLASSES = ("over", "at_least", "under", "at_most", "nearly", "about", "odd")
# Between the figure and the particle of a change: 0.5％程度に, 1,380원대로.
_ROUNDED = re.compile(r"程度|前後|ほど|近く|台|\s?(?:정도|가량)|대")
_BLANKS = " \u3000"
# A closing bracket, or a whole remark in brackets, between the figure and its verb.
_REMARK = re.compile(r"[（(][^（）()]{1,24}[）)]|[）)]")
# The words of a clause that may stand between 에서 or から and the second figure.
_GAP = re.compile(r"[^、。,，;；]{0,16}")
_VERB_REACH = 24
_CONSECUTIVE = re.compile(r"\s?(?:連続|연속)")


class Endings(NamedTuple):
    """The words of one language that follow a figure."""

    comparators: Lexicon[str]
    particles: tuple[str, ...]
    adverbs: Lexicon[bool]
    changes: Lexicon[str]
    change_particles: tuple[str, ...]
    closed: frozenset[str]
    closers: frozenset[str]
    from_words: tuple[str, ...]
    to_words: tuple[str, ...]
    to_verb: re.Pattern[str]
    far_verb: re.Pattern[str]


def _listed(text: str) -> list[str]:
    return [word for word in text.split("|") if word]


def _longest_first(text: str) -> tuple[str, ...]:
    return tuple(sorted(_listed(text), key=len, reverse=True))


@cache
def endings(lang: str) -> Endings:
    """The endings of `lang`, from the section `after` of its table."""
    section = tables.grammar(lang)["after"]
    compared = {word: name for name in _CLASSES for word in _listed(section[name])}
    changes = dict.fromkeys(_listed(section["by"]), "")
    for name in ("above_reference", "below_reference"):
        changes |= dict.fromkeys(_listed(section[name]), name)
    verbs = "|".join(sorted(_listed(section["to_verbs"]), key=len, reverse=True))
    # A further figure may stand before the verb only where it says how large the change was.
    passed = section["passed"]
    return Endings(
        Lexicon(compared),
        _longest_first(section["particles"]),
        Lexicon(dict.fromkeys(_listed(section["adverbs"]), True)),
        Lexicon(changes),
        _longest_first(section["change_particles"]),
        frozenset(_listed(section["closed"])),
        frozenset(section["closers"]),
        tuple(_listed(section["from_words"])),
        _longest_first(section["to_words"]),
        re.compile(rf"{passed}(?:{verbs})"),
        re.compile(rf"[^。、;；]{{0,{_VERB_REACH}}}?(?:{verbs})"),
    )


def compare(place: Place, draft: Draft) -> None:
    """Widens `draft` over the comparator behind it."""
    if draft.kind in _PERIODS or draft.kind == "ordinal":
        return
    words, text = endings(place.words.lang), place.text
    repeated = _CONSECUTIVE.match(text, draft.core_end)
    if repeated is not None and draft.kind in ("duration", "count"):
        draft.end, draft.qualifier = repeated.end(), "consecutive"
        return
    for at in _starts(words.particles, text, draft.core_end):
        found = words.comparators.at(text, at)
        if found is not None and _closes(words, text, at, found[0]):
            draft.end, kind = found
            draft.comparator = draft.comparator or kind
            return


def change(place: Place, draft: Draft) -> None:
    """Sets `draft.change` by the verb behind it, and that of the figure before it to "from"."""
    if draft.change is not None or draft.kind in _UNCHANGED or _is_a_span(draft):
        return
    words = endings(place.words.lang)
    at = max(draft.core_end, draft.end)
    if _grows(words, place.text, at, draft):
        draft.change = "by"
        return
    earlier = _earlier(place, draft, words)
    if moves(place, at, far=earlier is not None):
        draft.change = "to"
        if earlier is not None:
            earlier.change = "from"


def _is_a_span(draft: Draft) -> bool:
    """3カ月連続 and 1週間以内 say how long something took, not how it changed."""
    return draft.qualifier == "consecutive" or (
        draft.kind == "duration" and draft.comparator == "at_most"
    )


def moves(place: Place, at: int, *, far: bool) -> bool:
    """Whether に or 로 at `at` leads to a verb of change; a `far` verb may end the clause."""
    words, text = endings(place.words.lang), place.text
    rounded = _ROUNDED.match(text, at)
    at = at if rounded is None else rounded.end()
    for word in words.to_words:
        if text.startswith(word, at):
            pattern = words.far_verb if far else words.to_verb
            return pattern.match(text, at + len(word)) is not None
    return False


def _closes(words: Endings, text: str, at: int, end: int) -> bool:
    """Whether the word from `at` to `end` is whole: 3億円強 and 8%減, but not 減税 or 強風."""
    if text[at:end] not in words.closed:
        return True
    follower = text[end : end + 1]
    return not follower or follower in words.closers


def _starts(particles: tuple[str, ...], text: str, at: int) -> Iterator[int]:
    """The places behind `at` where a word may begin: at once, past a blank, past a particle."""
    yield at
    if text[at : at + 1] in _BLANKS and at < len(text):
        yield at + 1
    for word in particles:
        if text.startswith(word, at):
            at += len(word)
            yield at
            if text[at : at + 1] in _BLANKS and at < len(text):
                yield at + 1
            return


def _grows(words: Endings, text: str, at: int, draft: Draft) -> bool:
    """Whether a verb of change follows at once: 12.3%増, 0.8세 늘었다, 5%の上昇."""
    remark = _REMARK.match(text, at)
    for start in (at,) if remark is None else (at, remark.end()):
        for first in _starts(words.change_particles, text, start):
            adverb = words.adverbs.at(text, first)
            for place in (first,) if adverb is None else (first, adverb[0]):
                found = words.changes.at(text, place)
                if found is not None and _closes(words, text, place, found[0]):
                    draft.qualifier = draft.qualifier or found[1] or None
                    return True
    return False


def _earlier(place: Place, draft: Draft, words: Endings) -> Draft | None:
    """The figure of the same unit before this one, when から or 에서 stands behind it."""
    for last in reversed(place.found[-3:]):
        if last.kind in _PERIODS:
            continue
        end = max(last.core_end, last.end)
        begins = draft.core_start if draft.start < 0 else draft.start
        for word in words.from_words:
            if place.text.startswith(word, end) and last.unit == draft.unit:
                gap = _GAP.match(place.text, end, begins)
                if gap is not None and gap.end() == begins:
                    return last
        return None
    return None
