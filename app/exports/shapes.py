"""The shape beside each status, so that no colour has to be seen to tell two of them apart."""

from app.exports.view import Badge

SHAPES = {
    "unchecked": "○",
    "supported": "✔",
    "partly_supported": "◐",
    "misleading": "▲",
    "refuted": "✘",
    "conflicting": "≠",
    "not_enough_evidence": "?",
    "outdated": "↺",
    "not_checkable": "—",
}
CONTEST = "⚑"
COLOURS = {
    "unchecked": ("414853", "E9EDF1", "7D8591"),
    "supported": ("00563C", "DDF3E8", "17906D"),
    "partly_supported": ("02515F", "DCF1F7", "316C81"),
    "misleading": ("624000", "F9EAD7", "9C6200"),
    "refuted": ("831B11", "FFE7E2", "8C0F05"),
    "conflicting": ("57288F", "F0E9FF", "57368E"),
    "not_enough_evidence": ("2A2F38", "DFE4EA", "181B1F"),
    "outdated": ("444D1D", "EBEFDF", "56643E"),
    "not_checkable": ("364868", "E6EDF9", "2B384F"),
}
"""Text, ground and line of each status, as the desk's own pages have them by day."""
STANCES = {"supports": "supported", "refutes": "refuted", "qualifies": "misleading"}
"""A stance speaks in the colour of what it leads to; a mere mention has none."""


def shape(badge: Badge) -> str:
    """The sign before a badge's word; empty where it has none."""
    if badge.kind == "contest":
        return CONTEST
    return SHAPES.get(badge.code, "") if badge.kind == "status" else ""
