"""English numbers that name something: COVID-19, F-16, Boeing 737, Windows 11, chapter 3."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral

_RUN = re.compile(r"[0-9A-Za-z]+(?:[-.:/][0-9A-Za-z]+)*")
_ADDRESS = re.compile(r"\d{1,3}(?:\.\d{1,3}){2,3}(?!\d)")
_PHONE = re.compile(
    r"(?![12]\d{3}-\d{1,2}-\d{1,2}(?!\d))\+?\d{1,4}(?:-\d{2,4}){2,4}(?!\d)"
    r"|0\d{2,4}(?:[ -]\d{3,4}){1,2}(?!\d|[,.]\d|%)"
)
# Fixed turns of phrase in digits, and numbers that are dialled.
_IDIOM = re.compile(
    r"(?:24/7|24-7|24/7/365|9/11|7/7|50[/-]50|20/20|4x4s?|2x4s?|7-eleven|7-up|3d|2d|4k|5g|4g|3g|6g)\b(?![\w%])"
)
# One of these is near the front of every address, telephone number and idiom.
_SIGNS = frozenset("./-xdkg")
_SPECIAL = re.compile(f"{_ADDRESS.pattern}|{_PHONE.pattern}|{_IDIOM.pattern}")
_DIALLED = re.compile(r"(?:911|999|112|101|111|988)(?![\d,.]\d|%|\w)")
_DIALS = re.compile(
    r"\b(?:call|called|calls|calling|dial|dialed|dialled|dials|ring|rang|phoned?|via|through|to)\s\Z"
)
_ANSWERS = re.compile(
    r"[ -](?:calls?|callers?|emergency|dispatch\w*|operators?|recordings?|tapes?|hotline)\b"
)
_STREET = re.compile(
    r"(?: [A-Z][\w'’]+){1,3} (?:Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square)\b"
    r"| Downing\b"
)
_ROUNDED = ("-plus", "-odd", "-strong")
_NOT_COUNTED = frozenset(
    [
        "figure",
        "digit",
        "way",
        "sided",
        "pronged",
        "faceted",
        "dimensional",
        "star",
        "letter",
        "word",
        "dimensional",
        "part",
        "tier",
        "under",
        "over",
        "par",
        "all",
        "and",
        "down",
        "off",
        "pointer",
        "on",
        "to",
        "in",
        "of",
        "for",
        "at",
        "step",
        "second",
        "third",
        "fifth",
        "time",
        "party",
        "piece",
        "nil",
    ]
)
_HYPHENED = re.compile(r"-([a-z]+)")
# CO2, MX and iPhone name something, and so does the number behind them.
NAME = re.compile(r"[A-Za-z]*[A-Z0-9&][A-Za-z0-9&]*[A-Z0-9][A-Za-z0-9&]*\Z|[a-z]+[A-Z][A-Za-z]*\Z")


def joined(place: Place) -> int:
    """The end of a run such as F-16 or A380 whose digits are at hand; 0 for a number."""
    text, at = place.text, place.at
    end = _special(place)
    if end:
        return end
    if not at:
        return 0
    before = text[at - 1]
    if before in "-–" and at > 1 and (text[at - 2].isalpha()):
        if place.lower[max(0, at - 4) : at - 1] == "mid":
            return 0
        before = text[at - 2]
    if before == "#":
        return _run(place)
    if before != "_" and not before.isalpha():
        return 0
    found = place.words.prefixes.before(place.lower, at)
    if found is not None and not text[found[0] - 1 : found[0]].isalnum():
        return 0
    if re.search(r"(?<![A-Za-z])M(?:USD|EUR|GBP|AUD)\Z", text[max(0, at - 5) : at]):
        return 0
    return _run(place)


def _special(place: Place) -> int:
    """The end of an address, a telephone number or an idiom such as 24/7; 0 otherwise."""
    at = place.at
    if place.letter == "0" or not _SIGNS.isdisjoint(place.lower[at + 1 : at + 5]):
        match = _SPECIAL.match(place.lower, at)
        if match is not None:
            return match.end()
    dialled = _DIALLED.match(place.text, at) if place.letter in "19" else None
    return dialled.end() if dialled is not None and _is_dialled(place, dialled.end()) else 0


def _is_dialled(place: Place, end: int) -> bool:
    before = _DIALS.search(place.lower, max(0, place.at - 10), place.at)
    if before is not None and place.after(end)[:1] and before.group().strip() == "to":
        return False
    return before is not None or _ANSWERS.match(place.lower, end) is not None


def rest(place: Place, end: int) -> int:
    """The end of what a hyphen ties to a number that names something: 787-9, 4-4-2."""
    match = _TIED.match(place.text, end)
    return end if match is None else match.end()


_TIED = re.compile(r"(?:-\w{1,12}){1,3}")


def _run(place: Place) -> int:
    match = _RUN.match(place.text, place.at)
    return match.end() if match is not None else place.at + 1


def titled(place: Place) -> int:
    """The end of a numeral in words that is part of a name: Five Guys, the Second World War."""
    text, at = place.text, place.at
    if not text[at].isupper() or " " in place.word:
        return 0
    end = at + len(place.word)
    if _opens_sentence(text, at):
        match = _CAPITALS.match(text, end)
        if match is None or _has_people(place, match):
            return 0
        return match.end()
    # Within a sentence only a name writes its numeral with a capital.
    match = _CAPITALS.match(text, end)
    return end if match is None else match.end()


# One or more words with capitals; initials and plurals of initials such as MPs count as nouns.
_CAPITALS = re.compile(r"(?:[ -](?:of )?[A-Z][\w'’]*)+")
_PEOPLE = re.compile(r"(?:ans|ese|crats|ists|tons|is|ards|tines|Arabs|Jews|Marines|[A-Z]s)\Z")


def _opens_sentence(text: str, at: int) -> bool:
    lead = text[max(0, at - 4) : at].rstrip(" \"'“‘(\t")
    return not lead or lead[-1] in ".!?:\n•—–-"


def _has_people(place: Place, match: re.Match[str]) -> bool:
    """Two Americans, Three British soldiers and Five MPs are counted."""
    words = match.group().split()
    if any(word.lower() in place.words.months for word in words):
        return True
    if any(
        word.lower() in place.words.units.words or word.lower() in place.words.scales
        for word in words
    ):
        return True
    if _PEOPLE.search(words[-1]):
        return True
    after = place.after(match.end())
    return (
        bool(after)
        and after.islower()
        and (
            after in place.words.people
            or (
                after.endswith("s") and after not in place.words.closers and len(after) > len("its")
            )
        )
    )


def bare(place: Place, numeral: Numeral) -> Draft | None:
    """A number without a unit, unless it is a label or a pronoun."""
    joined_word = _HYPHENED.match(place.text, numeral.end)
    if joined_word is not None:
        return _hyphened(place, numeral, joined_word.group(1))
    if _is_label(place, numeral) or _is_pronoun(place, numeral):
        return None
    kind = (
        "fraction" if numeral.value != int(numeral.value) and numeral.decimals is None else "number"
    )
    draft = Draft(
        numeral.start, numeral.end, numeral.start, numeral.end, kind, numeral.value, "bare"
    )
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    if numeral.vague:
        draft.kind, draft.comparator = "count", "multiple_of"
    return draft


def _hyphened(place: Place, numeral: Numeral, noun: str) -> Draft | None:
    """A 14-member panel has fourteen members; a five-star hotel has no stars to count."""
    if noun in _NOT_COUNTED or len(noun) < len("man"):
        return None
    if numeral.value != int(numeral.value) and noun != "magnitude":
        return None
    if _is_named(place, numeral):
        return None
    draft = Draft(
        numeral.start, numeral.end, numeral.start, numeral.end, "count", numeral.value, "hyphened"
    )
    draft.decimals, draft.multiplier = numeral.decimals, numeral.multiplier
    if noun not in ("magnitude", "plus", "odd", "strong"):
        draft.unit = draft.unit_name = noun
    return draft


def rounded(place: Place, numeral: Numeral) -> int:
    """The end of "-odd" behind the number, over which the counted noun is looked for."""
    end = numeral.end
    letter = place.text[end : end + 1]
    if letter == "+":
        return end + 1
    if letter != "-":
        return end
    return end + next((len(s) for s in _ROUNDED if place.lower.startswith(s, end)), 0)


def _is_label(place: Place, numeral: Numeral) -> bool:
    if not numeral.arabic or numeral.multiplier:
        return False
    after = place.text[numeral.end : numeral.end + 1]
    if after == "-" and place.lower.startswith(_ROUNDED, numeral.end):
        return False
    if after.isalpha() or (
        after == "-" and place.text[numeral.end + 1 : numeral.end + 2].isalnum()
    ):
        return True
    if _STREET.match(place.text, numeral.end):
        return True
    if _is_named(place, numeral):
        return True
    before = place.before(numeral.start)
    digits = place.text[numeral.start : numeral.end]
    if len(digits) > 1 and digits[0] == "0" and "." not in digits:
        return True
    if not before or NAME.match(before) is None or numeral.decimals is not None:
        return False
    return not place.after(numeral.end)[:1].islower()


def _is_pronoun(place: Place, numeral: Numeral) -> bool:
    """One and its kind are mostly pronouns; they count only before a unit or with a comparator."""
    if numeral.arabic or numeral.value != 1 or numeral.end - numeral.start != len("one"):
        return False
    return place.words.before.before(place.lower, numeral.start - 1) is None


def _is_named(place: Place, numeral: Numeral) -> bool:
    """Chapter 3, Game 5, junctions 9 and 10: a heading or a maker stands before the number."""
    words = place.words
    before = place.before(numeral.start).removesuffix("'s").removesuffix("’s")
    lowered = before.lower()
    if lowered.rstrip(".") in words.makers or lowered in words.makers:
        return True
    if before[:1].isupper() and lowered in words.capital_makers:
        return True
    if lowered not in ("and", "or", "to"):
        return False
    lead = _LISTED.search(place.lower, max(0, numeral.start - 24), numeral.start)
    return lead is not None and lead.group(1) in words.makers


_LISTED = re.compile(r"\b([a-z]+)[ ]\d{1,4}[a-z]?(?:,[ ]\d{1,4}[a-z]?)*,?[ ](?:and|or|to)[ ]\Z")


def named(place: Place, numeral: Numeral) -> bool:
    """Whether a label stands before a number that has a plural noun behind it."""
    return numeral.arabic and not numeral.multiplier and _is_named(place, numeral)
