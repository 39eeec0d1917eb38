"""Once a day the rules about time look at the desk: by itself in the server, or by a command."""

import datetime as dt
import fcntl
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from app import leftovers
from app.db import Database
from app.db_problems import DatabaseProblem
from app.ledger import acts
from app.ledger.tables import EVENT, options
from app.looks.queueing import looks_since, queue_due
from claims.rules.due import due_claims, look_again
from claims.rules.engine import BY
from sources.base import now
from sources.looks.noting import BY as WATCH

LOG = logging.getLogger(__name__)
ACT, TABLE, OP = "act", "rules", "daily"
BATCH = 20
"""Claims of one transaction: others can write in between."""
PATIENCE = 600.0
"""Seconds between two looks at the calendar."""
LOCK_NUMBER = 0x6461696C79
"""The advisory lock of PostgreSQL: "daily" in letters."""
LOCK_FILE = "daily.lock"


@dataclass(frozen=True, slots=True)
class Done:
    """What one run did: at how many claims it looked, and how many findings came or went."""

    day: dt.date
    claims: int
    changed: int


def run(database: Database, moment: dt.datetime | None = None) -> Done | None:
    """Let the rules look at every claim that time may have changed; None while another does.

    Each batch is a transaction of its own, so what was done stays done when the process dies, and
    whoever runs next does the rest. A second run finds nothing to change; the ledger has one act
    for a day, and one more for a run that changed something.
    """
    moment = moment or now()
    with alone(database) as mine:
        if not mine:
            return None
        day = moment.astimezone(ZoneInfo(database.settings.timezone)).date()
        with database.reading() as session:
            claims = due_claims(session, moment)
        changed = 0
        for start in range(0, len(claims), BATCH):
            with database.writing(BY) as session:
                changed += look_again(session, claims[start : start + BATCH], moment)
        with database.writing(BY) as session:
            leftovers.sweep(session, moment, database.settings.draft_days)
        _note(database, Done(day, len(claims), changed))
        return Done(day, len(claims), changed)


def _note(database: Database, done: Done) -> None:
    """Enter the run in the ledger."""
    with database.reading() as session:
        known = was_done(session, done.day)
        looks = looks_since(session, now() - dt.timedelta(days=1))
    if known and not done.changed:
        return
    # A look that found nothing new leaves no entry of its own: this one tells how many there were.
    story = {"claims": done.claims, "findings": done.changed, "looks": looks}
    with database.writing(BY) as session:
        acts.record(session, ACT, TABLE, done.day.isoformat(), OP, story)


def was_done(session: Session, day: dt.date) -> bool:
    """Whether the ledger has a run of this day."""
    query = select(EVENT.c.eid).where(
        EVENT.c.kind == ACT, EVENT.c.tbl == TABLE, EVENT.c.pk == day.isoformat()
    )
    return session.execute(query.limit(1), execution_options=options(session)).first() is not None


@contextmanager
def alone(database: Database) -> Iterator[bool]:
    """Keep every other process from running the rules meanwhile; False where one does already.

    Both locks end with the process that holds them, however it ends.
    """
    if not database.is_sqlite:
        with database.engine.connect() as connection:
            asked = text("SELECT pg_try_advisory_xact_lock(:number)")
            yield bool(connection.scalar(asked, {"number": LOCK_NUMBER}))
        return
    with (database.settings.home / LOCK_FILE).open("a", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True


class Daily:
    """A thread of the server that runs the rules once a day, and queues looks at sources."""

    def __init__(self, database: Database) -> None:
        """Start nothing yet."""
        self.database = database
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="daily-rules", daemon=True)

    def start(self) -> None:
        """Look from now on in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread and wait for it."""
        self._stopped.set()
        self._thread.join()

    def look(self) -> Done | None:
        """Run the rules if nobody did so today; None where there was nothing to do."""
        day = now().astimezone(ZoneInfo(self.database.settings.timezone)).date()
        try:
            with self.database.reading() as session:
                known = was_done(session, day)
            return None if known else run(self.database)
        except (DatabaseProblem, DBAPIError, OSError) as problem:
            LOG.warning("rules about time not run: %s", problem)
            return None

    def queue_looks(self) -> int:
        """Queue looks at the sources that are due, unless the desk has switched watching off."""
        if not self.database.settings.watch:
            return 0
        try:
            with self.database.writing(WATCH) as session:
                return len(queue_due(session, now()))
        except (DatabaseProblem, DBAPIError, OSError) as problem:
            LOG.warning("looks at sources not queued: %s", problem)
            return 0

    def _run(self) -> None:
        while True:
            self.look()
            self.queue_looks()
            if self._stopped.wait(PATIENCE):
                return
