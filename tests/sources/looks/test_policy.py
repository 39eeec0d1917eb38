"""How often and how politely: stable, spread, and never out of bounds."""

import datetime as dt
import tomllib
import uuid
from importlib import resources
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.identifiers import uuid7
from sources.looks.policy import watch_policy, watch_policy_from

THEN = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def shipped() -> dict[str, Any]:
    return tomllib.loads(
        resources.files("sources.looks").joinpath("policy.toml").read_text("utf-8")
    )


@pytest.mark.parametrize(
    ("age", "days"), [(-3, 1), (0, 1), (6, 1), (7, 7), (89, 7), (90, 30), (1825, 30), (1826, None)]
)
def test_an_older_article_is_looked_at_less_often(age: int, days: int | None) -> None:
    assert watch_policy().interval(age) == days


@given(st.uuids(), st.integers(1, 365))
def test_a_look_is_due_within_a_fifth_of_its_interval_and_always_then(
    source: uuid.UUID, days: int
) -> None:
    at = watch_policy().next_look(source, THEN, days)

    assert dt.timedelta(days=days) <= at - THEN <= dt.timedelta(days=days) * 1.2
    assert watch_policy().next_look(source, THEN, days) == at


def test_looks_are_spread() -> None:
    hours = {watch_policy().next_look(uuid7(), THEN, 30).strftime("%d %H") for _ in range(300)}

    assert len(hours) > 80


def test_what_a_site_asks_for_is_kept_to_up_to_a_bound() -> None:
    pauses = [watch_policy().pause(asked).total_seconds() for asked in (None, 1, 60, 100_000)]

    assert pauses == [5, 5, 60, 300]


def test_the_second_strike_waits_longer_than_the_first() -> None:
    waits = [watch_policy().after_strike(strikes, THEN) - THEN for strikes in (1, 2, 9)]

    assert waits == [dt.timedelta(hours=6), dt.timedelta(hours=24), dt.timedelta(hours=24)]


@pytest.mark.parametrize(
    ("part", "name", "value"),
    [
        ("days", "first_week", 0),
        ("days", "later", 2),
        ("spread", "share", "1.5"),
        ("pace", "seconds", 0),
        ("strikes", "needed", 0),
        ("strikes", "hours", []),
    ],
)
def test_nonsense_is_refused(part: str, name: str, value: object) -> None:
    table = shipped()
    table[part][name] = value

    with pytest.raises(ValueError, match="watch policy"):
        watch_policy_from(table)
