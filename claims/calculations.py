"""Evidence that is calculated: a formula over other figures, whose result follows them."""

from sqlalchemy.orm import Session

from claims.models import Claim


def recalculate(session: Session, claim: Claim) -> None:
    """Calculate anew what follows from figures of the claim and of its evidence."""
