"""Writing down how a page answered: a look in a row that changes, a turn in one that stays."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from sources.looks.answers import Answer
from sources.looks.models import PageState, SourceLook
from sources.looks.policy import WatchPolicy
from sources.models import Source
from sources.vocabulary import LOST, PageAnswer

BY = "system:watch"
"""Under which name looks are recorded that nobody asked for."""


def note_answer(
    session: Session,
    source: Source,
    answer: Answer,
    policy: WatchPolicy,
    moment: dt.datetime,
    *,
    missed: bool,
) -> tuple[SourceLook, bool]:
    """Write down a look; return its row, and whether the page answers otherwise than before.

    A page is called lost only after several troubled looks in a row. A site that asks to be left
    alone has said nothing about the page.
    """
    look = _look(session, source)
    look.looks += 1
    look.looked_at = moment
    look.next_at = None
    if answer.wait is not None:
        look.next_at = moment + answer.wait
        return look, False
    if answer.answer in LOST:
        look.strikes += 1
        if look.strikes < policy.strikes:
            look.next_at = policy.after_strike(look.strikes, moment)
            return look, False
        return look, _turn(session, source, answer)
    look.strikes = 0
    if answer.answer is PageAnswer.FORBIDDEN:
        return look, _turn(session, source, answer)
    look.answered_at = moment
    look.missed = look.missed + 1 if missed else 0
    if missed and look.missed < policy.strikes:
        look.next_at = policy.after_strike(look.missed, moment)
    return look, _turn(session, source, answer)


def _look(session: Session, source: Source) -> SourceLook:
    """The row of a source; with another address everything begins anew."""
    query = select(SourceLook).where(SourceLook.source_id == source.id).with_for_update()
    row = session.scalars(query).one_or_none()
    url = source.url or ""
    if row is None:
        row = SourceLook(source_id=source.id, url=url, looks=0, strikes=0, missed=0)
        session.add(row)
    elif row.url != url:
        row.url, row.strikes, row.missed = url, 0, 0
        row.etag = row.last_modified = row.asked_for = None
    return row


def _turn(session: Session, source: Source, answer: Answer) -> bool:
    """Record how the page answers now where that is something else than before."""
    query = select(PageState).where(PageState.source_id == source.id).order_by(PageState.id.desc())
    last = session.scalars(query.limit(1)).first()
    url = source.url or ""
    before = (last.answer, last.final_url) if last and last.url == url else (PageAnswer.ALIVE, None)
    if before == (answer.answer, answer.final_url):
        return False
    session.add(
        PageState(
            source_id=source.id,
            url=url,
            answer=answer.answer,
            http_status=answer.status,
            final_url=answer.final_url,
            reason=answer.reason,
            created_by=BY,
        )
    )
    session.flush()
    return True
