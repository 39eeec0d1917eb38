"""A claim is put aside until a moment in the future, at most a year ahead, once for each person."""

import datetime as dt

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from claims.errors import Refused
from claims.models import Snooze
from claims.snoozes import snooze
from sources.base import now
from tests.claims.newsroom import CHECKER, a_claim


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_only_a_moment_ahead_is_taken(session: Session, days: int) -> None:
    with pytest.raises(Refused):
        snooze(session, a_claim(session), by=CHECKER, until=now() + dt.timedelta(days=days))


def test_putting_aside_again_replaces_the_first_time(session: Session) -> None:
    claim = a_claim(session)
    snooze(session, claim, by=CHECKER)
    second = snooze(session, claim, by=CHECKER, until=now() + dt.timedelta(days=1))
    assert session.scalar(select(func.count(Snooze.id))) == 1
    assert second.claim_version == claim.version
