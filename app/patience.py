"""How long whoever waits for a page waits for one statement; jobs, commands and migrations do not.

It holds for the thread that answers a request. A statement that takes longer is ended by the
engine, its transaction is undone, and the person is told.
"""

from contextvars import ContextVar, Token
from typing import Any

from sqlalchemy import Connection, Engine, event

from app.ledger.tables import driver

IDLE_SECONDS = 60
"""How long the transaction of a page may stand idle; a program that hangs lets go of its locks."""
HURRY = (
    "SELECT set_config('statement_timeout', %s, true), set_config('lock_timeout', %s, true),"
    " set_config('idle_in_transaction_session_timeout', %s, true)"
)
_seconds: ContextVar[float | None] = ContextVar("patience", default=None)
"""None where nobody waits for a page; 0 where they wait as long as it takes."""


def begin(seconds: float) -> Token[float | None]:
    """Let each statement from here on take so many seconds; 0 lets it take as many as it likes."""
    return _seconds.set(seconds)


def end(token: Token[float | None]) -> None:
    """Let statements take as long as before."""
    _seconds.reset(token)


def seconds() -> float | None:
    """Return how long a statement may take here; None for as long as it likes."""
    return _seconds.get() or None


def bind_sqlite(engine: Engine) -> None:
    """Let SQLite end each statement that takes too long."""

    @event.listens_for(engine, "before_cursor_execute")
    def hurry(connection: Connection, *_: Any) -> None:
        driver(connection).hurry(seconds())


def bind_postgresql(engine: Engine, wait: float) -> None:
    """Let PostgreSQL end each statement of a transaction that takes too long.

    ``wait`` is how many seconds a row is waited for that somebody else holds.
    """

    @event.listens_for(engine, "begin")
    def hurry(connection: Connection) -> None:
        most = _seconds.get()
        if most is not None:
            limits = (f"{int(most * 1000)}ms", f"{int(wait * 1000)}ms", f"{IDLE_SECONDS}s")
            driver(connection).execute(HURRY, limits)
