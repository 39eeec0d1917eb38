"""The words of English, made ready for look-up; everything is compared in lower case but units."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

from claims.quantities import tables
from claims.quantities.english.surfaces import Surfaces
from claims.quantities.lexicon import Lexicon
from claims.quantities.unit import Unit

_SHORT = 2
_STOP_WORD = re.compile(r"[a-z0-9]+")
# Sept is an abbreviation, which stands before a day.
_SHORT_MONTH = 4


def _either(words: list[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


class Vocabulary:
    """Look-ups made once from the table."""

    def __init__(self) -> None:
        table = tables.grammar("en")
        self.table = table
        self._numerals(table["numerals"])
        self.multiples = {w: Decimal(v) for w, v in table["multiples"]["words"].items()}
        self.determined = {w: Decimal(v) for w, v in table["multiples"]["determined"].items()}
        self._comparators(table["comparators"], table["reference"])
        self._units(table)
        self._dates(table["dates"])
        labels = table["labels"]
        self.makers = frozenset(labels["makers"].split())
        self.capital_makers = frozenset(labels["capital"].split())
        self.pronoun_before = frozenset(labels["pronoun_before"].split())
        self.pronoun_after = frozenset(labels["pronoun_after"].split())
        self.people = frozenset(table["people"]["nouns"].split())
        self.millions = frozenset(table["people"]["millions"].split())
        self.singles = frozenset(table["people"]["singles"].split())
        self.closers = frozenset(table["nouns"]["closers"].split())
        self.attributive = frozenset(table["nouns"]["attributive"].split())
        self.modifiers = frozenset(table["change"]["modifiers"].split())
        self.margins = frozenset(table["change"]["margins"].split())
        self.spent = frozenset(table["change"]["spent"].split())
        self.long = frozenset(table["people"]["long"].split())
        self.upward = frozenset(table["change"]["upward"].split())
        self.verbs = frozenset(table["change"]["verbs"].split())
        self.stops = self._stops(table["stop"]["words"].split("|"))
        self.candidates = self._candidates()

    def _numerals(self, section: dict[str, Any]) -> None:
        self.ones = {word: n for n, word in enumerate(section["ones"].split())}
        self.ones |= dict.fromkeys(section["zero"].split(), 0)
        self.tens = {word: 10 * n for n, word in enumerate(section["tens"].split(), 2)}
        self.tens |= {"fourty": 40}
        # One is an article or a pronoun more often than a number.
        small = {word: n for word, n in self.ones.items() if n > 1} | self.tens
        self.plain_numerals = {word: Decimal(n) for word, n in small.items()}
        self.hundreds = frozenset(section["hundred"].split())
        self.scales = {w: int(p) for p, text in section["scales"].items() for w in text.split()}
        self.short_scales = frozenset(section["short_scales"].split())
        self.dozens = frozenset(section["dozen"].split())
        self.ordinals = {word: n for n, word in enumerate(section["ordinals"].split())}
        self.ordinals |= {w: 10 * n for n, w in enumerate(section["ordinal_tens"].split(), 2)}
        self.ordinals |= {"nineth": 9}
        self.ordinal_scales = {w: 10 ** int(p) for p, w in section["ordinal_scales"].items()}
        self.suffixes = {word: int(power) for word, power in section["suffixes"].items()}
        self.money_suffixes = {w: int(power) for w, power in section["money_suffixes"].items()}
        self.vague = {word: Decimal(value) for word, value in section["vague"].items()}
        self.vulgar = {
            sign: Decimal(text.split("/")[0]) / Decimal(text.split("/")[1])
            for sign, text in section["vulgar"].items()
        }
        self.parts = {w: n for w, n in self.ordinals.items() if n > 2}
        self.parts |= self.ordinal_scales
        self.parts |= {word + "s": n for word, n in self.parts.items()}
        self.parts |= {"half": 2, "halves": 2, "quarter": 4, "quarters": 4}

    def _comparators(self, section: dict[str, str], reference: dict[str, str]) -> None:
        names = ("over", "at_least", "under", "at_most", "nearly", "about", "exactly", "only")
        before = {phrase: name for name in names for phrase in section[name].split("|")}
        self.before = Lexicon(before)
        self.before_by_end: dict[str, list[str]] = {}
        for phrase in before:
            self.before_by_end.setdefault(phrase.rpartition(" ")[2], []).append(phrase)
        self.before_ends = frozenset(self.before_by_end)
        self.odd_ends = tuple(end for end in self.before_by_end if not end.isalpha())
        after = {
            phrase: name
            for name in ("at_least", "at_most", "about")
            for phrase in section[f"after_{name}"].split("|")
        }
        self.after = Lexicon(after)
        self.after_beginnings = tuple({phrase.partition(" ")[0] for phrase in after})
        self.degrees = dict.fromkeys(reference["above"].split(), "above_reference")
        self.degrees |= dict.fromkeys(reference["below"].split(), "below_reference")

    def _units(self, table: dict[str, Any]) -> None:
        known = {s: u for s, u in tables.units("en").items() if s}
        known |= {
            code: Unit(code, code, "currency")
            for code in table["codes"]["codes"].split()
            if code not in known
        }
        folded = {s.lower(): u for s, u in known.items() if len(s) > _SHORT and not s.isupper()}
        self.units: Lexicon[Unit] = Lexicon(known)
        removed = set(table["not_units"]["surfaces"].split("|"))
        self.folded: Lexicon[Unit] = Lexicon(
            {s: u for s, u in (folded | known).items() if s not in removed and s == s.lower()}
        )
        self.surfaces = Surfaces(self.units.words, self.folded.words)
        codes = {u.symbol for u in known.values() if u.kind == "currency"}
        words = set(table["codes"]["words"].split())
        self.codes = frozenset(codes - words)
        prefixes = {p: code for code, text in table["prefixes"].items() for p in text.split("|")}
        self.prefixes = Lexicon(prefixes | {code.lower(): code for code in self.codes})
        self.subunits = {word: int(power) for word, power in table["subunits"].items()}

    def _dates(self, section: dict[str, Any]) -> None:
        self.months = {word: n for n, word in enumerate(section["months"].split(), 1)}
        self.months |= section["short"]
        self.before_month = frozenset(section["before_month"].split())
        self.before_year = frozenset(section["before_year"].split())
        self.relative = {
            word: sign
            for name, sign in (("before", -1), ("after", 1))
            for word in section["relative"][name].split()
        }
        self.month_pattern = _either(list(self.months))

    def _stops(self, phrases: list[str]) -> dict[str, list[tuple[str, list[int]]]]:
        """The phrases over each word, the longest first, and where in them the word begins."""
        stops: dict[str, list[tuple[str, list[int]]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            offsets: dict[str, list[int]] = {}
            for match in _STOP_WORD.finditer(phrase):
                offsets.setdefault(match.group(), []).append(match.start())
            for word, places in offsets.items():
                stops.setdefault(word, []).append((phrase, places))
        return stops

    def _candidates(self) -> re.Pattern[str]:
        words = {*self.ones, *self.tens, *self.hundreds, *self.scales, *self.dozens}
        words |= {
            *self.ordinals,
            *self.ordinal_scales,
            *self.multiples,
            *self.determined,
            *self.vague,
        }
        words |= {"half", "quarter", "score", "couple"}
        words |= {word for word in self.months if len(word) > _SHORT_MONTH} | {
            "may",
            "june",
            "july",
        }
        words |= set(self.table["articles"]["units"].split("|"))
        words -= self.short_scales
        words |= {f"{one}fold" for one in self.ones}
        signs = "".join(self.vulgar)
        trie = _trie(words)
        self.signs = re.compile(f"[0-9{signs}]")
        self.number_word = re.compile(rf"\b(?:{trie})\b")
        self.later_word = re.compile(rf"[^a-z0-9]\b({trie})\b")
        return re.compile(rf"[0-9{signs}]|\b(?:{trie})\b")

    def unit_at(self, text: str, lower: str, at: int) -> tuple[int, str, Unit] | None:
        """The longest unit at `at`: end, surface and unit; as written first, then in lower case."""
        return self.surfaces.at(text, lower, at)


def _trie(words: set[str]) -> str:
    """A regular expression of `words` that shares their beginnings."""
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    options = [re.escape(c) + _branches(node[c]) for c in sorted(node) if c]
    if not options:
        return ""
    body = options[0] if len(options) == 1 else "(?:" + "|".join(options) + ")"
    return f"(?:{body})?" if "" in node else body


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of English, built once."""
    return Vocabulary()
