"""The command that looks whether an installation is fit to work."""

import os
from collections.abc import Iterator

import click
import pysqlite3

from app.cli.desk import emit, json_option, settings
from app.config import Settings
from app.db import Database, DatabaseProblem
from app.ledger import history
from app.schema import head

FINDINGS = 3


def findings(chosen: Settings) -> Iterator[tuple[str, bool, str]]:
    """Yield what was looked at, whether it is well, and what was seen."""
    writable = os.access(chosen.home, os.W_OK)
    yield "home", writable, str(chosen.home)
    if chosen.database_url.startswith("sqlite"):
        yield "sqlite", True, ".".join(str(part) for part in pysqlite3.sqlite_version_info)
    try:
        with Database(chosen).reading() as session:
            found = history.schema_revision(session)
            yield "schema", found == head(), f"{found} (this code wants {head()})"
            yield "ledger", True, f"{history.position(session)} entries sealed"
    except DatabaseProblem as problem:
        yield "database", False, str(problem)


@click.command()
@json_option
@click.pass_context
def check(context: click.Context, as_json: bool) -> None:
    """Check settings, database and schema; exit 3 when something is amiss."""
    found = list(findings(settings()))
    if as_json:
        emit([{"what": what, "ok": well, "seen": seen} for what, well, seen in found])
    else:
        for what, well, seen in found:
            click.echo(f"{'ok ' if well else 'BAD'} {what}: {seen}")
    context.exit(0 if all(well for _, well, _ in found) else FINDINGS)
