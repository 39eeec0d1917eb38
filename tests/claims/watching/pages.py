"""Evidence whose page was looked at and says something else now."""

from sqlalchemy.orm import Session

from claims.models import Evidence, Observation
from claims.rules.engine import refresh
from claims.vocabulary import Watched
from sources.base import now
from sources.models import Snapshot
from sources.vocabulary import Capture

OLD, NEW = "The share was 5.0 % by revenue.", "The share was 6.2 % by revenue."


def a_copy(session: Session, item: Evidence) -> Snapshot:
    copy = Snapshot(
        source_id=item.source_id,
        capture=Capture.WEB,
        sha256="b" * 64,
        media_type="text/plain",
        size=1,
        created_by="system:watch",
    )
    session.add(copy)
    session.flush()
    return copy


def seen(
    session: Session,
    item: Evidence,
    outcome: Watched = Watched.FIGURE_CHANGED,
    *,
    kept: bool = True,
) -> Observation:
    """What a look found of an item, told to the rules."""
    item.quote = OLD
    session.flush()
    row = Observation(
        evidence_id=item.id,
        snapshot_id=item.snapshot_id,
        kept_id=a_copy(session, item).id if kept else None,
        outcome=outcome,
        quote=OLD,
        old_words=OLD,
        new_words=NEW,
        created_by="system:watch",
    )
    session.add(row)
    session.flush()
    session.refresh(item.claim)
    refresh(session, item.claim, now())
    return row
