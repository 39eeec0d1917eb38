"""What a piece of work costs, counted rather than timed: a busy machine changes no count.

Python's part is the number of functions called, the database's the steps of SQLite's machine or the
rows PostgreSQL read. Equal work gives equal counts, so two of them may be held against each other
in a test.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType
from typing import Any

from sqlalchemy import Connection, Engine, event, text

STEP = 50
"""SQLite reports after this many steps of its machine."""
ROWS_READ = text(
    "SELECT coalesce(sum(coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)), 0)"
    " FROM pg_stat_xact_user_tables"
)
"""What the transaction that asks has read so far."""


@dataclass
class Effort:
    """Functions that Python called, and what the database did for them."""

    calls: int = 0
    database: int = 0


def effort(engine: Engine, work: Callable[[], object]) -> Effort:
    """Count one run of ``work``, of which nothing may run in another thread."""
    found = Effort()
    with _counting_database(engine, found):
        found.calls = calls(work)
    return found


def settled(engine: Engine, work: Callable[[], object]) -> Effort:
    """Count the second run of ``work``: the first one fills what is kept between pages."""
    work()
    return effort(engine, work)


def calls(work: Callable[[], object]) -> int:
    """Count the functions of Python that one run of ``work`` calls."""
    found = 0

    def note(_frame: FrameType, what: str, _argument: Any) -> None:
        nonlocal found
        found += what == "call"

    sys.setprofile(note)
    try:
        work()
    finally:
        sys.setprofile(None)
    return found


@contextmanager
def _counting_database(engine: Engine, found: Effort) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        with _counting_steps(engine, found):
            yield
        return

    def note(connection: Connection) -> None:
        found.database += int(connection.execute(ROWS_READ).scalar_one())

    with _listening(engine, ("commit", "rollback"), note):
        yield


@contextmanager
def _counting_steps(engine: Engine, found: Effort) -> Iterator[None]:
    counted: list[Any] = []

    def step() -> int:
        found.database += STEP
        return 0

    def note(raw: Any, *_rest: Any) -> None:
        raw.set_progress_handler(step, STEP)
        counted.append(raw)

    with _listening(engine.pool, ("checkout",), note):
        yield
    for raw in counted:
        raw.set_progress_handler(None, STEP)


@contextmanager
def _listening(target: Any, names: tuple[str, ...], note: Callable[..., None]) -> Iterator[None]:
    for name in names:
        event.listen(target, name, note)
    try:
        yield
    finally:
        for name in names:
            event.remove(target, name, note)
