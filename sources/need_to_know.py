"""Who may know who a confidential source is: named people, each by an act that can be revoked."""

import uuid
from collections.abc import Sequence

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from sources.base import now
from sources.confidential_models import NeedToKnow
from sources.errors import Conflict, Forbidden, Missing
from sources.models import Source


def knows(session: Session, source: Source, reader: str) -> bool:
    """Tell whether a person may know: it is not confidential, they entered it, or were named."""
    if not source.confidential or source.created_by == reader:
        return True
    return session.scalar(_standing(source).where(NeedToKnow.reader == reader)) is not None


def refuse_unknowing(session: Session, source: Source, reader: str) -> None:
    """Raise Forbidden for somebody who may not know."""
    if not knows(session, source, reader):
        raise Forbidden(
            "not_to_know",
            {
                "zh": "您没有知悉这个保密来源的授权；请向登记人或组长申请。",
                "en": "You have no need to know this confidential source; ask whoever entered it "
                "or the desk lead.",
            },
        )


def readers(session: Session, source: Source) -> Sequence[NeedToKnow]:
    """Everybody who was ever named, the newest first."""
    query = select(NeedToKnow).where(NeedToKnow.source_id == source.id)
    return session.scalars(query.order_by(NeedToKnow.id.desc())).all()


def find_reader(session: Session, source: Source, key: uuid.UUID) -> NeedToKnow:
    """Return who was named for a source; raise Missing where nobody was."""
    row = session.get(NeedToKnow, key)
    if row is None or row.source_id != source.id:
        raise Missing("no_such_reader", {"zh": "没有这条授权。", "en": "There is no such right."})
    return row


def withheld_from(reader: str | None) -> Select[uuid.UUID]:
    """Select the identifiers of the sources a person may not know; None is anybody at all."""
    if reader is None:
        return select(Source.id).where(Source.confidential)
    named = exists().where(
        NeedToKnow.source_id == Source.id,
        NeedToKnow.reader == reader,
        NeedToKnow.revoked_by.is_(None),
    )
    return select(Source.id).where(Source.confidential, ~or_(Source.created_by == reader, named))


def name_reader(
    session: Session, source: Source, reader: str, *, by: str, leads: bool
) -> NeedToKnow:
    """Let a person know who a source is; naming somebody twice changes nothing.

    That is for whoever entered the source, or leads the desk: raises Forbidden for others.
    """
    refuse_others(source, by, leads=leads)
    known = session.scalar(_standing(source).where(NeedToKnow.reader == reader))
    if known is not None:
        return known
    row = NeedToKnow(source_id=source.id, reader=reader, created_by=by)
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        # Somebody named them at the same moment.
        return session.scalars(_standing(source).where(NeedToKnow.reader == reader)).one()
    return row


def keep_knowing(session: Session, source: Source, by: str) -> None:
    """Let whoever marked a source as confidential go on knowing it."""
    if source.confidential and not knows(session, source, by):
        name_reader(session, source, by, by=by, leads=True)


def revoke(session: Session, row: NeedToKnow, source: Source, *, by: str, leads: bool) -> None:
    """Let a person know no more; raise Forbidden for others, Conflict where it was done."""
    refuse_others(source, by, leads=leads)
    if row.revoked_by is not None:
        raise Conflict(
            "revoked", {"zh": "这项授权已经收回。", "en": "This right was revoked already."}
        )
    row.revoked_by, row.revoked_at = by, now()
    session.flush()


def may_name(source: Source, who: str, *, leads: bool) -> bool:
    """Tell whether a person decides who knows."""
    return source.confidential and (leads or source.created_by == who)


def refuse_others(source: Source, by: str, *, leads: bool) -> None:
    """Raise Forbidden for somebody who does not decide who knows."""
    if not may_name(source, by, leads=leads):
        raise Forbidden(
            "not_yours_to_name",
            {
                "zh": "只有登记这个保密来源的人或组长，可以决定谁能知道它。",
                "en": "Only whoever entered this confidential source, or the desk lead, decides "
                "who may know it.",
            },
        )


def _standing(source: Source) -> Select[NeedToKnow]:
    return select(NeedToKnow).where(
        NeedToKnow.source_id == source.id, NeedToKnow.revoked_by.is_(None)
    )
