"""Which kinds of jobs there are, what carries each out, and how hard it is tried."""

from dataclasses import dataclass, field
from importlib import import_module
from typing import TYPE_CHECKING

from sources.columns import Words

if TYPE_CHECKING:
    from collections.abc import Callable

    from app.jobs.task import Task


@dataclass(frozen=True, slots=True)
class Handler:
    """What carries out the jobs of one kind, and what people call it.

    ``run`` is ``module:function``, imported by the worker that needs it; the function takes a
    :class:`app.jobs.task.Task`. ``at_once`` jobs of the kind run in one process at most, and each
    is tried ``most_attempts`` times. A worker that does not answer for ``lease_seconds`` is taken
    for dead. ``fetches`` says that it waits for others' servers: such jobs never take the last
    thread of a process.
    """

    run: str
    words: Words = field(default_factory=dict)
    at_once: int = 2
    most_attempts: int = 5
    lease_seconds: float = 60.0
    fetches: bool = False

    def function(self) -> "Callable[[Task], None]":
        """Import what carries the job out."""
        module, name = self.run.split(":")
        found: Callable[[Task], None] = getattr(import_module(module), name)
        return found


HANDLERS: dict[str, Handler] = {
    "appendix_files": Handler(
        "app.appendix_issue.job:run",
        {"zh": "生成附录文件", "en": "Making a file of an appendix"},
        most_attempts=3,
    ),
    "appendix_issue": Handler(
        "app.appendix_issue.long_issue:run",
        {"zh": "出具附录", "en": "Issuing an appendix"},
        at_once=1,
        most_attempts=3,
    ),
    "capture": Handler(
        "app.capturing:run",
        {"zh": "抓取网页", "en": "Capturing a page"},
        most_attempts=4,
        fetches=True,
    ),
    "ledger_check": Handler(
        "app.ledger_check:run",
        {"zh": "校验台账", "en": "Verifying the ledger"},
        at_once=1,
        most_attempts=3,
    ),
    "look": Handler(
        "app.looks.look:look",
        {"zh": "查看来源的网页", "en": "Looking at a source's page"},
        most_attempts=4,
        fetches=True,
    ),
}
"""Kind of job to what carries it out."""
