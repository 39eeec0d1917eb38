"""The evidence of a claim as a table; where each item comes from is told in a footnote."""

from collections.abc import Iterator

from app.exports.docx.blocks import Table, columns, link, paragraph
from app.exports.docx.marks import name_of
from app.exports.docx.notes import COMMA, note
from app.exports.docx.page import BETWEEN, Page
from app.exports.docx.text import runs, words
from app.exports.view import ClaimView, EvidenceRow, Said, Text, Words

EVIDENCE = columns((6, 14, 21, 32, 27))
NUMBER = Said("#")
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
    named = (NUMBER, head.stance, head.source, head.passage, head.comparison)
    yield page.heads(table, named)
    for row in claim.evidence:
        yield table.row(_item(page, row))
    yield "</w:tbl>"


def _item(page: Page, row: EvidenceRow) -> tuple[str, ...]:
    tongues = page.tongues
    remarks = "".join([tongues.paragraphs(one, "TableText", "Muted") for one in row.remarks])
    return (
        _number(row),
        paragraph(page.badge(row.stance), "TableText") + remarks,
        _source(page, row),
        _passage(page, row),
        tongues.paragraphs(row.reads, "TableText", "Strong")
        + tongues.paragraphs(row.comparison, "TableText"),
    )


def _number(row: EvidenceRow) -> str:
    """An item's number, and the claim's figures it speaks to where it names any."""
    spoken = words(", ".join(row.speaks_to), "TableText", "Muted") if row.speaks_to else ""
    return words(row.number, "TableText", "Strong") + spoken


def _source(page: Page, row: EvidenceRow) -> str:
    """What the source is called, its number in the list, and the note that cites it."""
    tongues = page.tongues
    named = tongues.runs(row.named, "", BETWEEN)
    number = link(runs(row.source, "Hyperlink", "en"), name_of(row.source.lower()))
    parts = [named, number if row.source else ""]
    told = BLANK.join(filter(None, parts))
    cited = note(page, row)
    mark = page.notes.add(cited) if cited else ""
    return paragraph(told + mark, "TableText")


def _passage(page: Page, row: EvidenceRow) -> str:
    """What the source says: the reviewer's words, then the quotation, then a remark."""
    head, tongues = page.view.head, page.tongues
    return (
        tongues.paragraphs(row.says, "TableText")
        + tongues.paragraphs(row.quote, "TableQuote")
        + _named(page, head.formula, row.formula, "Code")
        + _named(page, head.note, row.note, "Muted")
    )


def _named(page: Page, name: Text, told: Words | None, look: str) -> str:
    """What would be taken for the source's words without its name."""
    if told is None:
        return ""
    return paragraph(page.label(name) + page.tongues.runs(told, look), "TableText")
