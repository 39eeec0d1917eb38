"""The tables of claims: what each says and how it stands, and who signed it."""

from collections.abc import Iterator

from app.exports.tables.cells import Column, Row, Value, several
from app.exports.tables.sheets import Sheet
from app.exports.view import Badge, ClaimView, SignOffView, View, Words
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
        Column(words.text(names.CLAIM_REMARKS), 30, prose=True),
        Column(head.reasoning, 50, prose=True),
        Column(head.earlier, 44, prose=True),
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
        remarks(words, claim),
        claim.reasoning,
        several(claim.earlier, tongues),
        claim.wording,
        several(claim.attribution, tongues),
        claim.origins,
        several(claim.findings, tongues),
        replies(words, claim),
        claim.submitted,
        signed_by(words, claim),
        gaps(words, claim),
        claim.sha,
        claim.root,
    ]


def remarks(words: Wording, claim: ClaimView) -> Value:
    """What happened to the sentence, whether the evidence is still fresh, and who judged it."""
    flags = (one.words for one in claim.badges if one.kind == "flag")
    return several((claim.place, *flags, claim.assessed), words.tongues)


def replies(words: Wording, claim: ClaimView) -> Value:
    """Who was asked outside, what, the answer, and which evidence it became."""
    told = (
        words.joined(row.asked, row.question, row.answer, row.evidence) for row in claim.replies
    )
    return several(told, words.tongues)


def gaps(words: Wording, claim: ClaimView) -> Value:
    """The parts that this edition keeps back whole."""
    told = (words.joined(gap.name, gap.mark, between=" ") for gap in claim.gaps)
    return several(told, words.tongues)


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

    def signatures(claim: ClaimView) -> Iterator[Row]:
        for row in claim.sign_offs:
            yield _signature(view, words, claim.number, row)

    def whole() -> Iterator[Row]:
        if not view.sign_offs:
            yield [head.article_sign_off, None, None, None, None, head.not_signed_off, None]
        for row in view.sign_offs:
            yield _signature(view, words, head.article_sign_off, row)

    return Sheet(head.sign_offs, columns, signatures, whole)


def _signature(view: View, words: Wording, under: Value, row: SignOffView) -> Row:
    said = several((row.void, lacked(view, words, row)), view.tongues)
    return [under, row.decision, row.by, row.at, row.reason, said, row.sha256]


def lacked(view: View, words: Wording, row: SignOffView) -> Words | None:
    """What was missing when somebody signed in an emergency; None where nothing was."""
    if not row.missing:
        return None
    return words.joined(view.head.missing, several(row.missing, view.tongues), between=" ")
