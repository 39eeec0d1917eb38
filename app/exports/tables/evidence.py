"""The tables of evidence and of contests, which name each other's rows by number."""

from collections.abc import Iterator

from app.exports.tables.cells import Column, Row, several
from app.exports.tables.sheets import Sheet
from app.exports.view import ClaimView, Said, View
from app.exports.view import columns as names
from app.exports.view.wording import Wording

SHA = Said("SHA-256")


def evidence(view: View, words: Wording) -> Sheet:
    """One row for each item of evidence."""
    head = view.head
    columns = (
        Column(head.claim, 8),
        Column(head.evidence, 9),
        Column(words.text(names.SPEAKS_TO), 10),
        Column(head.stance, 14),
        Column(head.source, 9),
        Column(words.text(names.TITLE), 26),
        Column(head.locator, 26),
        Column(head.passage, 44, prose=True),
        Column(words.text(names.QUOTE), 44),
        Column(head.reads, 22, prose=True),
        Column(head.comparison, 40, prose=True),
        Column(head.formula, 20),
        Column(head.note, 36, prose=True),
        Column(words.text(names.REMARKS), 30, prose=True),
        Column(head.snapshot, 40),
        Column(SHA, 24),
        Column(words.text(names.WHO), 30),
    )
    return Sheet(head.evidence, columns, lambda claim: _items(view, claim))


def _items(view: View, claim: ClaimView) -> Iterator[Row]:
    for row in claim.evidence:
        yield [
            claim.number,
            row.number,
            ", ".join(row.speaks_to),
            row.stance,
            row.source,
            row.named,
            row.locator,
            row.says,
            row.quote,
            row.reads,
            row.comparison,
            row.formula,
            row.note,
            several(row.remarks, view.tongues),
            row.snapshot,
            row.sha256,
            row.entered,
        ]


def contests(view: View, words: Wording) -> Sheet:
    """One row for each dispute, with the evidence of both sides."""
    head = view.head
    columns = (
        Column(head.claim, 8),
        Column(head.contest, 40),
        Column(words.text(names.WHO), 28),
        Column(head.statement, 50, prose=True),
        Column(head.side_for, 18),
        Column(head.side_against, 18),
        Column(words.text(names.WHEN), 34),
        Column(head.settlement, 44, prose=True),
        Column(words.text(names.SIGNED_BY), 34),
    )
    return Sheet(head.contests, columns, _disputes)


def _disputes(claim: ClaimView) -> Iterator[Row]:
    for row in claim.contests:
        yield [
            claim.number,
            row.title,
            row.claimed,
            row.statement,
            ", ".join(row.for_it),
            ", ".join(row.against_it),
            row.raised,
            row.settlement,
            row.settled,
        ]
