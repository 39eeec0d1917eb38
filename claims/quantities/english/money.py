"""English money: $5m, US$12,500, 35 lakh rupees, 3 dollars 50 cents, 30 MUSD."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.quantities.english import numerals
from claims.quantities.quantity import Draft

if TYPE_CHECKING:
    from claims.quantities.english.place import Place
    from claims.quantities.numeral import Numeral
    from claims.quantities.unit import Unit

_REACH = 14
# MUSD 30 and 30 MUSD are thirty million.
MILLIONS = r"m(?P<code>usd|eur|gbp|aud|cad|nzd|chf|sek|inr|jpy|hkd)"
_MILLIONS = re.compile(rf"\b{MILLIONS}[ \t]?\Z")
_MILLIONS_AFTER = re.compile(rf"[ \t]?{MILLIONS}\b")
_SCALE_AFTER = re.compile(
    r"[ \t]{1,3}(?P<scale>million|billion|trillion|thousand|bn|mln|crore|lakh)\b"
)
_SUFFIX = re.compile(r"(?P<suffix>[mtkb])(?![a-z0-9²³/])")
# Twenty grand, but three grand pianos and four Grand Slams.
GRAND = re.compile(r"[ \t]{1,2}grand\b(?![ \t-](?:jur|final|piano|prix|slam|opening|total|\w+s\b))")
_NEXT = re.compile(r"(?P<gap>[ \t]{1,3}|[ \t]?,[ \t]?)(?P<joined>and[ \t]{1,3})?")
_WORD = re.compile(r"[ \t]{0,2}([a-z]+|¢)")
# In "1 $ 10 dollars" the sign belongs to the ten, in "10 $ 30 $" to the number before it.
_PREFIX_OF_NEXT = re.compile(r"\s?[\d.,]+(?![\d.,]|\s?(?:\$|cents?\b))")
_CAPITAL_ONLY = frozenset({"r", "rm", "rp", "rp.", "tk", "tk.", "dh", "dhs", "nis", "kč"})
_RAND = re.compile(r"\d[\d,. ]*(?:,\d{3}|\.\d\d|[ ]?(?:m|bn|million|billion|trillion))\b")
_CENTS = 100
# Names shared by several currencies, read as the one a newspaper means without saying so.
_CODES = {"POUND": "GBP", "RUPEE": "INR"}


def read(place: Place, numeral: Numeral, unit: tuple[int, str, Unit] | None) -> Draft | None:
    """The amount of `numeral`, the currency before or after it."""
    found = _prefix(place, numeral)
    if found is not None:
        return _prefixed(place, numeral, unit, *found)
    lead = max(place.free, numeral.start - 6)
    match = None
    if place.lower.find("m", lead, numeral.start) >= 0:
        match = _MILLIONS.search(place.lower, lead, numeral.start)
    if match is not None:
        code = match["code"].upper()
        return _draft(match.start(), numeral.end, _in_millions(numeral), code)
    tail = place.lower[numeral.end : numeral.end + 2]
    match = _MILLIONS_AFTER.match(place.lower, numeral.end) if "m" in tail else None
    if match is not None:
        return _draft(numeral.start, match.end(), _in_millions(numeral), match["code"].upper())
    match = GRAND.match(place.text, numeral.end) if tail == " g" else None
    if match is not None and not numeral.multiplier:
        thousands = numeral._replace(value=numeral.value.scaleb(3), multiplier=3)
        draft = _draft(numeral.start, match.end(), thousands, "", "grand")
        draft.unit = None
        return draft
    if unit is None or unit[2].kind != "currency":
        return None
    return suffixed(place, numeral, unit)


def _in_millions(numeral: Numeral) -> Numeral:
    return numeral._replace(value=numeral.value.scaleb(6), multiplier=6)


def _prefix(place: Place, numeral: Numeral) -> tuple[int, str] | None:
    lower, at = place.lower, numeral.start
    while at > place.free and lower[at - 1] in " \t\xa0":
        at -= 1
    gap = numeral.start - at
    found = place.words.prefixes.before(lower, at)
    while found is not None:
        start, code = found
        if start >= place.free and gap <= 2 and _allowed(place, start, at, code):
            return found
        found = place.words.prefixes.before_shorter(lower, at, at - start)
    return None


def _allowed(place: Place, start: int, at: int, code: str) -> bool:
    text = place.text
    if not text[start].isalpha():
        return True
    if start and (text[start - 1].isalnum() or text[start - 1] == "."):
        return False
    surface = text[start:at]
    if surface.isalpha() and surface.upper() == code:
        return surface.isupper() or code in ("USD", "GBP", "EUR", "RMB", "AUD", "CAD")
    if surface.lower() in _CAPITAL_ONLY:
        return surface[0].isupper() and (surface != "R" or _is_rand(place, at))
    return surface.lower() not in ("dollar", "sen", "yuan", "re.") or not place.found


def _is_rand(place: Place, at: int) -> bool:
    """R1.2bn and R50,000 are rand; R22 may be anything."""
    return _RAND.match(place.text, at) is not None or not place.text[:at].strip("R ")


def _prefixed(
    place: Place, numeral: Numeral, unit: tuple[int, str, Unit] | None, start: int, code: str
) -> Draft:
    numeral = short_scale(place, numeral)
    end, name = numeral.end, _name(place, start, code)
    if unit is not None and unit[2].kind == "currency" and unit[1] != "$":
        same = unit[2].symbol == code or (code == "USD" and "dollar" in unit[1].lower())
        if same:
            end = unit[0]
    draft = _draft(start, end, numeral, code, name)
    _small_coins(place, draft, numeral)
    return draft


def short_scale(place: Place, numeral: Numeral) -> Numeral:
    """$5m: with a currency a small m is millions and a small t trillions."""
    match = _SUFFIX.match(place.lower, numeral.end)
    if match is None or numeral.multiplier:
        return numeral
    power = place.words.money_suffixes[match["suffix"]]
    return numeral._replace(end=match.end(), value=numeral.value.scaleb(power), multiplier=power)


def _name(place: Place, start: int, code: str) -> str:
    names: dict[str, str] = place.words.table["names"]
    return names.get(place.text[start], code)


def suffixed(place: Place, numeral: Numeral, unit: tuple[int, str, Unit]) -> Draft | None:
    """The amount of `numeral` with the currency `unit` behind it."""
    end, surface, currency = unit
    if surface == "$" and _PREFIX_OF_NEXT.match(place.lower, end):
        return None
    match = _SCALE_AFTER.match(place.lower, end)
    if match is not None and numeral.arabic and not numeral.multiplier:
        power = place.words.scales[match["scale"]]
        numeral = numeral._replace(value=numeral.value.scaleb(power), multiplier=power)
        end = match.end()
    code = _CODES.get(currency.symbol, currency.symbol)
    name = currency.symbol.lower() if currency.symbol in _CODES else code
    draft = _draft(numeral.start, end, numeral, code, name)
    _small_coins(place, draft, numeral)
    return draft


def _draft(start: int, end: int, numeral: Numeral, code: str, name: str = "") -> Draft:
    draft = Draft(start, end, numeral.start, numeral.end, "currency", numeral.value, "money")
    draft.unit, draft.unit_name = code, name or code
    return draft


def _small_coins(place: Place, draft: Draft, numeral: Numeral) -> None:
    """Fifty cents behind three dollars, named or bare; another currency does not join."""
    for _ in range(2):
        match = _NEXT.match(place.lower, draft.core_end)
        if match is None or match.end() >= len(place.text) or "," in match["gap"]:
            return
        part = _coin_numeral(place, match.end())
        if part is None or draft.value is None:
            return
        word = _WORD.match(place.lower, part.end)
        power = place.words.subunits.get(word.group(1) if word is not None else "")
        if word is not None and power is not None:
            draft.value += part.value.scaleb(-power)
            draft.core_end = word.end()
        elif _bare_cents(place, draft, part, joined=bool(match["joined"]), numeral=numeral):
            draft.value += part.value.scaleb(-2)
            draft.core_end = part.end
            return
        else:
            return


def _coin_numeral(place: Place, at: int) -> Numeral | None:
    if place.words.candidates.match(place.lower, at) is None:
        return None
    part = numerals.read(place.words, place.text, place.lower, at, joins=False)
    if part is None or part.value.is_nan() or part.decimals or not 0 < part.value < _CENTS:
        return None
    return part if part.value == int(part.value) else None


def _bare_cents(
    place: Place, draft: Draft, part: Numeral, *, joined: bool, numeral: Numeral
) -> bool:
    """Thirteen dollars forty five: nothing countable may follow, and nothing was scaled."""
    if numeral.multiplier or numeral.decimals or draft.value is None:
        return False
    rest = place.text[part.end : part.end + 1]
    if (rest and rest not in " .,;!?)\n") or place.text[part.end : part.end + 2].strip(" ") == "%":
        return False
    after = place.after(part.end).lower()
    unit = place.words.unit_at(place.text, place.lower, part.end + 1)
    if unit is not None or after in place.words.scales or after in ("hundred", "times", "percent"):
        return False
    if rest == "," and place.text[part.end + 1 : part.end + 2].isdigit():
        return False
    suffix_money = draft.core_end > draft.num_end
    if not joined and not suffix_money:
        return False
    return after in (
        "",
        "and",
        "more",
        "in",
        "for",
        "or",
        "to",
        "each",
        "but",
        "per",
        "a",
        "from",
    ) or (not after.endswith("s") and joined and after not in place.words.people)
