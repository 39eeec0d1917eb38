"""The words of a claim as the article prints them, for rules that look at wording."""

from claims.models import Claim, ClaimAnchor, Figure

AROUND = 12
"""Letters before the first and after the last of two figures that still speak of both."""


def language(claim: Claim) -> str:
    """The language of the article's text."""
    return claim.article.language


def anchor_of(claim: Claim) -> ClaimAnchor | None:
    """The newest place where the claim stands."""
    return max(claim.anchors, key=lambda anchor: anchor.id, default=None)


def quote_of(claim: Claim) -> str:
    """The article's own words for the claim; its statement where it stands nowhere."""
    anchor = anchor_of(claim)
    if anchor is not None:
        return anchor.exact
    spoken = claim.statement
    return spoken.get(language(claim).partition("-")[0]) or next(iter(spoken.values()), "")


def text_between(claim: Claim, one: Figure, other: Figure) -> str:
    """The claim's words from a little before the first figure to a little after the second."""
    anchor, said = anchor_of(claim), quote_of(claim)
    if anchor is None or anchor.start is None or one.start is None or other.stop is None:
        return said
    first = min(one.start, other.start or one.start) - anchor.start - AROUND
    last = max(other.stop, one.stop or other.stop) - anchor.start + AROUND
    return said[max(first, 0) : max(last, 0)] or said
