"""The words of an appendix for all formats: what is shown, in each language, ready to lay out."""

from app.exports.view.build import view_of
from app.exports.view.claim_parts import (
    Badge,
    ClaimView,
    ContestView,
    EvidenceRow,
    FigureRow,
    Gap,
    ReplyView,
    SignOffView,
)
from app.exports.view.parts import (
    Changes,
    Fact,
    Integrity,
    Key,
    PersonRow,
    Section,
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
    "Gap",
    "Hidden",
    "Integrity",
    "Key",
    "PersonRow",
    "ReplyView",
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
