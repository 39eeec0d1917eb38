"""Guessing is slowed by counts that all processes share, alike for names that exist or not."""

import datetime as dt
import threading
from collections import Counter

import pytest
from sqlalchemy import select, update

from app.accounts import attempts
from app.db import Database
from app.limits.models import SignInAttempt
from app.limits.vocabulary import GATES, WINDOW, Gate, Limit

HERE, THERE = "192.0.2.1", "192.0.2.2"


def refused(database: Database, name: str, address: str, times: int) -> int:
    """How many of so many attempts are refused."""
    return sum(attempts.attempt(database, name, address).wait is not None for _ in range(times))


def test_the_eleventh_attempt_waits_and_says_how_long(database: Database) -> None:
    assert refused(database, "li.wei", HERE, 10) == 0
    waiting = attempts.attempt(database, " LI.Wei ", HERE).wait
    assert waiting is not None
    assert 0 < waiting <= WINDOW.total_seconds() + 1
    assert refused(database, "li.wei", THERE, 1) == 0
    assert refused(database, "nobody.here", HERE, 10) == 0
    assert refused(database, "nobody.here", HERE, 1) == 1


def test_what_is_refused_does_not_make_the_wait_longer(sqlite_database: Database) -> None:
    refused(sqlite_database, "li.wei", HERE, 15)
    with sqlite_database.reading() as session:
        assert len(session.scalars(select(SignInAttempt)).all()) == 10


def test_attempts_are_forgotten_with_time_and_with_success(sqlite_database: Database) -> None:
    refused(sqlite_database, "li.wei", HERE, 10)
    with sqlite_database.writing("editor:li.wei") as session:
        attempts.forgive(session, attempts.pair_of("li.wei", HERE))
    assert refused(sqlite_database, "li.wei", HERE, 10) == 0
    with sqlite_database.writing("system:test") as session:
        session.execute(
            update(SignInAttempt).values(
                tried_at=dt.datetime.now(dt.UTC) - WINDOW - dt.timedelta(seconds=1)
            )
        )
    assert refused(sqlite_database, "li.wei", HERE, 10) == 0


def test_everybody_together_has_a_limit_too(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(GATES, Gate.SIGN_IN, Limit(10, 5))
    found = [attempts.attempt(sqlite_database, f"name{n}", HERE).wait for n in range(6)]
    assert [wait is None for wait in found] == [True] * 5 + [False]


def test_nothing_somebody_typed_is_kept(sqlite_database: Database) -> None:
    attempts.attempt(sqlite_database, "my secret password", HERE)
    with sqlite_database.reading() as session:
        (row,) = session.scalars(select(SignInAttempt))
    assert len(row.pair_sha256) == 64
    assert "secret" not in row.pair_sha256


def test_attempts_at_the_same_moment_see_each_other(database: Database) -> None:
    """Two applications on one database let no more through than one would."""
    found: Counter[bool] = Counter()

    def guess() -> None:
        for _ in range(5):
            found[attempts.attempt(database, "li.wei", HERE).wait is None] += 1

    threads = [threading.Thread(target=guess) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found.total() == 20
    assert found[True] <= 10


def test_whoever_chooses_among_addresses_of_one_line_is_counted_once() -> None:
    for one, other in (("2001:db8::1", "2001:db8:0:0:ffff::9"), ("::ffff:192.0.2.1", HERE)):
        assert attempts.pair_of("li.wei", one) == attempts.pair_of("li.wei", other)
    for one, other in (("2001:db8::1", "2001:db8:0:1::1"), (HERE, THERE), ("x", "")):
        assert attempts.pair_of("li.wei", one) != attempts.pair_of("li.wei", other)
