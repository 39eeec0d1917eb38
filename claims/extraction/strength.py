"""Whether a number states something to check, and the rule that says so."""

import re
from typing import NamedTuple

from claims.extraction.words import Words
from claims.quantities import Quantity
from claims.triage_vocabulary import Rule

LABELS = frozenset({"model", "designation", "label", "version", "phone", "address", "code"})
HAN = re.compile("[一二两三四五六七八九十首双]+")
WORDY = re.compile(r"[a-z]+", re.IGNORECASE)
LARGE = 100
FEW = 10
AROUND = 12


class Strength(NamedTuple):
    """Strong numbers propose a claim, weak ones a folded proposal; ``rule`` says why."""

    strong: bool
    rule: str


def is_period(quantity: Quantity) -> bool:
    """Tell whether a quantity says when rather than how much."""
    return quantity.kind.startswith(("date", "period"))


def strength(text: str, quantity: Quantity, words: Words) -> Strength:
    """Weigh one number in its surroundings."""
    line = text.rfind("\n", 0, quantity.start) + 1
    if text[line : line + 1] == "#":
        return Strength(strong=False, rule=Rule.HEADING)
    if is_period(quantity):
        return Strength(strong=False, rule=Rule.DATE)
    weigh = _BY_KIND.get(quantity.kind)
    if quantity.kind in LABELS:
        return Strength(strong=False, rule=Rule.DESIGNATION)
    return weigh(text, quantity, words) if weigh else Strength(strong=True, rule=quantity.rule)


def _count(text: str, quantity: Quantity, words: Words) -> Strength:
    if quantity.rule == "enumeration":
        return Strength(strong=False, rule=Rule.ENUMERATION)
    written = text[quantity.num_start : quantity.num_end]
    spelled = HAN.fullmatch(written) or WORDY.fullmatch(written)
    plain = quantity.comparator is None and quantity.change is None
    few = quantity.value is not None and quantity.value <= FEW
    vague = (quantity.unit or "") in words.vague_units or quantity.value == 1
    if spelled and plain and few and vague:
        return Strength(strong=False, rule=Rule.ENUMERATION)
    return Strength(strong=True, rule=quantity.rule)


def _dimension(_text: str, quantity: Quantity, words: Words) -> Strength:
    if quantity.unit == "nm":
        return Strength(strong=False, rule=Rule.PROCESS_NODE)
    weak = quantity.unit in words.attributes and quantity.change is None
    return Strength(strong=not weak, rule=Rule.ATTRIBUTE if weak else quantity.rule)


def _duration(text: str, quantity: Quantity, _words: Words) -> Strength:
    if quantity.qualifier == "consecutive":
        return Strength(strong=True, rule=Rule.CONSECUTIVE)
    written = text[quantity.num_start : quantity.num_end]
    digits = any(char.isdigit() and char.isascii() for char in written)
    firm = digits and quantity.qualifier != "span"
    return Strength(strong=firm, rule=quantity.rule if firm else Rule.STRETCH_OF_TIME)


def _ordinal(text: str, quantity: Quantity, words: Words) -> Strength:
    begin, end = max(0, quantity.start - AROUND), quantity.end + AROUND
    around = text[begin:end]
    if words.firsts.search(around):
        return Strength(strong=True, rule=Rule.FIRST_TIME)
    before = text[begin : quantity.start] if words.cjk else around
    ranked = words.ranks.search(before) or text[quantity.start : quantity.end] in {"榜首", "首位"}
    if ranked:
        return Strength(strong=True, rule=Rule.RANK)
    return Strength(strong=False, rule=Rule.ORDINAL_WORDING)


def _bare(text: str, quantity: Quantity, _words: Words) -> Strength:
    written = text[quantity.num_start : quantity.num_end]
    telling = (
        quantity.comparator is not None
        or quantity.change is not None
        or quantity.multiplier is not None
        or "." in written
        or "," in written
    )
    large = quantity.value is not None and abs(quantity.value) >= LARGE
    if telling or large:
        return Strength(strong=True, rule=quantity.rule)
    return Strength(strong=False, rule=Rule.BARE_NUMBER)


_BY_KIND = {
    "count": _count,
    "dimension": _dimension,
    "duration": _duration,
    "ordinal": _ordinal,
    "number": _bare,
}
