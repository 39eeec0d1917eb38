"""One claim of the document: statement, quote, figures, reasoning, and how it was signed."""

from collections.abc import Iterator

from app.exports.docx.badges import APART
from app.exports.docx.blocks import Table, columns, heading, paragraph
from app.exports.docx.contests import contests
from app.exports.docx.evidence import evidence
from app.exports.docx.page import Page
from app.exports.docx.text import runs, words
from app.exports.docx.tongues import GAP
from app.exports.view import ClaimView, FigureRow, Said, SignOffView, Text, Words, flat

HANGING = '<w:tabs><w:tab w:val="left" w:pos="907"/></w:tabs><w:ind w:left="907" w:hanging="907"/>'
NUMBER = Said("#")
TAB = "<w:r><w:tab/></w:r>"
FIGURES = columns((5, 17, 18, 13, 29, 18))


def claim_parts(page: Page, claim: ClaimView) -> Iterator[str]:
    """Everything an outsider needs to judge one claim."""
    head, tongues = page.view.head, page.tongues
    named = runs(claim.number, "ClaimNumber", "en") + TAB + tongues.runs(claim.statement)
    yield heading(named, 2, page.marks.at(claim.anchor), HANGING)
    if claim.badges:
        yield paragraph(APART.join([page.badge(badge) for badge in claim.badges]), "Badges")
    yield tongues.paragraphs(claim.quote, "Quote")
    yield tongues.paragraphs(claim.place, "Small")
    yield from _figures(page, claim)
    if claim.reasoning or claim.assessed:
        yield page.part(head.reasoning)
        yield tongues.prose(claim.reasoning)
        yield tongues.paragraphs(claim.assessed, "Small")
    yield from _told(page, head.earlier, claim.earlier)
    yield from _told(page, head.wording, (claim.wording,))
    yield from _told(page, head.attribution, claim.attribution)
    yield from evidence(page, claim)
    yield from contests(page, claim.contests)
    yield from _replies(page, claim)
    yield from _told(page, head.findings, claim.findings)
    yield from _signed(page, claim)
    yield from _gaps(page, claim)


def _told(page: Page, title: Text, many: tuple[Words | None, ...]) -> Iterator[str]:
    if any(many):
        yield page.part(title)
        yield page.tongues.beside(many)


def _figures(page: Page, claim: ClaimView) -> Iterator[str]:
    """The figures with the interval in which a reader takes each."""
    if not claim.figures:
        return
    head, tongues = page.view.head, page.tongues
    yield page.part(head.figures)
    table = Table("Rows", FIGURES, f"{claim.number} · {tongues.joined(head.figures)}")
    yield table.opening(headed=True)
    named = (NUMBER, head.printed, head.reads, head.period, head.measure, head.status)
    yield page.heads(table, named)
    for row in claim.figures:
        yield table.row(_figure(page, row))
        if row.reasoning:
            yield table.under(tongues.paragraphs(row.reasoning, "TableText", "Muted"))
    yield "</w:tbl>"
    yield GAP


def _figure(page: Page, row: FigureRow) -> tuple[str, ...]:
    tongues = page.tongues
    remarks = "".join(tongues.paragraphs(remark, "TableText", "Muted") for remark in row.remarks)
    return (
        words(row.number, "TableText", "Strong"),
        tongues.paragraphs(row.printed, "TableText"),
        tongues.paragraphs(row.reads, "TableText"),
        tongues.paragraphs(row.period, "TableText"),
        tongues.paragraphs(row.measure, "TableText") + remarks,
        paragraph(page.badge(row.status), "TableText"),
    )


def _signed(page: Page, claim: ClaimView) -> Iterator[str]:
    """Who submitted, signed and returned it, and the hash of what stands under the signatures."""
    head, tongues = page.view.head, page.tongues
    yield page.part(head.sign_offs)
    if claim.submitted:
        yield tongues.paragraphs(claim.submitted, "Note")
    for row in claim.sign_offs:
        yield sign_off(page, row)
    if not claim.sign_offs:
        yield tongues.paragraphs(head.nobody_signed, "Note")
    if claim.sha:
        yield _hash(page, head.sha, claim.sha)
    if claim.root:
        yield _hash(page, head.root, (claim.root,) * len(page.view.tongues))


def _hash(page: Page, name: Text, told: Words) -> str:
    tongues = page.tongues
    named = tongues.runs(name, "Muted", runs(" / ", "Muted"))
    return paragraph(f"{named}{runs(' ')}{tongues.runs(told, 'Code')}", "Small")


def sign_off(page: Page, row: SignOffView) -> str:
    """One signature, return or emergency, with what was missing at that moment."""
    tongues, head = page.tongues, page.view.head
    decision = tongues.line((row.decision,), "Strong")
    rest = tongues.line((row.by, row.at, row.void, row.reason))
    found = paragraph(decision + runs(" · ") + rest, "Note")
    if row.missing:
        told = "; ".join(flat(one, page.view.tongues) for one in row.missing)
        found += paragraph(page.label(head.missing) + runs(told), "Note")
    if row.sha256:
        found += paragraph(tongues.runs(row.sha256, "Code"), "Small")
    return found


def _replies(page: Page, claim: ClaimView) -> Iterator[str]:
    """Who was asked outside the newsroom, and what they answered."""
    if not claim.replies:
        return
    tongues = page.tongues
    yield page.part(page.view.head.replies)
    for row in claim.replies:
        yield tongues.paragraphs(row.asked, "Note", "Strong")
        yield tongues.paragraphs(row.question, "Note")
        yield tongues.prose(row.answer)
        if row.evidence:
            yield words(row.evidence, "Note")


def _gaps(page: Page, claim: ClaimView) -> Iterator[str]:
    """The parts of a claim that this edition keeps back whole, each with its commitment."""
    if not claim.gaps:
        return
    yield page.part(page.view.head.withheld)
    for gap in claim.gaps:
        named = page.label(gap.name)
        yield paragraph(f"{named}{page.tongues.runs(gap.mark)}", "Note")
