"""How the queue stands as a whole: what waits, and since when."""

import datetime as dt

import pytest
from sqlalchemy.orm import Session

from app.jobs import orders
from app.jobs.listing import DAY, LATE, standing
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from sources.base import now
from tests.app.jobs.waiting import a_job

WHO = "editor:li.wei"


def asked_long_ago(session: Session, state: JobState) -> Job:
    """A job of last week, over or waiting."""
    long_ago = now() - 7 * DAY
    over = {"finished_at": long_ago} if state is not JobState.QUEUED else {}
    return a_job(session, WHO, state=state, created_at=long_ago, **over)


@pytest.mark.parametrize("state", [JobState.FAILED, JobState.CANCELLED])
def test_a_job_that_is_asked_for_again_waits_from_then_on(
    session: Session, state: JobState
) -> None:
    job = asked_long_ago(session, state)
    assert not standing(session).late
    orders.retry(session, job.id)
    found = standing(session)
    assert (found.queued, found.late) == (1, False)
    assert found.oldest is not None
    assert found.oldest > now() - dt.timedelta(minutes=1)
    job.heartbeat_at = now() - LATE - dt.timedelta(seconds=1)
    session.flush()
    assert standing(session).late


def test_what_nobody_ever_began_waits_since_it_was_asked_for(session: Session) -> None:
    job = asked_long_ago(session, JobState.QUEUED)
    found = standing(session)
    assert (found.queued, found.oldest, found.late) == (1, job.created_at, True)
