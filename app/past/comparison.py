"""Two moments side by side: which rows came, went and changed between them, and how."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.ledger import history, replay
from app.ledger.tables import EVENT, LEAF, options
from app.ledger.upcast import Image, State
from app.models import Base
from app.past.scope import Scope, replayed
from claims import veiling

BOOKKEEPING = frozenset({"id", "version", "created_at", "created_by"})
CAME, WENT, CHANGED = "came", "went", "changed"


@dataclass(frozen=True)
class Difference:
    """One row at two moments; ``old`` is None where it came, ``new`` where it went.

    ``unrecorded`` names the fields that did not exist at the earlier moment.
    """

    table: str
    pk: str
    old: Image | None
    new: Image | None
    unrecorded: frozenset[str]

    @property
    def what(self) -> str:
        """``came``, ``went`` or ``changed``."""
        return CAME if self.old is None else WENT if self.new is None else CHANGED

    @property
    def fields(self) -> list[tuple[str, Any, Any]]:
        """The fields that differ, in the newer row's order, bookkeeping left out."""
        old, new = self.old or {}, self.new or {}
        names = [*new, *(name for name in old if name not in new)]
        return [
            (name, old.get(name), new.get(name))
            for name in names
            if name not in BOOKKEEPING and old.get(name) != new.get(name)
        ]


def _seen(session: Session, state: State) -> State:
    """The rows without what the session's reader may not know."""
    hidden = veiling.rows_of(session)
    if hidden is None or not hidden.keys:
        return state
    return {
        table: {pk: dict(hidden.image(table, pk, image) or {}) for pk, image in rows.items()}
        for table, rows in state.items()
    }


def differences(session: Session, scope: Scope, first: int, second: int) -> list[Difference]:
    """What differs between two ledger numbers in a scope, by table and in the order of entry."""
    head = history.schema_revision(session)
    eras = [replay.era(session, Base.metadata, position) for position in (first, second)]
    old, new = (_seen(session, replayed(session, scope, then, head)) for then in eras)
    found = []
    for table in sorted(old.keys() | new.keys()):
        unrecorded = eras[0].later.get(table, frozenset()) - eras[1].later.get(table, frozenset())
        found += _of_table(table, old, new, unrecorded)
    return found


def _of_table(table: str, old: State, new: State, unrecorded: frozenset[str]) -> list[Difference]:
    before, after = old.get(table, {}), new.get(table, {})
    rows = (
        Difference(table, pk, before.get(pk), after.get(pk), unrecorded)
        for pk in sorted(before.keys() | after.keys())
        if before.get(pk) != after.get(pk)
    )
    return [row for row in rows if row.what != CHANGED or row.fields]


def table_counts(session: Session, first: int, second: int) -> Mapping[str, dict[str, int]]:
    """How many rows of each table came, went and changed between two numbers, by the entries."""
    touched = (
        select(
            EVENT.c.tbl,
            EVENT.c.pk,
            func.min(EVENT.c.eid).label("first"),
            func.max(EVENT.c.eid).label("last"),
        )
        .join(LEAF, LEAF.c.eid == EVENT.c.eid)
        .where(EVENT.c.kind == "row", LEAF.c.seq >= first, LEAF.c.seq < second)
        .group_by(EVENT.c.tbl, EVENT.c.pk)
        .subquery()
    )
    begin, end = EVENT.alias(), EVENT.alias()
    # A row is there before its first entry when that entry has an old image, and after its last
    # when that one has a new image.
    was, remains = begin.c.old.is_not(None), end.c.new.is_not(None)
    query = (
        select(touched.c.tbl, was, remains, func.count())
        .join(begin, begin.c.eid == touched.c.first)
        .join(end, end.c.eid == touched.c.last)
        .group_by(touched.c.tbl, was, remains)
    )
    counts: defaultdict[str, dict[str, int]] = defaultdict(lambda: {CAME: 0, WENT: 0, CHANGED: 0})
    for table, before, after, count in session.execute(query, execution_options=options(session)):
        if before or after:
            what = CHANGED if before and after else WENT if before else CAME
            counts[table][what] += count
    return dict(sorted(counts.items()))
