"""The appendix as Markdown, for mail, wikis and version control."""

from flask import render_template

from app.exports.integrity import Integrity
from app.exports.words import label, shown
from claims.appendix import AppendixContent

SPECIAL = str.maketrans({char: f"\\{char}" for char in "\\`*_{}[]<>#|~"})


def plain(text: str | None) -> str:
    """Return text on one line with Markdown's own characters escaped."""
    return " ".join((text or "").split()).translate(SPECIAL)


def render(content: AppendixContent, integrity: Integrity | None = None) -> str:
    """Return the document in the language of the request or command."""
    return render_template(
        "appendices/export.md",
        content=content,
        integrity=integrity,
        label=label,
        plain=plain,
        shown=lambda words: plain(shown(words)),
    )
