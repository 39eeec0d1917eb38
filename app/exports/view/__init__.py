"""The words of an appendix for all formats: what is shown, in each language, ready to lay out."""

from app.exports.view.build import view_of
from app.exports.view.parts import (
    Badge,
    Changes,
    ClaimView,
    ContestView,
    EvidenceRow,
    Fact,
    FigureRow,
    Integrity,
    Key,
    Section,
    SignOffView,
    SourceView,
    StatusCount,
    Summary,
    View,
)
from app.exports.view.text import TAGS, Hidden, Said, Text, Words, flat, lines

__all__ = [
    "TAGS",
    "Badge",
    "Changes",
    "ClaimView",
    "ContestView",
    "EvidenceRow",
    "Fact",
    "FigureRow",
    "Hidden",
    "Integrity",
    "Key",
    "Said",
    "Section",
    "SignOffView",
    "SourceView",
    "StatusCount",
    "Summary",
    "Text",
    "View",
    "Words",
    "flat",
    "lines",
    "view_of",
]
