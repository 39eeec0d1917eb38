"""The words of one language, made ready for look-up by the first or the last letter."""

import re
from decimal import Decimal
from functools import cache
from typing import Any

from claims.quantities import tables
from claims.quantities.cjk.stops import StopWords
from claims.quantities.lexicon import Lexicon
from claims.quantities.unit import Unit

ASCII_DIGITS = "0123456789"
WIDE_DIGITS = "０１２３４５６７８９"

# What may follow a digit besides units and digits: joints, shares, blanks, dates.
_FOLLOWERS = (
    " \u3000\t%％‰成折倍番分之又比:：∶-－—–~～〜至到/／、年月日号號时時季世代大半刻"
    "割ヶヵかパポ퍼년월일시분의"
)


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
        self._names(tables.names(lang))
        self._words(table["words"])
        self._periods(table)
        self._followers()

    def _names(self, names: dict[str, Any]) -> None:
        """Words that count nothing, and what turns a rank or a number into a name."""
        stops = self._split(self.table["stop"]["words"])
        self._stops(
            [*stops, *(w for part in names.values() for w in self._split(part.get("words", "")))]
        )
        self.name_after_rank = self._lexicon(names.get("ordinal_names", {}).get("after", ""))
        self.labels_after = self._lexicon(self.table["labels"]["after"])
        self.makers = self._lexicon(self.table["labels"]["makers"])

    def _words(self, words: dict[str, Any]) -> None:
        self.words = {
            name: frozenset(self._split(text))
            for name, text in words.items()
            if isinstance(text, str)
        }
        self.ranking = self._lexicon(words.get("ranking", "\0"))
        self.rank_ends = frozenset(
            {word[-1] for word in self.ranking.words} | self._ordinal_letters() | set(" \u3000")
        )
        self.not_half_after = self.words.get("not_half_after", frozenset())
        self.first = frozenset(self._split(words.get("first", "")))
        self.rank_first = self._lexicon(words.get("rank_first", "") or "\0")
        self.span = Lexicon(dict.fromkeys(self._split(words["span"]), "span"))
        self.consecutive = Lexicon(dict.fromkeys(self._split(words["consecutive"]), "consecutive"))

    def _periods(self, table: dict[str, Any]) -> None:
        years = table["periods"].get("deictic_years", {"0": "\0"})
        self.years = Lexicon(
            {word: int(distance) for distance, text in years.items() for word in self._split(text)}
        )
        relative = table["words"].get("relative", {})
        self.relative = Lexicon(
            {
                word: (direction, sign)
                for direction, sign in (("before", -1), ("after", 1))
                for word in self._split(relative.get(direction, "\0"))
            }
        )

    def _followers(self) -> None:
        """The letters at which a quantity may start, and those that may stand behind a digit."""
        letters = self._candidate_letters()
        self.candidates = re.compile(f"[{letters}]")
        # A lone digit in Chinese letters before anything else is part of a word.
        self.followers = frozenset(
            {word[0] for word in self.units.words}
            | self.numeral_letters
            | set(self.inside + self.point + self.dozen + _FOLLOWERS)
        )
        self.starts = self._starts(letters)
        # What may carry a numeral on behind its first digit in Chinese letters.
        self.carrying = frozenset(
            (*self.hanzi, *self.arabic, *self.point, *self.inside, *" \u3000\t、")
        )
        self.carrying_digits = frozenset((*self.numeral_letters, *self.point))
        self.ones = {letter: Decimal(value) for letter, value in self.digits.items()}
        self.minus_ends = frozenset({word[-1] for word in self.negative} | set("-－−–"))
        self.numeral_beginnings = frozenset((*self.digits, *self.places, *self.tens))

    def _split(self, text: str) -> list[str]:
        """The words of `text` with their traditional twins."""
        return tables.twinned(self.lang, text)

    def _classes(self, section: dict[str, str], names: tuple[str, ...]) -> dict[str, str]:
        return {word: name for name in names for word in self._split(section.get(name, ""))}

    def _lexicon(self, text: str) -> Lexicon[bool]:
        return Lexicon(dict.fromkeys(self._split(text), True))

    def _numerals(self, section: dict[str, Any]) -> None:
        self.digits = {c: n for n, letters in enumerate(section["digits"]) for c in letters}
        self.pair = section["pair"]
        self.formal = section["formal"]
        self.places = {c: 10 ** int(p) for p, letters in section["places"].items() for c in letters}
        self.tens = {c: 10 * int(d) for d, letters in section["tens"].items() for c in letters}
        self.myriads = {c: int(p) for p, letters in section["myriads"].items() for c in letters}
        self.scales = frozenset((*self.places, *self.myriads))
        self.point = section["point"]
        self.inside = section["inside"]
        self.negative = self._split(section["negative"])
        self.dozen = section["dozen"]
        self.kilo = frozenset(self._split(section["kilo"]))
        self.mega = frozenset(self._split(section["mega"]))
        self.vague = frozenset(self._split(section["vague"]))
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
        before = self._classes(
            section, ("over", "at_least", "under", "at_most", "nearly", "about", "exactly", "only")
        )
        self.before = Lexicon(before)
        self.fillers = frozenset(self._split(section["fillers"]))
        self.not_before = Lexicon(dict.fromkeys(self._split(section["not_before"]), True))
        self.bare_over = frozenset(self._split(section["bare_over"]))
        self.after = Lexicon(
            {
                word: name
                for name in ("over", "under", "about", "odd", "at_least", "at_most")
                for word in self._split(section.get(f"after_{name}", ""))
            }
        )
        self.far = self._lexicon(section.get("far", "\0"))
        self.before_word = tuple(sorted(self._split(section["before_word"]), key=len, reverse=True))
        self._references(self.table["reference"])

    def _references(self, reference: dict[str, str]) -> None:
        self.above = frozenset(self._split(reference["above"]))
        self.below = frozenset(self._split(reference["below"]))
        self.reference = Lexicon(
            dict.fromkeys(self.above, "above_reference")
            | dict.fromkeys(self.below, "below_reference")
        )
        self.degree = Lexicon(
            dict.fromkeys(self._split(reference["more"]), "above_reference")
            | dict.fromkeys(self._split(reference["less"]), "below_reference")
        )
        self._ends()
        parts = {word[-1] for word in (*self.above, *self.below, *self.before.words)}
        than = {letter for word in self._split(reference["than"]) for letter in word}
        # The last letters of every comparison; it spares most figures the search for one.
        self.referring = re.compile(f"[{re.escape(''.join(sorted(parts | than)))}]")
        self.than = frozenset(self._split(reference["than"]))

    def _ends(self) -> None:
        spans = self._split(self.table["words"]["span"] + " " + self.table["words"]["consecutive"])
        # The letters at which a comparator may start or end; most figures stand beside none.
        self.after_starts = frozenset({word[0] for word in self.after.words} | set(" 内內"))
        self.before_ends = frozenset(
            {word[-1] for word in (*self.before.words, *spans)}
            | self.fillers
            | self.bare_over
            | set(" \u3000±")
        )

    def _money(self, table: dict[str, Any]) -> None:
        prefixes = {w: code for code, text in table["prefixes"].items() for w in self._split(text)}
        self.prefixes = Lexicon(prefixes)
        subunits = {
            (code, word): int(power)
            for code, parts in table["subunits"].items()
            for power, text in parts.items()
            for word in self._split(text)
        }
        self.subunits = subunits
        self.coins = Lexicon(
            {
                word: int(power)
                for power, text in table.get("coins", {"0": "\0"}).items()
                for word in self._split(text)
            }
        )
        self.subunit_words = Lexicon({word: True for _, word in subunits})

    def _changes(self, section: dict[str, str]) -> None:
        verbs = {*self._split(section["to_verbs"]), *self._split(section["by_verbs"])}
        sizes = {verb for verb in verbs if verb[-1] in "幅速"}
        to = {v + w for v in verbs - sizes for w in self._split(section["to_words"])}
        words = dict.fromkeys(self._split(section["by_verbs"]), "by")
        words |= {v + w: "by" for v in sizes for w in ("达", "为", "達", "為", "达到", "约")}
        words |= dict.fromkeys(self._split(section.get("by_alone", "")), "by")
        words |= {v + "了": "by" for v in self._split(section["by_verbs"])}
        words |= dict.fromkeys(to | set(self._split(section["to_alone"])), "to")
        words |= {v + "了": "to" for v in to}
        words |= dict.fromkeys(self._split(section["from_words"]), "from")
        self.not_from = self._lexicon(section.get("not_from", "\0"))
        self.changes = Lexicon(words)
        self.change_ends = frozenset({word[-1] for word in words} | set(" \u3000的至到为為成达達"))

    def _stops(self, words: list[str]) -> None:
        words = [*words, *(word.replace("一", "壹") for word in words if "一" in word)]
        self.stops = StopWords(
            words,
            numerals=self.numeral_letters,
            letters=self.hanzi | self.vague | frozenset("半首"),
            point=self.point,
        )
        self.stop_around = self.stops.around

    def _ordinal_letters(self) -> frozenset[str]:
        return frozenset("".join(self._split(self.table["words"]["ordinal"])))

    def _starts(self, letters: str) -> re.Pattern[str]:
        """Where a quantity may start: any candidate letter, but a lone digit only before a unit."""
        strong = "".join(sorted(set(letters) - set(self.digits)))
        followers = re.escape("".join(sorted(self.followers)))
        ordinal = re.escape("".join(sorted(self.words["ordinal"])) + " \u3000")
        return re.compile(f"[{letters}](?:(?<=[{strong}])|(?=[{followers}])|(?<=[{ordinal}].))")

    def _candidate_letters(self) -> str:
        letters = set(self.numeral_letters) | self.vague | set(self.table["numerals"]["special"])
        if not self.table["numerals"]["spelled"]:
            letters = set(self.arabic) | set(self.table["numerals"]["special"])
        letters |= set(self.table["periods"].get("beginnings", ""))
        return "".join(sorted(letters))

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
