"""The columns of the spreadsheet that newsrooms keep without this desk, filled from the appendix.

One row for each claim: fact, method, source, date, verified, note.
"""

from app.exports.tables.cells import Column, Value, several
from app.exports.tables.claims import badge
from app.exports.tables.sheets import Sheet
from app.exports.view import ClaimView, EvidenceRow, Text, Words
from app.exports.view import columns as names
from app.exports.view.wording import Wording


def checklist(words: Wording) -> Sheet:
    """One row for each claim, as a fact-checker would have typed it."""
    columns = (
        Column(words.text(names.FACT), 50, prose=True),
        Column(words.text(names.CHECKED_BY), 30, prose=True),
        Column(words.text(names.SOURCE), 50, prose=True),
        Column(words.text(names.DATE), 12),
        Column(words.text(names.VERIFIED), 26, prose=True),
        Column(words.text(names.REMARK), 50, prose=True),
    )
    return Sheet(words.text(names.CHECKLIST), columns, lambda claim: [_row(words, claim)])


def _row(words: Wording, claim: ClaimView) -> list[Value]:
    told = [badge(claim, kind) for kind in ("status", "stage")]
    return [
        words.joined(claim.number, claim.statement),
        words.joined(claim.origins, *dict.fromkeys(item.formula for item in claim.evidence)),
        several((_cited(words, item) for item in claim.evidence), words.tongues),
        claim.dated,
        words.joined(*(one.words for one in told if one)),
        _note(words, claim),
    ]


def _cited(words: Wording, item: EvidenceRow) -> Text:
    """What a source shows, which one it is, and where it says so."""
    stance = words.joined(item.stance.words, item.named, between=": ")
    return words.joined(item.source, stance, item.locator)


def _note(words: Wording, claim: ClaimView) -> Words | None:
    """What becomes of the sentence, the reasoning, and that it is contested."""
    disposition, contest = badge(claim, "disposition"), badge(claim, "contest")
    found = words.joined(
        disposition.words if disposition else None,
        claim.wording,
        claim.reasoning,
        contest.words if contest else None,
    )
    return found if any(found) else None
