"""Puts what content says into words in each tongue, without asking any request for its language."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel.speaklater import LazyString

from app.exports.view.catalogue import catalogue
from app.exports.view.headings import HEADINGS, Headings
from app.exports.view.sentences import WITHHELD
from app.exports.view.text import TAGS, Hidden, Said, Text, Tongues, Words
from app.labels import LABELS

SHOWN = 8
"""How many hexadecimal digits of a commitment a mark shows: enough to find it in the JSON."""
MINUTE = 16
"""How much of an ISO moment is told: to the minute, as the ledger has it, in UTC."""


class Wording:
    """The words of one view: labels, sentences and moments, each resolved once.

    Made in an application, for its catalogues; used anywhere, for the language is the view's own.
    """

    def __init__(self, tongues: Tongues) -> None:
        """Keep the tongues of the view."""
        self.tongues = tongues
        self._catalogues = [catalogue(tongue) for tongue in tongues]
        self._known: dict[int, Text] = {}
        self._labels: dict[tuple[str, str], Text] = {}

    @property
    def headings(self) -> Headings:
        """The fixed words of the layout."""
        return Headings(**{name: self.text(lazy) for name, lazy in HEADINGS.items()})

    def text(self, lazy: LazyString) -> Text:
        """A sentence or a label in each tongue; it must be one that its module keeps."""
        known = self._known.get(id(lazy))
        if known is None:
            known = tuple([one.word(lazy) for one in self._catalogues])
            self._known[id(lazy)] = known
        return known

    def say(self, lazy: LazyString, **values: Words | str | int | None) -> Text:
        """A sentence with values in it, each in the tongue of the sentence where it has that."""
        templates, plain = self._known.get(id(lazy)) or self.text(lazy), self.plain
        if len(templates) == 1:
            return (templates[0] % {name: plain(value, 0) for name, value in values.items()},)
        return tuple(
            [
                template % {name: plain(value, index) for name, value in values.items()}
                for index, template in enumerate(templates)
            ]
        )

    def plain(self, words: Words | str | int | None, index: int) -> str:
        """Words as one string in the tongue of this index."""
        if type(words) is tuple:
            return words[index]
        if isinstance(words, Said):
            return words.words
        if isinstance(words, Hidden):
            return words.mark[index]
        return "" if words is None else str(words)

    def joined(self, *parts: Words | str | None, between: str = " · ") -> Text:
        """Parts side by side in each tongue; what is empty leaves no gap."""
        plain = self.plain
        return tuple(
            [
                between.join([told for part in parts if (told := plain(part, index))])
                for index in range(len(self.tongues))
            ]
        )

    def label(self, kind: str, value: Any) -> Words:
        """The word for a member of a closed list; a withheld one keeps its mark."""
        if value is None:
            return ("",) * len(self.tongues)
        hidden = self.hidden(value)
        if hidden is not None:
            return hidden
        key = (kind, str(value))
        known = self._labels.get(key)
        if known is None:
            lazy = LABELS.get(key)
            known = self.same(key[1]) if lazy is None else self.text(lazy)
            self._labels[key] = known
        return known

    def same(self, text: str) -> Text:
        """What reads the same in every tongue."""
        return (text,) * len(self.tongues)

    def hidden(self, value: Any) -> Hidden | None:
        """The mark for a value that is withheld; None where it is shown."""
        if type(value) is not dict or len(value) != 1 or "withheld" not in value:
            return None
        commitment = str(value["withheld"])
        return Hidden(self.say(WITHHELD, commitment=commitment[:SHOWN]), commitment)

    def words(self, value: Any, tag: str = "") -> Words | None:
        """Bilingual words or a plain text; in one language only where nobody translated them."""
        if not value:
            return None
        if type(value) is str:
            return Said(value, tag)
        if (hidden := self.hidden(value)) is not None:
            return hidden
        found = tuple([value.get(tongue) for tongue in self.tongues])
        if all(found):
            return found
        tongue = next((name for name in (*self.tongues, *TAGS, *value) if value.get(name)), None)
        return None if tongue is None else Said(value[tongue], TAGS.get(tongue, tongue))

    def moment(self, value: Any) -> Words | None:
        """A moment to the minute in UTC, so that it means the same to every reader."""
        if not value or not isinstance(value, str):
            return self.words(value)
        return Said(f"{value[:MINUTE].replace('T', ' ')} UTC")

    def within(self, value: Any) -> Mapping[str, Any]:
        """The fields of a part of the content: none where it is withheld whole or was not there."""
        return value if isinstance(value, dict) and self.hidden(value) is None else {}

    def rows(self, value: Any) -> Sequence[Any]:
        """The members of a list of the content: none where it is withheld whole."""
        return value if isinstance(value, list) else ()


def code(value: Any) -> str:
    """The name of a member of a closed list, as a shape or a class wants it; empty if withheld."""
    return value if isinstance(value, str) else ""
