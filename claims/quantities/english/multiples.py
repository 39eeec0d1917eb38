"""English multiples and ratios: doubled, three-fold, five times, one in five, 3:1."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from claims.quantities.english import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral

_FOLD = re.compile(r"[ \t]?-?[ \t]?fold\b")
_TIMES_LETTERS = tuple("tf- ")
_BEFORE_TIMES = tuple(" \t-fx×")
_TIMES = re.compile(r"[ \t]{1,2}times\b|[xX×](?![\w$])")
_OUT_OF = re.compile(r"[ \t]{1,2}(?P<join>in every|in|out of every|out of|of every)[ \t]{1,2}")
_RATIO = re.compile(r"[ \t]?:[ \t]?(\d{1,4})(?![\d:]|\.\d)|-to-(\d{1,4}|[a-z]+)\b")
_BEFORE_LOSERS = (" t",)
_SCORE = re.compile(r"[-–](\d{1,3})(?![\d%\w-]|[.,]\d)")
_AGAINST = re.compile(r"[ ]to[ ](\d{1,3})(?![\d%\w]|[.,]\d)")
_VOTED = re.compile(
    r"\b(?:passed|voted?|approved|rejected|backed|beat|won|lost|defeated|ruled|upheld|confirmed"
    r"|acquitted|convicted|by)\b[^.;]{0,30}\Z"
)
_ODDS = re.compile(r"\bodds\b|bookmaker|\boutsider\b|[ -]shot\b|favou?rite")
_CONTEST = re.compile(
    r"\b(?:won|wins?|lost|loses?|beats?|beaten|drew|draw|tied?|defeat\w*|victory|ruled|ruling|voted?|votes?"
    r"|decision|lead|led|score\w*|sets?|game|match|record|aggregate|thrash\w*|crush\w*|edged|down|up"
    r"|advantage|series|penalties|shootout|halftime|half-time|trail\w*|equali\w+|upset|routed)\b"
)
_WINDOW = 40
_HIGHEST_TALLY = 1000
# A higher number is no score of a game, unless the sentence speaks of a vote.
_HIGHEST_SCORE = 200
_LARGEST_SHARE = 100000


def word(place: Place) -> int:
    """Doubled, halved, twice, tenfold."""
    value = place.words.multiples.get(place.word) or _determined(place)
    if value is None:
        ones = place.words.ones.get(place.word.removesuffix("fold"))
        if ones is None or not place.word.endswith("fold"):
            return 0
        value = Decimal(ones)
    end = place.at + len(place.word)
    draft = Draft(place.at, end, place.at, end, "multiple", value, "multiple-word")
    draft.unit = draft.unit_name = "times"
    return place.add(draft)


_DETERMINER = re.compile(r"[ \t](?:the|its|his|her|their|our|that|what|those|last year['’]s)\b")


def _determined(place: Place) -> Decimal | None:
    """Double the limit; but a double room is one room."""
    value = place.words.determined.get(place.word)
    if value is None or _DETERMINER.match(place.lower, place.at + len(place.word)) is None:
        return None
    return value


def read(place: Place, numeral: Numeral) -> Draft | None:
    """Three-fold, five times."""
    follower = place.lower[numeral.end : numeral.end + 1]
    if follower not in _BEFORE_TIMES or (
        follower == " " and place.lower[numeral.end + 1 : numeral.end + 2] not in _TIMES_LETTERS
    ):
        return None
    match = _FOLD.match(place.lower, numeral.end) or _TIMES.match(place.text, numeral.end)
    if match is None:
        return None
    if "times" in match.group() and _occasions(place, match.end()):
        return None
    draft = Draft(
        numeral.start, match.end(), numeral.start, numeral.end, "multiple", numeral.value, "times"
    )
    draft.unit = draft.unit_name = "times"
    draft.decimals = numeral.decimals
    return draft


# Seven times that sum; but she won three times that year.
_SUMS = tuple(
    f" that {word}"
    for word in ("sum", "amount", "number", "figure", "price", "rate", "size", "level", "total")
)


def _occasions(place: Place, end: int) -> bool:
    """He tried three times; but three times as many, and three times the price."""
    after = place.after(end).lower()
    if place.lower.startswith(_SUMS, end):
        return False
    return after in ("already", "since", "before", "in", "during", "this", "that", "a", "per")


def share(place: Place, numeral: Numeral) -> Draft | None:
    """One in five, three out of ten: the share as a fraction."""
    if place.lower[numeral.end + 1 : numeral.end + 2] not in ("i", "o", " "):
        return None
    match = _OUT_OF.match(place.lower, numeral.end)
    if (
        match is None
        or match.end() >= len(place.text)
        or (numeral.value != int(numeral.value) and "out" not in match["join"])
    ):
        return None
    if place.words.candidates.match(place.lower, match.end()) is None:
        return None
    whole = numerals.read(place.words, place.text, place.lower, match.end(), joins=False)
    if whole is None or not 0 < numeral.value < whole.value <= _LARGEST_SHARE:
        return None
    year = match["join"] == "in" and whole.arabic and 1000 <= whole.value <= 2100
    if year or numeral.multiplier or place.text[whole.end : whole.end + 1] == "%":
        return None
    if match["join"] == "in" and place.words.unit_at(place.text, place.lower, whole.end + 1):
        return None
    return _fraction(numeral, whole.end, numeral.value / whole.value, "share")


def _fraction(numeral: Numeral, end: int, value: Decimal, rule: str) -> Draft:
    kind = "ratio" if rule == "ratio" else "fraction"
    return Draft(numeral.start, end, numeral.start, end, kind, value, rule)


def score(place: Place, numeral: Numeral) -> Draft | None:
    """3-1 and 6-3: the result of a match or a vote, two numbers and no range."""
    if not numeral.arabic or numeral.decimals or numeral.value >= _HIGHEST_TALLY:
        return None
    if place.lower[numeral.end : numeral.end + 2] not in _BEFORE_LOSERS and (
        place.text[numeral.end : numeral.end + 1] not in ("-", "–")
    ):
        return None
    match = _SCORE.match(place.text, numeral.end) or _tally(place, numeral)
    if match is None:
        return None
    window = place.around(numeral.start, match.end(), _WINDOW, _WINDOW)
    before = place.before(numeral.start).lower().removesuffix("'s")
    if before in place.words.makers:
        return None
    tallied = match.group().startswith(" ")
    losing = int(match.group(1)) > numeral.value or numeral.value >= _HIGHEST_SCORE
    if losing and not tallied and _CONTEST.search(window) is None:
        return None
    if match.group(1) == "1" and _ODDS.search(window):
        return _fraction(numeral, match.end(), numeral.value, "ratio")
    draft = Draft(numeral.start, match.end(), numeral.start, match.end(), "score", None, "score")
    draft.reason = "a score is two numbers"
    return draft


_PRESSURE = re.compile(r"[1-2]?\d\d/[1-9]\d(?!\d|/|\.\d)")
_BLOOD = re.compile(r"blood pressure|hypertens|mmhg|vision|eyesight")


def pressure(place: Place) -> int:
    """Passes over the 140/90 of a blood pressure, which is two numbers; the end, or 0."""
    if "/" not in place.text[place.at + 2 : place.at + 4]:
        return 0
    match = _PRESSURE.match(place.text, place.at)
    window = place.around(place.at, place.at, _WINDOW, _WINDOW)
    if match is None or _BLOOD.search(window) is None:
        return 0
    draft = Draft(place.at, match.end(), place.at, match.end(), "score", None, "pressure")
    draft.reason = "a blood pressure is two numbers"
    return place.add(draft)


def _tally(place: Place, numeral: Numeral) -> re.Match[str] | None:
    """Passed 218 to 212: the votes of either side."""
    match = _AGAINST.match(place.lower, numeral.end)
    if match is None or int(match.group(1)) >= numeral.value:
        return None
    lead = place.lower[max(place.free, numeral.start - _WINDOW) : numeral.start]
    return match if _VOTED.search(lead) is not None else None


def split(place: Place) -> int:
    """Adds the 60:40 of a split, whose parts make a hundred; its end, or 0."""
    if place.text[place.at + 2 : place.at + 3] != ":":
        return 0
    match = _SPLIT.match(place.text, place.at)
    if match is None or int(match.group(1)) + int(match.group(2)) != _HUNDRED:
        return 0
    value = Decimal(match.group(1)) / Decimal(match.group(2))
    draft = Draft(place.at, match.end(), place.at, match.end(), "ratio", value, "split")
    return place.add(draft)


_SPLIT = re.compile(r"([1-9]\d):([1-9]\d)(?![\d:])")
_HUNDRED = 100


def _spoken_ratio(place: Place, numeral: Numeral) -> Draft | None:
    """A ratio of 3 to 1."""
    match = _AGAINST.match(place.lower, numeral.end)
    if match is None or not int(match.group(1)):
        return None
    if "ratio" not in place.around(numeral.start, numeral.start, _WINDOW, 0):
        return None
    return _fraction(numeral, match.end(), numeral.value / int(match.group(1)), "ratio")


def ratio(place: Place, numeral: Numeral) -> Draft | None:
    """3:1, 3-to-1."""
    if place.lower.startswith(" to ", numeral.end):
        return _spoken_ratio(place, numeral)
    if place.text[numeral.end : numeral.end + 1] not in (":", "-") and (
        place.text[numeral.end : numeral.end + 2] != " :"
    ):
        return None
    match = _RATIO.match(place.lower, numeral.end)
    if match is None or (not numeral.arabic and match.group(2) is None):
        return None
    other = match.group(1) or match.group(2)
    value = place.words.ones.get(other) if other.isalpha() else int(other)
    if not value:
        return None
    return _fraction(numeral, match.end(), numeral.value / value, "ratio")
