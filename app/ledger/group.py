"""Group commit on SQLite: writers that queue up share one transaction and one flush to the disk.

Each has a savepoint and a seal of its own, so that one who fails undoes nothing of the others' and
each finds sealed what came before. All are answered when the shared transaction is on the disk.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pysqlite3
from sqlalchemy import Connection

from app.ledger import context
from app.ledger.seal import APP, FOREIGN, Place, last_place, seal_after
from app.ledger.tables import driver

LONGEST = 0.005
"""Seconds after which a group takes nobody in: so long the first of it may wait for others."""
MOST = 32
"""Writers in one group at most."""


STEPS = 10_000
"""Steps of SQLite's machine between two looks at the clock: about a millisecond."""


class GroupUndone(Exception):
    """The transaction that several writers shared was not committed; the cause says why."""


class SharedConnection(pysqlite3.Connection):  # type: ignore[misc,name-defined]
    """The driver's connection, whose transaction may be a group's.

    While it is (``shared``), what SQLAlchemy begins, commits and rolls back on it is the savepoint
    of one member.
    """

    shared = False
    lost = False
    """Whether the engine undid the group's transaction, as it does when the disk is full."""
    writable: bool | None = None
    """What ``query_only`` was last set to; setting it makes the engine forget every statement it
    prepared, and preparing one with its triggers takes five times as long as running it."""

    deadline: float | None = None
    """When the engine ends the statement that runs, by the clock of this machine."""
    watched = False

    def hurry(self, seconds: float | None) -> None:
        """Let the statement that comes take so many seconds."""
        self.deadline = None if seconds is None else time.monotonic() + seconds
        if not self.watched and seconds is not None:
            self.set_progress_handler(self._is_late, STEPS)
            self.watched = True

    def _is_late(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    def begin(self, *, writing: bool) -> None:
        """Begin what SQLAlchemy takes for a transaction.

        One that begins by reading and then writes is refused when somebody wrote in between,
        whatever the timeout; taking the write lock first waits instead.
        """
        self.deadline = None
        if self.shared:
            self.execute("SAVEPOINT member")
            return
        if self.writable is not writing:
            self.execute(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
            self.writable = writing
        self.execute("BEGIN IMMEDIATE" if writing else "BEGIN")

    def commit(self) -> None:
        """Keep it."""
        self.deadline = None
        if self.shared:
            self._whole("RELEASE member")
        else:
            super().commit()

    def rollback(self) -> None:
        """Undo it; where the engine undid the whole transaction there is nothing left to undo."""
        self.deadline = None
        if not self.shared:
            super().rollback()
        elif self._whole("ROLLBACK TO member"):
            self._whole("RELEASE member")

    def _whole(self, statement: str) -> bool:
        """End a savepoint; it is gone where the engine undid the whole transaction."""
        try:
            self.execute(statement)
        except pysqlite3.OperationalError:  # type: ignore[attr-defined]
            self.lost = True
        return not self.lost


class Group:
    """One transaction of several writers, from its beginning to its commit."""

    def __init__(self, connection: Connection, key: bytes) -> None:
        """Begin it on the writers' connection, and seal what outsiders left behind."""
        self.connection = connection
        self.key = key
        self.kept = False
        self.problem: Exception | None = None
        self._driver: Any = driver(connection)
        self._size = 0
        self._last = Place(-1, 0)
        self._began = time.monotonic()
        self._ended = threading.Event()
        try:
            self._driver.begin(writing=True)
            self.open()
            self._driver.shared, self._driver.lost = True, False
        except BaseException:
            self.close()
            raise

    def open(self) -> None:
        """Seal what outsiders left behind."""
        self._last = seal_after(last_place(self.connection), self.connection, self.key, FOREIGN)

    def forget(self) -> None:
        """Name nobody any more."""
        context.leave(self.connection)

    def grows(self) -> bool:
        """Whether another may join."""
        young = time.monotonic() - self._began < LONGEST
        return young and self._size < MOST and not self._driver.lost

    @contextmanager
    def member(self, actor: str, request: str | None) -> Iterator[Connection]:
        """The connection in the hands of one writer: sealed on leaving, undone by an exception."""
        self._size += 1
        with self.connection.begin():
            context.enter(self.connection, self.key, actor, request)
            yield self.connection
            last = seal_after(self._last, self.connection, self.key, APP)
        self._last = last

    def settle(self) -> None:
        """Forget the last actor and commit, once for all members."""
        try:
            self._driver.shared = False
            if not self._driver.lost:
                self.forget()
                self._driver.commit()
                self.kept = True
        except pysqlite3.Error as problem:  # type: ignore[attr-defined]
            self.problem = problem
        finally:
            self.close()

    def close(self) -> None:
        """Undo what was not committed, and tell the members."""
        try:
            self._driver.shared = False
            self._driver.rollback()
        finally:
            self._ended.set()

    def wait(self) -> None:
        """Return when it is decided."""
        self._ended.wait()

    def outcome(self) -> None:
        """Return when everything is on the disk, raise :class:`GroupUndone` when nothing is."""
        self.wait()
        if not self.kept:
            raise GroupUndone from self.problem
