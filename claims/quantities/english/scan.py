"""One pass over an English text: where a quantity may start, and which grammar reads it."""

import datetime as dt
import re

from claims.quantities.english import (
    compounds,
    counts,
    dates,
    labels,
    measures,
    multiples,
    numerals,
    ordinals,
    percentages,
    phrases,
    plain,
    quarters,
    ranges,
    ranks,
    runs,
)
from claims.quantities.english.candidates import Candidates
from claims.quantities.english.place import Place
from claims.quantities.english.vocabulary import vocabulary
from claims.quantities.numeral import Numeral
from claims.quantities.quantity import Draft, Quantity

# A full stop may end an abbreviation; only the end of a line surely ends a sentence.
_LINE = re.compile(r"[^\n]+")
_ADDRESS = re.compile(r"(?:https?|ftp)://\S+|\bwww\.\S+")
_ORDINAL_NOT_BEFORE = frozenset({"half", "halves", "quarter", "quarters", "hand", "lady"})
_MONEY_SIGNS = tuple("$€£¥₹₩")


def lowered(text: str) -> str:
    """`text` in lower case, letter for letter: İ and its kind stay, so that offsets agree."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(letter.lower() if letter.isascii() else letter for letter in text)


# Neither a blank nor a letter, so that no grammar reads across a web address.
_BLANK = "\0"


def blanked(text: str) -> str:
    """`text` with web addresses overwritten, so that their numbers are none."""
    if "://" not in text and "www." not in text:
        return text
    return _ADDRESS.sub(lambda match: _BLANK * len(match.group()), text)


def read(text: str, published: dt.date | None = None) -> list[Quantity]:
    """The quantities of `text` in the order of their places."""
    return [
        draft.freeze(match.group(), match.start())
        for match in _LINE.finditer(blanked(text))
        for draft in _line(match.group(), published)
    ]


def _line(line: str, published: dt.date | None) -> list[Draft]:
    spans = runs.find(line)
    if not spans:
        return scan(line, published)
    plain, at = [], 0
    for start, end in spans:
        plain += [line[at:start], _BLANK * (end - start)]
        at = end
    found = scan("".join([*plain, line[at:]]), published)
    found += [draft for span in spans if (draft := runs.mention(line, span)) is not None]
    return sorted(found, key=lambda draft: draft.core_start)


def scan(text: str, published: dt.date | None = None, *, narrow: bool = False) -> list[Draft]:
    """The drafts of `text`; each candidate is looked at once. `narrow` joins no ranges."""
    words = vocabulary()
    found: list[Draft] = []
    texts = (text, lowered(text))
    candidates = Candidates(words, texts[1])
    candidate = candidates.first()
    if candidate is None:
        return found
    place = Place(words, texts, candidate, found, published, narrow=narrow)
    while candidate is not None:
        place.move(*candidate)
        candidate = candidates.after(max(_at(place), place.at + 1))
    return found


def _at(place: Place) -> int:
    if place.letter.isdigit():
        return (not place.narrow and plain.read(place)) or _digit(place)
    if " " in place.word:
        return phrases.article(place) or place.at + 1
    end = phrases.stopped(place)
    if not end and place.word in place.words.months:
        return _calendar(place)
    if not end and not place.narrow:
        end = plain.spelled(place)
    return end or multiples.word(place) or _word(place)


def _digit(place: Place) -> int:
    priced = _money_before(place)
    if not priced:
        end = quarters.lettered(place) or labels.joined(place)
        if end:
            return end
    draft = ordinals.digits(place)
    if (draft is not None and not place.lower.startswith((" of ", " "), draft.core_end)) or (
        draft is not None
        and place.after(draft.core_end).lower() not in place.words.months
        and place.before(place.at).lower() not in place.words.months
    ):
        return place.add(draft)
    end = (
        0
        if priced
        else multiples.split(place)
        or multiples.pressure(place)
        or _span(place)
        or dates.read(place)
    )
    return end or _numeral(place, _decimal_start(place))


def _span(place: Place) -> int:
    """The end of a time written in letters: 2h 3m 59s."""
    whole = compounds.clock(place, place.at)
    if whole is None:
        return 0
    draft = Draft(place.at, whole.end, place.at, whole.end, "duration", whole.value, "clock")
    draft.unit, draft.unit_name = whole.symbol, whole.name
    return place.add(draft)


def _money_before(place: Place) -> bool:
    lead = place.text[max(0, place.at - 2) : place.at]
    return lead.endswith(_MONEY_SIGNS) or (lead[:1] in _MONEY_SIGNS and lead[1:].isspace())


def _decimal_start(place: Place) -> int:
    """.5 starts at its point, unless the point ends a word or a number."""
    at, text = place.at, place.text
    if at and text[at - 1] == "." and not text[max(0, at - 2) : at - 1].isalnum():
        return at - 1
    return at


def _word(place: Place) -> int:
    for reading in _READINGS:
        end = reading(place)
        if end:
            return end
    return _spelled(place)


def _calendar(place: Place) -> int:
    if place.word in place.words.months:
        return quarters.month(place) or place.at + len(place.word)
    return quarters.part_of_year(place) if place.word in place.words.ordinals else 0


def _many(place: Place) -> int:
    """Dozens, several hundred, a couple of years."""
    words = place.words
    if place.word in words.vague:
        return _vague(place)
    if place.word == "couple":
        return _couple(place)
    if place.word not in words.hundreds and place.word not in words.scales:
        return 0
    few = phrases.few(place)
    return 0 if few is None else _figure(place, few)


def _uncounted(place: Place) -> int:
    """Every second house is no rank, and a second is a moment."""
    end = place.at + len(place.word)
    before = place.before(place.at).lower()
    if place.word in place.words.ordinals and before in ("every", "each"):
        return end
    if before == "per" and place.word in place.words.scales:
        return end
    if place.word == "half" and _AND_A.search(place.lower, max(0, place.at - 24), place.at):
        return end
    return end if place.word in ("second", "seconds", "score") and not ranks.is_rank(place) else 0


# A game and a half: what is halved is no measure.
_AND_A = re.compile(r"\ban?[ ][a-z]+[ ]and[ ]an?[ ]\Z")
_READINGS = (_calendar, labels.titled, _many, _uncounted)


def _spelled(place: Place) -> int:
    """A number or a rank in words."""
    words = place.words
    numeral = numerals.read(
        words, place.text, place.lower, place.at, joins=not ranges.begun(place, place.at)
    )
    rank = ordinals.words_at(place)
    part = numeral is not None and numeral.value < 1 and ranks.is_part(place, numeral)
    if rank is not None and ranks.is_group(place, rank):
        return rank.core_end
    if rank is not None and not part and (numeral is None or rank.core_end >= numeral.end):
        follower = place.after(rank.core_end) or place.lower[rank.core_end + 1 :][:8].split(" ")[0]
        if follower.lower().rstrip(".,") in _ORDINAL_NOT_BEFORE:
            return rank.core_end + 1 + len(follower)
        return place.add(rank)
    if numeral is None or (
        place.word == "quarter" and not part and numeral.end - place.at == len("quarter")
    ):
        return 0
    return _figure(place, place.signed(numeral))


def _vague(place: Place) -> int:
    """Dozens of, hundreds of, tens of thousands of."""
    numeral = numerals.manifold(place.words, place.lower, place.at)
    end = place.at + len(place.word)
    if numeral is None:
        value = place.words.vague[place.word]
        numeral = Numeral(place.at, end, value, arabic=False, vague=True)
    before = place.before(numeral.start).lower()
    if before in place.words.ones or before in place.words.tens:
        return end
    return _figure(place, numeral)


def _couple(place: Place) -> int:
    """A couple of years: about two."""
    numeral = numerals.couple(place.lower, place.at)
    if numeral is None:
        return 0
    count = len(place.found)
    end = _figure(place, numeral)
    for draft in place.found[count:]:
        draft.comparator = draft.comparator or "about"
    return end


def _numeral(place: Place, start: int) -> int:
    numeral = numerals.read(
        place.words, place.text, place.lower, start, joins=not ranges.begun(place, place.at)
    )
    if numeral is None:
        return 0
    if numeral.value.is_nan():
        draft = Draft(start, numeral.end, start, numeral.end, "number", None, "unreadable")
        draft.reason = "no number is written like this"
        return place.add(draft)
    return _figure(place, place.signed(numeral))


def _figure(place: Place, numeral: Numeral) -> int:
    draft = None
    for grammar in _NARROW if place.narrow else _GRAMMARS:
        draft = grammar(place, numeral)
        if draft is not None:
            break
    if not place.narrow and (draft is None or draft.rule not in _WHOLE):
        draft = ranges.read(place, numeral, draft) or draft
    return labels.rest(place, numeral.end) if draft is None else place.add(draft)


# A share of a whole is never the start of a range.
_WHOLE = frozenset({"share", "ratio", "score"})
_GRAMMARS = (
    multiples.share,
    multiples.ratio,
    multiples.score,
    percentages.read,
    multiples.read,
    measures.read,
    counts.read,
    labels.bare,
)
_NARROW = (
    percentages.read,
    measures.read,
)
