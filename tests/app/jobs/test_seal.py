"""An order is done only as the program wrote it down, in the name that asked for it."""

import pytest
from sqlalchemy import select, text

from app.db import Database
from app.jobs.models import Job
from app.jobs.vocabulary import JobState
from app.jobs.worker import Worker
from app.ledger.tables import EVENT, options
from sources.identifiers import uuid7
from tests.app.jobs import deeds
from tests.app.jobs.bench import WHO, Bench

FORGED = "editor:wang.fang"


@pytest.fixture
def bench(database: Database) -> Bench:
    return Bench(database)


def worked(bench: Bench) -> None:
    Worker(bench.database, deeds.extensions(bench.database), 1).run_ready()


def names(bench: Bench) -> set[str | None]:
    """Whom the ledger names for anything."""
    with bench.database.reading() as session:
        found = session.execute(select(EVENT.c.actor), execution_options=options(session))
        return set(found.scalars())


@pytest.mark.parametrize(
    "deed",
    [
        "UPDATE job SET created_by = :who",
        "UPDATE job SET payload = replace(payload, '甲', '乙')",
        "UPDATE job SET payload = '{}', created_by = :who",
        "UPDATE job SET payload = '[[', created_by = :who",
        "UPDATE job SET payload = '[]', created_by = :who",
        "UPDATE job SET kind = 'capture'",
        "UPDATE job SET id = :key, created_by = :who",
    ],
)
def test_an_order_that_was_changed_by_hand_is_not_done(bench: Bench, deed: str) -> None:
    """T-LED-4: who writes into the table of jobs has the program do nothing in another's name."""
    bench.ask()
    with bench.database.engine.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = OFF")
        known = {"who": FORGED, "key": str(uuid7())}
        used = {name: value for name, value in known.items() if f":{name}" in deed}
        connection.execute(text(deed), used)
        connection.commit()
    worked(bench)
    with bench.database.reading() as session:
        job = session.scalars(select(Job)).one()
    assert (job.state, job.code) == (JobState.FAILED, "not_ordered")
    assert bench.effects() == 0
    assert bench.told()[-1] == "failed"
    assert FORGED not in names(bench)


def test_an_order_as_it_was_asked_for_is_done_in_the_name_that_asked(bench: Bench) -> None:
    key = bench.ask()
    worked(bench)
    assert bench.job(key).state is JobState.DONE
    assert bench.effects() == 1
    assert WHO in names(bench)
