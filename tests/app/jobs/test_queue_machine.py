"""Whatever workers and people do in whatever order, the queue stands as a simple model says."""

from __future__ import annotations

import datetime as dt
import json
import threading
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import delete, false, select, text
from sqlalchemy.exc import IntegrityError

from app.jobs import endings, orders, queue
from app.jobs.handlers import HANDLERS
from app.jobs.models import Job
from app.jobs.task import BY, LeaseLostError, Task
from app.jobs.vocabulary import UNFINISHED, JobState
from app.ledger.verify import verify
from sources.base import now
from sources.errors import Conflict
from sources.models import Source
from tests.app.jobs import deeds
from tests.app.jobs.bench import WHO, Bench

if TYPE_CHECKING:
    from app.db import Database

LEASE = dt.timedelta(seconds=60)
MOST = 2


@dataclass
class Known:
    """A job as the model has it; ``holder`` is the lease in force, ``until`` its end."""

    key: str | None
    state: JobState = JobState.QUEUED
    attempts: int = 0
    holder: str | None = None
    until: dt.datetime | None = None
    after: dt.datetime | None = None

    @property
    def is_open(self) -> bool:
        return self.state in UNFINISHED

    def is_ready(self, moment: dt.datetime) -> bool:
        if self.state == JobState.RUNNING:
            return self.until is not None and self.until < moment and self.attempts < MOST
        return self.state == JobState.QUEUED and (self.after is None or self.after <= moment)

    def is_worn_out(self, moment: dt.datetime) -> bool:
        return self.until is not None and self.until < moment and self.attempts >= MOST

    def let_go(self, state: JobState) -> None:
        self.state, self.holder, self.until = state, None, None


class Queueing(RuleBasedStateMachine):
    """Some jobs, any number of workers, and people who cancel and retry."""

    bench: Bench

    @initialize()
    def begin(self) -> None:
        with self.bench.database.writing(BY) as session:
            session.execute(delete(Job))
        self.model: dict[uuid.UUID, Known] = {}
        self.tasks: list[Task] = []
        self.bench.ahead = dt.timedelta()

    @property
    def moment(self) -> dt.datetime:
        return now() + self.bench.ahead

    @rule(key=st.sampled_from([None, None, "a", "b"]), late=st.booleans())
    def ask(self, key: str | None, *, late: bool) -> None:
        after = self.moment + LEASE / 2 if late else None
        held = [job for job, one in self.model.items() if key and one.key == key and one.is_open]
        made = self.bench.ask(name=uuid.uuid4().hex, key=key, run_after=after)
        assert (made == held[0]) if held else (made not in self.model), "asked for twice"
        self.model.setdefault(made, Known(key, after=after))

    @rule(seconds=st.sampled_from([1, 40, 70, 2000]))
    def let_time_pass(self, seconds: int) -> None:
        self.bench.ahead += dt.timedelta(seconds=seconds)

    @rule()
    def lease(self) -> None:
        moment = self.moment
        for one in self.model.values():
            if one.is_worn_out(moment):
                one.let_go(JobState.FAILED)
        ready = sorted(job for job, one in self.model.items() if one.is_ready(moment))
        held = self.bench.lease()
        assert (held.id if held is not None else None) == (ready[0] if ready else None), "leased"
        if held is not None:
            one = self.model[held.id]
            one.state, one.holder, one.after = JobState.RUNNING, held.holder, None
            one.attempts, one.until = one.attempts + 1, moment + LEASE
            database = self.bench.database
            task = Task(held, database, deeds.extensions(database), threading.Event())
            self.tasks.append(task)

    @precondition(lambda self: self.tasks)
    @rule(data=st.data(), how=st.sampled_from(["done", "kept", "failed", "later", "back"]))
    def end(self, data: st.DataObject, how: str) -> None:
        task = data.draw(st.sampled_from(self.tasks))
        one, moment = self.model[task.job_id], self.moment
        mine = one.holder == task.held.holder
        assert self.ended(task, how, moment) == mine, "ended"
        if not mine:
            return
        if how == "kept":
            one.until = moment + LEASE
        elif how == "done":
            one.let_go(JobState.DONE)
        elif how == "failed" or (how == "later" and one.attempts >= MOST):
            one.let_go(JobState.FAILED)
        else:
            one.let_go(JobState.QUEUED)
            one.attempts -= how == "back"
            one.after = self.bench.job(task.job_id).run_after
            assert (one.after is not None and one.after > moment) == (how == "later")

    def ended(self, task: Task, how: str, moment: dt.datetime) -> bool:
        if how == "done":
            try:
                deeds.row(task)
            except LeaseLostError:
                return False
            return True
        with self.bench.database.writing(BY) as session:
            if how == "kept":
                return queue.extend(session, task.held, moment)
            if how == "failed":
                return endings.failed(session, task.held, moment, "no", None)
            if how == "later":
                return endings.postponed(session, task.held, moment, "slow", None)
            return endings.given_back(session, task.held)

    @precondition(lambda self: self.model)
    @rule(data=st.data(), again=st.booleans())
    def order(self, data: st.DataObject, *, again: bool) -> None:
        job = data.draw(st.sampled_from(sorted(self.model)))
        one = self.model[job]
        waits = one.state == JobState.QUEUED and one.after is not None
        others = [two for two in self.model.values() if two.key == one.key and two.is_open]
        over = one.state in {JobState.FAILED, JobState.CANCELLED}
        allowed = (waits or (over and not (one.key and others))) if again else one.is_open
        assert self.ordered(job, again=again) == allowed, "ordered"
        if allowed:
            one.after = None
            one.attempts = 0 if again and over else one.attempts
            one.let_go(JobState.QUEUED if again else JobState.CANCELLED)

    def ordered(self, job: uuid.UUID, *, again: bool) -> bool:
        try:
            with self.bench.database.writing(WHO) as session:
                (orders.retry if again else orders.cancel)(session, job)
        except Conflict:
            return False
        return True

    @invariant()
    def stands_as_the_model_says(self) -> None:
        with self.bench.database.reading() as session:
            rows = {job.id: job for job in session.scalars(select(Job))}
            names = {job: json.loads(one.payload)["name"] for job, one in rows.items()}
            made = select(Source.title).where(Source.title.in_(names.values()))
            effects = Counter(session.scalars(made))
        found = {job: (one.state, one.attempts, one.holder) for job, one in rows.items()}
        wanted = {job: (one.state, one.attempts, one.holder) for job, one in self.model.items()}
        assert found == wanted, "stands"
        for job, one in rows.items():
            assert effects[names[job]] == (one.state == JobState.DONE), "effects"


@pytest.fixture(autouse=True)
def _few_attempts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(HANDLERS, "row", deeds.handler("row", most_attempts=MOST))


def play(database: Database, examples: int) -> None:
    """Let the machine loose on a queue."""
    machine: type[RuleBasedStateMachine] = type("Here", (Queueing,), {"bench": Bench(database)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=30,
            deadline=None,
            derandomize=True,
            phases=[Phase.generate],
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_no_sequence_loses_or_doubles_a_job(sqlite_database: Database) -> None:
    play(sqlite_database, 10)
    assert verify(sqlite_database).findings == []


def test_nor_does_one_on_postgresql(postgresql_database: Database) -> None:
    play(postgresql_database, 3)


FOUND = r"leased|ended|ordered|stands|effects|asked|CHECK constraint"
SABOTAGE: dict[str, tuple[object, str, Any]] = {
    "whoever had a lease may end the job": (
        endings,
        "mine",
        lambda held: Job.id == held.id,
    ),
    "a lease never ends": (queue, "abandoned", lambda _moment: false()),
    "a lease ends at once": (
        queue,
        "abandoned",
        lambda _moment: Job.state == JobState.RUNNING,
    ),
    "a key is held by nobody": (queue, "unfinished", lambda _session, _key: None),
    "who kills workers goes on": (endings, "bury", lambda _session, _moment: 0),
}


@pytest.mark.parametrize("name", sorted(SABOTAGE))
def test_the_machine_finds_a_guard_that_is_gone(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    where, function, instead = SABOTAGE[name]
    monkeypatch.setattr(where, function, instead)
    with sqlite_database.writing(BY) as session:
        session.execute(text("DROP INDEX uq_job_key_unfinished"))
    with pytest.raises((AssertionError, IntegrityError), match=FOUND):
        play(sqlite_database, 40)
