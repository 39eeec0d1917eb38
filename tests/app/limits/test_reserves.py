"""Quotas hold for all processes together, cost few statements, and let nobody through too often."""

import datetime as dt
import threading
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from app.config import Settings
from app.db import Database
from app.db_problems import Busy
from app.defaults import QUOTAS
from app.leftovers import sweep
from app.limits import reserves
from app.limits.models import QuotaUse
from app.limits.reserves import Reserves
from app.limits.vocabulary import BLOCKS, WINDOWS, Quota
from sources.base import now
from tests.statements import statements

WHO = "somebody"


def limited(database: Database, quotas: Mapping[str, int]) -> Reserves:
    """The quotas of another process on the same database."""
    database.settings = replace(database.settings, quotas={**QUOTAS, **quotas})
    return Reserves(database)


def granted(found: Reserves, times: int, quota: Quota = Quota.WRITES) -> int:
    return sum(found.wait(quota, WHO) is None for _ in range(times))


def test_every_quota_has_an_amount_and_a_window() -> None:
    assert {quota.value for quota in Quota} == set(QUOTAS)
    assert set(WINDOWS) == set(Quota)


def test_an_account_gets_its_quota_and_then_is_told_how_long_to_wait(database: Database) -> None:
    found = limited(database, {"writes": 50})
    assert granted(found, 50) == 50
    wait = found.wait(Quota.WRITES, WHO)
    assert wait is not None
    assert 0 < wait <= WINDOWS[Quota.WRITES].total_seconds() + 1
    assert found.wait(Quota.WRITES, "another") is None
    assert found.wait(Quota.READS, WHO) is None


def test_processes_together_never_exceed_a_quota(database: Database) -> None:
    """T-DOS: four processes that count at the same moment grant what one would."""
    processes = [limited(database, {"writes": 60}) for _ in range(4)]
    counted: list[int] = []

    def ask(process: Reserves) -> None:
        counted.append(granted(process, 40))

    threads = [threading.Thread(target=ask, args=(one,)) for one in processes for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 50 < sum(counted) <= 60


def test_the_statements_are_few_and_a_spent_quota_asks_none(sqlite_database: Database) -> None:
    found = limited(sqlite_database, {"writes": 300})
    with statements(sqlite_database.engine, "INSERT", "SELECT", "UPDATE") as sent:
        assert granted(found, 300) == 300
    assert len(sent) == BLOCKS
    found.wait(Quota.WRITES, WHO)
    with statements(sqlite_database.engine, "INSERT", "SELECT", "UPDATE") as sent:
        assert granted(found, 50) == 0
    assert sent == []


def test_a_quota_begins_anew_when_its_time_is_over(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, moment = limited(database, {"writes": 20}), now()
    assert granted(found, 25) == 20
    later = moment + WINDOWS[Quota.WRITES] + dt.timedelta(seconds=2)
    monkeypatch.setattr(reserves, "now", lambda: later)
    assert granted(found, 25) == 20


def test_what_is_large_takes_more_of_a_quota(sqlite_database: Database) -> None:
    found = limited(sqlite_database, {"megabytes": 100})
    assert found.wait(Quota.MEGABYTES, WHO, 60) is None
    assert found.wait(Quota.MEGABYTES, WHO, 41) is not None


def test_a_quota_of_none_is_switched_off(sqlite_database: Database) -> None:
    assert granted(limited(sqlite_database, {"writes": 0}), 1000) == 1000
    settings = Settings.load({"DESK_HOME": str(sqlite_database.settings.home), "DESK_QUOTAS": ""})
    assert settings.quotas == QUOTAS


def test_a_database_that_cannot_count_refuses_nobody(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: Any) -> None:
        raise Busy

    monkeypatch.setattr(sqlite_database, "keeping", busy)
    assert granted(limited(sqlite_database, {"writes": 5}), 10) == 10


def test_what_no_quota_counts_any_more_is_swept(database: Database) -> None:
    granted(limited(database, {}), 1)
    for minutes, kept in ((5, 1), (11, 0)):
        with database.writing("system:test") as session:
            sweep(session, now() + dt.timedelta(minutes=minutes), 30)
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(QuotaUse)) == kept
