"""The first pages: what was checked, for whom and of which state, how it came out, the contents."""

from collections.abc import Iterator

from app.exports.docx.blocks import Table, cell, columns, link, paragraph
from app.exports.docx.claim import sign_off
from app.exports.docx.fields import CLOSED_CONTENTS, OPENED_CONTENTS, entry
from app.exports.docx.marks import name_of
from app.exports.docx.page import BETWEEN, NEW_PAGE, Page, sections
from app.exports.docx.text import runs, words
from app.exports.docx.tongues import GAP
from app.exports.shapes import COLOURS
from app.exports.view import Fact, StatusCount, lines

LISTED = 500
"""More claims than these would fill the contents with pages of their own: sections only, then."""
FACTS = columns((1, 3))
GLANCE = (*columns((30, 9, 8, 53)),)
BAR = GLANCE[3] - 2 * 85
"""How long the longest bar is: its column without the cell's own margins."""


def title_block(page: Page) -> Iterator[str]:
    """Title, notice, and of which state this is."""
    view, tongues = page.view, page.tongues
    yield paragraph(tongues.runs(view.kicker, "", BETWEEN), "Kicker")
    for place, (_, text) in enumerate(lines(view.title, view.tongues)):
        yield words(text, "Subtitle" if place else "Title")
    yield tongues.paragraphs(view.notice, "Notice")
    yield from facts(page, view.facts)


def facts(page: Page, told: tuple[Fact, ...]) -> Iterator[str]:
    """Named lines as a table of two columns, the first of which names the rows."""
    if not told:
        return
    tongues = page.tongues
    table = Table("Facts", FACTS, tongues.joined(page.view.kicker), first=True)
    rows = [
        (
            paragraph(tongues.line((fact.name,), "Label"), "TableText"),
            tongues.paragraphs(fact.words, "TableText", "" if fact.kind == "text" else "Code"),
        )
        for fact in told
    ]
    yield from table.lines((), rows)
    yield GAP


def at_a_glance(page: Page) -> Iterator[str]:
    """The summary in sentences, and how many claims have which status, as bars."""
    view, tongues = page.view, page.tongues
    yield page.title(view.head.at_a_glance, 1, page.marks.at("at_a_glance"))
    yield tongues.beside(view.summary.sentences)
    counts = view.summary.counts
    if not counts:
        return
    table = Table("Rows", GLANCE, tongues.joined(view.head.at_a_glance))
    yield table.opening(headed=True)
    yield _glance_head(page)
    longest = max(one.count for one in counts)
    for one in counts:
        yield table.row(_bar(page, one, longest))
    yield "</w:tbl>"


def _glance_head(page: Page) -> str:
    """The head of the bars' table: the share stands over the figure and over the bar."""
    head = page.view.head
    named = (head.status, head.count, head.share)
    cells = [page.tongues.paragraphs(text, "TableHead") for text in named]
    wide = cell(cells[2], GLANCE[2] + GLANCE[3], '<w:gridSpan w:val="2"/>')
    return (
        "<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
        f"{cell(cells[0], GLANCE[0])}{cell(cells[1], GLANCE[1])}{wide}</w:tr>"
    )


def _bar(page: Page, one: StatusCount, longest: int) -> tuple[str, ...]:
    """A row of the chart: a bar is an empty paragraph with a ground, as long as its share."""
    length = max(BAR * one.count // longest, 40)
    fill = COLOURS.get(one.status.code, COLOURS["unchecked"])[2]
    extra = (
        f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/><w:ind w:right="{BAR - length}"/>'
    )
    return (
        paragraph(page.badge(one.status), "TableText"),
        words(str(one.count), "TableNumber"),
        words(f"{one.share} %", "TableNumber"),
        paragraph("", "Bar", extra),
    )


def contents(page: Page) -> Iterator[str]:
    """The contents as a field whose entries are written already."""
    view = page.view
    yield (
        "<w:sdt><w:sdtPr><w:docPartObj>"
        '<w:docPartGallery w:val="Table of Contents"/><w:docPartUnique/>'
        "</w:docPartObj></w:sdtPr><w:sdtContent>"
    )
    yield paragraph(page.tongues.runs(view.head.contents, "", BETWEEN), "TOCHeading", NEW_PAGE)
    before = OPENED_CONTENTS
    for name in sections(view):
        told = page.tongues.runs(getattr(view.head, name), "", BETWEEN)
        yield entry(told, name_of(name), 1, before)
        before = ""
        if name == "claims" and len(view.claims) <= LISTED:
            yield from _claims_listed(page)
    yield CLOSED_CONTENTS
    yield "</w:sdtContent></w:sdt>"


def _claims_listed(page: Page) -> Iterator[str]:
    for claim in page.view.claims:
        number = runs(claim.number, "ClaimNumber")
        told = page.tongues.runs(claim.statement)
        yield entry(f"{number}<w:r><w:tab/></w:r>{told}", name_of(claim.anchor), 2)


def article_sign_offs(page: Page) -> Iterator[str]:
    """How the article as a whole went out."""
    view = page.view
    yield page.title(view.head.article_sign_off, 1, page.marks.at("article_sign_off"), NEW_PAGE)
    for row in view.sign_offs:
        yield sign_off(page, row)
    if not view.sign_offs:
        yield page.tongues.prose(view.head.not_signed_off)


def changes(page: Page) -> Iterator[str]:
    """What differs from the issue that this one replaces, with the way to each claim."""
    view = page.view
    yield page.title(view.head.changes, 1, page.marks.at("changes"))
    yield page.tongues.beside(view.changes.sentences)
    links = [
        link(runs(number, "Hyperlink", "en"), name_of(anchor))
        for number, anchor in view.changes.claims
    ]
    if links:
        yield paragraph(runs(" · ").join(links), "BodyText")


def withheld(page: Page) -> Iterator[str]:
    """What this edition keeps back, in words."""
    view = page.view
    if view.withheld:
        yield page.title(view.head.withheld, 1, page.marks.at("withheld"))
        yield page.tongues.beside(view.withheld)
