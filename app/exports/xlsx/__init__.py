"""The appendix as a workbook: a sheet for each kind of row, written as the claims go by."""

import os
import tempfile
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from app.exports.qr import drawn
from app.exports.tables import Sheet, sheets
from app.exports.view import View, flat
from app.exports.view import columns as names
from app.exports.view.wording import Wording
from app.exports.xlsx.chart import draw
from app.exports.xlsx.limits import sheet_name
from app.exports.xlsx.looks import Looks
from app.exports.xlsx.packing import packed
from app.exports.xlsx.writing import Writing

HEADER = 80
"""How many letters of the title the printed head has room for."""


def render(view: View, out: BinaryIO, progress: Callable[[int, int], None]) -> None:
    """Write the workbook; rows wait in files of their own until their sheet is put together."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "book.xlsx")
        _write(view, place, folder, progress)
        with place.open("rb") as book:
            packed(book, view, out)


def _write(view: View, place: Path, folder: str, progress: Callable[[int, int], None]) -> None:
    settings = {
        "constant_memory": True,
        "tmpdir": os.fspath(folder),
        "strings_to_numbers": False,
        "strings_to_formulas": False,
        "strings_to_urls": False,
    }
    with Workbook(os.fspath(place), settings) as book:
        book.set_properties(_properties(view))
        pages = _pages(book, view)
        _claims(view, pages, progress)
        for sheet, writing in pages:
            writing.add(sheet.rows() if sheet.rows else ())
            writing.close()
        summary, *_rest = book.worksheets()
        draw(book, summary, view)
        if view.integrity:
            _head(book.worksheets()[-2], view, view.integrity.checkpoint)


def _properties(view: View) -> dict[str, object]:
    moment = datetime.fromisoformat(view.document.issue.issued_at)
    return {
        "title": flat(view.title, view.tongues),
        "subject": flat(view.kicker, view.tongues),
        "author": flat(view.head.desk, view.tongues),
        "created": moment.replace(tzinfo=None),
    }


def _pages(book: Workbook, view: View) -> list[tuple[Sheet, Writing]]:
    """A page for each sheet, with the article's title on it wherever it is printed."""
    looks, taken = Looks(book), set[str]()
    continued = flat(Wording(view.tongues).text(names.CONTINUED), view.tongues)
    title = flat(view.title, view.tongues)[:HEADER].replace("&", "&&")
    kicker = flat(view.kicker, view.tongues)[:HEADER].replace("&", "&&")
    found = []
    for sheet in sheets(view):
        name = sheet_name(flat(sheet.title, view.tongues, " "), taken)
        page: Worksheet = book.add_worksheet(name)
        page.set_header(f"&L{title}&R{kicker}")
        page.set_footer("&L&A&R&P / &N")
        found.append((sheet, Writing(page, sheet, view.tongues, looks, continued)))
    return found


def _claims(
    view: View, pages: list[tuple[Sheet, Writing]], progress: Callable[[int, int], None]
) -> None:
    """Walk the claims once, and let every sheet take its rows of each."""
    whole = len(view.claims)
    taking = [(sheet.of_claim, writing) for sheet, writing in pages if sheet.of_claim]
    for done, claim in enumerate(view.claims, start=1):
        for rows, writing in taking:
            writing.add(rows(claim))
        progress(done, whole)


def _head(page: Worksheet, view: View, checkpoint: str) -> None:
    """The signed head as a picture, below what is written of it."""
    told = {
        "image_data": BytesIO(drawn(checkpoint).png),
        "description": flat(view.head.scan, view.tongues),
        "x_scale": 0.75,
        "y_scale": 0.75,
    }
    page.insert_image(0, 4, "head.png", told)
