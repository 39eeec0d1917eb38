"""The last pages: numbers set aside, sources, people, how it was made, and how to verify."""

from collections.abc import Iterator

from app.exports.docx.blocks import Table, columns, link, paragraph
from app.exports.docx.fields import address
from app.exports.docx.front import facts
from app.exports.docx.marks import name_of
from app.exports.docx.notes import citation, cited_words
from app.exports.docx.page import BETWEEN, NEW_PAGE, Page
from app.exports.docx.picture import picture
from app.exports.docx.text import runs, words
from app.exports.docx.tongues import GAP
from app.exports.view import Integrity, Said, Section, SourceView, flat

SOURCES = columns((7, 75, 18))
TERMS = columns((24, 76))


def set_aside(page: Page) -> Iterator[str]:
    """The numbers of the text that are no claims, and why."""
    view = page.view
    if view.set_aside:
        yield page.title(view.head.set_aside, 1, page.marks.at("set_aside"))
        yield page.tongues.beside(view.set_aside)


def sources(page: Page) -> Iterator[str]:
    """The source list, each entry under its number."""
    view, tongues = page.view, page.tongues
    yield page.title(view.head.sources, 1, page.marks.at("sources"))
    if not len(view.sources):
        yield tongues.prose(view.head.no_sources)
        return
    table = Table("Rows", SOURCES, tongues.joined(view.head.sources))
    yield table.opening(headed=True)
    named = (Said("#"), view.head.source, view.head.used_by)
    yield page.heads(table, named)
    for source in page.sources.values():
        yield table.row(_source(page, source))
    yield "</w:tbl>"


def _source(page: Page, source: SourceView) -> tuple[str, ...]:
    tongues = page.tongues
    number = page.marks.at(source.anchor).around(runs(source.number, "Strong", "en"))
    opened = ""
    if source.url and source.url not in cited_words(source):
        opened = paragraph(address(source.url), "TableText")
    return (
        paragraph(number, "TableText"),
        paragraph(citation(page, source), "TableText")
        + opened
        + tongues.paragraphs(source.facts, "TableText", "Muted")
        + tongues.paragraphs(source.retrieved, "TableText", "Muted"),
        _used_by(source) + _repeats(page, source),
    )


def _used_by(source: SourceView) -> str:
    """The claims whose evidence rests on a source, each leading there."""
    links = [
        link(runs(number, "Hyperlink", "en"), name_of(anchor)) for number, anchor in source.used_by
    ]
    return paragraph(runs(", ").join(links), "TableText") if links else ""


def _repeats(page: Page, source: SourceView) -> str:
    """The entry that a source only repeats."""
    if not source.repeats:
        return ""
    origin = link(runs(source.repeats, "Hyperlink", "en"), name_of(source.repeats.lower()))
    named = page.tongues.runs(page.view.head.repeats, "", BETWEEN)
    return paragraph(f"{named}{runs(' ')}{origin}", "TableText")


def people(page: Page) -> Iterator[str]:
    """Who worked on it, and what each of them did."""
    view, tongues = page.view, page.tongues
    if not view.people:
        return
    yield page.title(view.head.people, 1, page.marks.at("people"))
    table = Table("Facts", TERMS, tongues.joined(view.head.people), first=True)
    rows = [
        (
            tongues.paragraphs(row.named, "TableText", "Strong"),
            tongues.paragraphs(row.acts, "TableText"),
        )
        for row in view.people
    ]
    yield from table.lines((), rows)
    yield GAP


def method(page: Page) -> Iterator[str]:
    """How this was made, in short sections."""
    yield page.title(page.view.head.method, 1, page.marks.at("method"))
    for section in page.view.method:
        yield from _section(page, section)


def _section(page: Page, section: Section) -> Iterator[str]:
    yield page.title(section.title, 2)
    yield page.tongues.beside(section.paragraphs)
    yield from facts(page, section.facts)
    if not section.terms:
        return
    table = Table("Facts", TERMS, flat(section.title, page.view.tongues), first=True)
    rows = [
        (
            paragraph(page.badge(badge), "TableText"),
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
            page.label(head.fingerprint) + runs(key.fingerprint, "Code"),
            "Small",
        )
