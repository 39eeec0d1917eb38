"""What the words before and behind a number say of it, looked up once for each word."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from claims.quantities.english import labels, money
from claims.quantities.english.vocabulary import vocabulary

if TYPE_CHECKING:
    from claims.quantities.english.place import Place

# So many words are remembered; a newspaper repeats few hundred beside its figures.
_REMEMBERED = 4096
_MILLIONS = re.compile(rf"{money.MILLIONS}\Z")
_NEGATIVE = ("minus", "negative", "-")
_LISTING = frozenset({"and", "or", "to"})
_FISCAL = frozenset({"fiscal", "year", "fy"})
# The last words of "the age of", "aged at least", "older than".
_AGING = (
    *("age", "aged", "ages", "of", "over", "under", "least"),
    *("about", "around", "between", "to", "than"),
)
_MOVING = frozenset({"from", "to", "by", "of"})
_ARTICLES = frozenset({"a", "an", "the"})
_DESCRIBING = ("-year", "-month")


class Before(NamedTuple):
    """A word right before a number.

    ``plain`` says that it makes no more of the number than a figure, ``listing`` that it may join
    the number to a label, ``aging`` that an age may follow, ``moves`` that it may tell a change,
    ``dates`` that four digits behind it are a year and ``month`` that it is one; ``bounds`` are the
    comparators that may end with it, and ``article`` is "a", "an" or "the".
    """

    plain: bool = True
    listing: bool = False
    aging: bool = False
    bounds: tuple[str, ...] = ()
    moves: bool = False
    dates: bool = False
    month: bool = False
    article: str = ""


NOTHING_BEFORE = Before()


@lru_cache(maxsize=_REMEMBERED)
def before(word: str) -> Before:
    """What `word`, as written, says of the number behind it."""
    words, lower = vocabulary(), word.lower()
    name = lower.removesuffix("'s").removesuffix("’s")
    named = not words.makers.isdisjoint((name, name.rstrip("."))) or name in words.capital_makers
    month = lower.rstrip(".") in words.months
    negative = lower.endswith(_NEGATIVE)
    return Before(
        plain=not (named or month or negative or _is_price(lower))
        and labels.NAME.match(word) is None,
        listing=name in _LISTING,
        aging=lower.endswith(_AGING),
        bounds=_bounds(lower),
        moves=lower in words.modifiers
        or lower in words.verbs
        or lower in _MOVING
        or lower.endswith(_DESCRIBING),
        dates=lower in words.before_year and lower not in _FISCAL,
        month=month,
        article=lower if lower in _ARTICLES else "",
    )


def _bounds(lower: str) -> tuple[str, ...]:
    """The comparators whose last word is `lower`, a part of it, or more than it."""
    by_end = vocabulary().before_by_end
    if lower.isalpha():
        odd = (end for end in vocabulary().odd_ends if end.endswith(lower))
        return (*by_end.get(lower, ()), *(phrase for end in odd for phrase in by_end[end]))
    fitting = (end for end in by_end if lower.endswith(end) or end.endswith(lower))
    return tuple(phrase for end in fitting for phrase in by_end[end])


def _is_price(lower: str) -> bool:
    """Whether a currency ends the word: Rs, USD, MUSD."""
    found = vocabulary().prefixes.before(lower, len(lower))
    while found is not None and found[0] and lower[found[0] - 1].isalnum():
        found = vocabulary().prefixes.before_shorter(lower, len(lower), len(lower) - found[0])
    return found is not None or _MILLIONS.search(lower) is not None


# Behind a number these are read by a grammar of their own: 5 pm, 5 times, 5 out of 10, 5 below.
_OWN = frozenset(
    (
        *("am", "pm", "h", "hr", "hrs", "min", "x", "times", "fold", "grand", "below", "yo"),
        *("percents", "percentages", "pct", "pc", "point", "points", "pp", "ppt", "ppts"),
        *("bp", "bps", "per", "of", "in", "out", "to", "and", "or", "until", "a", "an"),
        *("score", "scores"),
    )
)
# Behind a figure these make more of it: 5% points, 17 years old.
_ON = frozenset(["old", "olds", "point", "points"])
_SHARES = ("percent", "basis")
_JOINTS = frozenset(["to", "and", "or", "until"])
_SCALES = {"thousand": 3, "lakh": 5, "million": 6, "crore": 7, "billion": 9, "trillion": 12}


class Behind(NamedTuple):
    """A word right behind a number or behind its unit.

    ``plain`` says that no grammar of numbers begins with it, ``unit`` that the name of a unit does,
    ``on`` that it carries a figure before it on and ``joins`` that it may join a second number;
    ``scale`` is the power of ten of million.
    """

    plain: bool
    unit: bool
    on: bool
    joins: bool
    relative: bool
    month: bool
    capital: bool
    scale: int


@lru_cache(maxsize=_REMEMBERED)
def behind(word: str) -> Behind:
    """What `word`, as written, says of the number before it."""
    words, lower = vocabulary(), word.lower()
    found = words.unit_at(word, lower, 0)
    money = found is not None and found[0] == len(word) and found[2].kind == "currency"
    number = _is_number(lower)
    own = (
        number
        or lower in _OWN
        or lower.startswith(_SHARES)
        or lower in words.months
        or len(word) == 1
    )
    own = own or (word in words.suffixes and word != "mm") or _MILLIONS.match(lower) is not None
    begins = words.surfaces.begins(lower)
    return Behind(
        plain=not (own or begins),
        unit=begins and not own,
        on=number or lower in _ON or money,
        joins=lower in _JOINTS,
        relative=lower in words.relative or lower == "of",
        month=lower in words.months,
        capital=word[0].isupper(),
        scale=_SCALES.get(word, 0),
    )


def _is_number(lower: str) -> bool:
    words = vocabulary()
    known = (words.parts, words.scales, words.hundreds, words.dozens)
    return any(lower in names for names in known) or words.candidates.match(lower) is not None


_WORD = re.compile(r" ([A-Za-z]++)(?!\w)")
_ENDS = frozenset(",.;)!?")


def ends(place: Place, at: int) -> bool:
    """Whether nothing at `at` carries the figure before it on."""
    if place.text[at : at + 1] != " ":
        return stops(place.text, at)
    match = _WORD.match(place.text, at)
    if match is None:
        return False
    word = behind(match.group(1))
    return not word.on and (not word.joins or leads_nowhere(place, at))


def stops(text: str, at: int) -> bool:
    """Whether the text or a clause of it ends at `at`."""
    after = text[at : at + 1]
    return not after or (after in _ENDS and text[at + 1 : at + 2] in _QUIET)


def is_free(place: Place, end: int) -> bool:
    """Whether the word of grammar behind a number is no part of one: in the north, a share."""
    return (
        _OF_WHAT.match(place.lower, end) is not None
        or is_elsewhere(place, end)
        or leads_nowhere(place, end)
    )


def is_elsewhere(place: Place, end: int) -> bool:
    """In the north, in 2022: no number follows whose share the number before could be."""
    if not place.lower.startswith(" in ", end):
        return False
    if _YEAR_AFTER.match(place.lower, end) is not None:
        return True
    follower = place.text[end + 4 : end + 5]
    return follower.isalpha() and place.words.candidates.match(place.lower, end + 4) is None


def leads_nowhere(place: Place, at: int) -> bool:
    """To win, and the rest: behind the joint at `at` no second number follows."""
    match = _JOINED.match(place.lower, at)
    return match is not None and place.words.candidates.match(place.lower, match.start(1)) is None


_QUIET = ("", " ", '"', "”")
# A point and a percentage point are shares, and so is one of every ten.
_OF_WHAT = re.compile(
    r" of (?!an? |every|gasoline|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z0-9]"
    r"| an? (?!p)[a-z]"
)
_YEAR_AFTER = re.compile(
    r" in (?:1[0-9]|20)[0-9]{2}(?:[,.;)]? |[.]?\Z)(?![0-9]|[a-z]*(?:dozen|do?z))"
)
_JOINED = re.compile(r" (?:to|and|or|until) (?!(?:an?|usd|eur|gbp|rs)\b)([a-z]++)(?![\w$€£¥₩₹])")
