"""Several units in one, as Japanese and Korean write them: 2時間6分18秒, 3년 6개월, 懲役3年6月."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from claims.quantities.cjk import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.cjk.place import Place
    from claims.quantities.numeral import Numeral

_YEARS = ("year", "month")
_CLOCK = ("hour", "minute", "second")
_PARTS = {"month": 12, "minute": 60, "second": 60}
# Sentences are the one span whose months are a bare 月.
_SENTENCED = re.compile(r"(?:懲役|禁錮|拘禁刑|懲役刑|不定期刑)[^、。]{0,4}\Z")
_BARE_MONTHS = re.compile(r"([0-9０-９]{1,2}|[一二三四五六七八九十]{1,2})月")
_FRACTION = re.compile(r"\s?[のの의之]\s?[0-9０-９一二三四五六七八九]")
_HUNDREDTHS = re.compile(r"[0-9０-９]{2,3}(?![0-9０-９.．%％万億만억])(?!\s?[円원人명台대])")
_QUOTED = re.compile(r"円(?P<low>[0-9０-９]{1,2})(?:[-–—－―~～〜]|から)(?P<high>[0-9０-９]{1,2})銭")
_WEEKS = re.compile(
    r"\s?주(?=\s?(?:연속|만에|동안|째|차|뒤|후|전(?!체|환)|이상|이내|가량|정도|간격|앞))"
)
_BLANKS = " \u3000"


def read(place: Place, numeral: Numeral) -> Draft | None:
    """A span of at least two units that starts with `numeral`."""
    whole = _weeks(place, numeral) or _quoted(place, numeral)
    if whole is not None:
        return whole
    first = _unit(place, numeral.end)
    if first is None:
        return None
    end, name = first
    chain = _YEARS if name in _YEARS else _CLOCK
    if name not in chain:
        return None
    total, size = Fraction(numeral.value), 1
    begun, units = end, 1
    for smaller in chain[chain.index(name) + 1 :]:
        size *= _PARTS[smaller]
        part = _part(place, end, smaller)
        if part is not None:
            end, value = part
            total += Fraction(value) / size
            units += 1
    if name == "second" or end > begun:
        end, hundredths = _hundredths(place, end, numeral, units)
        total += hundredths / size
        units += bool(hundredths)
    if units == 1:
        return None
    return _draft(numeral, end, total, name)


def _weeks(place: Place, numeral: Numeral) -> Draft | None:
    """주 is a week where a stretch of time goes on, and a share elsewhere."""
    match = _WEEKS.match(place.text, numeral.end) if place.words.lang == "ko" else None
    if match is None:
        return None
    draft = _draft(numeral, match.end(), Fraction(numeral.value), "week")
    draft.num_end, draft.rule, draft.decimals = numeral.end, "weeks", numeral.decimals
    return draft


def _quoted(place: Place, numeral: Numeral) -> Draft | None:
    """154円32〜33銭 is a rate as banks quote it, with both its prices."""
    match = _QUOTED.match(place.text, numeral.end)
    if match is None:
        return None
    low, high = (numeral.value + Decimal(match[name]).scaleb(-2) for name in ("low", "high"))
    draft = Draft(
        numeral.start, match.end(), numeral.start, match.end(), "range", low, "quoted-rate", "JPY"
    )
    draft.value_high, draft.comparator, draft.unit_name, draft.decimals = high, "range", "JPY", 2
    return draft if low < high else None


def _unit(place: Place, at: int) -> tuple[int, str] | None:
    """The end and the name of the unit of time at `at`."""
    text = place.text
    if text[at : at + 1] in _BLANKS:
        at += 1
    found = place.words.unit_at(text, at)
    if found is None or found[1].kind != "duration" or _FRACTION.match(text, found[0]):
        return None
    return found[0], found[1].name


def _part(place: Place, at: int, name: str) -> tuple[int, Decimal] | None:
    """The numeral of the unit `name` that stands at `at`, and its end."""
    text, words = place.text, place.words
    if name == "month" and (bare := _BARE_MONTHS.match(text, at)) is not None:
        if _SENTENCED.search(text, max(0, place.at - 8), place.at) is None:
            return None
        months = numerals.read(words, bare.group(1), 0)
        return None if months is None else (bare.end(), months.value)
    if text[at : at + 1] in _BLANKS:
        at += 1
    if at >= len(text) or text[at] not in words.numeral_letters:
        return None
    numeral = numerals.read(words, text, at)
    if numeral is None or numeral.value.is_nan() or numeral.value >= _PARTS[name]:
        return None
    found = _unit(place, numeral.end)
    return (found[0], numeral.value) if found is not None and found[1] == name else None


def _hundredths(place: Place, end: int, numeral: Numeral, units: int) -> tuple[int, Fraction]:
    """11秒24: the digits behind the second are its hundredths."""
    text = place.text
    if text[end - 1 : end] not in ("秒", "초") or (units == 1 and numeral.decimals):
        return end, Fraction(0)
    match = _HUNDREDTHS.match(text, end)
    if match is None:
        return end, Fraction(0)
    return match.end(), Fraction(Decimal(f"0.{match.group()}"))


def _draft(numeral: Numeral, end: int, total: Fraction, name: str) -> Draft:
    value = Decimal(total.numerator) / Decimal(total.denominator)
    draft = Draft(numeral.start, end, numeral.start, end, "duration", value, "compound-span")
    draft.unit = draft.unit_name = name
    return draft
