"""What every part of the document writes with: the view, its languages, notes and marks."""

from dataclasses import dataclass, field
from functools import cached_property

from app.exports.docx.blocks import Mark, heading
from app.exports.docx.footnotes import Footnotes
from app.exports.docx.marks import Marks
from app.exports.docx.text import runs
from app.exports.docx.tongues import Tongues
from app.exports.view import SourceView, View, Words


@dataclass(frozen=True)
class Page:
    """One document that is being written."""

    view: View
    notes: Footnotes
    marks: Marks = field(default_factory=Marks)

    @cached_property
    def tongues(self) -> Tongues:
        """How words are laid out."""
        return Tongues(self.view.tongues)

    @cached_property
    def sources(self) -> dict[str, SourceView]:
        """The source list by number."""
        return {source.number: source for source in self.view.sources}

    def title(self, told: Words, level: int, mark: Mark | None = None, extra: str = "") -> str:
        """A heading in each language, on one line where they are short."""
        return heading(self.tongues.runs(told, "", BETWEEN), level, mark, extra)


BETWEEN = runs(" / ")
NEW_PAGE = "<w:pageBreakBefore/>"


def sections(view: View) -> list[str]:
    """The sections of an appendix in their order, as the headings name them."""
    some = {"withheld": view.withheld, "people": view.people, "integrity": view.integrity}
    return [name for name in SECTIONS if some.get(name, True)]


SECTIONS = (
    "at_a_glance",
    "article_sign_off",
    "withheld",
    "changes",
    "claims",
    "sources",
    "people",
    "method",
    "integrity",
)
