"""A queue on a test database, in the words of its tests."""

import datetime as dt
import threading
import uuid
from typing import Any

from sqlalchemy import func, select

from app.db import Database
from app.jobs import endings, queue
from app.jobs.clock import clock
from app.jobs.handlers import HANDLERS
from app.jobs.models import Job
from app.jobs.queue import Leased
from app.jobs.task import BY, Task
from app.ledger.tables import EVENT, options
from sources.models import Source
from tests.app.jobs import deeds

WHO = "editor:li.wei"


class Bench:
    """One queue; the clock is the database's, plus ``ahead``."""

    def __init__(self, database: Database) -> None:
        """Begin with the clock as it is."""
        self.database = database
        self.ahead = dt.timedelta()

    def ask(self, kind: str = "row", name: str = "甲", **asked: Any) -> uuid.UUID:
        """Queue a job; return its identifier."""
        with self.database.writing(WHO) as session:
            return queue.enqueue(session, kind, {"name": name}, by=WHO, **asked).id

    def lease(self) -> Leased | None:
        """Take what is ready, as a worker would."""
        with self.database.writing(BY) as session:
            moment = clock(session) + self.ahead
            endings.bury(session, moment)
            return queue.lease(session, list(HANDLERS), moment)

    def task(self) -> Task:
        """Take what is ready, which there must be."""
        held = self.lease()
        assert held is not None
        return Task(held, self.database, deeds.extensions(self.database), threading.Event())

    def job(self, key: uuid.UUID) -> Job:
        """A job as it stands."""
        with self.database.reading() as session:
            return session.get_one(Job, key)

    def effects(self) -> int:
        """How many rows the jobs left."""
        with self.database.reading() as session:
            return session.scalar(select(func.count()).select_from(Source)) or 0

    def told(self) -> list[str]:
        """What the ledger tells of jobs, in order."""
        query = select(EVENT.c.op).where(EVENT.c.tbl == "job").order_by(EVENT.c.eid)
        with self.database.reading() as session:
            found = session.execute(query, execution_options=options(session))
            return list(found.scalars())
