"""The appendix as a document of a word processor, written claim by claim."""

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import BinaryIO

from app.exports import custom_parts
from app.exports.docx import back, front, margins, names
from app.exports.docx.claim import claim_parts
from app.exports.docx.footnotes import Footnotes
from app.exports.docx.page import Page
from app.exports.package import Package
from app.exports.qr import Code, drawn
from app.exports.view import View
from app.exports.xml import HEAD

FIXED = Path(__file__).with_name("fixed")
"""The parts that are the same in every file."""
HELD = 1 << 20
"""More bytes of footnotes than these wait in a file until the text is written."""


def render(view: View, out: BinaryIO, progress: Callable[[int, int], None]) -> None:
    """Write the document; never more than one claim of it is held in memory."""
    code = drawn(view.integrity.checkpoint) if view.integrity else None
    with Package(out) as package, SpooledTemporaryFile(max_size=HELD) as kept:
        notes = Footnotes(kept)
        page = Page(view, notes)
        package.add("[Content_Types].xml", names.content_types())
        package.add("_rels/.rels", names.package_relations())
        package.add("docProps/core.xml", margins.core(view))
        package.add("docProps/app.xml", margins.app())
        with package.member("word/document.xml") as stream:
            stream.write(f"{HEAD}<w:document {names.NAMESPACES}><w:body>".encode())
            for piece in _text(page, progress):
                stream.write(piece.encode())
            stream.write(f"{margins.SECTION}</w:body></w:document>".encode())
        with package.member("word/footnotes.xml") as stream:
            notes.write(stream)
        _others(package, page, code)
        custom_parts.write(package, view.document.pieces())


def _text(page: Page, progress: Callable[[int, int], None]) -> Iterator[str]:
    """The text from the title to the integrity page, in pieces."""
    view = page.view
    yield from front.title_block(page)
    yield from front.at_a_glance(page)
    yield from front.contents(page)
    yield from front.article_sign_offs(page)
    yield from front.withheld(page)
    yield from front.changes(page)
    yield page.title(view.head.claims, 1, page.marks.at("claims"))
    whole = len(view.claims)
    for done, claim in enumerate(view.claims, start=1):
        yield "".join(claim_parts(page, claim))
        progress(done, whole)
    yield from back.set_aside(page)
    yield from back.sources(page)
    yield from back.people(page)
    yield from back.method(page)
    if view.integrity:
        yield from back.integrity(page, view.integrity)


def _others(package: Package, page: Page, code: Code | None) -> None:
    """Everything beside the text and its notes."""
    for part in ("styles", "settings", "fontTable"):
        package.add(f"word/{part}.xml", FIXED.joinpath(f"{part}.xml").read_bytes())
    package.add("word/header.xml", margins.header(page))
    package.add("word/footer.xml", margins.footer(page))
    if code:
        package.add("word/media/head.png", code.png)
    package.add(
        "word/_rels/document.xml.rels", names.text_relations("media/head.png" if code else "")
    )
