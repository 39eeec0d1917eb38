"""A thousand refusals are two entries, whoever sends them and whatever they vary."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.security_events.tally import MOST, OTHERS, WINDOW, Subject, Tally, Told
from app.security_events.vocabulary import Event

NOON = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
ONE = Subject("visitor", "-", "aa")


class Ledger:
    def __init__(self) -> None:
        self.told: list[Told] = []
        self.takes = True

    def enter(self, told: Told) -> bool:
        if self.takes:
            self.told.append(told)
        return self.takes


@pytest.fixture
def ledger() -> Ledger:
    return Ledger()


@pytest.fixture
def tally(ledger: Ledger) -> Tally:
    return Tally(ledger.enter)


def test_the_first_is_entered_at_once_and_the_rest_of_its_window_as_a_number(
    tally: Tally, ledger: Ledger
) -> None:
    for second in range(100):
        tally.count(Event.SIGN_IN_FAILED, ONE, NOON + dt.timedelta(seconds=second))
    assert [told.times for told in ledger.told] == [1]
    tally.tell(NOON + WINDOW)
    assert [told.times for told in ledger.told] == [1, 99]
    assert ledger.told[1].last == NOON + dt.timedelta(seconds=99)
    tally.tell(NOON + 2 * WINDOW)
    assert len(ledger.told) == 2


def test_who_varies_everything_fills_one_more_entry(tally: Tally, ledger: Ledger) -> None:
    """T-DOS: refusals are no way to make the desk write."""
    for number in range(1000):
        tally.count(Event.ACCESS_DENIED, ONE._replace(place=str(number)), NOON)
    tally.tell()
    assert len(ledger.told) == MOST + 2
    assert [told.times for told in ledger.told if told.subject.about == OTHERS] == [1, 979]
    assert sum(told.times for told in ledger.told) == 1000


def test_what_the_ledger_does_not_take_waits(tally: Tally, ledger: Ledger) -> None:
    ledger.takes = False
    for _ in range(3):
        tally.count(Event.ACCESS_DENIED, ONE, NOON)
    tally.tell()
    ledger.takes = True
    tally.tell()
    assert [told.times for told in ledger.told] == [3]


@given(
    st.lists(
        st.tuples(
            st.sampled_from([Event.ACCESS_DENIED, Event.SIGN_IN_FAILED]),
            st.integers(0, 40),
            st.integers(-600, 2400),
        ),
        max_size=60,
    )
)
def test_every_refusal_is_told_once_however_the_clock_runs(
    seen: list[tuple[Event, int, int]],
) -> None:
    ledger = Ledger()
    tally = Tally(ledger.enter)
    for event, place, second in seen:
        tally.count(event, ONE._replace(place=str(place)), NOON + dt.timedelta(seconds=second))
    tally.tell()
    for event in Event:
        told = sum(one.times for one in ledger.told if one.event is event)
        assert told == sum(kind is event for kind, _place, _second in seen)
    assert all(one.times >= 1 for one in ledger.told)
