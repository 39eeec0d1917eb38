"""The appendix as one HTML file that needs nothing beside it and prints well."""

from pathlib import Path

from flask import render_template

from app.exports.integrity import Integrity
from app.exports.words import label, language, shown
from claims.appendix import AppendixContent

STYLE = Path(__file__).with_name("appendix.css")


def render(content: AppendixContent, integrity: Integrity | None = None) -> str:
    """Return the page in the language of the request or command."""
    return render_template(
        "appendices/export.html",
        content=content,
        integrity=integrity,
        label=label,
        shown=shown,
        tongue="zh-Hans" if language() == "zh" else "en",
        style=STYLE.read_text(encoding="utf-8"),
    )
