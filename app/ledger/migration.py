"""Schema migrations as entries of the ledger, written in the migration's own transaction."""

import hashlib
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData

from app.config import release
from app.ledger import acts, context, fingerprint, tables, triggers
from app.ledger.audited import Audited, audited, live_columns
from app.ledger.fingerprint import differences
from app.ledger.fold import Cut, Folded, fold
from app.ledger.history import last_migration, removals
from app.ledger.leaf import canonical
from app.ledger.seal import APP, seal_in_transaction

Objects = dict[str, str]
Columns = dict[str, list[str]]


@dataclass(frozen=True)
class Step:
    """One revision that was applied; ``op`` is U (up), D (down), S (stamped) or T (triggers)."""

    source: tuple[str, ...]
    target: tuple[str, ...]
    op: str
    message: str
    file: Path | None


@dataclass
class Scribe:
    """Writes the story of one run of migrations.

    It is made before the first operation and told after each revision; between two it remembers
    what the schema was. At the end it settles: triggers and guards are as the code wants them.
    """

    connection: Connection
    metadata: MetaData
    key: bytes
    actor: str
    drift: list[list[str]] = field(init=False, default_factory=list)
    began: float = field(init=False)
    objects: Objects = field(init=False)
    columns: Columns = field(init=False)
    events: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        """Look at the schema as it is and take the domain's guards out of the way."""
        self._remember()
        recorded = self._last().get("objects")
        if recorded:
            self.drift = [list(pair) for pair in differences(recorded, self.objects)]
        self._clear_the_way()

    def applied(self, step: Step) -> None:
        """Put the triggers back, record rewritten rows and write the migration's event."""
        if tables.exists(self.connection):
            context.enter(self.connection, self.key, self.actor, None)
            bare = fingerprint.objects(self.connection)
            declared = triggers.install(self.connection, self.metadata, self._stale())
            story = self._shape(live_columns(self.connection))
            story["rows_rewritten"] = self._rewritten(story, bare)
            story |= self._about(step) | {"declared": declared}
            acts.migration(self.connection, ",".join(step.target) or "base", story, step.op)
            if self.connection.dialect.name == "sqlite":
                seal_in_transaction(self.connection, self.key, APP)
            self.drift = []
        self._remember()
        self._clear_the_way()

    def settle(self, heads: tuple[str, ...]) -> bool:
        """Install triggers and guards for good; the answer is whether that was news.

        It is news, and an event like a migration, when the code wants others than the last
        migration left, or when what it left is no longer there.
        """
        if not tables.exists(self.connection):
            return False
        wanted = triggers.digest(triggers.wanted(self.connection, self.metadata))
        if self._last().get("declared") != wanted or self.drift:
            self.applied(Step(heads, heads, "T", "triggers renewed", None))
            triggers.install(self.connection, self.metadata, self._stale())
            return True
        triggers.install(self.connection, self.metadata, self._stale())
        return False

    def _about(self, step: Step) -> dict[str, Any]:
        """What is known of a revision beside its effect."""
        objects = fingerprint.objects(self.connection)
        guards = triggers.present_guards(self.connection, self.metadata)
        return {
            "from": list(step.source),
            "to": list(step.target),
            "message": step.message,
            "file": step.file.name if step.file else None,
            "sha256": hashlib.sha256(step.file.read_bytes()).hexdigest() if step.file else None,
            "app": release(),
            "milliseconds": round((time.monotonic() - self.began) * 1000),
            "schema": {
                "before": fingerprint.combined(self.objects),
                "after": fingerprint.combined(objects),
            },
            "drift": self.drift,
            "guards": [guard.name for guard in guards],
            "objects": objects,
        }

    def _remember(self) -> None:
        """Keep the schema as it is now, for the next revision to be compared with."""
        self.began = time.monotonic()
        self.objects = fingerprint.objects(self.connection)
        self.columns = live_columns(self.connection)
        if tables.exists(self.connection):
            self.events = acts.last_event(self.connection)

    def _clear_the_way(self) -> None:
        """Drop the domain's guards, which could stop a table from being rebuilt."""
        if tables.exists(self.connection):
            triggers.drop_guards(self.connection, self.metadata, self._stale())

    def _last(self) -> dict[str, Any]:
        present = tables.exists(self.connection)
        return last_migration(self.connection) if present else {}

    def _stale(self) -> tuple[str, ...]:
        """The guards of the code that migrated last, which may not be declared any more."""
        return tuple(self._last().get("guards", ()))

    def _shape(self, columns: Columns) -> dict[str, Any]:
        """Which tables and columns came and went."""
        shared = self.columns.keys() & columns.keys()
        return {
            "tables_added": sorted(columns.keys() - self.columns.keys()),
            "tables_removed": sorted(self.columns.keys() - columns.keys()),
            "columns_added": {
                name: added
                for name in sorted(shared)
                if (added := [c for c in columns[name] if c not in self.columns[name]])
            },
            "columns_removed": {
                name: gone
                for name in sorted(shared)
                if (gone := [c for c in self.columns[name] if c not in columns[name]])
            },
        }

    def _rewritten(self, story: dict[str, Any], bare: Objects) -> dict[str, int]:
        """Record each row a migration changed behind the triggers; count all it changed."""
        counts = acts.captured_since(self.connection, self.events)
        for table in audited(self.connection, self.metadata):
            if not self._touched(table, bare):
                continue
            cuts = removals(self.connection, table.table) + self._cuts(table, story)
            changed = [row for row in fold(self.connection, table, cuts) if moved(row, table)]
            for row in changed:
                acts.rewritten(self.connection, table.table, row.pk, *images(row, table))
            counts[table.table] = counts.get(table.table, 0) + len(changed)
        return {name: count for name, count in sorted(counts.items()) if count}

    def _touched(self, table: Audited, bare: Objects) -> bool:
        """Whether a table's definition is another than before, or its triggers were lost.

        ``bare`` is the schema after the operations, before the triggers came back.
        """
        if self.connection.dialect.name == "sqlite":
            names = [f"table {table.table}", f"trigger ledger_{table.table}_insert"]
        else:
            names = [f"table public.{table.table}", f"trigger {table.table}.ledger_row"]
        return any(self.objects.get(name) != bare.get(name) for name in names)

    def _cuts(self, table: Audited, story: dict[str, Any]) -> list[Cut]:
        """What this very migration removed of a table, before its event is written."""
        gone = story["columns_removed"].get(table.table)
        return [Cut(acts.last_event(self.connection), frozenset(gone))] if gone else []


def moved(row: Folded, table: Audited) -> bool:
    """Whether a row is another than the ledger knows."""
    absent = row.live is None or row.expected is None
    return (row.live is not row.expected) if absent else bool(row.differing(table.fields))


def images(row: Folded, table: Audited) -> tuple[str | None, str | None]:
    """The old and the new values to record: the fields that differ, or the whole row."""
    if row.live is None or row.expected is None:
        return written(row.expected), written(row.live)
    fields = row.differing(table.fields)
    return (
        written({name: row.expected[name] for name in fields if name in row.expected}),
        written({name: row.live.get(name) for name in fields}),
    )


def written(image: dict[str, Any] | None) -> str | None:
    """An image as text, numbers as they were."""
    return None if image is None else canonical(image)
