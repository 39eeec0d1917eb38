"""What opens a door once: kept by its SHA-256 from its use on, for longer than it could be used."""

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from app.accounts.factor_models import SpentProof
from app.accounts.sessions import key_sha256
from app.leftovers import forget_spent
from sources.base import now


def spend(session: Session, key: str) -> bool:
    """Use a key up; False where it was used before, also by somebody else at this moment.

    On PostgreSQL the second of two waits for the first one's commit and then finds its row.
    """
    moment = now()
    forget_spent(session, moment)
    kind = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    kept = kind.insert(SpentProof).values(key_sha256=key_sha256(key), spent_at=moment)
    added = session.execute(kept.on_conflict_do_nothing().returning(SpentProof.key_sha256))
    return added.first() is not None


def is_spent(session: Session, key: str) -> bool:
    """Tell whether a key was used up."""
    return session.get(SpentProof, key_sha256(key)) is not None
