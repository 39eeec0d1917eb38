"""The appendix as tables: the same rows for a workbook and for plain files of values."""

from app.exports.tables.cells import Address, Cell, Column, Number, Status, heads, laid, widths
from app.exports.tables.checklist import checklist
from app.exports.tables.claims import claims, sign_offs
from app.exports.tables.evidence import contests, evidence
from app.exports.tables.figures import figures
from app.exports.tables.sheets import Sheet
from app.exports.tables.whole import changes, integrity, method, set_aside, sources, summary
from app.exports.view import View
from app.exports.view.wording import Wording

__all__ = [
    "Address",
    "Cell",
    "Column",
    "Number",
    "Sheet",
    "Status",
    "checklist",
    "heads",
    "laid",
    "sheets",
    "widths",
]


def sheets(view: View) -> tuple[Sheet, ...]:
    """Every table of an appendix, in the order in which a workbook shows them."""
    words = Wording(view.tongues)
    return (
        summary(view, words),
        claims(view, words),
        figures(view, words),
        evidence(view, words),
        contests(view, words),
        sign_offs(view, words),
        set_aside(view),
        sources(view, words),
        changes(view, words),
        method(view, words),
        integrity(view, words),
        checklist(words),
    )
