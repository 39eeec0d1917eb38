"""The disputes about a claim, each with both sides and how it ended."""

from collections.abc import Iterator

from app.exports.docx.blocks import paragraph
from app.exports.docx.page import Page
from app.exports.docx.text import runs
from app.exports.shapes import CONTEST
from app.exports.view import ContestView, Text

NONE = "—"


def contests(page: Page, rows: tuple[ContestView, ...]) -> Iterator[str]:
    """Every dispute of a claim, settled or not."""
    for row in rows:
        yield from _contest(page, row)


def _contest(page: Page, row: ContestView) -> Iterator[str]:
    head, tongues = page.view.head, page.tongues
    sign = runs(f"{CONTEST} ", "StatusContested") if row.is_open else runs(f"{CONTEST} ")
    yield paragraph(sign + tongues.line((row.title,)), "Heading3")
    yield paragraph(tongues.line((row.claimed,), "Strong"), "Contest")
    yield tongues.prose(row.statement, "Contest")
    yield _side(page, head.side_for, row.for_it)
    yield _side(page, head.side_against, row.against_it)
    if row.raised:
        yield tongues.paragraphs(row.raised, "ContestNote")
    if row.settlement or row.settled:
        yield paragraph(tongues.line((head.settlement,), "Label"), "Contest")
        yield tongues.prose(row.settlement, "Contest")
        yield tongues.paragraphs(row.settled, "ContestNote")


def _side(page: Page, name: Text, numbers: tuple[str, ...]) -> str:
    named = page.label(name)
    return paragraph(f"{named}{runs(', '.join(numbers) or NONE)}", "Contest")
