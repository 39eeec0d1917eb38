"""Writers in one transaction: each for himself until the commit, which is everybody's."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.db import Database
from app.db_problems import Busy, Refused
from app.ledger import group, history
from app.models import Base
from tests.app.ledger.small import Note, Small, check

Work = Callable[[Session], object]
PATIENCE = 20
FATAL = "INSERT OR ROLLBACK INTO note(id, title, done) VALUES ('n0', 'again', 0)"


def adds(number: int) -> Work:
    return lambda session: session.add(Note(id=f"n{number}", title=f"note {number}"))


def fails(number: int) -> Work:
    def work(session: Session) -> None:
        adds(number)(session)
        session.flush()
        raise ZeroDivisionError

    return work


def runs(statement: str) -> Work:
    return lambda session: session.execute(text(statement))


def waiting(desk: Database) -> int:
    return len(desk._writers._turns._waiting)  # noqa: SLF001 - the order must be certain.


@contextmanager
def queued(desk: Database, works: list[Work]) -> Iterator[list[Future[None]]]:
    """Let the works begin one behind the other, all while the first is at work."""
    begun, gate = threading.Event(), threading.Event()

    def write(number: int, work: Work) -> None:
        with desk.writing(f"editor:{number}", f"r{number}") as session:
            if number == 0:
                begun.set()
                gate.wait(PATIENCE)
            work(session)

    with ThreadPoolExecutor(len(works)) as pool:
        futures = []
        for number, work in enumerate(works):
            futures.append(pool.submit(write, number, work))
            begun.wait(PATIENCE)
            end = time.monotonic() + PATIENCE
            while waiting(desk) < number and time.monotonic() < end:
                time.sleep(0.001)
        gate.set()
        yield futures


def together(desk: Database, *works: Work) -> list[BaseException | None]:
    """What each of them hears."""
    with queued(desk, list(works)) as futures:
        return [future.exception(PATIENCE) for future in futures]


def titles(desk: Database) -> set[str]:
    with desk.reading() as session:
        return {str(key) for key in session.execute(text("SELECT id FROM note")).scalars()}


@pytest.fixture
def patient(sqlite_desk: Database, monkeypatch: pytest.MonkeyPatch) -> Database:
    """A desk whose groups are closed by nothing but an empty queue."""
    monkeypatch.setattr(group, "LONGEST", 600.0)
    with sqlite_desk.writing("editor:first") as session:
        session.add(Note(id="n0", title="there already"))
    return sqlite_desk


@pytest.fixture
def said(patient: Database) -> list[str]:
    """What the writers' connection is told from now on."""
    statements: list[str] = []
    connection = patient._writers._connection  # noqa: SLF001 - to see the engine's side of it.
    assert connection is not None
    connection.connection.driver_connection.set_trace_callback(statements.append)  # type: ignore[union-attr]
    return statements


def test_who_queues_up_shares_one_commit(patient: Database, said: list[str]) -> None:
    assert together(patient, *map(adds, range(1, 6))) == [None] * 5
    assert said.count("BEGIN IMMEDIATE") == said.count("COMMIT") == 1
    assert titles(patient) == {f"n{number}" for number in range(6)}
    assert check(patient).findings == []


def test_between_two_writers_the_engine_forgets_no_statement(
    patient: Database, said: list[str]
) -> None:
    """A pragma like ``query_only`` makes it forget them all, and preparing is the dear part."""
    together(patient, adds(1))
    with patient.reading():
        pass
    together(patient, adds(2))
    assert [statement for statement in said if "PRAGMA" in statement] == []


def test_the_ledger_asks_five_statements_of_a_save_and_one_for_each_event(
    patient: Database, said: list[str]
) -> None:
    """Beside BEGIN, SAVEPOINT, RELEASE and COMMIT, which are the transaction's."""
    together(patient, adds(1))
    asked = [statement for statement in said if not statement.startswith("--")]
    transaction = {"BEGIN IMMEDIATE", "SAVEPOINT member", "RELEASE member", "COMMIT"}
    # SQLite tells of an insertion with triggers once more when they have run.
    ours = [statement for statement, _ in groupby(asked) if "ledger_" in statement]
    assert set(asked) - set(ours) - transaction == {s for s in asked if "INTO note" in s}
    assert len(ours) == 6


def test_each_event_bears_its_own_name_and_request_in_the_order_of_the_queue(
    patient: Database,
) -> None:
    together(patient, *map(adds, range(1, 6)))
    with patient.reading() as session:
        newest = history.entries(session, limit=5)
    written = [(entry.pk, entry.actor, entry.request, entry.via) for entry in reversed(newest)]
    assert written == [(f"n{n}", f"editor:{n - 1}", f"r{n - 1}", "app") for n in range(1, 6)]


@pytest.mark.parametrize("failing", [0, 1, 2])
def test_one_who_fails_undoes_nothing_of_the_others(patient: Database, failing: int) -> None:
    works = [fails(n) if n == failing + 1 else adds(n) for n in range(1, 4)]
    heard = together(patient, *works)
    assert [type(problem) for problem in heard].count(type(None)) == 2
    assert isinstance(heard[failing], ZeroDivisionError)
    assert titles(patient) == {"n0", "n1", "n2", "n3"} - {f"n{failing + 1}"}
    assert check(patient).findings == []


def test_a_constraint_broken_by_one_is_his_alone(patient: Database) -> None:
    heard = together(patient, adds(1), adds(0), adds(2))
    assert [type(problem) for problem in heard] == [type(None), IntegrityError, type(None)]
    assert titles(patient) == {"n0", "n1", "n2"}
    assert check(patient).findings == []


def test_a_savepoint_inside_a_members_work_is_his_own(patient: Database) -> None:
    def tries(session: Session) -> None:
        adds(2)(session)
        session.flush()
        with pytest.raises(IntegrityError), session.begin_nested():
            session.execute(text("INSERT INTO note(id, title, done) VALUES ('n0', 'again', 0)"))

    assert together(patient, adds(1), tries, adds(3)) == [None] * 3
    assert titles(patient) == {"n0", "n1", "n2", "n3"}
    assert check(patient).findings == []


def test_nobody_hears_anything_before_the_shared_commit(patient: Database) -> None:
    inside, leave = threading.Event(), threading.Event()

    def lingers(session: Session) -> None:
        adds(3)(session)
        session.flush()
        inside.set()
        leave.wait(PATIENCE)

    with queued(patient, [adds(1), fails(2), lingers]) as futures:
        inside.wait(PATIENCE)
        assert not any(future.done() for future in futures)
        assert titles(patient) == {"n0"}
        leave.set()
    assert titles(patient) == {"n0", "n1", "n3"}


def test_a_commit_that_fails_fails_for_everybody(patient: Database) -> None:
    refusing = (
        "CREATE TEMP TRIGGER full BEFORE UPDATE ON main.ledger_ctx WHEN NEW.actor IS NULL"
        " BEGIN SELECT RAISE(ABORT, 'no room'); END"
    )
    with patient._writers.alone():  # noqa: SLF001 - nothing of the product makes it fail.
        connection = patient._writers._connection  # noqa: SLF001
        assert connection is not None
        driver = connection.connection.driver_connection
        driver.execute(refusing)  # type: ignore[union-attr]
    heard = together(patient, adds(1), fails(2), adds(3))
    assert [type(problem) for problem in heard] == [Refused, ZeroDivisionError, Refused]
    driver.execute("DROP TRIGGER full")  # type: ignore[union-attr]
    assert titles(patient) == {"n0"}
    assert together(patient, adds(4)) == [None]
    assert check(patient).findings == []


@pytest.mark.parametrize("place", [1, 2])
def test_when_the_engine_undoes_everything_everybody_is_told(patient: Database, place: int) -> None:
    works = [adds(1), adds(2), adds(3)]
    works[place] = runs(FATAL)
    heard = together(patient, *works)
    before = [type(problem) for problem in heard[:place]]
    assert before == [Busy] * place
    assert isinstance(heard[place], IntegrityError)
    assert [problem for problem in heard[place + 1 :] if problem is not None] == []
    assert titles(patient) == {"n0"} | {f"n{n + 1}" for n in range(place + 1, 3)}
    assert check(patient).findings == []


def test_a_loss_that_a_member_keeps_to_himself_is_told_all_the_same(patient: Database) -> None:
    def hides(session: Session) -> None:
        with pytest.raises(IntegrityError):
            session.connection().exec_driver_sql(FATAL)

    heard = together(patient, adds(1), hides)
    assert [type(problem) for problem in heard] == [Busy, Busy]
    assert titles(patient) == {"n0"}


def test_each_finds_sealed_what_came_before(patient: Database) -> None:
    """An appendix prints the ledger's number, and holds what was done up to it."""
    seen: list[int] = []

    def looks(number: int) -> Work:
        def work(session: Session) -> None:
            seen.append(history.position(session))
            adds(number)(session)

        return work

    together(patient, *map(looks, range(1, 4)))
    assert seen == [seen[0], seen[0] + 1, seen[0] + 2]


def test_what_an_outsider_left_is_sealed_once_before_the_group(patient: Database) -> None:
    file = patient.settings.database_url.removeprefix("sqlite:///")
    outside = group.pysqlite3.connect(file, isolation_level=None)  # type: ignore[attr-defined]
    outside.execute("INSERT INTO pair VALUES ('a', 'b', 'x')")
    outside.close()
    together(patient, adds(1), adds(2))
    with patient.reading() as session:
        newest = history.entries(session, limit=3)
    assert [entry.via for entry in reversed(newest)] == ["foreign", "app", "app"]


def test_a_group_that_has_lasted_takes_nobody_in(
    patient: Database, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "LONGEST", 0.0)
    assert together(patient, *map(adds, range(1, 4))) == [None] * 3
    assert said.count("COMMIT") == 3


def test_a_group_has_a_greatest_size(
    patient: Database, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(group, "MOST", 2)
    assert together(patient, *map(adds, range(1, 6))) == [None] * 5
    assert said.count("COMMIT") == 3


def test_a_checkpoint_waits_for_the_group_and_signs_all_of_it(patient: Database) -> None:
    with queued(patient, [adds(1), adds(2)]) as futures:
        for future in futures:
            future.result(PATIENCE)
        note = patient.checkpoint()
    assert note is not None
    assert check(patient).findings == []


@pytest.mark.parametrize("metadata", [Base.metadata, Small.metadata])
def test_no_constraint_waits_for_the_commit(metadata: object) -> None:
    """A constraint that is looked at only then would make one writer's mistake everybody's."""
    tables = metadata.sorted_tables  # type: ignore[attr-defined]
    late = [key for table in tables for key in table.constraints if getattr(key, "deferrable", 0)]
    assert late == []


def test_kill_9_loses_nothing_that_was_answered_and_leaves_no_half(sqlite_desk: Database) -> None:
    """T-FAULT: nothing acknowledged is lost and nothing is half done."""
    home = sqlite_desk.settings.home
    for round_number, seconds in enumerate((0.3, 0.6)):
        answered = killed(home, round_number, seconds)
        assert answered
        kept = titles(sqlite_desk)
        assert answered <= kept
        with sqlite_desk.reading() as session:
            pairs = session.execute(text('SELECT "left" || \'-\' || "right" FROM pair')).scalars()
            assert set(pairs) == kept
        assert check(sqlite_desk).findings == []


def killed(home: Path, round_number: int, seconds: float) -> set[str]:
    """Let sixteen people write in a process that is killed; the answer is what it acknowledged."""
    command = [sys.executable, "-m", "tests.app.ledger.crowd", str(home), str(round_number)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        time.sleep(seconds)
        os.kill(process.pid, signal.SIGKILL)
        rest = process.stdout.read()
    complete = (first + rest).rpartition("\n")[0]
    return set(complete.split())
