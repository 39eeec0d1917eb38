"""Statuses as a word processor shows them: a word with its shape, in a style of its own."""

from app.exports.docx.text import runs
from app.exports.docx.tongues import Tongues
from app.exports.shapes import SHAPES, STANCES, shape
from app.exports.view import Badge

LOOKS = {code: "Status" + code.title().replace("_", "") for code in SHAPES}
"""The style of each status, as styles.xml names it."""
SPACE = "\N{NO-BREAK SPACE}"
APART = runs(SPACE * 2)


def badge_runs(tongues: Tongues, badge: Badge) -> str:
    """One badge within a paragraph."""
    look = _look(badge)
    sign = shape(badge)
    before = runs(f"{SPACE}{sign}{SPACE}" if sign else SPACE, look) if look else ""
    after = runs(SPACE, look) if look else ""
    return before + tongues.runs(badge.words, look, runs(" ", look)) + after


def _look(badge: Badge) -> str:
    if badge.kind == "status":
        return LOOKS.get(badge.code, "")
    if badge.kind == "contest":
        return "StatusContested"
    return "Label" if badge.kind != "stance" else LOOKS.get(STANCES.get(badge.code, ""), "Label")
