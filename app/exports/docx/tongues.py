"""Ready words as runs, paragraphs and pairs of columns, in the languages a view has."""

from collections.abc import Iterable

from app.exports.docx.blocks import Table, columns, paragraph
from app.exports.docx.text import language_of, runs, words
from app.exports.view import Hidden, Said, Text, Words, lines

LINE = "<w:r><w:br/></w:r>"
SIDES = 2
KNOWN = {"zh": "zh", "en": "en"}


def spoken(tag: str, text: str) -> str:
    """The language a string is marked with: that of its tag, else what its letters betray."""
    return KNOWN.get(tag[:2]) or language_of(text)


class Tongues:
    """Lays words out for a view's languages: one below the other, or side by side."""

    def __init__(self, names: tuple[str, ...]) -> None:
        """Keep the languages in reading order."""
        self.names = names
        self._only = names[0] if len(names) < SIDES else ""

    def runs(self, told: Words | None, look: str = "", between: str = LINE) -> str:
        """Words within a paragraph; ``between`` are the runs that part two languages."""
        if isinstance(told, Said):
            return runs(told.words, look, spoken(told.tag, told.words))
        if self._only and isinstance(told, tuple):
            return runs(told[0], look, self._only) if told[0] else ""
        style = "Withheld" if isinstance(told, Hidden) else look
        return between.join(
            [runs(text, style, spoken(tag, text)) for tag, text in lines(told, self.names)]
        )

    def paragraphs(self, told: Words | None, style: str, look: str = "") -> str:
        """Words as paragraphs, one for each language."""
        if told is None:
            return ""
        if isinstance(told, Said):
            return words(told.words, style, look, spoken(told.tag, told.words))
        if self._only and isinstance(told, tuple):
            return words(told[0], style, look, self._only) if told[0] else ""
        named = "Withheld" if isinstance(told, Hidden) else look
        return "".join(
            [words(text, style, named, spoken(tag, text)) for tag, text in lines(told, self.names)]
        )

    def prose(self, told: Words | None, style: str = "BodyText") -> str:
        """Sentences to be read: two languages stand side by side, anything else goes across."""
        return self.beside([told], style)

    def beside(self, many: Iterable[Words | None], style: str = "BodyText") -> str:
        """Paragraphs of which each stands beside its own translation, which is never ruled off."""
        if self._only:
            return "".join(self.paragraphs(told, style) for told in many)
        found, rows = [], list[tuple[str, str]]()
        for told in many:
            if isinstance(told, tuple) and told[0] != told[-1]:
                rows.append(self._pair(told, style))
            elif told is not None:
                found += [*_closed(rows), self.paragraphs(told, style)]
                rows = []
        return "".join([*found, *_closed(rows)])

    def _pair(self, told: Text, style: str) -> tuple[str, str]:
        """A text and its translation, each marked with its language whatever it quotes."""
        first, second = self.names
        return words(told[0], style, "", first), words(told[-1], "BodyText", "", second)

    def line(self, parts: Iterable[Words | None], look: str = "", between: str = " · ") -> str:
        """Parts within one paragraph; what is missing leaves no gap."""
        held = [self.runs(part, look, SLASH) for part in parts if part]
        return runs(between).join(part for part in held if part)

    def joined(self, told: Text) -> str:
        """Words as one string, for an alternative text or a title."""
        return " / ".join(dict.fromkeys(told))


SLASH = runs(" / ")


def _closed(rows: list[tuple[str, str]]) -> list[str]:
    """A frame without lines around the pairs so far; a paragraph must part two tables."""
    if not rows:
        return []
    frame = Table("SideBySide", columns((1, 1)), "")
    return ["".join(frame.lines((), rows)), GAP]


GAP = paragraph("", "Gap")
