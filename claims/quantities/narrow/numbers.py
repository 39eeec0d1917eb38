"""Every number of a sentence, with or without a unit, as number suites list them."""

import re
from decimal import Decimal
from typing import Any

from claims.quantities import cjk, english
from claims.quantities.cjk import fractions as cjk_fractions
from claims.quantities.cjk import numerals as cjk_numerals
from claims.quantities.cjk import vague
from claims.quantities.cjk.place import Place as CjkPlace
from claims.quantities.cjk.vocabulary import Vocabulary as CjkVocabulary
from claims.quantities.english import labels, multiples, ordinals, percentages, ranges
from claims.quantities.english import measures as english_measures
from claims.quantities.english import numerals as english_numerals
from claims.quantities.english.money import GRAND
from claims.quantities.english.place import Place as EnglishPlace
from claims.quantities.narrow.answers import answer
from claims.quantities.narrow.numbers_japanese import numerals_of as japanese
from claims.quantities.narrow.numbers_korean import numerals_of as korean
from claims.quantities.numeral import Numeral

_PARTS_OF_HUNDRED = re.compile(r"(?:[十百千万亿]{1,4})\s?分\s?之\s?(?=[^\s])")
_POWER = re.compile(r"\^([+-]{0,4}\d{1,3})")
_UNNUMBERED = re.compile(r"\s*[%％折]")
_TIGHT_KINDS = frozenset({"dimension", "temperature"})
_OF_LANGUAGE = {"ja": japanese, "ko": korean}
_LONGEST_SYMBOL = 3
_FEW = re.compile(
    r"\s*(?P<all>(?:an?\s)?(?P<word>couple|pair|few|single)(?:\sof)?)\s*", re.IGNORECASE
)
_FEW_VALUES = {"couple": 2, "pair": 2, "few": 3, "single": 1}
_OVER = re.compile(r"[ \t]{1,2}over[ \t]{1,2}")


def read(text: str, lang: str) -> list[dict[str, Any]]:
    """The numbers of `text`."""
    if lang in cjk.LANGUAGES:
        return _cjk(cjk.vocabulary(lang), cjk.blanked(text))
    return _english(english.blanked(text))


def _row(numeral: Numeral) -> dict[str, Any]:
    return answer(numeral.start, numeral.end, "number", numeral.value)


def _cjk(words: CjkVocabulary, text: str) -> list[dict[str, Any]]:
    found = _OF_LANGUAGE.get(words.lang, numerals_of)
    return [_row(numeral) for numeral in found(words, text)]


def numerals_of(words: CjkVocabulary, text: str) -> list[Numeral]:
    """The numerals of a Chinese or Japanese text."""
    found: list[Numeral] = []
    at = 0
    while (match := words.candidates.search(text, at)) is not None:
        place = CjkPlace(words, text, match.start(), [], None, narrow=True)
        numeral, at = _cjk_number(place)
        at = max(at, match.start() + 1)
        if numeral is not None and (not found or numeral.start >= found[-1].end):
            found.append(numeral)
    return found


def _cjk_number(place: CjkPlace) -> tuple[Numeral | None, int]:
    """The number at a candidate letter, and where the search goes on."""
    text, words, at = place.text, place.words, place.at
    if place.letter not in words.numeral_letters:
        return None, at + 1
    start = at
    if not place.arabic:
        match = _PARTS_OF_HUNDRED.match(text, at)
        if match is not None and text[at - 1 : at] not in words.numeral_letters:
            return None, match.end()
        stop = words.stop_around(text, at)
        if stop is not None and (stop[0] < at or stop[1] > at):
            numeral = cjk_numerals.read(words, text, at)
            if numeral is None or numeral.end <= stop[1]:
                return None, stop[1]
    elif at and text[at - 1] in ".．" and text[at - 2 : at - 1] not in tuple(words.arabic):
        start = at - 1
    numeral = vague.neighbours(place) if words.lang == "zh" and not place.arabic else None
    numeral = numeral or cjk_numerals.read(words, text, start)
    if numeral is None or numeral.value.is_nan():
        return None, at + 1
    return _completed(place, place.signed(numeral))


def _completed(place: CjkPlace, numeral: Numeral) -> tuple[Numeral | None, int]:
    """Fractions, powers and dozens join; percent signs, discounts and money do not."""
    text = place.text
    whole = cjk_fractions.of_parts(place, numeral) or cjk_fractions.mixed(place, numeral)
    if whole is None and numeral.arabic:
        whole = cjk_fractions.slash(place, numeral)
    if whole is not None:
        return whole, whole.end
    match = _POWER.match(text, numeral.end)
    if match is not None:
        numeral = _raised(numeral, match)
    if text[numeral.end : numeral.end + 1] == place.words.dozen:
        return numeral._replace(end=numeral.end + 1, value=numeral.value * 12), numeral.end + 1
    if _UNNUMBERED.match(text, numeral.end):
        return None, numeral.end + 1
    unit = place.words.unit_at(text, numeral.end)
    single = not numeral.arabic and numeral.end - numeral.start == 1
    if unit is not None and single and unit[1].kind == "currency" and unit[0] - numeral.end > 1:
        return None, unit[0]
    return numeral, numeral.end


def _raised(numeral: Numeral, match: re.Match[str]) -> Numeral:
    written = match.group(1)
    exponent = int(written.lstrip("+-")) * (-1 if written.count("-") % 2 else 1)
    sign = -1 if numeral.value < 0 else 1
    value = sign * abs(numeral.value) ** exponent
    return numeral._replace(end=match.end(), value=value)


def _english(text: str) -> list[dict[str, Any]]:
    return [_row(numeral) for numeral in english_numerals_of(text)]


def english_numerals_of(text: str, *, split: bool = False) -> list[Numeral]:
    """The numerals of an English text; `split` keeps both ends of "between one and two" apart."""
    words = english.vocabulary()
    texts = (text, english.lowered(text))
    found = _colloquial(text)
    at = len(text) if found else 0
    while (match := words.candidates.search(texts[1], at)) is not None:
        place = EnglishPlace(words, texts, (match.start(), match.group()), [], None, narrow=True)
        numeral, at = _english_number(place, split=split)
        at = max(at, match.end() if numeral is None else numeral.end)
        if numeral is not None and (not found or numeral.start >= found[-1].end):
            found.append(numeral)
    return found


def _english_number(place: EnglishPlace, *, split: bool = False) -> tuple[Numeral | None, int]:
    text, lower, words = place.text, place.lower, place.words
    start = place.at
    if place.letter.isdigit():
        end = _in_name(place)
        if end:
            return None, end
        if start and text[start - 1] == "." and not text[max(0, start - 2) : start - 1].isalnum():
            start -= 1
    elif place.word in ("quarters", "halves", "second", "first") or place.word in words.multiples:
        return None, 0
    joins = not (split and ranges.begun(place, start))
    if (many := english_numerals.manifold(words, lower, start)) is not None:
        return many, many.end
    if place.word == "couple":
        couple = english_numerals.couple(lower, start)
        return (couple, couple.end) if couple is not None else (None, 0)
    numeral = english_numerals.read(words, text, lower, start, joins=joins)
    if numeral is None or numeral.value.is_nan():
        return None, 0
    if (grand := GRAND.match(text, numeral.end)) is not None:
        return numeral._replace(end=grand.end(), value=numeral.value.scaleb(3)), grand.end()
    if ordinals.digits(place) is not None and numeral.arabic:
        return None, ordinals.digits(place).core_end  # type: ignore[union-attr]
    return _joined(place, place.signed(numeral))


def _colloquial(text: str) -> list[Numeral]:
    """A couple, a pair, a few: numbers only where nothing else is said."""
    match = _FEW.fullmatch(text)
    if match is None:
        return []
    value = Decimal(_FEW_VALUES[match["word"].lower()])
    return [Numeral(match.start("all"), match.end("all"), value, arabic=False)]


def _in_name(place: EnglishPlace) -> int:
    """The end of digits that belong to a name; digits of an address are numbers here."""
    before = place.text[place.at - 1 : place.at]
    if before.isalpha() or before == "_":
        return labels.joined(place)
    return 0


def _joined(place: EnglishPlace, numeral: Numeral) -> tuple[Numeral | None, int]:
    text = place.text
    match = _POWER.match(text, numeral.end)
    if match is not None:
        return _raised(numeral, match), match.end()
    over = _over(place, numeral)
    if over is not None:
        return over, over.end
    if not numeral.arabic and numeral.value == 1 and place.word == "one":
        before = place.before(numeral.start).lower()
        if before in place.words.pronoun_before and before != "only":
            return None, numeral.end
    if percentages.read(place, numeral) is not None:
        return None, numeral.end
    unit = english_measures.unit_after(place, numeral)
    if unit is None or unit[2].kind not in _TIGHT_KINDS or not numeral.arabic or unit[1] == '"':
        return numeral, numeral.end
    tight = unit[0] - numeral.end == len(unit[1]) <= _LONGEST_SYMBOL
    return (None, unit[0]) if tight else (numeral, numeral.end)


def _over(place: EnglishPlace, numeral: Numeral) -> Numeral | None:
    """One over three, 1 in twenty-one, three out of ten."""
    share = multiples.share(place, numeral)
    if share is not None and share.value is not None:
        spelled = not place.text[share.core_end - 1].isdigit()
        if spelled or "out" in place.lower[numeral.end : share.core_end]:
            return numeral._replace(end=share.core_end, value=share.value)
    match = _OVER.match(place.lower, numeral.end)
    if match is None or place.text[numeral.start - 1 : numeral.start] == "$":
        return None
    if match.end() >= len(place.text) or not place.words.candidates.match(place.lower, match.end()):
        return None
    below = english_numerals.read(place.words, place.text, place.lower, match.end())
    if below is None or not below.value or below.value.is_nan():
        return None
    return numeral._replace(end=below.end, value=numeral.value / below.value)
