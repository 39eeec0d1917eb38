"""The formats of an appendix: each turns the same content into the bytes of one file."""

from collections.abc import Callable
from dataclasses import dataclass

from app.exports import html, markdown, record, table
from app.exports.integrity import Integrity
from claims.appendix import AppendixContent

Render = Callable[[AppendixContent, Integrity | None], str]
"""What turns content into a file's text; without its integrity part, that stays empty."""


@dataclass(frozen=True, slots=True)
class Format:
    """One file format: its ending, its media type and how content becomes text."""

    name: str
    ending: str
    media_type: str
    render: Render


FORMATS: dict[str, Format] = {
    "html": Format("html", "html", "text/html", html.render),
    "md": Format("md", "md", "text/markdown", markdown.render),
    "csv": Format("csv", "csv", "text/csv", table.render),
    "json": Format("json", "json", "application/json", record.render),
}
