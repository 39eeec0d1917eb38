"""What every part of the document writes with: the view, its languages, notes and marks."""

from dataclasses import dataclass, field
from functools import cached_property

from app.exports.docx.badges import badge_runs
from app.exports.docx.blocks import Mark, Table, heading
from app.exports.docx.footnotes import Footnotes
from app.exports.docx.marks import Marks
from app.exports.docx.text import runs
from app.exports.docx.tongues import Tongues
from app.exports.view import Badge, SourceView, Text, View, Words


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

    @cached_property
    def cited(self) -> dict[str, str]:
        """The citation of each source so far, which several items may give."""
        return {}

    @cached_property
    def _kept(self) -> dict[tuple[object, ...], str]:
        """What was put together once and stands in many claims."""
        return {}

    def part(self, told: Text, level: int = 3) -> str:
        """The heading of a part that many claims have."""
        key = (told, level)
        if key not in self._kept:
            self._kept[key] = self.title(told, level)
        return self._kept[key]

    def heads(self, table: Table, named: tuple[Words, ...]) -> str:
        """The first row of a table that many claims have."""
        key = (table.widths, named)
        if key not in self._kept:
            cells = [self.tongues.paragraphs(told, "TableHead") for told in named]
            self._kept[key] = table.row(cells, head=True)
        return self._kept[key]

    def badge(self, badge: Badge) -> str:
        """A badge within a paragraph; few differ."""
        key = (badge.kind, badge.code, badge.words)
        if key not in self._kept:
            self._kept[key] = badge_runs(self.tongues, badge)
        return self._kept[key]

    def label(self, told: Text) -> str:
        """The name of what follows on its line, with the space after it."""
        key = ("label", told)
        if key not in self._kept:
            self._kept[key] = self.tongues.line((told,), "Label") + runs(" ")
        return self._kept[key]

    def title(self, told: Words, level: int, mark: Mark | None = None, extra: str = "") -> str:
        """A heading in each language, on one line where they are short."""
        return heading(self.tongues.runs(told, "", BETWEEN), level, mark, extra)


BETWEEN = runs(" / ")
NEW_PAGE = "<w:pageBreakBefore/>"


def sections(view: View) -> list[str]:
    """The sections of an appendix in their order, as the headings name them."""
    return [name for name in SECTIONS if name not in OPTIONAL or getattr(view, name)]


OPTIONAL = frozenset({"withheld", "set_aside", "people", "integrity"})
SECTIONS = (
    "at_a_glance",
    "article_sign_off",
    "withheld",
    "changes",
    "claims",
    "set_aside",
    "sources",
    "people",
    "method",
    "integrity",
)
