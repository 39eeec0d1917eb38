"""The copies of past states that are kept for a while: a state once built answers many pages."""

import threading
import uuid
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.ledger import history, replay
from app.ledger.upcast import State
from app.models import Base
from app.past.copy import Copy
from app.past.place import Place
from app.past.scope import Scope, replayed
from sources.models import Source

MOST = 12
"""Copies kept at once; the one not used for longest goes first."""


Key = tuple[str, int, int, str, frozenset[uuid.UUID]]
NONE: frozenset[uuid.UUID] = frozenset()


@dataclass
class Kept:
    """A copy and how many readers it has; the last one to leave closes what was let go."""

    copy: Copy
    readers: int = 0
    gone: bool = False


class Copies:
    """The copies of one process, by what they hold and at which ledger number.

    What is past does not change, with one exception: a redaction takes values out of the ledger.
    Its number is part of the key, so no copy made before it is ever read again.
    """

    def __init__(self) -> None:
        """Keep none yet."""
        self._lock = threading.Lock()
        self._kept: OrderedDict[Key, Kept] = OrderedDict()

    @contextmanager
    def reading(
        self, live: Session, scope: Scope, place: Place, closed: frozenset[uuid.UUID] = NONE
    ) -> Iterator[Copy]:
        """The copy for a scope and a place, built from the ledger where there is none yet.

        The sources that are ``closed`` are confidential in it, whatever they were then.
        """
        head = history.schema_revision(live)
        key = (scope.name, place.position, replay.last_redaction(live), head, closed)
        kept = self._taken(key)
        if kept is None:
            then = replay.era(live, Base.metadata, place.position)
            state = replayed(live, scope, then, head)
            close(state, closed)
            kept = self._added(key, Copy(state, then))
        try:
            yield kept.copy
        finally:
            self._left(kept)

    def _taken(self, key: Key) -> Kept | None:
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                kept.readers += 1
                self._kept.move_to_end(key)
            return kept

    def _added(self, key: Key, copy: Copy) -> Kept:
        """Keep a copy just made; where another thread was quicker, theirs is used."""
        with self._lock:
            known = self._kept.get(key)
            if known is not None:
                copy.close()
            kept = known or self._kept.setdefault(key, Kept(copy))
            kept.readers += 1
            while len(self._kept) > MOST:
                self._let_go()
            return kept

    def _let_go(self) -> None:
        _, oldest = self._kept.popitem(last=False)
        oldest.gone = True
        if not oldest.readers:
            oldest.copy.close()

    def _left(self, kept: Kept) -> None:
        with self._lock:
            kept.readers -= 1
            if kept.gone and not kept.readers:
                kept.copy.close()


def close(state: State, closed: frozenset[uuid.UUID]) -> None:
    """Mark as confidential what is so today: lists and files of the past must not name it."""
    rows = state.get(Source.__tablename__, {})
    for key in map(str, closed):
        if key in rows:
            rows[key]["confidential"] = True
