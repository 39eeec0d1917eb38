"""The last pages: sources, method, what changed since the last issue, and how to verify."""

from collections.abc import Iterator

from app.exports.docx.badges import badge_runs
from app.exports.docx.blocks import Table, columns, link, paragraph, words
from app.exports.docx.claim import sign_off
from app.exports.docx.fields import address
from app.exports.docx.front import facts
from app.exports.docx.marks import name_of
from app.exports.docx.page import BETWEEN, Page
from app.exports.docx.picture import picture
from app.exports.docx.text import runs
from app.exports.docx.tongues import GAP
from app.exports.view import Integrity, Section, SourceView

SOURCES = columns((6, 68, 26))
TERMS = columns((24, 76))
NEW_PAGE = "<w:pageBreakBefore/>"


def article_sign_offs(page: Page) -> Iterator[str]:
    """How the article as a whole went out."""
    view = page.view
    yield page.title(view.head.article_sign_off, 1, page.marks.at("article_sign_off"))
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
        for number, anchor in view.changes.changed
    ]
    if links:
        yield paragraph(runs(" · ").join(links), "BodyText")


def sources(page: Page) -> Iterator[str]:
    """The source list, each entry under its number."""
    view, tongues = page.view, page.tongues
    yield page.title(view.head.sources, 1, page.marks.at("sources"))
    if not len(view.sources):
        yield tongues.prose(view.head.no_sources)
        return
    table = Table("Rows", SOURCES, tongues.joined(view.head.sources))
    yield table.opening(headed=True)
    yield table.row([tongues.paragraphs(one, "TableHead") for one in _heads(page)], head=True)
    for source in page.sources.values():
        yield table.row(_source(page, source))
    yield "</w:tbl>"


def _heads(page: Page) -> tuple[tuple[str, ...], ...]:
    head = page.view.head
    return ("#",) * len(page.view.tongues), head.source, head.stance


def _source(page: Page, source: SourceView) -> tuple[str, ...]:
    tongues, head = page.tongues, page.view.head
    number = page.marks.at(source.anchor).around(runs(source.number, "Strong", "en"))
    cited = paragraph(tongues.runs(source.citation, "", BETWEEN), "TableText")
    opened = paragraph(address(source.url), "TableText") if source.url else ""
    repeats = ""
    if source.repeats:
        origin = link(runs(source.repeats, "Hyperlink", "en"), name_of(source.repeats.lower()))
        named = tongues.runs(head.repeats, "", BETWEEN)
        repeats = paragraph(f"{named}{runs(' ')}{origin}", "TableText")
    return (
        paragraph(number, "TableText"),
        cited + opened + tongues.paragraphs(source.retrieved, "TableText", "Muted"),
        tongues.paragraphs(source.facts, "TableText") + repeats,
    )


def method(page: Page) -> Iterator[str]:
    """How this was made, in short sections."""
    yield page.title(page.view.head.method, 1, page.marks.at("method"))
    for section in page.view.method:
        yield from _section(page, section)


def _section(page: Page, section: Section) -> Iterator[str]:
    yield page.title(section.title, 2)
    yield page.tongues.beside(section.paragraphs)
    if not section.terms:
        return
    table = Table("Facts", TERMS, page.tongues.joined(section.title), first=True)
    rows = [
        (
            paragraph(badge_runs(page.tongues, badge), "TableText"),
            page.tongues.paragraphs(meaning, "TableText"),
        )
        for badge, meaning in section.terms
    ]
    yield from table.lines((), rows)
    yield GAP


def integrity(page: Page, told: Integrity) -> Iterator[str]:
    """The signed head to read and to scan, the keys, and how anybody verifies."""
    head, tongues = page.view.head, page.tongues
    yield page.title(head.integrity, 1, page.marks.at("integrity"), NEW_PAGE)
    yield tongues.beside(told.paragraphs)
    yield from facts(page, told.facts)
    yield page.title(head.how_to_verify, 2)
    for number, step in enumerate(told.steps, start=1):
        counted = runs(f"{number}.", "Label") + "<w:r><w:tab/></w:r>"
        yield paragraph(counted + tongues.runs(step), "Step")
    yield words(told.command, "Signed")
    yield page.title(head.head, 2)
    for line in told.checkpoint.splitlines():
        yield words(line, "Signed")
    yield paragraph(picture(tongues.joined(head.scan)), "Picture")
    yield tongues.paragraphs(head.scan, "Caption")
    yield page.title(head.keys, 2)
    for key in told.keys:
        yield words(key.line, "Signed")
        yield paragraph(
            tongues.line((head.fingerprint,), "Label") + runs(" ") + runs(key.fingerprint, "Code"),
            "Small",
        )
