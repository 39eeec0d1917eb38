"""Ready words as runs, paragraphs and pairs of columns, in the languages a view has."""

from collections.abc import Iterable
from dataclasses import dataclass

from app.exports.docx.blocks import Table, columns, paragraph, words
from app.exports.docx.text import language_of, runs
from app.exports.view import Hidden, Text, Words, lines

LINE = "<w:r><w:br/></w:r>"
SIDES = 2


def spoken(tag: str, text: str) -> str:
    """The language a string is marked with: that of its tag, else what its letters betray."""
    known = tag[:2]
    return known if known in {"zh", "en"} else language_of(text)


@dataclass(frozen=True, slots=True)
class Tongues:
    """Lays words out for a view's languages: one below the other, or side by side."""

    names: tuple[str, ...]

    def runs(self, told: Words | None, look: str = "", between: str = LINE) -> str:
        """Words within a paragraph; ``between`` are the runs that part two languages."""
        style = "Withheld" if isinstance(told, Hidden) else look
        return between.join(
            runs(text, style, spoken(tag, text)) for tag, text in lines(told, self.names)
        )

    def paragraphs(self, told: Words | None, style: str, look: str = "") -> str:
        """Words as paragraphs, one for each language."""
        named = "Withheld" if isinstance(told, Hidden) else look
        return "".join(words(text, style, named) for _, text in lines(told, self.names))

    def prose(self, told: Words | None, style: str = "BodyText") -> str:
        """Sentences to be read: two languages stand side by side, anything else goes across."""
        return self.beside([told], style)

    def beside(self, many: Iterable[Words | None], style: str = "BodyText") -> str:
        """Paragraphs of which each stands beside its own translation, which is never ruled off."""
        if len(self.names) < SIDES:
            return "".join(self.paragraphs(told, style) for told in many)
        found, rows = [], list[tuple[str, str]]()
        for told in many:
            if isinstance(told, tuple) and told[0] != told[-1]:
                rows.append(_pair(told, style))
            elif told is not None:
                found += [*_closed(rows), self.paragraphs(told, style)]
                rows = []
        return "".join([*found, *_closed(rows)])

    def line(self, parts: Iterable[Words | None], look: str = "", between: str = " · ") -> str:
        """Parts within one paragraph; what is missing leaves no gap."""
        held = [self.runs(part, look, SLASH) for part in parts if part]
        return runs(between).join(part for part in held if part)

    def joined(self, told: Text) -> str:
        """Words as one string, for an alternative text or a title."""
        return " / ".join(dict.fromkeys(told))


SLASH = runs(" / ")


def _pair(told: Text, style: str) -> tuple[str, str]:
    return words(told[0], style), words(told[-1], "BodyText")


def _closed(rows: list[tuple[str, str]]) -> list[str]:
    """A frame without lines around the pairs so far; a paragraph must part two tables."""
    if not rows:
        return []
    frame = Table("SideBySide", columns((1, 1)), "")
    return ["".join(frame.lines((), rows)), GAP]


GAP = paragraph("", "Gap")
