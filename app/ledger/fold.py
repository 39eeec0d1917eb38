"""The fold: what a table's rows must be by the ledger, beside what they are."""

from collections.abc import Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection

from app.ledger.audited import Audited
from app.ledger.leaf import UNREADABLE, erasures, read
from app.ledger.tables import prefix, stream
from app.ledger.triggers import live_rows

Image = dict[str, Any]
NOTHING: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Folded:
    """One row: its image by the ledger and in the table, either None where there is none.

    ``breaks`` holds the ``eid`` of each event whose old values are not those before it.
    """

    pk: str
    expected: Image | None
    live: Image | None
    breaks: tuple[int, ...]

    def differing(self, fields: tuple[str, ...]) -> list[str]:
        """The fields in which both images differ; a field never recorded counts as null."""
        if self.expected == self.live:
            return []
        expected, live = self.expected or {}, self.live or {}
        return [field for field in fields if expected.get(field) != live.get(field)]


@dataclass(frozen=True)
class Cut:
    """A migration that removed columns of a table (``fields``) or the table (None)."""

    eid: int
    fields: frozenset[str] | None


def fold(connection: Connection, table: Audited, cuts: list[Cut]) -> Iterator[Folded]:
    """Merge the events and the rows of a table by key, one row in memory at a time."""
    collation = "" if connection.dialect.name == "sqlite" else ' COLLATE "C"'
    mark = "?" if connection.dialect.name == "sqlite" else "%s"
    query = (
        f"SELECT pk, eid, op, old, new, red FROM {prefix(connection)}ledger_event"
        f" WHERE kind = 'row' AND tbl = {mark} ORDER BY pk{collation}, eid"
    )
    with (
        closing(stream(connection, query, (table.table,))) as events,
        closing(stream(connection, live_rows(connection, table))) as rows,
    ):
        steps = groupby(events, key=lambda row: str(row[0]))
        histories = ((pk, list(rows_of_one)) for pk, rows_of_one in steps)
        yield from merged(histories, ((str(row[0]), read(row[1])) for row in rows), cuts)


def merged(
    histories: Iterator[tuple[str, list[Any]]],
    live: Iterator[tuple[str, Image | None]],
    cuts: list[Cut],
) -> Iterator[Folded]:
    """Walk both sorted streams together."""
    history, row = next(histories, None), next(live, None)
    while history is not None or row is not None:
        if row is None or (history is not None and history[0] <= row[0]):
            assert history is not None  # noqa: S101 - the loop's condition, for the type checker.
            image = row[1] if row is not None and row[0] == history[0] else None
            expected, breaks = replay(history[1], cuts)
            if expected is not None or image is not None or breaks:
                yield Folded(history[0], expected, image, tuple(breaks))
            if row is not None and row[0] == history[0]:
                row = next(live, None)
            history = next(histories, None)
        else:
            yield Folded(row[0], None, row[1], ())
            row = next(live, None)


def replay(steps: list[Any], cuts: list[Cut]) -> tuple[Image | None, list[int]]:
    """Apply the events of one row in their order; also say where the chain of values breaks.

    An update holds only what it changed: those values must be the ones before it, and the new
    ones are laid over. A deletion holds the whole row, and so closes the gap that single fields
    would leave.
    """
    state: Image | None = None
    breaks: list[int] = []
    due = iter(cuts)
    cut = next(due, None)
    for _, eid, op, old_text, new_text, red in steps:
        while cut is not None and cut.eid < eid:
            state = trimmed(state, cut)
            cut = next(due, None)
        try:
            old, new = read(old_text), read(new_text)
            erased: Collection[str] = NOTHING if red is None else erasures(red)["d"]
        except UNREADABLE:
            breaks.append(eid)
            continue
        if not continues(state, op, old, erased):
            breaks.append(eid)
        if state is None or new is None or old is None:
            state = new
        else:
            # It is this row's own: each image was read for this purpose.
            state.update(new)
        for name in erased:
            # Nobody knows the value any more; the redaction set another, in a later event.
            if state is not None and name.startswith("n."):
                state.pop(name[2:], None)
    while cut is not None:
        state = trimmed(state, cut)
        cut = next(due, None)
    return state, breaks


def trimmed(state: Image | None, cut: Cut) -> Image | None:
    """The image after a migration removed some of its columns, or its table."""
    if state is None or cut.fields is None:
        return None
    return {field: value for field, value in state.items() if field not in cut.fields}


def continues(
    state: Image | None, op: str, old: Image | None, erased: Collection[str] = ()
) -> bool:
    """Whether an event starts from the values before it; erased ones cannot be compared."""
    if old is None:
        return state is None
    if state is None:
        return False
    fields = old.keys() | state.keys() if op == "D" else old.keys()
    return all(state.get(field) == old.get(field) or f"o.{field}" in erased for field in fields)
