"""The footnotes of evidence: the source's citation, the place in it, and the copy it rests on."""

from app.exports.docx.fields import address
from app.exports.docx.page import BETWEEN, Page
from app.exports.docx.text import runs
from app.exports.view import EvidenceRow, SourceView

COMMA = runs(" · ")


def citation(page: Page, source: SourceView) -> str:
    """A source as the chosen style cites it: with its italics, and its address to be opened."""
    if source.number not in page.cited:
        parts = [_cited(text, source.url, italic=italic) for text, italic in source.runs]
        page.cited[source.number] = "".join(parts) or page.tongues.runs(
            source.citation, "", BETWEEN
        )
    return page.cited[source.number]


def _cited(text: str, url: str, *, italic: bool) -> str:
    look = "Emphasis" if italic else ""
    before, found, after = text.partition(url) if url else (text, "", "")
    if not found:
        return runs(text, look)
    return f"{_part(before, look)}{address(url)}{_part(after, look)}"


def _part(text: str, look: str) -> str:
    return runs(text, look) if text else ""


def cited_words(source: SourceView) -> str:
    """The words of a citation without their look."""
    return "".join(text for text, _ in source.runs)


def note(page: Page, row: EvidenceRow) -> str:
    """The runs of an item's footnote; empty where there is nothing to cite."""
    tongues = page.tongues
    source = page.sources.get(row.source)
    told = (
        (row.locator, ""),
        (row.snapshot, ""),
        (row.sha256, "Code"),
        (row.entered, "Muted"),
    )
    parts = [tongues.runs(words, look, BETWEEN) for words, look in told if words]
    return COMMA.join([citation(page, source), *parts] if source else parts)
