"""The schema against its history: triggers, tables, and the revision the database claims to be."""

from typing import Any

from sqlalchemy import Connection, MetaData

from app.config import ROOT
from app.ledger import fingerprint, triggers
from app.ledger.audited import live_columns
from app.ledger.history import last_migration, migration_stories, payload
from app.ledger.report import Report
from app.ledger.tables import prefix, run
from app.ledger.triggers_sqlite import quoted

HEAD = ROOT / "migrations" / "head.txt"
STAMPED = "S"


def check_schema(connection: Connection, metadata: MetaData, report: Report) -> None:
    """The live schema and triggers against the last migration's record, and against the code."""
    last = last_migration(connection)
    for name, change in fingerprint.differences(
        last.get("objects", {}), fingerprint.objects(connection)
    ):
        report.add("TRIGGER" if fingerprint.is_code(name) else "SCHEMA", f"{name} {change}")
    for eid, story in migration_stories(connection):
        for name, change in story.get("drift", ()):
            code = "TRIGGER" if fingerprint.is_code(name) else "SCHEMA"
            report.add(code, f"{name} had {change} before migration event {eid}")
    check_names(connection, metadata, report)
    if last.get("declared") != triggers.digest(triggers.wanted(connection, metadata)):
        report.add("TRIGGER", "this code wants other triggers: run `manage.py db upgrade`")


def check_names(connection: Connection, metadata: MetaData, report: Report) -> None:
    """On PostgreSQL a table's bare name must mean ours: a schema before it could hide it."""
    if connection.dialect.name == "sqlite":
        return
    for table in sorted(metadata.tables):
        name = quoted(table)
        query = f"SELECT to_regclass('{name}') IS DISTINCT FROM to_regclass('public.{name}')"
        if run(connection, query).scalar_one():
            report.add("SCHEMA", f"{table} does not mean public.{table} here")


def check_revision(connection: Connection, metadata: MetaData, report: Report) -> None:
    """What the database says it is, against what was done to it and what it is."""
    live = live_columns(connection)
    if "alembic_version" not in live:
        report.add("SCHEMA", "there is no alembic_version")
        return
    claimed = sorted(row[0] for row in run(connection, "SELECT version_num FROM alembic_version"))
    done = sorted(last_migration(connection).get("to", ()))
    if claimed != done:
        report.add("STAMP", f"the database says {claimed}, the last migration left {done}")
    if claimed == [HEAD.read_text(encoding="utf-8").strip()]:
        for table in metadata.sorted_tables:
            for column in table.columns:
                if column.name not in live.get(table.name, ()):
                    report.add("SCHEMA", f"{table.name}.{column.name} is missing at {claimed[0]}")
    check_stamps(connection, report)


def check_stamps(connection: Connection, report: Report) -> None:
    """A stamp runs nothing: the schema must be the one the same revision once left here."""
    left: dict[tuple[str, ...], dict[str, str]] = {}
    query = (
        f"SELECT eid, op, new FROM {prefix(connection)}ledger_event"
        " WHERE kind = 'migration' ORDER BY eid"
    )
    for eid, op, text in run(connection, query):
        story: dict[str, Any] = payload(text) or {}
        target = tuple(sorted(story.get("to", ())))
        tables = {
            name: digest
            for name, digest in story.get("objects", {}).items()
            if not fingerprint.is_code(name)
        }
        if op != STAMPED:
            left[target] = tables
        elif left.get(target) != tables:
            report.add("STAMP", f"migration event {eid} says {', '.join(target) or 'base'}")
