"""The tables of claims: what each says and how it stands, and who signed it."""

from collections.abc import Iterator

from app.exports.tables.cells import Column, Row, Value, several
from app.exports.tables.sheets import Sheet
from app.exports.view import Badge, ClaimView, View
from app.exports.view import columns as names
from app.exports.view.wording import Wording


def badge(claim: ClaimView, kind: str) -> Badge | None:
    """The badge of a claim that answers one question; None where nothing does."""
    return next((one for one in claim.badges if one.kind == kind), None)


def claims(view: View, words: Wording) -> Sheet:
    """One row for each claim."""
    head = view.head
    columns = (
        Column(head.claim, 8),
        Column(words.text(names.CLAIM_STATUS), 18),
        Column(words.text(names.STAGE), 12),
        Column(words.text(names.DISPOSITION), 14),
        Column(words.text(names.CONTESTED), 14),
        Column(head.statement, 44, prose=True),
        Column(head.quote, 44),
        Column(head.reasoning, 50, prose=True),
        Column(head.wording, 36),
        Column(head.attribution, 30, prose=True),
        Column(words.text(names.ORIGINS), 22, prose=True),
        Column(head.findings, 40, prose=True),
        Column(head.replies, 40, prose=True),
        Column(words.text(names.SUBMITTED), 24, prose=True),
        Column(words.text(names.SIGNED_BY), 24, prose=True),
        Column(head.withheld, 24, prose=True),
        Column(head.sha, 34),
        Column(head.root, 34),
    )
    return Sheet(
        words.text(names.CLAIMS), columns, of_claim=lambda claim: [_claim(view, words, claim)]
    )


def _claim(view: View, words: Wording, claim: ClaimView) -> list[Value]:
    tongues = view.tongues
    return [
        claim.number,
        badge(claim, "status"),
        badge(claim, "stage"),
        badge(claim, "disposition"),
        badge(claim, "contest"),
        claim.statement,
        claim.quote,
        claim.reasoning,
        claim.wording,
        several(claim.attribution, tongues),
        claim.origins,
        several(claim.findings, tongues),
        several((words.joined(row.asked, row.answer) for row in claim.replies), tongues),
        claim.submitted,
        signed_by(words, claim),
        several((words.joined(gap.name, gap.mark, between=" ") for gap in claim.gaps), tongues),
        claim.sha,
        claim.root,
    ]


def signed_by(words: Wording, claim: ClaimView) -> Value:
    """The signatures that stand under a claim."""
    rows = [row for row in claim.sign_offs if row.void is None and row.signs]
    return several((words.joined(row.by, row.decision) for row in rows), words.tongues)


def sign_offs(view: View, words: Wording) -> Sheet:
    """One row for each signature and return; those of the article as a whole come last."""
    head = view.head
    columns = (
        Column(head.claim, 12),
        Column(head.sign_offs, 26),
        Column(words.text(names.WHO), 20),
        Column(words.text(names.WHEN), 20),
        Column(words.text(names.REASON), 44),
        Column(words.text(names.REMARKS), 40, prose=True),
        Column(head.sha, 34),
    )
    return Sheet(head.sign_offs, columns, _signatures, lambda: _whole(view))


def _signatures(claim: ClaimView) -> Iterator[Row]:
    for row in claim.sign_offs:
        yield [claim.number, row.decision, row.by, row.at, row.reason, row.void, row.sha256]


def _whole(view: View) -> Iterator[Row]:
    if not view.sign_offs:
        yield ["", None, None, None, None, view.head.not_signed_off, None]
    for row in view.sign_offs:
        said = several((row.void, *row.missing), view.tongues)
        yield ["", row.decision, row.by, row.at, row.reason, said, row.sha256]
