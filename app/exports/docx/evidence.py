"""The evidence of a claim as a table; where each item comes from is told in a footnote."""

from collections.abc import Iterator

from app.exports.docx.badges import badge_runs
from app.exports.docx.blocks import Table, columns, link, paragraph, words
from app.exports.docx.marks import name_of
from app.exports.docx.page import BETWEEN, Page
from app.exports.docx.text import runs
from app.exports.view import ClaimView, EvidenceRow, Text, Words

EVIDENCE = columns((6, 14, 24, 36, 20))
COMMA = runs(" · ")
BLANK = runs(" ")


def evidence(page: Page, claim: ClaimView) -> Iterator[str]:
    """Each item with its stance, its source, what it says and how that compares."""
    head, tongues = page.view.head, page.tongues
    counted = COMMA + tongues.runs(claim.origins, "Muted", BETWEEN) if claim.origins else ""
    yield paragraph(tongues.runs(head.evidence, "", BETWEEN) + counted, "Heading3")
    if not claim.evidence:
        yield tongues.paragraphs(head.no_evidence, "Note")
        return
    table = Table("Rows", EVIDENCE, f"{claim.number} · {tongues.joined(head.evidence)}")
    yield table.opening(headed=True)
    named = (head.evidence, head.stance, head.source, head.passage, head.comparison)
    yield table.row([tongues.paragraphs(text, "TableHead") for text in named], head=True)
    for row in claim.evidence:
        yield table.row(_item(page, row))
    yield "</w:tbl>"


def _item(page: Page, row: EvidenceRow) -> tuple[str, ...]:
    tongues = page.tongues
    remarks = "".join(tongues.paragraphs(remark, "TableText", "Muted") for remark in row.remarks)
    return (
        words(row.number, "TableText"),
        paragraph(badge_runs(tongues, row.stance), "TableText") + remarks,
        _source(page, row),
        _passage(page, row),
        tongues.paragraphs(row.reads, "TableText", "Strong")
        + tongues.paragraphs(row.comparison, "TableText"),
    )


def _source(page: Page, row: EvidenceRow) -> str:
    """What the source is called, its number in the list, and the note that cites it."""
    tongues = page.tongues
    named = tongues.runs(row.named, "", BETWEEN)
    number = link(runs(row.source, "Hyperlink", "en"), name_of(row.source.lower()))
    parts = [named, number if row.source else ""]
    told = BLANK.join(filter(None, parts))
    note = _note(page, row)
    mark = page.notes.add(note) if note else ""
    return paragraph(told + mark, "TableText") + tongues.paragraphs(
        row.locator, "TableText", "Muted"
    )


def _note(page: Page, row: EvidenceRow) -> str:
    """The citation of an item: the source's entry, the place, the day, and the copy's hash."""
    tongues, head = page.tongues, page.view.head
    source = page.sources.get(row.source)
    parts = [tongues.runs(source.citation, "", BETWEEN) if source else ""]
    parts.append(tongues.runs(row.locator, "", BETWEEN))
    parts.append(_named(page, head.retrieved, row.retrieved))
    parts.append(_named(page, head.snapshot, row.sha256, "Code"))
    parts.append(tongues.runs(row.entered, "Muted", BETWEEN))
    return COMMA.join(filter(None, parts))


def _named(page: Page, name: Text, told: Words | None, look: str = "") -> str:
    if told is None:
        return ""
    named = page.tongues.runs(name, "Muted", runs(" / ", "Muted"))
    return named + BLANK + page.tongues.runs(told, look, BETWEEN)


def _passage(page: Page, row: EvidenceRow) -> str:
    """What the source says: the reviewer's words, then the quotation, then a remark."""
    tongues = page.tongues
    return (
        tongues.paragraphs(row.says, "TableText")
        + tongues.paragraphs(row.quote, "TableQuote")
        + tongues.paragraphs(row.note, "TableText", "Muted")
    )
