"""What the desk wants for one source instead of the policy: looked at more, less, or not at all."""

import uuid

from sqlalchemy import select
from sqlalchemy.orm import Session

from sources.errors import Conflict, Refused
from sources.looks.models import WatchWish
from sources.models import Source

DAYS = range(1, 366)
LONGEST = 500


def wish_of(session: Session, source: uuid.UUID) -> WatchWish | None:
    """Return the wish for a source, if there is one."""
    return session.scalars(select(WatchWish).where(WatchWish.source_id == source)).one_or_none()


def wish(
    session: Session,
    source: Source,
    *,
    every_days: int | None,
    reason: str,
    by: str,
    seen_version: int | None = None,
) -> WatchWish:
    """Look at a source every so many days, or (None) not at all; raise Refused without a reason.

    Raises Conflict where somebody else said otherwise meanwhile.
    """
    text = reason.strip()
    if not text or len(text) > LONGEST:
        raise _refused(
            "reason",
            f"请说明理由（最多 {LONGEST} 字）。",
            f"Give a reason of at most {LONGEST} characters.",
        )
    if every_days is not None and every_days not in DAYS:
        raise _refused("days", "天数为 1 至 365。", "Between 1 and 365 days.")
    row = wish_of(session, source.id)
    _expect(row, seen_version)
    if row is None:
        row = WatchWish(source_id=source.id, created_by=by)
        session.add(row)
    row.every_days, row.reason, row.set_by = every_days, text, by
    session.flush()
    return row


def forget(session: Session, source: Source, *, seen_version: int | None = None) -> None:
    """Let the policy hold for a source again."""
    row = wish_of(session, source.id)
    _expect(row, seen_version)
    if row is not None:
        session.delete(row)
        session.flush()


def _expect(row: WatchWish | None, seen: int | None) -> None:
    if seen is not None and seen != (row.version if row is not None else 0):
        raise Conflict(
            "stale",
            {
                "zh": "别人刚改过这项设置，请对照后再保存。",
                "en": "Somebody changed this meanwhile: compare and save again.",
            },
            "version",
        )


def _refused(field: str, zh: str, en: str) -> Refused:
    return Refused(f"watch_{field}", {"zh": zh, "en": en}, field)
