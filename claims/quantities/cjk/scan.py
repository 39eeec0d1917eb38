"""One pass over a text: finds where a quantity may start and hands each place to its grammar."""

import datetime as dt
import re
from bisect import bisect_left
from decimal import Decimal

from claims.quantities.cjk import (
    amounts,
    dates,
    first_look,
    fractions,
    halves,
    korean_numerals,
    labels,
    measures,
    multiples,
    numerals,
    ordinals,
    percentages,
    plain,
    ranges,
    scores,
    unreadable,
    vague,
)
from claims.quantities.cjk.place import Place
from claims.quantities.cjk.vocabulary import Vocabulary, vocabulary
from claims.quantities.numeral import Numeral
from claims.quantities.quantity import Draft, Quantity

# Nothing reaches over the end of a sentence, so a text reads as its sentences do.
_MARK = re.compile("[。！？!?\n]")
_BLANKS = " \u3000"
_BELOW_HUNDRED = re.compile("([一二三四五六七八九]?)十([一二三四五六七八九]?)")
_ONE = frozenset("一壹")
_COUNTING = frozenset("第分共连連达達约約每有续續计計")
_ADDRESS = re.compile(r"(?:https?|ftp)://[!-~]+")


# Neither a blank nor a letter, so that no grammar reads across a web address.
_BLANK = "\0"


def blanked(text: str) -> str:
    """`text` with web addresses overwritten, so that their numbers are none."""
    if "://" not in text:
        return text
    return _ADDRESS.sub(lambda match: _BLANK * len(match.group()), text)


def read(lang: str, text: str, published: dt.date | None = None) -> list[Quantity]:
    """The quantities of `text` in the order of their places."""
    words, text = vocabulary(lang), blanked(text)
    quantities: list[Quantity] = []
    candidate = words.starts.search(text)
    if candidate is None:
        return quantities
    place = Place(words, text, candidate.start(), [], published)
    marks = [-1, *[mark.start() for mark in _MARK.finditer(text)], len(text)]
    # A sentence is cut out only where a candidate letter stands in it.
    while candidate is not None:
        at = candidate.start()
        following = bisect_left(marks, at)
        start, end = marks[following - 1] + 1, marks[following]
        place.begin(text[start:end])
        _scan(place, at - start)
        if place.found:
            sentence = place.text
            quantities += [draft.freeze(sentence, start) for draft in place.found]
        candidate = words.starts.search(text, end)
    return quantities


def scan(words: Vocabulary, text: str, *, narrow: bool = False) -> list[Draft]:
    """The drafts of one sentence; `narrow` joins no ranges."""
    first = words.starts.search(text)
    if first is None:
        return []
    place = Place(words, text, first.start(), [], None, narrow=narrow)
    _scan(place, first.start())
    return place.found


def _scan(place: Place, first: int) -> None:
    """Looks at each candidate letter of the sentence once, from the `first` one."""
    search, text, at = place.words.starts.search, place.text, first
    while True:
        place.move(at)
        end = _at(place)
        match = search(text, end if end > at else at + 1)
        if match is None:
            return
        at = match.start()


def _at(place: Place) -> int:
    """Reads what stands at a candidate letter; the place where the search goes on."""
    if place.words.verbs_last:
        if not place.narrow and (end := first_look.read(place)):
            return end
    elif place.arabic and not place.narrow and (end := plain.read(place)):
        return end
    if place.at == place.free and place.found and place.words.digits.get(place.letter) == 0:
        return place.at + 1
    special = None if place.arabic else _SPECIAL.get(place.letter)
    if special is not None:
        end = special(place)
        if end > place.at or place.letter not in place.words.hanzi:
            return end
    if place.letter in place.words.vague:
        numeral = vague.several(place)
        return 0 if numeral is None else _figure(place, numeral)
    if not place.arabic and (end := _in_letters(place)):
        return end
    return _date(place) or _numeral(place)


def _date(place: Place) -> int:
    if place.words.verbs_last and first_look.counts_days(place):
        return 0
    return dates.read(place)


def _in_letters(place: Place) -> int:
    """What a numeral in Chinese letters may be besides a plain number."""
    end = _not_a_number(place)
    if not end and place.letter in _ONE:
        end = halves.whole(place)
    return end or percentages.hundredths(place)


def _not_a_number(place: Place) -> int:
    """Notes the stop word over a Chinese numeral; where the search goes on if it counts nothing."""
    text, at, words = place.text, place.at, place.words
    stop = words.stop_around(text, at)
    if stop is not None:
        if stop[0] < at:
            return stop[1]
        # 二期 is a stage of a project, 分二期 and 第二期 are counted.
        if stop[1] - at > 2 or at == 0 or text[at - 1] not in _COUNTING:
            if text[at + 1 : at + 2] not in words.carrying:
                return stop[1]
            place.stop = stop
        return 0
    if place.letter in _ONE and not place.narrow and measures.is_article(place):
        return at + 1
    if place.letter in words.scales:
        unit = words.unit_at(text, at)
        if unit is not None and (at == 0 or text[at - 1] not in words.numeral_letters):
            return unit[0]
    return labels.idiom(place) or labels.formal(place)


def _numeral(place: Place) -> int:
    numeral: Numeral | None
    if place.words.lang == "ko" and not place.arabic:
        spelled = korean_numerals.read(place.words, place.text, place.at)
        return 0 if spelled is None else _figure(place, place.signed(spelled))
    if place.arabic:
        end = labels.letters_before(place)
        if end:
            return end
        numeral = numerals.read(place.words, place.text, place.at)
        if numeral is not None and not place.narrow and (end := labels.number_name(place, numeral)):
            return end
    else:
        numeral = (
            _digit(place) or _worded(place) or numerals.read(place.words, place.text, place.at)
        )
        if numeral is not None and not (place.words.verbs_last or place.narrow or place.stop):
            amount = amounts.worded(place, numeral)
            if amount is not None:
                return place.add(amount)
    return _found(place, vague.bare_scale(place) if numeral is None else numeral)


def _found(place: Place, numeral: Numeral | None) -> int:
    if numeral is None:
        return place.stop[1] if place.stop else 0
    if place.stop is not None and numeral.end <= place.stop[1]:
        return place.stop[1]
    if place.narrow:
        if numeral.value.is_nan():
            return numeral.end
    elif end := unreadable.read(place, numeral):
        return end
    return _figure(place, place.signed(numeral))


def _digit(place: Place) -> Numeral | None:
    """A number below a hundred in Chinese letters, with nothing that carries it on."""
    text, at, words = place.text, place.at, place.words
    value = words.ones.get(place.letter)
    if value is not None and text[at + 1 : at + 2] not in words.carrying:
        return Numeral(at, at + 1, value, arabic=False, decimals=0)
    match = _BELOW_HUNDRED.match(text, at)
    if match is None or text[match.end() : match.end() + 1] in words.carrying:
        return None
    tens, ones = match.groups()
    count = (words.digits[tens] if tens else 1) * 10 + (words.digits[ones] if ones else 0)
    return Numeral(at, match.end(), Decimal(count), arabic=False, decimals=0)


def _worded(place: Place) -> Numeral | None:
    if place.stop is not None:
        return None
    if place.letter in "百千万萬" and (numeral := vague.rounded(place)) is not None:
        return numeral
    after = place.text[place.at + 1 : place.at + 2]
    if after and (after in place.words.numeral_beginnings or after == "、"):
        return vague.neighbours(place)
    return None


def _figure(place: Place, numeral: Numeral) -> int:
    draft = first_look.own(place, numeral) if place.words.verbs_last else None
    if draft is None and place.narrow:
        draft = percentages.read(place, numeral) or measures.read(place, numeral)
    elif draft is None:
        if _is_part_of_a_name(place, numeral):
            return numeral.end
        draft = _by_neighbours(place, numeral)
    if not place.narrow:
        draft = ranges.read(place, numeral, draft) or draft
    if draft is None:
        return labels.skipped(place, numeral)
    _widen(draft, numeral)
    return place.add(draft)


def _is_part_of_a_name(place: Place, numeral: Numeral) -> bool:
    if numeral.arabic and labels.crossed(place, numeral):
        return True
    start = numeral.start
    return start > 0 and place.text[start - 1] == "第" and ordinals.is_name(place, numeral)


def _by_neighbours(place: Place, numeral: Numeral) -> Draft | None:
    """What a numeral is by the letter before it and the one behind it."""
    draft = None
    before = place.text[numeral.start - 1] if numeral.start else ""
    after = place.text[numeral.end : numeral.end + 1]
    if after and after in scores.STARTS:
        draft = scores.read(place, numeral) or fractions.read(place, numeral)
    elif after and after in fractions.STARTS:
        draft = fractions.read(place, numeral)
    if draft is None and before and before in place.words.rank_ends:
        draft = ordinals.counted(place, numeral) or ordinals.ranked(place, numeral)
    return draft or (
        percentages.read(place, numeral)
        or multiples.read(place, numeral)
        or measures.read(place, numeral)
        or measures.adjective(place, numeral)
        or labels.bare(place, numeral)
    )


def _widen(draft: Draft, numeral: Numeral) -> None:
    """A numeral that is a range itself (三五百) makes its quantity a range."""
    if numeral.high is None or draft.value is None or draft.kind == "ordinal":
        return
    ends = draft.value, numeral.high * (draft.value / numeral.value)
    draft.value, draft.value_high = min(ends), max(ends)
    draft.kind = draft.comparator = "range"


_SPECIAL = {
    "首": ordinals.first,
    "榜": ordinals.first,
    "头": ordinals.first,
    "頭": ordinals.first,
    "翻": multiples.turn,
    "半": halves.read,
    "절": halves.read,
    "腰": halves.read,
}
