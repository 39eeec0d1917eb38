"""Evidence that waits for a copy of its source, and what happens when the copy comes.

A copy is material: an item that rests on another one is not what somebody submitted or signed. So
a copy that comes by itself is only ever taken while the claim is open or being checked; where it
comes too late, it is shown beside the item, and a person decides.
"""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from claims.errors import Conflict
from claims.evidence import pin_snapshot
from claims.models import AwaitedCopy, Claim, Evidence
from claims.vocabulary import Stage
from sources.attempt_models import CaptureAttempt
from sources.families import survivor
from sources.models import Snapshot, Source
from sources.vocabulary import CaptureOutcome

AT_WORK = frozenset({Stage.OPEN, Stage.CHECKING})
"""Stages in which nobody has put a name to what the evidence is."""


@dataclass(frozen=True, slots=True)
class Awaited:
    """The newest attempt an item waits for, and whether its copy came and was not taken."""

    attempt: CaptureAttempt
    late: bool


def await_copy(session: Session, item: Evidence, attempt: CaptureAttempt, *, by: str) -> None:
    """Let an item rest on what an attempt brings."""
    session.add(AwaitedCopy(evidence=item, attempt=attempt, created_by=by))
    session.flush()


def arrive(session: Session, attempt: CaptureAttempt, snapshot: Snapshot) -> list[Evidence]:
    """Rest the waiting items on the copy that came, where that undoes nobody's work.

    Returns the items that now rest on it. The claims are locked in the order of their keys.
    """
    waiting = session.execute(
        select(Evidence.claim_id, Evidence.id)
        .join(AwaitedCopy, AwaitedCopy.evidence_id == Evidence.id)
        .where(AwaitedCopy.attempt_id == attempt.id)
        .order_by(Evidence.claim_id, Evidence.number)
    ).all()
    taken = []
    for claim_id, evidence_id in waiting:
        claim = session.get_one(Claim, claim_id, with_for_update=True, populate_existing=True)
        item = session.get_one(Evidence, evidence_id, populate_existing=True)
        if claim.stage in AT_WORK and _wants(session, item, snapshot):
            pin_snapshot(session, item, snapshot)
            taken.append(item)
    return taken


def take_late(session: Session, item: Evidence) -> None:
    """Rest an item on the copy that came too late, by a person's own decision.

    What was submitted or signed is then another thing, as with every material change. Raises
    Conflict where there is no such copy any more.
    """
    found = awaited(session, [item]).get(item.id)
    if found is None or not found.late or found.attempt.snapshot is None:
        raise Conflict(
            "no_late_copy",
            {
                "zh": "没有等着归到这条证据名下的快照。",
                "en": "No snapshot waits to be attached to this evidence.",
            },
        )
    pin_snapshot(session, item, found.attempt.snapshot)


def awaited(session: Session, items: Iterable[Evidence]) -> Mapping[uuid.UUID, Awaited]:
    """What items without a copy wait for, or waited for, by the item's key."""
    open_items = {item.id: item for item in items if item.snapshot_id is None and item.stands}
    if not open_items:
        return {}
    rows = session.scalars(
        select(AwaitedCopy)
        .where(AwaitedCopy.evidence_id.in_(open_items))
        .order_by(AwaitedCopy.id)
        .options(
            joinedload(AwaitedCopy.attempt).options(
                joinedload(CaptureAttempt.snapshot), joinedload(CaptureAttempt.source)
            )
        )
    )
    newest = {row.evidence_id: row.attempt for row in rows}
    return {
        key: Awaited(attempt, attempt.outcome is CaptureOutcome.KEPT)
        for key, attempt in newest.items()
        if survivor(attempt.source).id == open_items[key].source_id
    }


def _wants(session: Session, item: Evidence, snapshot: Snapshot) -> bool:
    """Its source may have been merged into another while the copy was fetched."""
    mine = item.source_id == survivor(session.get_one(Source, snapshot.source_id)).id
    return item.stands and item.snapshot_id is None and mine
