"""A thread that outlives what nobody foresaw: it is logged under a reference, and told on."""

import uuid
from collections.abc import Callable
from types import TracebackType
from typing import Self, TypeVar

import structlog
from sqlalchemy.exc import DBAPIError

from app.db_problems import DatabaseProblem

log = structlog.get_logger()
Found = TypeVar("Found")
TROUBLE = 5.0
"""Seconds to rest where the database does not answer."""
Tell = Callable[[str], None]
"""Is given the reference under which the log has the trace."""


class Surviving:
    """Ends a piece of work without ending its thread.

    As with Flask's handler for unforeseen errors, the trace goes to the log and a reference to
    the person. What is no error, an exit or an interruption, goes on its way.
    """

    def __init__(self, work: str, tell: Tell | None = None) -> None:
        """Name the work for the log."""
        self.work = work
        self.tell = tell

    def __enter__(self) -> Self:
        """Begin the work."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Keep an error that the work did not deal with itself."""
        if not isinstance(problem, Exception):
            return False
        reference = uuid.uuid4().hex
        log.error("unforeseen", reference=reference, work=self.work, exc_info=problem)
        if self.tell is not None:
            self.tell(reference)
        return True


def patiently(
    step: Callable[[], Found], rest: Callable[[float], object] | None = None
) -> Found | None:
    """Take a step of background work; None, after a rest, where it met with trouble."""
    with Surviving(repr(step)):
        try:
            return step()
        except (DatabaseProblem, DBAPIError, OSError) as problem:
            log.warning("background work waits", work=repr(step), problem=str(problem))
    if rest is not None:
        rest(TROUBLE)
    return None
