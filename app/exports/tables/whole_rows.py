"""One wide table that says all of a claim in each of its figures' rows."""

from collections.abc import Iterator

from app.exports.tables.cells import Column, Row, Value, several
from app.exports.tables.claims import badge, signed_by
from app.exports.tables.figures import figure_cells, figure_columns
from app.exports.tables.sheets import Sheet
from app.exports.view import ClaimView, View
from app.exports.view import columns as names
from app.exports.view.wording import Wording


def figure_by_figure(view: View, words: Wording) -> Sheet:
    """One row for each figure, with its claim and the state it was issued of."""
    head = view.head
    columns = (
        Column(head.claim),
        Column(head.statement, prose=True),
        Column(head.quote),
        *figure_columns(view, words),
        Column(words.text(names.CLAIM_STATUS)),
        Column(words.text(names.STAGE)),
        Column(words.text(names.DISPOSITION)),
        Column(words.text(names.CONTESTED)),
        Column(head.reasoning, prose=True),
        Column(head.wording),
        Column(head.evidence, prose=True),
        Column(words.text(names.SIGNED_BY), prose=True),
        Column(words.text(names.SUBMITTED), prose=True),
        Column(head.sha),
        Column(head.root),
        Column(head.article_sign_off, prose=True),
        Column(words.text(names.LEDGER_NUMBER)),
    )
    whole = _signed_off(view, words)
    state = str(view.document.issue.ledger_position)

    def rows(claim: ClaimView) -> Iterator[Row]:
        said = _claim(words, claim)
        for figure in claim.figures or (None,):
            yield [
                claim.number,
                claim.statement,
                claim.quote,
                *figure_cells(figure, view.tongues),
                *said,
                whole,
                state,
            ]

    return Sheet(head.figures, columns, rows)


def _claim(words: Wording, claim: ClaimView) -> list[Value]:
    evidence = (
        words.joined(item.number, item.stance.words, item.source, item.named)
        for item in claim.evidence
        if not item.withdrawn
    )
    return [
        badge(claim, "status"),
        badge(claim, "stage"),
        badge(claim, "disposition"),
        badge(claim, "contest"),
        claim.reasoning,
        claim.wording,
        several(evidence, words.tongues),
        signed_by(words, claim),
        claim.submitted,
        claim.sha,
        claim.root,
    ]


def _signed_off(view: View, words: Wording) -> Value:
    """How the article went out: its sign-offs, and an emergency with what was missing."""
    told = [
        words.joined(row.decision, row.by, row.at, row.void, row.reason, *row.missing)
        for row in view.sign_offs
    ]
    return several(told, view.tongues) or view.head.not_signed_off
