"""The footnotes of evidence: the source's citation, the place in it, and the copy it rests on."""

from app.exports.docx.page import BETWEEN, Page
from app.exports.docx.text import runs
from app.exports.view import EvidenceRow, SourceView

COMMA = runs(" · ")


def citation(page: Page, source: SourceView) -> str:
    """A source as the chosen style cites it, with the italics of the style."""
    if not source.runs:
        return page.tongues.runs(source.citation, "", BETWEEN)
    return "".join(runs(text, "Emphasis" if italic else "") for text, italic in source.runs)


def note(page: Page, row: EvidenceRow) -> str:
    """The runs of an item's footnote; empty where there is nothing to cite."""
    tongues = page.tongues
    source = page.sources.get(row.source)
    parts = [
        citation(page, source) if source else "",
        tongues.runs(row.locator, "", BETWEEN),
        tongues.runs(row.snapshot, "", BETWEEN),
        tongues.runs(row.sha256, "Code", BETWEEN),
        tongues.runs(row.entered, "Muted", BETWEEN),
    ]
    return COMMA.join(part for part in parts if part)
