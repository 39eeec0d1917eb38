"""How an installation stands: engine, schema, ledger, its last verification, heads and room."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from app import schema
from app.config import release
from app.db import Database
from app.jobs.listing import standing
from app.ledger import checkpoint, history, search

LEAST_ROOM = 1024**3
"""Bytes below which somebody should make room: 1 GiB."""


@dataclass(frozen=True)
class Vital:
    """One thing that was looked at: its name, whether it is well, and what was seen.

    ``well`` is None where nothing can be wrong.
    """

    what: str
    well: bool | None
    seen: dict[str, Any]


def vitals(database: Database, session: Session) -> list[Vital]:
    """Look at everything, cheapest first; nothing is written."""
    return [
        Vital("program", None, {"version": release(), "python": platform.python_version()}),
        _engine(database, session),
        _schema(session),
        *_ledger(session),
        *_jobs(session),
        *_room(database),
        # The desk makes no backups and cannot know of those that others make.
        Vital("backups", None, {"known": 0}),
    ]


def _engine(database: Database, session: Session) -> Vital:
    name, query = (
        ("SQLite", "SELECT sqlite_version()")
        if database.is_sqlite
        else ("PostgreSQL", "SHOW server_version")
    )
    return Vital("database", None, {"engine": name, "version": session.scalar(text(query))})


def _schema(session: Session) -> Vital:
    found, wanted = history.schema_revision(session), schema.head()
    return Vital("schema", found == wanted, {"revision": found, "head": wanted})


def _ledger(session: Session) -> Iterator[Vital]:
    position = history.position(session)
    yield Vital("ledger", None, {"position": position})
    last = search.last_verification(session)
    if last is None:
        yield Vital("verified", None, {"at": None})
    else:
        findings = int((last.new or {}).get("findings", 0))
        seen = {"at": last.at, "by": last.actor, "entry": last.eid, "findings": findings}
        yield Vital("verified", findings == 0, seen)
    heads = checkpoint.stored(session.connection())
    yield Vital("checkpoint", bool(heads) or None, {"size": heads[-1][0] if heads else None})


def _jobs(session: Session) -> Iterator[Vital]:
    found = standing(session)
    waiting = {"queued": found.queued, "oldest": found.oldest, "running": found.running}
    yield Vital("jobs", not found.late, waiting)
    yield Vital("failed_jobs", None, {"failed": found.failed})
    yield Vital("workers", found.workers > 0, {"alive": found.workers})


def _room(database: Database) -> Iterator[Vital]:
    settings = database.settings
    for what, folder in (("room", settings.home), ("store", settings.store)):
        if folder.exists():
            usage = shutil.disk_usage(folder)
            seen = {"free": usage.free, "total": usage.total}
            yield Vital(what, usage.free > LEAST_ROOM, seen)
