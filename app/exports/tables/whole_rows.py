"""One wide table that says all of a claim in each of its figures' rows."""

from collections.abc import Iterator

from app.exports.tables.cells import Column, Row, Value, several
from app.exports.tables.claims import badge, gaps, lacked, remarks, replies, signed_by
from app.exports.tables.figures import figure_cells, figure_columns
from app.exports.tables.sheets import Sheet
from app.exports.view import ClaimView, ContestView, EvidenceRow, SignOffView, Text, View
from app.exports.view import columns as names
from app.exports.view.wording import Wording


def figure_by_figure(view: View, words: Wording) -> Sheet:
    """One row for each figure, with its claim and the state it was issued of.

    The numbers that are no claims have a row each behind them.
    """
    head = view.head
    columns = (
        Column(head.claim),
        Column(head.statement, prose=True),
        Column(head.quote),
        *figure_columns(view, words),
        Column(words.text(names.FIGURE_REASONING), prose=True),
        *_columns(view, words),
        Column(head.article_sign_off, prose=True),
        Column(words.text(names.LEDGER_NUMBER)),
        Column(head.set_aside, prose=True),
    )
    whole = _signed_off(view, words)
    state = str(view.document.issue.ledger_position)

    def of_claim(claim: ClaimView) -> Iterator[Row]:
        said = _claim(view, words, claim)
        for figure in claim.figures or (None,):
            yield [
                claim.number,
                claim.statement,
                claim.quote,
                *figure_cells(figure, view.tongues),
                figure.reasoning if figure else None,
                *said,
                whole,
                state,
                None,
            ]

    def rows() -> Iterator[Row]:
        for one in view.set_aside:
            yield [*(None for _ in columns[:-2]), state, one]

    return Sheet(head.figures, columns, of_claim, rows)


def _columns(view: View, words: Wording) -> tuple[Column, ...]:
    """What is told of the claim in each of its rows."""
    head = view.head
    return (
        Column(words.text(names.CLAIM_STATUS)),
        Column(words.text(names.STAGE)),
        Column(words.text(names.DISPOSITION)),
        Column(words.text(names.CONTESTED)),
        Column(words.text(names.CLAIM_REMARKS), prose=True),
        Column(head.reasoning, prose=True),
        Column(head.earlier, prose=True),
        Column(head.wording),
        Column(head.attribution, prose=True),
        Column(words.text(names.ORIGINS), prose=True),
        Column(head.evidence, prose=True),
        Column(head.contests, prose=True),
        Column(head.replies, prose=True),
        Column(head.findings, prose=True),
        Column(words.text(names.SIGNED_BY), prose=True),
        Column(head.sign_offs, prose=True),
        Column(words.text(names.SUBMITTED), prose=True),
        Column(head.withheld, prose=True),
        Column(head.sha),
        Column(head.root),
    )


def _claim(view: View, words: Wording, claim: ClaimView) -> list[Value]:
    tongues = words.tongues
    return [
        badge(claim, "status"),
        badge(claim, "stage"),
        badge(claim, "disposition"),
        badge(claim, "contest"),
        remarks(words, claim),
        claim.reasoning,
        several(claim.earlier, tongues),
        claim.wording,
        several(claim.attribution, tongues),
        claim.origins,
        several((_item(words, row) for row in claim.evidence), tongues),
        several((_dispute(view, words, row) for row in claim.contests), tongues),
        replies(words, claim),
        several(claim.findings, tongues),
        signed_by(words, claim),
        several((_signature(view, words, row) for row in claim.sign_offs), tongues),
        claim.submitted,
        gaps(words, claim),
        claim.sha,
        claim.root,
    ]


def _item(words: Wording, row: EvidenceRow) -> Text:
    """An item of evidence with everything that is told of it."""
    return words.joined(
        row.number,
        row.stance.words,
        ", ".join(row.speaks_to),
        row.source,
        row.named,
        row.locator,
        row.says,
        row.quote,
        row.formula,
        row.reads,
        row.comparison,
        row.note,
        *row.remarks,
        row.snapshot,
        row.sha256,
        row.entered,
    )


def _dispute(view: View, words: Wording, row: ContestView) -> Text:
    """A dispute with both sides."""
    head = view.head
    return words.joined(
        row.title,
        row.claimed,
        row.statement,
        words.joined(head.side_for, ", ".join(row.for_it) or "—", between=": "),
        words.joined(head.side_against, ", ".join(row.against_it) or "—", between=": "),
        row.raised,
        row.settlement,
        row.settled,
    )


def _signature(view: View, words: Wording, row: SignOffView) -> Text:
    """A signature or return, and what was missing if it was given in an emergency."""
    missing = lacked(view, words, row)
    return words.joined(row.decision, row.by, row.at, row.void, row.reason, missing, row.sha256)


def _signed_off(view: View, words: Wording) -> Value:
    """How the article went out: its sign-offs, and an emergency with what was missing."""
    told = [_signature(view, words, row) for row in view.sign_offs]
    return several(told, view.tongues) or view.head.not_signed_off
