"""How long whoever waits for a page waits for one statement; jobs, commands and migrations do not.

It holds for the thread that answers a request. A statement that takes longer is ended by the
engine, its transaction is undone, and the person is told.
"""

from contextvars import ContextVar, Token

_seconds: ContextVar[float | None] = ContextVar("patience", default=None)


def begin(seconds: float) -> Token[float | None]:
    """Let each statement from here on take so many seconds; 0 lets it take as many as it likes."""
    return _seconds.set(seconds or None)


def end(token: Token[float | None]) -> None:
    """Let statements take as long as before."""
    _seconds.reset(token)


def seconds() -> float | None:
    """Return how long a statement may take here; None for as long as it likes."""
    return _seconds.get()
