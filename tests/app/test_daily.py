"""The rules about time run once a day, whoever starts them, and however the last run ended."""

import base64
import datetime as dt
import pickle
import signal
import subprocess
import sys

from sqlalchemy import select

from app import daily
from app.config import ROOT
from app.db import Database
from app.ledger import history
from app.ledger.verify import verify
from claims.figures import ObservationStatus
from claims.models import Finding
from tests.app.claim_desk import Desk
from tests.claims.newsroom import a_claim, a_figure

HOLDING = """
import base64, pickle, sys, time
from app.daily import alone
from app.db import Database
database = Database(pickle.loads(base64.b64decode(sys.argv[1])))
with alone(database) as mine:
    print(mine, flush=True)
    time.sleep(60)
"""


def a_forecast(database: Database) -> None:
    """Leave a claim whose forecast was due long ago."""
    with database.writing("system:test") as session:
        claim = a_claim(session, figures=0)
        status = ObservationStatus.FORECAST
        session.add(a_figure(claim, observation_status=status, period="2020"))


def found(database: Database) -> list[str]:
    with database.reading() as session:
        query = select(Finding.created_by).where(Finding.code == "fallen_due")
        return list(session.scalars(query))


def position(database: Database) -> int:
    database.seal()
    with database.reading() as session:
        return history.position(session)


def test_a_second_run_on_the_same_day_changes_nothing(database: Database) -> None:
    a_forecast(database)
    first = daily.run(database)
    assert first is not None
    assert first.changed > 0
    assert found(database) == ["system:rules"]
    before = position(database)
    again = daily.run(database)
    assert again is not None
    assert again.changed == 0
    assert position(database) == before
    assert daily.Daily(database).look() is None
    assert verify(database).findings == []


def test_the_next_day_is_entered_though_nothing_changed(sqlite_database: Database) -> None:
    a_forecast(sqlite_database)
    today = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
    for days in (0, 1):
        assert daily.run(sqlite_database, today + dt.timedelta(days=days)) is not None
    with sqlite_database.reading() as session:
        assert daily.was_done(session, dt.date(2026, 3, 1))
        assert daily.was_done(session, dt.date(2026, 3, 2))
    assert found(sqlite_database) == ["system:rules"]


def test_a_run_waits_for_no_other_and_outlives_one_that_was_killed(database: Database) -> None:
    """T-FAULT: a daily run killed in the middle."""
    a_forecast(database)
    settings = base64.b64encode(pickle.dumps(database.settings)).decode()
    with subprocess.Popen(
        [sys.executable, "-c", HOLDING, settings], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline().strip() == "True"
        assert daily.run(database) is None
        assert found(database) == []
        other.send_signal(signal.SIGKILL)
        other.wait()
    for _attempt in range(100):
        if daily.run(database) is not None:
            break
    assert found(database) == ["system:rules"]


def test_the_run_stands_on_the_timeline(desk: Desk) -> None:
    a_forecast(desk.database)
    daily.run(desk.database)
    page = desk.person("wang.fang").read("/audit")
    assert "Rules about time" in page.text
    assert "rules of checking" in page.text
