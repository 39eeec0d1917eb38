"""The formats of an appendix: each turns the same view into the bytes of one file."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import BinaryIO

from app.exports.view import View

Progress = Callable[[int, int], None]
"""Told how many claims of all are written; it may raise where going on is of no use."""
Render = Callable[[View, BinaryIO, Progress], None]


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: its ending, its media type, and what writes a view in it.

    ``run`` is ``module:function``, imported where a file is made: a desk that makes none in this
    format never loads the library that writes it. The same view gives the same bytes.
    """

    name: str
    ending: str
    media_type: str
    run: str

    def kind_of(self, head: bytes) -> tuple[str, str]:
        """The ending and the media type of a file by its first bytes: volumes are an archive."""
        return (
            ARCHIVE if head[:2] == b"PK" and self.name == "pdf" else (self.ending, self.media_type)
        )

    def render(self, view: View, out: BinaryIO, progress: Progress) -> None:
        """Write the file, claim by claim."""
        module, name = self.run.split(":")
        write: Render = getattr(import_module(module), name)
        write(view, out, progress)


ARCHIVE = ("pdf.zip", "application/zip")
OFFICE = "application/vnd.openxmlformats-officedocument"
FORMATS: dict[str, Format] = {
    found.name: found
    for found in (
        Format("html", "html", "text/html", "app.exports.html:render"),
        Format("pdf", "pdf", "application/pdf", "app.exports.pdf:render"),
        Format("docx", "docx", f"{OFFICE}.wordprocessingml.document", "app.exports.docx:render"),
        Format("xlsx", "xlsx", f"{OFFICE}.spreadsheetml.sheet", "app.exports.xlsx:render"),
        Format("csv", "csv", "text/csv", "app.exports.table:render"),
        Format("sheet", "csv", "text/csv", "app.exports.table:render_checklist"),
        Format("md", "md", "text/markdown", "app.exports.markdown:render"),
        Format("claimreview", "json", "application/ld+json", "app.exports.review_files:render"),
        Format("json", "json", "application/json", "app.exports.record:render"),
    )
}
"""By the name in addresses and commands, in the order a person is offered them."""
