"""Counting refusals: the first is entered at once, the others of its window as one number.

A refused request must leave a trace, and must not be a way to make the desk write: whoever sends a
thousand forged requests causes two entries, not a thousand. What waits to be told is kept in this
process, at most so much of it, and is lost only with a process that is killed.
"""

import datetime as dt
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, NamedTuple

from app.security_events.vocabulary import Event

WINDOW: Final = dt.timedelta(minutes=5)
MOST: Final = 20
"""Subjects of one event that are told apart within a window; the rest is one more."""
OTHERS: Final = "others"


class Subject(NamedTuple):
    """Who was refused what: entries are told apart by these and by nothing else.

    ``apart`` is never told. It tells apart what an entry must not name, so that whoever is refused
    cannot learn from the work done whether the entry names somebody.
    """

    actor: str
    about: str
    place: str = "-"
    route: str = "-"
    method: str = "-"
    reason: str = "-"
    apart: str = "-"


REST: Final = Subject("visitor", OTHERS)


@dataclass(slots=True)
class Count:
    """How often something happened within a window that began with the first time."""

    first: dt.datetime
    last: dt.datetime
    waiting: int = 0


class Told(NamedTuple):
    """What is to be entered: how often, from when to when."""

    event: Event
    subject: Subject
    times: int
    first: dt.datetime
    last: dt.datetime


class Tally:
    """The counts of one process; ``enter`` writes one into the ledger, or says that it cannot."""

    def __init__(self, enter: Callable[[Told], bool]) -> None:
        """Count nothing yet."""
        self._enter = enter
        self._counts: dict[tuple[Event, Subject], Count] = {}
        self._lock = threading.Lock()

    def count(self, event: Event, subject: Subject, moment: dt.datetime) -> None:
        """Count a refusal; enter it where it is the first of its window, and what is over."""
        with self._lock:
            due = self._over(moment)
            if self._is_full(event, subject):
                subject = REST
            known = self._counts.get((event, subject))
            if known is None:
                self._counts[event, subject] = Count(moment, moment)
                due.append(Told(event, subject, 1, moment, moment))
            else:
                known.waiting, known.last = known.waiting + 1, moment
        self._tell(due)

    def tell(self, moment: dt.datetime | None = None) -> None:
        """Enter what waits: of the windows that are over at a moment, of all without one."""
        with self._lock:
            due = self._over(moment)
        self._tell(due)

    def _is_full(self, event: Event, subject: Subject) -> bool:
        if (event, subject) in self._counts:
            return False
        return sum(known is event for known, _subject in self._counts) >= MOST

    def _over(self, moment: dt.datetime | None) -> list[Told]:
        """Take out the windows that are over; a clock that was set back ends them as well."""
        ended = [
            key
            for key, known in self._counts.items()
            if moment is None or not dt.timedelta() <= moment - known.first < WINDOW
        ]
        found = [(key, self._counts.pop(key)) for key in ended]
        return [
            Told(event, subject, known.waiting, known.first, known.last)
            for (event, subject), known in found
            if known.waiting
        ]

    def _tell(self, due: list[Told]) -> None:
        for told in due:
            if not self._enter(told):
                self._keep(told)

    def _keep(self, told: Told) -> None:
        """Let what could not be entered wait for the next time."""
        with self._lock:
            key = (told.event, told.subject)
            known = self._counts.setdefault(key, Count(told.first, told.last))
            known.waiting += told.times
