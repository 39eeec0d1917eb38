"""Who wrote what a claim states: whoever did does not sign it."""

from sqlalchemy.orm import Session

from claims.models import Claim, ClaimAuthor


def became_author(session: Session, claim: Claim, who: str) -> None:
    """Note that somebody changes what a claim states; they are one of its authors from now on."""
    known = {claim.created_by, *(row.created_by for row in claim.later_authors)}
    if who not in known:
        session.add(ClaimAuthor(claim=claim, created_by=who))
        session.flush()
