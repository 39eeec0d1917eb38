"""Commands on sources."""

from typing import Any

import click
from sqlalchemy import func, select

from app import captures
from app.cli.desk import actor, either, emit, json_option, opened
from app.cli.reference import cite_source, export_sources, import_sources
from app.cli.watch import rot, watch
from app.db import Database
from claims.models import Evidence
from claims.veiling import cover
from sources import attempts
from sources.errors import DeskError
from sources.models import Source
from sources.registry import find


@click.group()
def source() -> None:
    """What claims rest on: listed, captured, watched, cited, handed out and taken in."""


for command in (watch, rot, cite_source, export_sources, import_sources):
    source.add_command(command)


@source.command("list")
@json_option
def list_sources(as_json: bool) -> None:
    """List the sources with how many evidence items rest on each."""
    with opened().reading() as session:
        cover(session, None)
        used = select(func.count()).where(Evidence.source_id == Source.id).scalar_subquery()
        rows = session.execute(select(Source, used).order_by(Source.key)).all()
        keys = {row.id: row.key for row, _ in rows}
        found = [
            {
                "key": row.key,
                "kind": row.kind,
                "tier": row.tier,
                "title": row.title,
                "publisher": row.publisher,
                "url": row.url,
                "issued": row.issued,
                "language": row.language,
                "lineage": row.lineage,
                "derived_from": keys.get(row.derived_from_id) if row.derived_from_id else None,
                "evidence": count,
            }
            for row, count in rows
        ]
    if as_json:
        emit(found)
        return
    for entry in found:
        click.echo(f"{entry['key']}\t{entry['kind']}\t{entry['publisher'] or ''}")


@source.command("capture")
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--all-missing", is_flag=True, help="Every source that has no snapshot yet.")
@json_option
def capture_source(keys: tuple[str, ...], all_missing: bool, as_json: bool) -> None:
    """Ask for snapshots of sources at their addresses; a worker fetches them.

    The exit code is 1 where a source could not be asked for; the others are all the same.
    """
    if bool(keys) == all_missing:
        raise click.UsageError("name sources, or say --all-missing")
    database = opened()
    with database.reading() as session:
        wanted = list(keys) or [row.key for row in attempts.uncaptured(session)]
    told = [asked(database, key) for key in wanted]
    if as_json:
        emit(told)
    for entry in told if not as_json else ():
        click.echo("\t".join((entry["key"], *entry["said"])))
    if any("refused" in entry for entry in told):
        raise click.exceptions.Exit(1)


def asked(database: Database, key: str) -> dict[str, Any]:
    """Ask for one snapshot, in a transaction of its own: no unfit address keeps others from it."""
    try:
        with database.writing(actor()) as session:
            wanted = find(session, key)
            attempt = captures.ask(session, wanted, by=actor())
            said = ["asked"] if wanted.confidential else ["asked", attempt.url]
            return {"key": key, "attempt": attempt.id, "said": said}
    except DeskError as problem:
        said = ["refused", either(problem.message)]
        return {"key": key, "refused": problem.code, "said": said}
