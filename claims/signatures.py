"""Which signatures stand under a claim's present content; all others are void by computation."""

from claims.material import material_sha256
from claims.models import Claim, SignOff
from claims.vocabulary import SignOffDecision

LEVELS = 2
"""How many people a claim needs, the one who submits it included: two are four eyes."""

SUBMISSION_LEVEL = 1
"""The submission holds the first level; each signature holds the next one."""


def valid_signatures(claim: Claim) -> list[SignOff]:
    """Return the signatures whose hash is that of the claim's present material content."""
    signed = [row for row in claim.sign_offs if row.decision is SignOffDecision.SIGNED]
    if not signed:
        return []
    present = material_sha256(claim)
    return [row for row in signed if row.content_sha256 == present]


def is_complete(claim: Claim) -> bool:
    """Tell whether everybody the desk asks for has signed the present content."""
    return len(valid_signatures(claim)) >= LEVELS - SUBMISSION_LEVEL


def assessors(claim: Claim) -> set[str]:
    """Return everybody who ever concluded something about the claim."""
    return {row.created_by for row in claim.assessments}


def authors(claim: Claim) -> set[str]:
    """Return who wrote the claim down, and who submitted it."""
    return {claim.created_by} | ({claim.submitted_by} if claim.submitted_by else set())
