"""The commands that look whether an installation is fit to work, and what time has brought."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import click
import pysqlite3

from app import daily
from app.accounts import leaked_passwords, provider
from app.cli import components as listing
from app.cli import exposure, strength
from app.cli.desk import emit, json_option, opened, settings
from app.config import Settings
from app.db import Database
from app.db_problems import DatabaseProblem
from app.ledger import history
from app.oidc.problems import ProviderProblem
from app.schema import head

FINDINGS = 3


def findings(chosen: Settings) -> Iterator[tuple[str, bool, str]]:
    """Yield what was looked at, whether it is well, and what was seen."""
    writable = os.access(chosen.home, os.W_OK)
    yield "home", writable, str(chosen.home)
    if chosen.database_url.startswith("sqlite"):
        yield "sqlite", True, ".".join(str(part) for part in pysqlite3.sqlite_version_info)
    yield from exposure.findings(chosen)
    yield from strength.findings(chosen)
    try:
        with Database(chosen).reading() as session:
            found = history.schema_revision(session)
            yield "schema", found == head(), f"{found} (this code wants {head()})"
            yield "ledger", True, f"{history.position(session)} entries sealed"
    except DatabaseProblem as problem:
        yield "database", False, str(problem)
    yield from provider_findings(chosen)


def provider_findings(chosen: Settings) -> Iterator[tuple[str, bool, str]]:
    """Ask the identity provider, where one is set, what it is and with which keys it signs."""
    there = provider.made(chosen)
    if there is None:
        return
    try:
        found, keys = there.described(), there.keys()
    except ProviderProblem as problem:
        yield "provider", False, f"{chosen.oidc_issuer}: {problem.reason}"
        return
    out = "can sign people out" if found.way_out else "signs nobody out"
    yield "provider", True, f"{found.issuer}: {len(keys)} keys, {out}"


@click.group(invoke_without_command=True)
@click.option(
    "--nightly", is_flag=True, help="Attack a desk of its own with other people's tools instead."
)
@click.option("--tool", "tools", multiple=True, help="Of the nightly tools, run only this one.")
@click.option("--minutes", default=50, show_default=True, type=click.IntRange(1, 600))
@click.option("--engine", default="sqlite", type=click.Choice(["sqlite", "postgresql"]))
@click.option(
    "--tools",
    "folders",
    multiple=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="A folder that has the tools already; they are installed otherwise.",
)
@json_option
@click.pass_context
def check(
    context: click.Context,
    nightly: bool,
    tools: tuple[str, ...],
    minutes: int,
    engine: str,
    folders: tuple[Path, ...],
    as_json: bool,
) -> None:
    """Check settings, database and schema; exit 3 when something is amiss."""
    if context.invoked_subcommand is not None:
        return
    if nightly:
        context.exit(0 if _night(tools, minutes, engine, folders, as_json=as_json) else FINDINGS)
    found = list(findings(settings()))
    if as_json:
        emit([{"what": what, "ok": well, "seen": seen} for what, well, seen in found])
    else:
        for what, well, seen in found:
            click.echo(f"{'ok ' if well else 'BAD'} {what}: {seen}")
    context.exit(0 if all(well for _, well, _ in found) else FINDINGS)


def _night(
    tools: tuple[str, ...], minutes: int, engine: str, folders: tuple[Path, ...], *, as_json: bool
) -> bool:
    """Run the nightly tools, which are the tests' and no part of the product."""
    night, telling = _of_tests("command"), _of_tests("telling")
    unknown = set(tools) - set(night.TOOLS)
    if unknown:
        raise click.UsageError(f"{min(unknown)} is none of {', '.join(night.TOOLS)}")
    run = night.night(tools or night.TOOLS, minutes, engine, folders)
    if as_json:
        emit(telling.as_json(run))
    else:
        click.echo(telling.told(run))
    return bool(run.verdict().good)


def _of_tests(name: str) -> Any:
    """A module of the nightly run; where the tests or their packages are missing, say so."""
    try:
        return import_module(f"tests.nightly.{name}")
    except ModuleNotFoundError as problem:
        raise click.ClickException(
            f"--nightly is for developers and needs {problem.name}: take the whole repository,"
            " and run `python3 manage.py test --version` once, which installs the test set."
        ) from problem


@check.command()
@json_option
def due(as_json: bool) -> None:
    """Let the rules about time look at the desk, as the server does once a day.

    Forecasts fallen due, old snapshots, contests past their date, years that have turned. A second
    run on the same day changes nothing, and one that meets another run leaves the work to it.
    """
    done = daily.run(opened())
    if as_json:
        emit(done and {"day": done.day, "claims": done.claims, "findings": done.changed})
    elif done is None:
        click.echo("another process is at it")
    else:
        click.echo(f"{done.day}: {done.claims} claims looked at, {done.changed} findings changed")


@check.command()
def leaked() -> None:
    """Read the list of leaked passwords to its end: whether it is in order, and how long it is."""
    file = settings().leaked_passwords_file
    if file is None:
        raise click.UsageError(f"{leaked_passwords.NAME} names no list")
    well, seen = strength.leaks(file, whole=True)
    click.echo(f"{file}: {seen}" if well else seen)
    click.get_current_context().exit(0 if well else FINDINGS)


@check.command()
@click.option("--lock", default="run", show_default=True, type=click.Choice(listing.LOCKS))
def components(lock: str) -> None:
    """List every locked package with its digests, as a dated CycloneDX document (SBOM)."""
    emit(listing.document(lock))
