"""The writers of an SQLite database in this process: in a fair queue, and in groups."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress

from sqlalchemy import Connection, Engine

from app.ledger.group import Group
from app.ledger.turns import Turns, TurnTimeoutError


class Writers:
    """Lets one write at a time; who queues up meanwhile goes on in the same transaction.

    A group is left open only for somebody who is waiting already and was promised the turn, so a
    writer who is alone is committed at once.
    """

    def __init__(self, engine: Engine, key: bytes, patience: float) -> None:
        """Note the engine for writing and how many seconds a writer waits for its turn."""
        self._engine = engine
        self._key = key
        self._patience = patience
        self.kind = Group
        self._turns = Turns(self._settle)
        self._group: Group | None = None
        # It stays open, because its statements are prepared and those of readers are others.
        self._connection: Connection | None = None

    def alone(self) -> AbstractContextManager[None]:
        """A turn for a transaction of one's own, on a connection of one's own."""
        return self._turns.turn(self._patience)

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """A transaction of one's own on the writers' connection, committed on leaving."""
        with self.alone():
            connection = self._opened()
            with connection.begin():
                yield connection

    @contextmanager
    def member(self, actor: str, request: str | None) -> Iterator[Connection]:
        """A connection in a transaction that others may share; durable when this is left.

        Who fails waits as well: what refused him may be something another one did a moment ago,
        and nobody hears of that before it is certain.
        """
        group = None
        try:
            with self._turns.turn(self._patience, joins=True):
                group = self._joined()
                try:
                    with group.member(actor, request) as connection:
                        yield connection
                finally:
                    if group.grows():
                        self._turns.promise()
        except BaseException:
            if group is not None:
                group.wait()
            raise
        group.outcome()

    def writes_now(self) -> bool:
        """Whether this thread is in the middle of writing."""
        return self._turns.is_mine()

    def close(self) -> None:
        """Close the connection when the last writer has gone, or does not go."""
        with suppress(TurnTimeoutError), self.alone():
            connection, self._connection = self._connection, None
            if connection is not None:
                connection.close()

    def _joined(self) -> Group:
        """The open group, or a new one."""
        if self._group is None:
            self._group = self.kind(self._opened(), self._key)
        return self._group

    def _opened(self) -> Connection:
        """The writers' connection."""
        if self._connection is None:
            self._connection = self._engine.connect()
        return self._connection

    def _settle(self) -> None:
        """Close the open group, before the turn goes to somebody who does not join it."""
        group, self._group = self._group, None
        if group is not None:
            group.settle()
