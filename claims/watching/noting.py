"""Writing down what a look found: only what is new becomes a row of the record.

The status of a claim, its signatures and the copies it rests on are never touched.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from claims.models import Evidence, Observation
from claims.observations import newest
from claims.rules.due import look_again
from claims.vocabulary import WELL, Watched
from claims.watching.items import Item
from claims.watching.looking import Stood
from sources.families import family
from sources.looks.answers import Answer
from sources.looks.noting import BY, note_answer
from sources.looks.policy import WatchPolicy
from sources.models import Snapshot, Source


@dataclass(frozen=True, slots=True)
class Seen:
    """One look: how the page answered, and where each passage stood on it.

    ``keep`` takes a copy of the page as it was seen; it is called once at most.
    """

    answer: Answer
    items: Sequence[Item]
    stood: Mapping[uuid.UUID, Stood]
    keep: Callable[[Session, Source], Snapshot] | None


def note(
    session: Session, source: Source, seen: Seen, policy: WatchPolicy, moment: dt.datetime
) -> list[Observation]:
    """Write down a look in the caller's transaction; return the observations that are new."""
    missed = any(one.outcome is Watched.GONE for one in seen.stood.values())
    look, turned = note_answer(session, source, seen.answer, policy, moment, missed=missed)
    rows = _news(session, seen, believed=look.missed >= policy.strikes)
    copy = _copy(session, source, seen, wanted=any(row.outcome not in WELL for row in rows))
    for row in rows:
        row.kept = copy
        row.http_status = seen.answer.status
    session.add_all(rows)
    session.flush()
    concerned: ColumnElement[bool] = Evidence.id.in_([row.evidence_id for row in rows])
    if turned:
        concerned = Evidence.source_id == source.id
    _refresh(session, concerned, moment)
    return rows


def _news(session: Session, seen: Seen, *, believed: bool) -> list[Observation]:
    """The observations that say something else than the newest of their item, or than *same*.

    That a passage is gone is believed only when several looks in a row say so.
    """
    known = newest(session, [item.evidence_id for item in seen.items])
    found = []
    for item in seen.items:
        stood, last = seen.stood.get(item.evidence_id), known.get(item.evidence_id)
        if stood is None or (stood.outcome is Watched.GONE and not believed):
            continue
        evidence = session.get(Evidence, item.evidence_id)
        if evidence is None or not item.rests_in(evidence):
            # Somebody changed the item while its page was being read: the next look tells.
            continue
        if last is not None and not last.speaks_of(evidence):
            last = None
        said = (last.outcome, last.new_words) if last else (Watched.SAME, None)
        says = (stood.outcome, stood.new_words)
        if said == says or (said[0] is Watched.SAME and says[0] is Watched.SAME):
            continue
        found.append(_row(item, stood))
    return found


def _row(item: Item, stood: Stood) -> Observation:
    return Observation(
        evidence_id=item.evidence_id,
        snapshot_id=item.snapshot_id,
        outcome=stood.outcome,
        quote=item.quote,
        old_words=stood.old_words,
        new_words=stood.new_words,
        created_by=BY,
    )


def _copy(session: Session, source: Source, seen: Seen, *, wanted: bool) -> Snapshot | None:
    """Keep the page where a passage changed; and once where nothing was ever kept of it."""
    if seen.keep is None:
        return None
    first = select(Snapshot.id).where(Snapshot.source_id.in_(family(session, source.id))).limit(1)
    if wanted or session.scalar(first) is None:
        return seen.keep(session, source)
    return None


def _refresh(session: Session, concerned: ColumnElement[bool], moment: dt.datetime) -> None:
    """Let the rules speak about the claims that the evidence concerned belongs to."""
    claims = select(Evidence.claim_id).where(concerned, Evidence.withdrawn_by.is_(None))
    look_again(session, sorted(set(session.scalars(claims))), moment)
