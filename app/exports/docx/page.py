"""What every part of the document writes with: the view, its languages, notes and marks."""

from dataclasses import dataclass, field
from functools import cached_property

from app.exports.docx.blocks import Mark, heading
from app.exports.docx.footnotes import Footnotes
from app.exports.docx.marks import Marks
from app.exports.docx.text import runs
from app.exports.docx.tongues import Tongues
from app.exports.view import SourceView, Text, View


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

    def title(self, told: Text, level: int, mark: Mark | None = None, extra: str = "") -> str:
        """A heading in each language, on one line where they are short."""
        return heading(self.tongues.runs(told, "", BETWEEN), level, mark, extra)


BETWEEN = runs(" / ")
SECTIONS = ("at_a_glance", "article_sign_off", "changes", "claims", "sources", "method")
"""The sections that every appendix has, as the headings name them; the integrity page is last."""
