"""Whether a word such as third, second or quarter is a rank, a part, a moment or a group."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.quantity import Draft


def is_rank(place: Place) -> bool:
    """Second ranks before a noun or behind a verb; behind a number it is a time."""
    if place.word != "second":
        return False
    before = place.before(place.at).lower()
    return before not in ("a", "per", "each", "split") or place.after(place.at + 6) != ""


# A part stands alone or before one of these; before a noun the same word is a rank.
_PREPOSITIONS = ("", "of", "to", "in", "from", "and", "as", "by")


_COMPARISONS = ("less", "more", "higher", "lower", "century", "percent")


_AFTER_PART = frozenset({*_PREPOSITIONS, *_COMPARISONS, "was", "is", "were", "are", "said", "this"})


_HALVES_OF_TIME = frozenset(["first", "second", "other", "last", "latter", "top", "bottom"])


def is_part(place: Place, numeral: Numeral) -> bool:
    """A third of, a quarter; but a third term and the fourth quarter are ranks."""
    bare = numeral.start == place.at
    if bare and place.word in place.words.ordinals:
        return False
    of_measure = place.lower.startswith(" of a ", numeral.end)
    if bare and place.word == "quarter":
        return _is_measure(place, numeral.end + (len(" of a ") if of_measure else 1))
    if bare and place.word in ("half", "quarter"):
        return place.word == "half" and place.before(place.at).lower() not in _HALVES_OF_TIME
    if place.word == "quarter" and _is_measure(place, numeral.end + 1):
        return True
    if place.word in place.words.ordinals or place.word == "quarter":
        return place.after(numeral.end).lower() in _AFTER_PART
    return True


def is_group(place: Place, rank: Draft) -> bool:
    """The poorest fifth of households is a group and no rank."""
    before = place.before(place.at).lower()
    group = before.endswith("est") or before in ("top", "bottom", "upper", "lower")
    return group and place.word in place.words.parts and place.after(rank.core_end) == "of"


def _is_measure(place: Place, at: int) -> bool:
    """A quarter pound, a quarter mile: a part of a measure."""
    unit = place.words.unit_at(place.text, place.lower, at)
    return unit is not None and (unit[2].kind == "dimension" or unit[2].symbol == "POUND")
