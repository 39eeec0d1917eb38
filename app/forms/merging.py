"""Two people at one row, field by field: what it was, what it is, what was typed, what is kept."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import MultiDict

Values = tuple[str, ...]
"""What a field would send: nothing, one text, or several ticked boxes."""

ONTO, KEEP, THEIRS = "merge.onto", "merge.keep.", "merge.theirs."
"""The names under which a merge is sent beside the fields themselves."""
ASKED = "merge.asked"
BETWEEN = "\n\n"
"""What stands between two texts of which both are kept."""


class Kept(StrEnum):
    """Whose value a field has in the end."""

    THEIRS = "theirs"
    MINE = "mine"
    BOTH = "both"


class Outcome(StrEnum):
    """What comes of a field when two people had it before them."""

    SAME = "same"
    THEIRS = "theirs"
    MINE = "mine"
    ASKED = "asked"


def outcome(base: Values | None, theirs: Values, mine: Values) -> Outcome:
    """Take the only change there is; ask where there are two. ``base`` is None where unknown."""
    now, typed = plain(theirs), plain(mine)
    if now == typed:
        return Outcome.SAME
    if base is None:
        return Outcome.ASKED
    was = plain(base)
    if typed == was:
        return Outcome.THEIRS
    return Outcome.MINE if now == was else Outcome.ASKED


def plain(values: Iterable[str]) -> Values:
    """Values so that line ends and space around them make no difference, nor does their order."""
    texts = ("\n".join(value.splitlines()).strip() for value in values)
    return tuple(sorted(text for text in texts if text))


@dataclass(frozen=True, slots=True)
class Merge:
    """The answer of a merge: which fields were asked, and whose value each keeps."""

    onto: str
    kept: Mapping[str, Kept]
    open: frozenset[str]


def merge_of(sent: MultiDict[str, Any]) -> Merge | None:
    """Read the answer of a merge out of what was sent; None for any other form."""
    onto = sent.get(ONTO)
    if onto is None:
        return None
    known = {one.value for one in Kept}
    kept = {
        name.removeprefix(KEEP): Kept(sent[name])
        for name in sent
        if name.startswith(KEEP) and sent[name] in known
    }
    return Merge(str(onto), kept, frozenset(sent.getlist(ASKED)) - kept.keys())


def merged(sent: MultiDict[str, Any]) -> MultiDict[str, Any]:
    """Put what is kept in the place of what was typed, once every question is answered.

    Until then the form stays one that was opened on the older version, with all that was typed.
    """
    merge = merge_of(sent)
    if merge is None or merge.open:
        return sent
    found = MultiDict(sent)
    for name, kept in merge.kept.items():
        theirs, mine = sent.getlist(THEIRS + name), sent.getlist(name)
        if kept is Kept.BOTH:
            theirs = [BETWEEN.join(text for text in (*theirs, *mine) if text.strip())]
        if kept is not Kept.MINE:
            found.poplist(name)
            for value in theirs:
                found.add(name, value)
    found["version"] = merge.onto
    return found
