"""A site is asked by one at a time, whoever asks, on either engine."""

import datetime as dt

from sqlalchemy.orm import Session

from sources.base import now
from sources.looks import pace
from sources.looks.models import HostPace
from sources.looks.policy import watch_policy
from sources.looks.robots import Rules, known

HOST = "rain.example"
SECOND = dt.timedelta(seconds=1)


def test_one_has_the_turn_and_the_next_waits_until_it_is_given_back(session: Session) -> None:
    moment, policy = now(), watch_policy()
    token, _row = pace.take(session, HOST, policy, moment)
    other, row = pace.take(session, HOST, policy, moment + SECOND)

    assert token is not None
    assert other is None
    assert row.free_at == moment + dt.timedelta(seconds=policy.hold_seconds)

    pace.leave(session, HOST, token, moment + 5 * SECOND)
    assert pace.take(session, HOST, policy, moment + 4 * SECOND)[0] is None
    assert pace.take(session, HOST, policy, moment + 5 * SECOND)[0] is not None


def test_the_turn_of_a_process_that_died_ends_by_itself(session: Session) -> None:
    moment, policy = now(), watch_policy()
    dead, _row = pace.take(session, HOST, policy, moment)
    later = moment + dt.timedelta(seconds=policy.hold_seconds)
    token, _row = pace.take(session, HOST, policy, later)

    assert dead is not None
    assert token is not None
    pace.leave(session, HOST, dead, later)
    assert pace.take(session, HOST, policy, later + SECOND)[0] is None


def test_sites_do_not_wait_for_each_other(session: Session) -> None:
    moment, policy = now(), watch_policy()

    assert pace.take(session, HOST, policy, moment)[0] is not None
    assert pace.take(session, "other.example", policy, moment)[0] is not None


def test_rules_hold_for_a_day_and_a_refusal_for_an_hour(session: Session) -> None:
    moment, policy = now(), watch_policy()
    pace.take(session, HOST, policy, moment)
    pace.note_rules(session, HOST, Rules("User-agent: *\nDisallow: /a"), moment)
    row = session.get_one(HostPace, HOST, populate_existing=True)

    assert known(row, policy, moment + dt.timedelta(hours=23)) is not None
    assert known(row, policy, moment + dt.timedelta(hours=25)) is None

    pace.note_rules(session, HOST, Rules("", refuses_all=True), moment)
    session.refresh(row)
    assert known(row, policy, moment + dt.timedelta(minutes=59)) == Rules("", refuses_all=True)
    assert known(row, policy, moment + dt.timedelta(minutes=61)) is None
