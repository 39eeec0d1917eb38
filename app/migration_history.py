"""The schema's history as its page tells it: every step, every attempt, and the file it ran."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from app import schema
from app.ledger import history
from app.ledger.history import Entry
from app.ledger.search import Asked, entries
from app.timeline import Told, told

FAILED = "F"
"""The operation under which an attempt at a migration that failed is entered."""
MOST_FAILURES = 50


class FileState(StrEnum):
    """What became of the file a migration ran from."""

    SAME = "same"
    OTHER = "other"
    GONE = "gone"
    NONE = "none"


@dataclass(frozen=True)
class Step:
    """One migration, or an attempt at one (``failed``)."""

    told: Told
    story: Mapping[str, Any]
    file: FileState
    rewritten: Mapping[str, tuple[int, str]]
    failed: bool = False


def steps(session: Session) -> list[Step]:
    """Every migration and every failed attempt, newest first."""
    done = [_step(entry) for entry in history.migrations(session)]
    failed = [
        Step(told(entry, {}), entry.new or {}, FileState.NONE, {}, failed=True)
        for entry in entries(session, Asked(table="schema", op=FAILED), limit=MOST_FAILURES)
    ]
    return sorted([*done, *failed], key=lambda step: -step.told.entry.eid)


def _step(entry: Entry) -> Step:
    story = entry.new or {}
    return Step(told(entry, {}), story, file_state(story), rewritten(entry, story))


def file_state(story: Mapping[str, Any]) -> FileState:
    """Whether the file on disk is still the one that ran, by its SHA-256."""
    name, digest = story.get("file"), story.get("sha256")
    if not name or not digest:
        return FileState.NONE
    file = schema.SCRIPTS / "versions" / str(name)
    if not file.is_file():
        return FileState.GONE
    same = hashlib.sha256(file.read_bytes()).hexdigest() == digest
    return FileState.SAME if same else FileState.OTHER


def rewritten(entry: Entry, story: Mapping[str, Any]) -> dict[str, tuple[int, str]]:
    """How many rows of each table were rewritten, and where their entries are listed.

    They stand directly before the migration's own entry.
    """
    counts: Mapping[str, int] = story.get("rows_rewritten") or {}
    if entry.seq is None:
        return {}
    first = max(entry.seq - sum(counts.values()), 0)
    return {
        table: (count, url_for("audit.page", table=table, since=first, until=entry.seq))
        for table, count in counts.items()
    }


def plain(step: Step) -> dict[str, Any]:
    """One step as JSON."""
    entry = step.told.entry
    return {
        "entry": entry.eid,
        "seq": entry.seq,
        "at": entry.at,
        "actor": entry.actor,
        "op": entry.op,
        "failed": step.failed,
        "file_on_disk": step.file,
        "story": {name: value for name, value in step.story.items() if name != "objects"},
    }
