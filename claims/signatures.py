"""Which signatures stand under a claim's present content; all others are void by computation."""

from claims.material import material_sha256
from claims.models import Claim, SignOff
from claims.vocabulary import SignOffDecision

FORMER_LEVELS = 2
"""What a claim needs that was submitted before the number of levels was kept with it."""


def levels_of(claim: Claim) -> int:
    """Return how many levels the claim needs: what the desk asked for when it was submitted."""
    return claim.sign_off_levels or FORMER_LEVELS


def signatures_needed(levels: int) -> int:
    """Return how many people sign beside the one who submits: none may sign what they assessed.

    The submission holds the first of two or three levels. Where there is one level, the one
    signature holds it, and whoever submits may give it.
    """
    return max(levels - 1, 1)


def next_level(claim: Claim) -> int:
    """Return the level the next signature holds; never more than the claim needs."""
    levels = levels_of(claim)
    first = levels - signatures_needed(levels) + 1
    return min(first + len(valid_signatures(claim)), levels)


def valid_signatures(claim: Claim) -> list[SignOff]:
    """Return the signatures that stand.

    A signature answers one submission and stands under exactly the content it names. It falls when
    its holder turns out to have assessed, written or submitted what they signed.
    """
    signed = [
        row
        for row in claim.sign_offs
        if row.decision is SignOffDecision.SIGNED and row.submission == claim.submission
    ]
    if not signed:
        return []
    present, involved = material_sha256(claim), assessors(claim) | authors(claim)
    return [
        row for row in signed if row.content_sha256 == present and row.created_by not in involved
    ]


def is_complete(claim: Claim) -> bool:
    """Tell whether everybody the desk asks for has signed the present content."""
    people = {row.created_by for row in valid_signatures(claim)}
    return len(people) >= signatures_needed(levels_of(claim))


def assessors(claim: Claim) -> set[str]:
    """Return everybody who ever concluded something about the claim."""
    return {row.created_by for row in claim.assessments}


def authors(claim: Claim) -> set[str]:
    """Return who wrote the claim or changed what it states, and who submitted it.

    Where one level suffices, whoever submits may sign.
    """
    submitter = claim.submitted_by if levels_of(claim) > 1 else None
    later = {row.created_by for row in claim.later_authors}
    return {claim.created_by} | later | ({submitter} if submitter else set())
