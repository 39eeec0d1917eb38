"""The words of one language, made ready for look-up by the first or the last letter."""

import re
from functools import cache
from typing import Any

from claims.quantities import tables
from claims.quantities.lexicon import Lexicon
from claims.quantities.unit import Unit

ASCII_DIGITS = "0123456789"
WIDE_DIGITS = "０１２３４５６７８９"

# A word of numerals alone, such as 九九, is a number after all before one of these.
_SHARES = frozenset("折成倍%％")
# What may follow a digit besides units and digits: joints, shares, blanks, dates.
_FOLLOWERS = (
    " \u3000\t%％‰成折倍番分之又比:：∶-－—–~～〜至到/／、年月日号號时時季世代大半刻"
    "割ヶヵかパポ퍼년월일시분의"
)


def _split(text: str) -> list[str]:
    return text.split()


def _classes(section: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
    return {word: name for name in names for word in _split(section.get(name, ""))}


class Vocabulary:
    """Look-ups made once per language from its table."""

    def __init__(self, lang: str) -> None:
        table = tables.grammar(lang)
        self.lang = lang
        # Japanese and Korean put the comparator and the verb of a change behind the figure.
        self.verbs_last = "after" in table
        self.table = table
        self._numerals(table["numerals"])
        self._comparators(table["comparators"])
        self._money(table)
        self.units: Lexicon[Unit] = Lexicon(tables.units(lang))
        self._changes(table["change"])
        self._stops(_split(table["stop"]["words"]))
        words = table["words"]
        self.words = {
            name: frozenset(_split(text)) for name, text in words.items() if isinstance(text, str)
        }
        self.first = frozenset(words.get("first", "").split())
        self.rank_first = Lexicon(dict.fromkeys(_split(words.get("rank_first", "")) or ["\0"], 1))
        self.labels_after = Lexicon(dict.fromkeys(_split(table["labels"]["after"]), True))
        self.makers = Lexicon(dict.fromkeys(_split(table["labels"]["makers"]), True))
        self.span = Lexicon(dict.fromkeys(_split(words["span"]), "span"))
        self.consecutive = Lexicon(dict.fromkeys(_split(words["consecutive"]), "consecutive"))
        self.candidates = re.compile(f"[{self._candidate_letters()}]")
        # A lone digit in Chinese letters before anything else is part of a word.
        self.followers = frozenset(
            {word[0] for word in self.units.words}
            | self.numeral_letters
            | set(self.inside + self.point + self.dozen + _FOLLOWERS)
        )

    def _numerals(self, section: dict[str, Any]) -> None:
        self.digits = {c: n for n, letters in enumerate(section["digits"]) for c in letters}
        self.pair = section["pair"]
        self.formal = section["formal"]
        self.places = {c: 10 ** int(p) for p, letters in section["places"].items() for c in letters}
        self.tens = {c: 10 * int(d) for d, letters in section["tens"].items() for c in letters}
        self.myriads = {c: int(p) for p, letters in section["myriads"].items() for c in letters}
        self.point = section["point"]
        self.inside = section["inside"]
        self.negative = _split(section["negative"])
        self.dozen = section["dozen"]
        self.kilo = frozenset(_split(section["kilo"]))
        self.mega = frozenset(_split(section["mega"]))
        self.vague = frozenset(_split(section["vague"]))
        self.hanzi = frozenset((*self.digits, *self.places, *self.tens, *self.myriads))
        self.arabic = frozenset(ASCII_DIGITS + WIDE_DIGITS)
        self.continuing = frozenset(
            {
                *self.hanzi,
                *WIDE_DIGITS,
                *self.point,
                *self.inside,
                *" \u3000\t,，.．·eEｅkKＫMＭGＧ^",
            }
        )
        self.numeral_letters = self.hanzi | self.arabic

    def _comparators(self, section: dict[str, str]) -> None:
        before = _classes(
            section, ("over", "at_least", "under", "at_most", "nearly", "about", "exactly", "only")
        )
        self.before = Lexicon(before)
        self.fillers = frozenset(_split(section["fillers"]))
        self.not_before = Lexicon(dict.fromkeys(_split(section["not_before"]), True))
        self.bare_over = frozenset(_split(section["bare_over"]))
        after = dict.fromkeys(_split(section["after_over"]), "over")
        after |= dict.fromkeys(_split(section["after_under"]), "under")
        after |= dict.fromkeys(_split(section["after_about"]), "about")
        self.after = Lexicon(after)
        self.before_word = tuple(sorted(_split(section["before_word"]), key=len, reverse=True))
        reference = self.table["reference"]
        self.above = frozenset(_split(reference["above"]))
        self.below = frozenset(_split(reference["below"]))
        self.reference = Lexicon(
            dict.fromkeys(self.above, "above_reference")
            | dict.fromkeys(self.below, "below_reference")
        )
        self.degree = Lexicon(
            dict.fromkeys(_split(reference["more"]), "above_reference")
            | dict.fromkeys(_split(reference["less"]), "below_reference")
        )
        self.than = frozenset(_split(reference["than"]))

    def _money(self, table: dict[str, Any]) -> None:
        prefixes = {w: code for code, text in table["prefixes"].items() for w in _split(text)}
        self.prefixes = Lexicon(prefixes)
        subunits = {
            (code, word): int(power)
            for code, parts in table["subunits"].items()
            for power, text in parts.items()
            for word in _split(text)
        }
        self.subunits = subunits
        self.subunit_words = Lexicon({word: True for _, word in subunits})

    def _changes(self, section: dict[str, str]) -> None:
        verbs = {*_split(section["to_verbs"]), *_split(section["by_verbs"])}
        sizes = {verb for verb in verbs if verb[-1] in "幅速"}
        to = {v + w for v in verbs - sizes for w in _split(section["to_words"])}
        words = dict.fromkeys(_split(section["by_verbs"]), "by")
        words |= {v + w: "by" for v in sizes for w in ("达", "为", "達", "為", "达到", "约")}
        words |= {v + "了": "by" for v in _split(section["by_verbs"])}
        words |= dict.fromkeys(to | set(_split(section["to_alone"])), "to")
        words |= {v + "了": "to" for v in to}
        words |= dict.fromkeys(_split(section["from_words"]), "from")
        self.changes = Lexicon(words)

    def _stops(self, words: list[str]) -> None:
        words = [*words, *(word.replace("一", "壹") for word in words if "一" in word)]
        self.stop_words = frozenset(words)
        shapes: dict[str, set[tuple[int, int]]] = {}
        for word in words:
            for index, letter in enumerate(word):
                if letter in self.hanzi or letter in self.vague:
                    shapes.setdefault(letter, set()).add((index, len(word)))
        # For each letter, where in a stop word it may stand; the longest words come first.
        self.stops = {
            letter: sorted(places, key=lambda place: -place[1]) for letter, places in shapes.items()
        }

    def _candidate_letters(self) -> str:
        letters = set(self.numeral_letters) | self.vague | set(self.table["numerals"]["special"])
        if not self.table["numerals"]["spelled"]:
            letters = set(self.arabic) | set(self.table["numerals"]["special"])
        letters |= set(self.table["periods"].get("beginnings", ""))
        return "".join(sorted(letters))

    def stop_around(self, text: str, start: int) -> tuple[int, int] | None:
        """The span of a stop word over the numeral letter at `start`."""
        known = self.stop_words
        for index, size in self.stops.get(text[start], ()):
            first = start - index
            if first >= 0 and text[first : first + size] in known:
                end = min(first + size, len(text))
                follower = text[end : end + 1]
                if text[end - 1] in self.point and follower in self.numeral_letters:
                    continue
                if follower in _SHARES and self.hanzi.issuperset(text[first:end]):
                    continue
                return first, end
        return None

    def unit_at(self, text: str, start: int) -> tuple[int, Unit] | None:
        """The longest unit at `start`; one in Latin letters must not run on into a word."""
        found = self.units.at(text, start)
        if found is None:
            return None
        end, _ = found
        if text[end - 1].isascii() and text[end - 1].isalpha():
            after = text[end : end + 1]
            if after.isascii() and after.isalnum():
                return None
        return found


@cache
def vocabulary(lang: str) -> Vocabulary:
    """The vocabulary of `lang`, built once."""
    return Vocabulary(lang)
