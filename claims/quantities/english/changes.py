"""Whether an English figure is where a change starts, where it ends, or how large it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english import beside

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.quantity import Draft

# By an average of 8.6%, to a record $2,450, to an all-time high of 82.
_LEAD = re.compile(
    r"\b(?P<to>[a-z]+)[ \t](?:an?|the|its|their)[ \t]"
    r"(?P<words>(?:[a-z-]+[ \t]){0,3}[a-z-]+?)[ \t](?:of[ \t])?\Z"
)
# Fell below $70 tells a level, rose more than 5% a size.
_LEVELS = ("below", "above", "under", "over", "past", "beyond")
_DATES = frozenset({"date", "date_year", "date_relative", "time", "ordinal"})


def attach(place: Place, draft: Draft) -> None:
    """Sets `draft.change` by the word right before the quantity."""
    if draft.change is not None or draft.kind in _DATES:
        return
    if draft.kind == "multiple" and draft.rule == "multiple-word":
        if place.word.endswith(("ed", "ing", "fold")):
            draft.change = "by"
        return
    if draft.kind == "score":
        return
    start = draft.core_start if draft.start < 0 else draft.start
    if draft.kind == "range" and place.lower.endswith("between ", 0, start):
        start -= len("between ")
    word = place.before(start)
    if not word or not beside.before(word).moves:
        return
    word = word.lower()
    if word == "of" or word in place.words.modifiers or word.endswith(("-year", "-month")):
        word = _described(place, start) or word
    if word in ("from", "to", "by"):
        draft.change = word if _moves(place, draft, word, start) else None
    elif (
        word in place.words.verbs
        and not _made_up(place, word, start)
        and not _orders(place, start)
        and not _is_stock(place, word, draft)
        and not _tells_when(place, draft)
    ):
        level = draft.comparator in ("over", "under") and draft.start >= 0
        draft.change = "to" if level and place.lower.startswith(_LEVELS, draft.start) else "by"


# Money that is raised or lost, and a share of a thing that is lost, is a sum and no change.
_RAISED = frozenset({"raise", "raised", "raises", "raising"})
_LOST = frozenset({"lost", "lose", "loses", "losing"})


def _is_stock(place: Place, word: str, draft: Draft) -> bool:
    if draft.kind == "dimension" and word.startswith("lift"):
        return True
    if word in _RAISED:
        return draft.unit not in ("%", "pp", "bp")
    if word not in _LOST:
        return False
    if draft.kind == "currency":
        return draft.unit not in ("CENT", "PENCE")
    return draft.unit == "%" and place.after(draft.core_end) == "of"


_MADE_UP = re.compile(r"\b(?:ma[dk]es?|making|took|takes?|taking|sets?|adds?)[ ]up[ ]\Z")


def _made_up(place: Place, word: str, start: int) -> bool:
    """Cars that made up 18% of the total did not rise."""
    lead = max(0, start - len(" making up "))
    return word == "up" and _MADE_UP.search(place.lower, lead, start) is not None


def _orders(place: Place, start: int) -> bool:
    """Add two cups: an order, not a change."""
    return place.before(start) in ("Add", "Cut", "Raise", "Lower", "Increase", "Reduce", "Drop")


_LEAD_WINDOW = 30
_MOVE_WINDOW = 80
# Of these "from" tells a place or an origin unless something moves.
_STILL = frozenset({"count", "dimension", "duration", "age"})
_ENDS = re.compile(
    r"[^.;,]{0,30} to (?:about |around |nearly |over |more than |just |some )?[$€£]?\d"
)


def _described(place: Place, start: int) -> str | None:
    """The preposition of "to a record high of"."""
    lead = _LEAD.search(place.lower, max(place.free, start - _LEAD_WINDOW), start)
    if lead is None:
        return None
    known = place.words.modifiers
    words = lead["words"].removesuffix(" of").split()
    if all(word in known or word.endswith(("-year", "-month")) for word in words):
        return lead["to"] if lead["to"] in ("from", "to", "by") else _by(place, lead["to"])
    return None


def _by(place: Place, verb: str) -> str | None:
    """Rose an average 3.4 percent."""
    return "by" if verb in place.words.verbs else None


def _is_tally(place: Place, start: int) -> bool:
    """By 52 votes to 48: both sides of a vote."""
    last = place.found[-1] if place.found else None
    return (
        last is not None
        and place.text[last.core_end : start] in (" votes to ", " to ")
        and (last.unit in ("votes", "vote"))
    )


# Sentenced to 18 months: a span that a court sets.
_SET = frozenset({"sentenced", "condemned", "jailed", "confined"})


def _is_sentence(place: Place, draft: Draft, start: int) -> bool:
    words = place.around(start, start, _LEAD_WINDOW, 0).lower().split()
    return draft.kind == "duration" and len(words) > 1 and words[-2] in _SET


# Crashed six minutes after take-off: when it happened, and not by how much.
_WHEN = frozenset({"after", "before", "later", "earlier", "into", "ago"})


def _tells_when(place: Place, draft: Draft) -> bool:
    return draft.kind == "duration" and place.after(draft.core_end).lower() in _WHEN


def _moves(place: Place, draft: Draft, word: str, start: int) -> bool:
    """Guilty to three counts, 4ft by 6ft and prices from $45 to $350 tell of no change."""
    if word == "from" and draft.kind == "range":
        return False
    if word == "to" and (_is_tally(place, start) or _is_sentence(place, draft, start)):
        return False
    if word == "by" and draft.kind == "dimension" and place.found:
        return place.found[-1].core_end + len(" by ") != start
    if draft.kind not in _STILL or (word == "by" and draft.kind != "count"):
        return True
    if draft.kind != "count" and word == "to":
        return True
    if word == "from" and _ENDS.match(place.lower, draft.core_end):
        return True
    window = place.around(start, start, _MOVE_WINDOW, 0)
    last = place.found[-1] if place.found else None
    if last is not None and last.change in ("from", "by") and last.core_end > start - len(window):
        return True
    said = window.split()
    if word == "by" and not place.words.margins.isdisjoint(said):
        return True
    return not place.words.verbs.isdisjoint(said)
