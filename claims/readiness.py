"""What a claim still lacks before it may be submitted, said one thing at a time."""

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy.orm import Session

from claims.material import assessment_in_force, material_sha256
from claims.models import Claim
from claims.policy import current_policy
from claims.status import VerificationStatus
from claims.support import weigh
from claims.vocabulary import Disposition, Severity, SignOffDecision, Stance
from sources.columns import Words

WITHOUT_EVIDENCE = frozenset(
    {
        VerificationStatus.UNCHECKED,
        VerificationStatus.NOT_ENOUGH_EVIDENCE,
        VerificationStatus.NOT_CHECKABLE,
    }
)
"""Statuses that need no evidence item to stand on."""

RESTS_ON_SUPPORT = frozenset({VerificationStatus.SUPPORTED, VerificationStatus.PARTLY_SUPPORTED})


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing that is missing: a code for machines, a sentence for people."""

    code: str
    message: Words


def lacks(session: Session, claim: Claim) -> list[Lack]:
    """Return everything that is missing before submission; nothing missing is an empty list."""
    return [
        *_unassessed(claim),
        *_undecided(claim),
        *_unsupported(session, claim),
        *_unanswered(claim),
    ]


def _unassessed(claim: Claim) -> Iterator[Lack]:
    material = [figure for figure in claim.figures if figure.material]
    for figure in material:
        if figure.verification_status is VerificationStatus.UNCHECKED:
            yield Lack(
                "figure_unchecked",
                {
                    "zh": f"数据“{figure.stated_text}”还没有评定。",
                    "en": f"The figure “{figure.stated_text}” has no status yet.",
                },
            )
    assessment = assessment_in_force(claim)
    if not material and claim.verification_status is VerificationStatus.UNCHECKED:
        yield Lack("unchecked", {"zh": "论断还没有评定。", "en": "The claim has no status yet."})
    if assessment is None or not assessment.reasoning:
        yield Lack(
            "reasoning_missing",
            {"zh": "评定没有写明依据。", "en": "The assessment gives no reasoning."},
        )


def _undecided(claim: Claim) -> Iterator[Lack]:
    if claim.disposition is None:
        yield Lack(
            "disposition_missing",
            {
                "zh": "还没有决定这句话怎么处理。",
                "en": "Nobody has decided what happens to the sentence.",
            },
        )
    if claim.disposition is Disposition.CORRECT and not claim.proposed_wording:
        yield Lack(
            "wording_missing",
            {
                "zh": "要改正，却没有写出建议的文字。",
                "en": "It is to be corrected, but no wording is proposed.",
            },
        )


def _unsupported(session: Session, claim: Claim) -> Iterator[Lack]:
    if claim.verification_status in WITHOUT_EVIDENCE:
        return
    if not any(item.counts for item in claim.evidence):
        yield Lack(
            "evidence_missing",
            {
                "zh": "没有一条可计数的证据（须有引文或位置）。",
                "en": "No evidence item counts yet (each needs a quote or a locator).",
            },
        )
        return
    if claim.verification_status not in RESTS_ON_SUPPORT:
        return
    found = weigh(session, claim.evidence, Stance.SUPPORTS)
    wanted = current_policy().independent_origins
    if not found.primary and found.origins < wanted:
        yield Lack(
            "support_thin",
            {
                "zh": f"判为属实须有一个一手来源或 {wanted} 个独立来源；"
                f"现有 {found.links} 条支持证据，{found.origins} 个独立来源，"
                f"{found.primary} 个一手来源。",
                "en": f"“Supported” needs one primary source or {wanted} independent origins; "
                f"there are {found.said['en']}.",
            },
        )


def _unanswered(claim: Claim) -> Iterator[Lack]:
    for finding in claim.findings:
        if finding.severity is Severity.MANDATORY and finding.waived_by is None:
            yield Lack("finding_open", finding.message)
    newest = max(claim.sign_offs, key=lambda row: row.id, default=None)
    if (
        newest is not None
        and newest.decision is SignOffDecision.RETURNED
        and newest.content_sha256 == material_sha256(claim)
    ):
        yield Lack(
            "unchanged_since_return",
            {
                "zh": "上次被退回之后内容没有任何改动。",
                "en": "Nothing has changed since it was returned.",
            },
        )
